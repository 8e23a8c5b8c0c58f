import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCompactRange, fromHex, hmacSha256, merkleRoot, sha256Hex, toHex } from '../../src/hash/index.ts';
import {
  encodeCell,
  firstDifferingRow,
  proveTableRow,
  tableDigest,
  tableLeafHashes,
  verifyTableRow,
} from '../../src/lineage/index.ts';
import {
  categoryColumn,
  concatRows,
  createTable,
  datetimeColumn,
  formatCsv,
  integerColumn,
  numberColumn,
  parseCsv,
  schemaOf,
  selectColumns,
  sliceRows,
  takeRows,
  textColumn,
} from '../../src/table/index.ts';
import { sampleTable } from './fixture.ts';

const code = (name: string) => expect.objectContaining({ code: name });

describe('encodeCell', () => {
  test.each([
    [{ instant: 0 }, 'c07818313937302d30312d30315430303a30303a30302e3030305a'],
    [{ instant: 951_782_400_123 }, `c07818${toHex(Buffer.from('2000-02-29T00:00:00.123Z'))}`],
    [{ instant: -62_198_755_200_000 }, `c0781b${toHex(Buffer.from('-000001-01-01T00:00:00.000Z'))}`],
    [{ instant: 253_402_300_800_000 }, `c0781b${toHex(Buffer.from('+010000-01-01T00:00:00.000Z'))}`],
    [{ day: 0 }, 'd903ec6a313937302d30312d3031'],
    [2 ** 53, '1b0020000000000000'],
    [-(2 ** 53), '3b001fffffffffffff'],
    [2 ** 63, '1b8000000000000000'],
    [-(2 ** 63), '3b7fffffffffffffff'],
    [2 ** 64, 'fa5f800000'],
    [65504.5, 'fa477fe080'],
    [2 ** -24, 'f90001'],
    [0.00006103515625, 'f90400'],
    [0.00006097555160522461, 'f903ff'],
    [2 ** -25, 'fa33000000'],
    [18446744073709551616n, 'c249010000000000000000'],
    [-18446744073709551617n, 'c349010000000000000000'],
    [9007199254740993n, '1b0020000000000001'],
  ])('%s', (value, hex) => {
    expect(toHex(encodeCell(value))).toBe(hex);
  });

  test('instants are those of toISOString', () => {
    fc.assert(
      fc.property(fc.integer({ min: -8_640_000_000_000_000, max: 8_640_000_000_000_000 }), (instant) => {
        const text = new Date(instant).toISOString();
        expect(toHex(encodeCell({ instant }))).toBe(`c078${text.length.toString(16)}${toHex(Buffer.from(text))}`);
      }),
      { numRuns: 1000 },
    );
  });

  test('numbers decode to themselves, and equal numbers have one encoding', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const hex = toHex(encodeCell(value));
        expect(decodeNumber(fromHex(hex))).toBe(value === 0 ? 0 : value);
        if (Number.isSafeInteger(value)) expect(toHex(encodeCell(BigInt(value)))).toBe(hex);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    Number.NaN,
    Number.POSITIVE_INFINITY,
    { instant: 0.5 },
    { instant: 9e15 },
    { instant: Number.NaN },
    { day: 1 },
    { day: 3e14 },
  ])('refuses %j', (value) => {
    expect(() => encodeCell(value)).toThrow(code('BAD_VALUE'));
  });
});

/** The numbers of RFC 8949 that the encoder writes, read back. */
function decodeNumber(bytes: Uint8Array): number {
  const view = new DataView(bytes.slice().buffer);
  const head = bytes[0]!;
  if (head === 0xfb) return view.getFloat64(1);
  if (head === 0xfa) return view.getFloat32(1);
  if (head === 0xf9) {
    const bits = view.getUint16(1);
    const exponent = (bits >> 10) & 31;
    const size = exponent === 0 ? (bits & 1023) * 2 ** -24 : (1024 + (bits & 1023)) * 2 ** (exponent - 25);
    return bits & 0x8000 ? -size : size;
  }
  const short = head & 31;
  const argument =
    short < 24
      ? BigInt(short)
      : short === 24
        ? BigInt(bytes[1]!)
        : short === 25
          ? BigInt(view.getUint16(1))
          : short === 26
            ? BigInt(view.getUint32(1))
            : view.getBigUint64(1);
  return Number(head >> 5 === 0 ? argument : -1n - argument);
}

describe('tableDigest', () => {
  test('descriptor types by column kind', () => {
    expect(tableDigest(sampleTable()).descriptor.columns.map((column) => column.type)).toEqual([
      'int',
      'float',
      'bool',
      'string',
      'date',
      'datetime',
      'string',
    ]);
  });

  test('survives CSV, and category and text are one', () => {
    const table = sampleTable(40);
    const again = parseCsv(formatCsv(table), { schema: schemaOf(table) });
    expect(tableDigest(again)).toEqual(tableDigest(table));
    const text = createTable([textColumn('s', ['b', 'a', null])]);
    const category = createTable([categoryColumn('s', ['b', 'a', null])]);
    expect(tableDigest(text)).toEqual(tableDigest(category));
  });

  test('whole numbers agree under int and float descriptors, cell by cell', () => {
    const whole = createTable([integerColumn('x', [1, 2])]);
    const real = createTable([numberColumn('x', [1, 2])]);
    expect(tableDigest(whole).root).toBe(tableDigest(real).root);
    expect(tableDigest(whole).digest).not.toBe(tableDigest(real).digest);
    const { descriptor } = tableDigest(whole);
    expect(tableDigest(real, { descriptor })).toEqual(tableDigest(whole));
    const broken = createTable([numberColumn('x', [1, 2.5])]);
    expect(() => tableDigest(broken, { descriptor })).toThrow(code('BAD_VALUE'));
  });

  test('every change of a cell, name, order, type or row count changes the digest', () => {
    const table = sampleTable();
    const base = tableDigest(table).digest;
    const digests = new Set([base]);
    const names = table.columns.map((column) => column.name);
    const others = [
      selectColumns(table, [...names].reverse()),
      selectColumns(table, names.slice(1)),
      takeRows(table, [1, 0, 2, 3, 4, 5]),
      sliceRows(table, 0, 5),
      concatRows([table, sliceRows(table, 5, 6)]),
      createTable(table.columns.map((column, i) => (i === 1 ? { ...column, name: 'heigh' } : column))),
    ];
    for (const other of others) digests.add(tableDigest(other).digest);
    expect(digests.size).toBe(others.length + 1);
  });

  test('missing, empty text, zero and false are four different cells', () => {
    const of = (cell: string | null) => tableDigest(createTable([textColumn('x', [cell])])).root;
    const roots = [of(null), of(''), tableDigest(createTable([numberColumn('x', [0])])).root];
    expect(new Set(roots).size).toBe(3);
    expect(tableDigest(createTable([numberColumn('x', [-0])])).root).toBe(roots[2]);
  });

  test('the multiset root does not depend on the order, but on duplicates', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 30 }), fc.nat(), (values, turn) => {
        const at = values.length === 0 ? 0 : turn % values.length;
        const turned = [...values.slice(at), ...values.slice(0, at)].reverse();
        const of = (list: number[]) => tableDigest(createTable([integerColumn('x', list)]), { multiset: true });
        expect(of(turned).multisetRoot).toBe(of(values).multisetRoot);
        expect(of([...values, 1]).multisetRoot).not.toBe(of(values).multisetRoot);
      }),
    );
  });

  test('salted leaves: HMAC of the index, and other salts give other roots', () => {
    const table = sampleTable();
    const saltKey = new Uint8Array(32).fill(3);
    const digest = tableDigest(table, { saltKey });
    expect(digest.descriptor.salt).toBe('hmac-sha256-index-16');
    expect(digest.root).not.toBe(tableDigest(table).root);
    expect(tableDigest(table, { saltKey: new Uint8Array(32).fill(4) }).root).not.toBe(digest.root);
    const salt = toHex(hmacSha256(saltKey, fromHex('0000000000000002')).subarray(0, 16));
    expect(proveTableRow(table, 2, { saltKey }).salt).toBe(salt);
    expect(() => tableDigest(table, { saltKey: new Uint8Array(15) })).toThrow(code('BAD_KEY'));
    expect(() => tableDigest(table, { descriptor: digest.descriptor })).toThrow(code('BAD_KEY'));
  });

  test('a dictionary of guessed rows finds unsalted leaves, not salted ones', () => {
    const table = createTable([integerColumn('age', [34]), categoryColumn('sex', ['F'])]);
    const guesses = new Set<string>();
    for (let age = 0; age < 100; age++)
      for (const sex of ['F', 'M'])
        guesses.add(toHex(tableLeafHashes(createTable([integerColumn('age', [age]), categoryColumn('sex', [sex])]))));
    expect(guesses.has(toHex(tableLeafHashes(table)))).toBe(true);
    expect(guesses.has(toHex(tableLeafHashes(table, { saltKey: new Uint8Array(16).fill(1) })))).toBe(false);
  });

  test('NaN and infinities need permission, and one NaN is like another', () => {
    const table = createTable([numberColumn('x', [Number.NaN, Number.POSITIVE_INFINITY])]);
    expect(() => tableDigest(table)).toThrow('column "x", row 0');
    const digest = tableDigest(table, { nonFinite: 'allow' });
    expect(digest.descriptor.nonFinite).toBe('allow');
  });

  test('refuses lone surrogates, by column and row, and datetimes out of range', () => {
    expect(() => tableDigest(createTable([textColumn('t', ['a', '\ud800'])]))).toThrow(code('BAD_TEXT'));
    const far = { kind: 'datetime', name: 'd', unit: 'millisecond', values: Float64Array.of(9e15) } as const;
    expect(() => tableDigest({ rowCount: 1, columns: [far] })).toThrow(code('BAD_VALUE'));
    expect(() => tableDigest(createTable([datetimeColumn('d', [86_400_000], 'day')]))).not.toThrow();
  });

  test('no rows, no columns', () => {
    expect(tableDigest({ rowCount: 0, columns: [] }).root).toBe(sha256Hex(''));
    expect(tableDigest({ rowCount: 3, columns: [] }).rows).toBe(3);
  });

  test('shards with any borders give the root of one pass', () => {
    const table = sampleTable(57);
    const leaves = tableLeafHashes(table);
    const left = createCompactRange();
    const right = createCompactRange(23);
    for (let row = 0; row < 57; row++) (row < 23 ? left : right).append(leaves, row * 32);
    expect(toHex(left.merge(right).root())).toBe(tableDigest(table).root);
    const list = Array.from({ length: 57 }, (_, row) => leaves.slice(row * 32, row * 32 + 32));
    expect(toHex(merkleRoot(list))).toBe(tableDigest(table).root);
  });

  test('progress and abort', () => {
    const table = createTable([
      integerColumn(
        'x',
        Array.from({ length: 70_000 }, (_, i) => i),
      ),
    ]);
    const seen: number[] = [];
    tableDigest(table, { onProgress: ({ done }) => seen.push(done) });
    expect(seen).toEqual([65_536, 70_000]);
    expect(() => tableDigest(table, { signal: { aborted: true } })).toThrow(code('ABORTED'));
  });
});

describe('rows', () => {
  test('firstDifferingRow', () => {
    const table = sampleTable(9);
    const leaves = tableLeafHashes(table);
    expect(firstDifferingRow(table, leaves)).toBe(null);
    expect(firstDifferingRow(takeRows(table, [0, 1, 2, 4, 3, 5, 6, 7, 8]), leaves)).toBe(3);
    expect(firstDifferingRow(sliceRows(table, 0, 7), leaves)).toBe(7);
    expect(firstDifferingRow(concatRows([table, table]), leaves)).toBe(9);
  });

  test('every row of tables of many sizes is proved, salted or not; no other row passes for it', () => {
    for (const rows of [1, 2, 3, 7, 8, 13])
      for (const saltKey of [undefined, new Uint8Array(32).fill(9)]) {
        const table = sampleTable(rows);
        const digest = tableDigest(table, { saltKey });
        for (let row = 0; row < rows; row++) {
          const proof = proveTableRow(table, row, { saltKey });
          expect(verifyTableRow(takeRows(table, [row]), JSON.parse(JSON.stringify(proof)), digest)).toBe(true);
          expect(verifyTableRow(takeRows(sampleTable(rows + 1), [rows]), proof, digest)).toBe(false);
          expect(verifyTableRow(takeRows(table, [row]), { ...proof, index: row + 1 }, digest)).toBe(false);
          expect(verifyTableRow(takeRows(table, [row]), { ...proof, salt: '00'.repeat(16) }, digest)).toBe(false);
          expect(verifyTableRow(takeRows(table, [row]), proof, { ...digest, rows: rows + 1 })).toBe(false);
        }
      }
    expect(() => proveTableRow(sampleTable(), 6)).toThrow(code('OUT_OF_RANGE'));
  });

  test('hostile proofs are false, not thrown', () => {
    const table = sampleTable();
    const digest = tableDigest(table);
    const proof = proveTableRow(table, 0);
    for (const bad of [null, {}, { ...proof, proof: ['zz'] }, { ...proof, proof: null }, { ...proof, index: '0' }])
      expect(verifyTableRow(takeRows(table, [0]), bad as never, digest)).toBe(false);
    expect(verifyTableRow(table, proof, digest)).toBe(false);
    expect(verifyTableRow(takeRows(table, [0]), proof, { ...digest, root: '00'.repeat(32) })).toBe(false);
  });
});
