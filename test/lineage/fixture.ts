import { sha256Hex, utf8 } from '../../src/hash/index.ts';
import {
  createLineage,
  createStatement,
  ed25519PublicKey,
  type LineageInput,
  type LineageRecord,
  type LineageSource,
  signLineage,
  tableDigest,
} from '../../src/lineage/index.ts';
import {
  booleanColumn,
  categoryColumn,
  createTable,
  datetimeColumn,
  integerColumn,
  numberColumn,
  textColumn,
} from '../../src/table/index.ts';
import type { Table } from '../../src/types.ts';

export const secretKey: Uint8Array = new Uint8Array(32).fill(7);
export const otherKey: Uint8Array = new Uint8Array(32).fill(8);
export const keys = [{ publicKey: ed25519PublicKey(secretKey) }];

/** A table with every kind of column and missing cells. */
export function sampleTable(rows = 6): Table {
  const pick = <T>(items: readonly T[]) => Array.from({ length: rows }, (_, i) => items[(i * 7 + 3) % items.length]!);
  return createTable([
    integerColumn(
      'id',
      Array.from({ length: rows }, (_, i) => i),
    ),
    numberColumn('height', pick([1.75, 1.8, null, 2, 1.605])),
    booleanColumn('medal', pick([true, false, null])),
    categoryColumn('sport', pick(['rowing', 'judo', null, 'città'])),
    datetimeColumn('born', pick([0, 86_400_000, null, -86_400_000 * 400]), 'day'),
    datetimeColumn('seen', pick([0, 1500, 951_782_400_000]), 'millisecond'),
    textColumn('note', pick(['', 'a', null, '😀 text', 'x'.repeat(40)])),
  ]);
}

export const file = { name: 'data.csv', bytes: utf8('a,b\n1,2\n') };

export function sampleInput(change: Partial<LineageInput> = {}, table: Table = sampleTable()): LineageInput {
  return {
    dataset: { name: 'athletes', version: '1.0.0', license: 'CC-BY-4.0', description: 'Synthetic athletes.' },
    table: tableDigest(table),
    files: [{ name: file.name, sha256: sha256Hex(file.bytes), bytes: file.bytes.length, mediaType: 'text/csv' }],
    generation: {
      generator: { name: 'cart', version: '1', type: 'tree' },
      parameters: { minLeaf: 5, columns: ['id'] },
      seed: '42',
      startedAt: '2026-01-14T00:00:00Z',
      endedAt: '2026-01-14T00:04:00Z',
    },
    sources: [realSource],
    columns: table.columns.map((column) => ({ name: column.name, origin: 'synthetic' })),
    rows: { synthetic: table.rowCount, real: 0, modified: 0, unknown: 0 },
    marking: { watermarks: [watermark('own')] },
    claims: [
      { kind: 'quality', metric: 'ksComplement', value: 0.93, n: table.rowCount, method: 'synthproof/quality 0.1.0' },
      {
        kind: 'bias',
        metric: 'demographicParityDifference',
        value: null,
        reason: 'EMPTY_GROUP',
        n: 0,
        method: 'synthproof/bias 0.1.0',
      },
    ],
    issuedAt: '2026-01-14T00:05:00Z',
    issuer: { name: 'Example Lab', url: 'https://example.org' },
    ...change,
  };
}

export const realSource: LineageSource = {
  id: 'olympians',
  role: 'training',
  kind: 'real',
  digest: { sha256: sha256Hex('olympians') },
  personalData: true,
};

export function watermark(name: string) {
  return { scheme: `select/${name}`, version: '1', keyCommitment: sha256Hex(name) };
}

export function sampleRecord(change: Partial<LineageInput> = {}): LineageRecord {
  return createLineage(sampleInput(change));
}

export function signed(change: Partial<LineageInput> = {}) {
  const statement = createStatement(sampleRecord(change));
  return { statement, envelope: signLineage(statement, { secretKey }) };
}
