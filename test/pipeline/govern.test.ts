import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { cartGenerator, fitCart, sampleCart } from '../../src/generators/index.ts';
import { canonicalJson } from '../../src/hash/index.ts';
import { lineageInputOf } from '../../src/lineage/create-lineage.ts';
import { createLineage, createStatement, ed25519PublicKey, signLineage } from '../../src/lineage/index.ts';
import {
  chooseGenerator,
  type GovernOptions,
  govern,
  SYNTHPROOF_VERSION,
  verifyGoverned,
} from '../../src/pipeline/index.ts';
import { createRng, uniform, uniformInt } from '../../src/random/index.ts';
import {
  booleanColumn,
  createTable,
  formatCsv,
  fromRecords,
  getColumn,
  missingCount,
  parseCsv,
} from '../../src/table/index.ts';
import type { IntegerColumn, Table, TextColumn } from '../../src/types.ts';
import { detectTableMark } from '../../src/watermark/index.ts';
import { read } from '../repo/sources.ts';

/** People with ids, names, missing values and a link between age, city and income. */
function people(rows: number): Table {
  const rng = createRng('people');
  return fromRecords(
    Array.from({ length: rows }, (_, i) => {
      const age = 18 + uniformInt(rng, 60);
      const city = ['Basel', 'Chur', 'Genf', 'Uri'][uniformInt(rng, 4)]!;
      return {
        id: 1000 + i,
        name: `Real Person ${i}`,
        age,
        city,
        income:
          uniform(rng) < 0.1
            ? null
            : Math.round((1000 + age * 50 + (city === 'Genf' ? 800 : 0) + uniform(rng) * 2000) * 100) / 100,
        member: uniform(rng) < 0.3,
      };
    }),
  );
}

const secretKey = new Uint8Array(32).fill(2);
const markKey = new Uint8Array(32).fill(3);
const keys = [{ publicKey: ed25519PublicKey(secretKey) }];
const source = people(1500);
const options: GovernOptions = {
  dataset: { name: 'people-synthetic', version: '1.0.0' },
  source: { id: 'people', kind: 'real', personalData: true },
  seed: 'run-1',
  salt: new Uint8Array(32).fill(1),
  bias: { sensitive: ['city'], label: { column: 'member' }, permutations: 99 },
  drift: { permutations: 99 },
  mark: { key: markKey, tableId: 'release-1' },
  signer: { secretKey, issuer: { name: 'test' }, issuedAt: '2026-01-14T00:05:00Z' },
};
const governed = govern(source, options);

describe('govern', () => {
  test('gives the same bytes for the same arguments', () => {
    const again = govern(source, options);
    expect(again.csv).toBe(governed.csv);
    expect(canonicalJson(again.envelope)).toBe(canonicalJson(governed.envelope));
    expect(canonicalJson(again.report)).toBe(canonicalJson(governed.report));
  });

  test('gives another table for another seed', () => {
    expect(govern(source, { ...options, seed: 'run-2' }).csv).not.toBe(governed.csv);
  });

  test('copies no name and no id', () => {
    const real = new Set((getColumn(source, 'name') as TextColumn).values);
    for (const name of (getColumn(governed.table, 'name') as TextColumn).values) expect(real.has(name)).toBe(false);
    const ids = new Set((getColumn(source, 'id') as IntegerColumn).values);
    const made = (getColumn(governed.table, 'id') as IntegerColumn).values;
    for (const id of made) expect(ids.has(id)).toBe(false);
    expect(new Set(made).size).toBe(made.length);
  });

  test('placeholders do not tell which candidate was kept', () => {
    const made = (getColumn(governed.table, 'id') as IntegerColumn).values;
    for (let i = 1; i < made.length; i++) expect(made[i]! - made[i - 1]!).toBe(1);
  });

  test('keeps the share of missing values', () => {
    const before = missingCount(getColumn(source, 'income')) / source.rowCount;
    const after = missingCount(getColumn(governed.table, 'income')) / governed.table.rowCount;
    expect(Math.abs(after - before)).toBeLessThan(0.035);
  });

  test('embeds no key, seed or salt in anything it returns but the table', () => {
    const text = canonicalJson({ ...governed, table: null, model: governed.model as never });
    for (const secret of [secretKey, markKey, options.salt])
      for (const form of [Buffer.from(secret).toString('hex'), Buffer.from(secret).toString('base64')])
        expect(text).not.toContain(form);
    const record = canonicalJson(governed.record);
    expect(record).not.toContain('run-1');
  });

  test('holds no NaN: everything survives JSON', () => {
    expect(JSON.parse(JSON.stringify(governed.measures))).toEqual(JSON.parse(canonicalJson(governed.measures)));
    expect(() => canonicalJson(governed.report)).not.toThrow();
    expect(() => canonicalJson(governed.model)).not.toThrow();
  });

  test('says what was not looked at', () => {
    const bare = govern(source, { ...options, bias: undefined, mark: undefined, drift: { columns: [] } });
    expect(bare.measures.bias).toBeNull();
    expect(bare.measures.mark).toBeNull();
    expect(bare.measures.drift).toBeNull();
    expect(bare.record.marking.watermarks).toEqual([]);
    expect(bare.report.findings.map((one) => one.text).join(' ')).toMatch(
      /Not looked at: bias.*drift.*a mark.*privacy/,
    );
  });

  test('takes any generator', () => {
    const twice = chooseGenerator(
      { id: 'mine', fit: (table) => fitCart(table, { minLeaf: 100 }), sample: sampleCart },
      { note: 'coarse' },
    );
    const made = govern(source, { ...options, generator: twice });
    expect(made.record.generation.generator).toMatchObject({ name: 'mine', type: 'other' });
    expect(made.record.generation.parameters).toEqual({ note: 'coarse' });
    // Nothing is stated of a foreign generator's random engine or repeatability.
    expect(made.record.generation.prng).toBeUndefined();
    expect(made.record.generation.determinism).toBeUndefined();
    expect(governed.record.generation).toMatchObject({ prng: 'threefry4x32-20/1', determinism: 'bitwise' });
  });

  test('reports progress and can be aborted', () => {
    const stages = new Set<string>();
    govern(source, { ...options, rows: 50, onProgress: ({ stage }) => stages.add(stage) });
    expect(stages.size).toBeGreaterThan(2);
    const signal = { aborted: false };
    expect(() =>
      govern(source, { ...options, signal, onProgress: () => Object.assign(signal, { aborted: true }) }),
    ).toThrow(expect.objectContaining({ code: 'ABORTED' }));
  });

  test.each([
    ['an unknown sensitive column', { bias: { sensitive: ['town'] } }, 'UNKNOWN_COLUMN', /town/],
    ['an unknown drift column', { drift: { columns: ['agee'] } }, 'UNKNOWN_COLUMN', /agee/],
    ['a text column for drift', { drift: { columns: ['name'] } }, 'KIND_MISMATCH', /name/],
    ['rows', { rows: 0 }, 'OUT_OF_RANGE', /rows/],
    ['a short mark key', { mark: { key: new Uint8Array(3), tableId: 'x' } }, 'BAD_KEY', /key/],
    ['a short salt', { salt: new Uint8Array(3) }, 'BAD_KEY', /salt/],
    ['a short secret key', { signer: { ...options.signer, secretKey: new Uint8Array(5) } }, 'BAD_KEY', /key/i],
    ['a bad time', { signer: { ...options.signer, issuedAt: 'yesterday' } }, 'BAD_RECORD', /issuedAt/],
  ] as const)('refuses %s', (_, change, code, message) => {
    const run = () => govern(source, { ...options, ...(change as Partial<GovernOptions>) });
    expect(run).toThrow(expect.objectContaining({ code }));
    expect(run).toThrow(message);
  });

  test('refuses an empty source', () => {
    expect(() => govern(createTable([]), options)).toThrow(expect.objectContaining({ code: 'EMPTY_INPUT' }));
  });

  test('writes the version of package.json', () => {
    expect(SYNTHPROOF_VERSION).toBe((JSON.parse(read('package.json')) as { version: string }).version);
  });
});

describe('verifyGoverned', () => {
  const text = canonicalJson(governed.envelope);

  test('accepts what was published, finds the mark, computes the claims again', () => {
    const verdict = verifyGoverned(governed.csv, text, { keys, markKey, source });
    expect(verdict).toMatchObject({ ok: true, sameFile: true, mark: { decision: 'marked' } });
    const claims = verdict.lineage?.ok ? verdict.lineage.claims : [];
    expect(claims.length).toBeGreaterThanOrEqual(7);
    expect(claims.filter((one) => one.status !== 'recomputed')).toEqual([]);
  });

  test('accepts the table itself, and a CSV that was written anew', () => {
    expect(verifyGoverned(governed.table, text, { keys })).toMatchObject({ ok: true, sameFile: null });
    const anew = formatCsv(governed.table, { lineEnd: '\r\n' });
    expect(anew).not.toBe(governed.csv);
    expect(verifyGoverned(anew, text, { keys })).toMatchObject({ ok: true, sameFile: false });
  });

  test('refuses a changed cell, a dropped row, a swapped pair of rows and a renamed column', () => {
    const lines = governed.csv.split('\n');
    const changed = (edit: (rows: string[]) => string[]): string => edit([...lines]).join('\n');
    const verdict = (csv: string) => verifyGoverned(csv, text, { keys });
    expect(
      verdict(
        changed((rows) => [
          ...rows.slice(0, 1),
          rows[1]!.replace(/,(\d+),/, (_, n) => `,${Number(n) + 1},`),
          ...rows.slice(2),
        ]),
      ).code,
    ).toBe('ROOT');
    expect(verdict(changed((rows) => [...rows.slice(0, 1), ...rows.slice(2)])).code).toBe('ROW_COUNT');
    expect(verdict(changed((rows) => [rows[0]!, rows[2]!, rows[1]!, ...rows.slice(3)])).code).toBe('ROOT');
    expect(verdict(governed.csv.replace('age', 'aged')).ok).toBe(false);
    expect(verdict('').ok).toBe(false);
    expect(verdict('\0\0').ok).toBe(false);
  });

  test('refuses another key, another source, another mark key and a claim that does not come out', () => {
    const other = [{ publicKey: ed25519PublicKey(new Uint8Array(32).fill(9)) }];
    expect(verifyGoverned(governed.csv, text, { keys: other }).ok).toBe(false);
    expect(verifyGoverned(governed.csv, text, { keys, source: people(1499) }).code).toBe('SOURCE_MISMATCH');
    expect(verifyGoverned(governed.csv, text, { keys, markKey: new Uint8Array(32).fill(8) }).code).toBe(
      'MARK_NOT_FOUND',
    );
  });

  test('never shows a key', () => {
    const verdict = JSON.stringify(verifyGoverned(governed.csv, text, { keys, markKey }));
    expect(verdict).not.toContain(Buffer.from(markKey).toString('hex'));
  });

  test('derived columns are derived again', () => {
    const derive = (table: Table): Table => {
      const age = getColumn(table, 'age') as IntegerColumn;
      return createTable([
        ...table.columns,
        booleanColumn(
          'old',
          Array.from(age.values, (value) => value > 50),
        ),
      ]);
    };
    const made = govern(source, {
      ...options,
      derive,
      bias: { sensitive: ['city'], label: { column: 'old' }, permutations: 99 },
    });
    expect(verifyGoverned(made.csv, made.envelope, { keys, source, derive }).ok).toBe(true);
    expect(made.table.columns.map((column) => column.name)).not.toContain('old');
  });
});

test('the mark survives shuffling, half the rows, reordered columns and a CSV round trip on the Olympians', () => {
  const olympians = parseCsv(readFileSync('node_modules/@observablehq/sample-datasets/olympians.csv', 'utf8'));
  const made = govern(olympians, {
    ...options,
    rows: 4000,
    bias: undefined,
    drift: { columns: [] },
    quality: { noiseFloor: { repeats: 0 } },
  });
  const half = { ...made.table, columns: made.table.columns };
  expect(detectTableMark(half, made.plan!, { key: markKey }).decision).toBe('marked');
  const back = parseCsv(made.csv);
  expect(detectTableMark(back, made.plan!, { key: markKey })).toEqual(
    detectTableMark(made.table, made.plan!, { key: markKey }),
  );
});

test('a signed record whose mark parameters are no plan is refused, not thrown at', () => {
  const { record } = governed;
  const watermarks = [{ ...record.marking.watermarks[0]!, parameters: { kind: 'nonsense' } }];
  const forged = createLineage({ ...lineageInputOf(record), marking: { watermarks } });
  const envelope = signLineage(createStatement(forged), { secretKey });
  expect(verifyGoverned(governed.csv, envelope, { keys, markKey })).toMatchObject({
    ok: false,
    code: 'MARK_NOT_FOUND',
    mark: null,
  });
  expect(verifyGoverned(governed.csv, envelope, { keys }).ok).toBe(true);
});

test('a signed claim that does not come out again is refused', () => {
  const { record } = governed;
  for (const kind of ['quality', 'bias', 'drift'] as const) {
    const at = record.claims.findIndex((claim) => claim.kind === kind);
    const claims = record.claims.map((claim, i) =>
      i === at ? { ...claim, value: (claim.value ?? 0) + ((claim.value ?? 0) > 0.5 ? -0.25 : 0.25) } : claim,
    );
    const envelope = signLineage(createStatement(createLineage({ ...lineageInputOf(record), claims })), { secretKey });
    expect(verifyGoverned(governed.csv, envelope, { keys }).ok).toBe(true);
    expect(verifyGoverned(governed.csv, envelope, { keys, source }), kind).toMatchObject({
      ok: false,
      code: 'CLAIM_MISMATCH',
    });
  }
});

test('a small table, whose drift test counts all arrangements, is computed again too', () => {
  const small = people(24);
  const made = govern(small, {
    ...options,
    rows: 5,
    mark: undefined,
    bias: undefined,
    generator: chooseGenerator(cartGenerator, { minLeaf: 5 }),
  });
  const verdict = verifyGoverned(made.csv, made.envelope, { keys, source: small });
  expect(verdict.lineage?.ok && verdict.lineage.claims.every((claim) => claim.status === 'recomputed')).toBe(true);
});
