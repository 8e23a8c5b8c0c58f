import { expect, test } from 'vitest';
import { canonicalJson, fromBase64, toBase64, utf8 } from '../../src/hash/index.ts';
import {
  createLineage,
  createStatement,
  signLineage,
  tableDigest,
  tableLeafHashes,
  verifyLineage,
} from '../../src/lineage/index.ts';
import { createRng, uniformInt } from '../../src/random/index.ts';
import { createTable } from '../../src/table/index.ts';
import type { Column, Table } from '../../src/types.ts';
import { keys, sampleInput, sampleTable, secretKey } from './fixture.ts';

const table = sampleTable(40);
const statement = createStatement(createLineage(sampleInput({}, table)));
const envelope = signLineage(statement, { secretKey });
const text = canonicalJson(envelope);
const payload = fromBase64(envelope.payload);
const rng = createRng('tamper');
const draw = (bound: number) => uniformInt(rng, bound);

/** The seven classes of the specification, on the bytes of a text or a blob. */
function mutate(bytes: Uint8Array, kind: number): Uint8Array {
  const list = Array.from(bytes);
  const at = draw(list.length);
  const other = draw(list.length);
  switch (kind) {
    case 0: // substitute
      list[at] = (list[at]! + 1 + draw(126)) & 127;
      break;
    case 1: // insert
      list.splice(at, 0, draw(128));
      break;
    case 2: // delete
      list.splice(at, 1);
      break;
    case 3: // transpose
      [list[at], list[other]] = [list[other]!, list[at]!];
      break;
    case 4: // truncate
      list.length = at;
      break;
    case 5: // duplicate a segment
      list.splice(at, 0, ...list.slice(at, at + 1 + draw(60)));
      break;
    default: {
      // flip the case of a letter
      for (let i = 0; i < list.length; i++) {
        const place = (at + i) % list.length;
        if (/[A-Za-z]/.test(String.fromCharCode(list[place]!))) {
          list[place]! ^= 32;
          break;
        }
      }
    }
  }
  return Uint8Array.from(list);
}

const accepted = (input: unknown, at?: Table) => verifyLineage(input as string, { keys, table: at }).ok;
const same = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;

/** Runs mutations until `count` of them changed something; returns how many were accepted. */
function run(count: number, one: (kind: number) => boolean | null): number {
  let taken = 0;
  for (let done = 0; done < count; ) {
    const result = one(done % 7);
    if (result === null) continue;
    done++;
    if (result) taken++;
  }
  return taken;
}

test('what is mutated is accepted before', () => {
  expect(accepted(text, table)).toBe(true);
});

test('2,500 mutated envelopes: none accepted', () => {
  const bytes = utf8(text);
  expect(
    run(2500, (kind) => {
      const changed = mutate(bytes, kind);
      return same(changed, bytes) ? null : accepted(Buffer.from(changed).toString('latin1'));
    }),
  ).toBe(0);
});

test('1,500 mutated envelopes in the strict profile: none accepted beside white space', () => {
  const bytes = utf8(text);
  expect(
    run(1500, (kind) => {
      const changed = Buffer.from(mutate(bytes, kind)).toString('latin1');
      if (changed === text) return null;
      const { ok } = verifyLineage(changed, { keys, profile: 'strict' });
      return ok && changed.replace(/[ \t\r\n]/g, '') !== text;
    }),
  ).toBe(0);
});

test('2,500 mutated statements under the old signature: none accepted', () => {
  expect(
    run(2500, (kind) => {
      const changed = mutate(payload, kind);
      return same(changed, payload) ? null : accepted({ ...envelope, payload: toBase64(changed) });
    }),
  ).toBe(0);
});

test('1,500 mutated signatures: none accepted', () => {
  const [signature] = envelope.signatures;
  const bytes = fromBase64(signature!.sig);
  expect(
    run(1500, (kind) => {
      const changed = mutate(bytes, kind);
      if (kind % 2 === 0 && changed.length > 0) changed[draw(changed.length)]! ^= 128;
      if (same(changed, bytes)) return null;
      return accepted({ ...envelope, signatures: [{ ...signature!, sig: toBase64(changed) }] });
    }),
  ).toBe(0);
});

test('4,000 mutated tables: none accepted, and the first changed row is named', () => {
  const digest = tableDigest(table);
  const leaves = tableLeafHashes(table);
  // The signature holds throughout, so only the table is looked at; every twentieth goes through the whole verifier.
  let through = 0;
  expect(
    run(4000, (kind) => {
      const changed = mutateTable(kind);
      if (changed === null) return null;
      let equal = false;
      try {
        equal = tableDigest(changed.table, { descriptor: digest.descriptor }).digest === digest.digest;
      } catch {
        // A descriptor that does not fit, or a cell without an encoding.
      }
      if (through++ % 20 === 0) {
        const verdict = verifyLineage(text, { keys, table: changed.table, leafHashes: leaves });
        expect(verdict.ok).toBe(false);
        if (!verdict.ok && verdict.code === 'ROOT' && changed.row !== null)
          expect(verdict.where).toBe(`table row ${changed.row}`);
      }
      return equal;
    }),
  ).toBe(0);
});

interface Changed {
  readonly table: Table;
  /** First row that differs, where it is known. */
  readonly row: number | null;
}

/** Changes a cell, drops, doubles or swaps rows, renames, swaps or drops columns; null when nothing changed. */
function mutateTable(kind: number): Changed | null {
  const column = draw(table.columns.length);
  const row = draw(table.rowCount);
  const other = draw(table.rowCount);
  const order = Array.from({ length: table.rowCount }, (_, i) => i);
  const replace = (next: Column): Table => ({
    ...table,
    columns: table.columns.map((item, i) => (i === column ? next : item)),
  });
  const old = table.columns[column]!;
  switch (kind) {
    case 0: {
      const next = changeCell(old, row);
      return next === null ? null : { table: replace(next), row };
    }
    case 1: {
      // The validity bit alone.
      const validity = old.validity?.slice() ?? new Uint8Array(Math.ceil(table.rowCount / 8)).fill(255);
      validity[row >> 3]! ^= 1 << (row & 7);
      return { table: replace({ ...old, validity }), row: null };
    }
    case 2:
      order.splice(row, 1);
      return { table: reorder(order), row: null };
    case 3:
      order.splice(row, 0, other);
      return { table: reorder(order), row: null };
    case 4: {
      if (row === other) return null;
      [order[row], order[other]] = [order[other]!, order[row]!];
      return { table: reorder(order), row: Math.min(row, other) };
    }
    case 5:
      return { table: replace({ ...old, name: `${old.name}${String.fromCharCode(97 + draw(26))}` }), row: null };
    default: {
      const columns = [...table.columns];
      const second = draw(columns.length);
      if (second === column) columns.splice(column, 1);
      else [columns[column], columns[second]] = [columns[second]!, columns[column]!];
      return { table: { ...table, columns }, row: null };
    }
  }
}

function changeCell(column: Column, row: number): Column | null {
  if (column.validity !== undefined && ((column.validity[row >> 3]! >> (row & 7)) & 1) === 0) return null;
  switch (column.kind) {
    case 'category': {
      const codes = column.codes.slice();
      codes[row] = (codes[row]! + 1) % column.labels.length;
      return codes[row] === column.codes[row] ? null : { ...column, codes };
    }
    case 'text': {
      const values = [...column.values];
      values[row] = `${values[row]}${draw(10)}`;
      return { ...column, values };
    }
    case 'boolean': {
      const values = column.values.slice();
      values[row]! ^= 1;
      return { ...column, values };
    }
    default: {
      const values = column.values.slice();
      const step =
        column.kind === 'datetime' && column.unit === 'day' ? 86_400_000 : column.kind === 'number' ? 2 ** -40 : 1;
      values[row]! += (1 + draw(5)) * step;
      return { ...column, values };
    }
  }
}

/** Rows in another order, through the public columns only. */
function reorder(order: readonly number[]): Table {
  const rows = order.length;
  const columns = table.columns.map((column): Column => {
    const validity = new Uint8Array(Math.ceil(rows / 8));
    for (let i = 0; i < rows; i++) {
      const from = order[i]!;
      const valid = column.validity === undefined || ((column.validity[from >> 3]! >> (from & 7)) & 1) === 1;
      if (valid) validity[i >> 3]! |= 1 << (i & 7);
    }
    switch (column.kind) {
      case 'category':
        return { ...column, validity, codes: Int32Array.from(order, (from) => column.codes[from]!) };
      case 'text':
        return { ...column, validity, values: order.map((from) => column.values[from]!) };
      case 'boolean':
        return { ...column, validity, values: Uint8Array.from(order, (from) => column.values[from]!) };
      default:
        return { ...column, validity, values: Float64Array.from(order, (from) => column.values[from]!) };
    }
  });
  return createTable(columns);
}
