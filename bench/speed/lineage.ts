import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { canonicalJson, createSha256Batch, merkleRoot, parseStrictJson, sha256, utf8 } from '../../src/hash/index.ts';
import {
  createLineage,
  createStatement,
  ed25519PublicKey,
  signLineage,
  tableDigest,
  verifyLineage,
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
import { type Bench, type BenchRow, medianMs } from './types.ts';

/** A table of ten mixed columns. */
function mixedTable(rows: number): Table {
  let state = 1;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
  const fill = <T>(make: (row: number) => T): T[] => Array.from({ length: rows }, (_, row) => make(row));
  return createTable([
    integerColumn(
      'id',
      fill((row) => row),
    ),
    numberColumn(
      'a',
      fill(() => next() * 1000),
    ),
    numberColumn(
      'b',
      fill(() => Math.round(next() * 1e6) / 100),
    ),
    integerColumn(
      'age',
      fill(() => Math.floor(next() * 90)),
    ),
    categoryColumn(
      'sex',
      fill(() => (next() < 0.5 ? 'F' : 'M')),
    ),
    categoryColumn(
      'city',
      fill(() => `city ${Math.floor(next() * 50)}`),
    ),
    booleanColumn(
      'flag',
      fill(() => next() < 0.5),
    ),
    textColumn(
      'name',
      fill((row) => `person ${row}`),
    ),
    datetimeColumn(
      'seen',
      fill(() => Math.floor(next() * 2e12)),
      'millisecond',
    ),
    numberColumn(
      'c',
      fill(() => (next() < 0.1 ? null : next())),
    ),
  ]);
}

export const bench: Bench = async function* () {
  const row = (job: string, ours: number, peer: string, theirs: number | null, goal?: number): BenchRow => ({
    area: 'lineage',
    job,
    ours,
    peer,
    theirs,
    ...(goal === undefined ? {} : { goal }),
  });

  const table = mixedTable(100_000);
  const digest = medianMs(() => tableDigest(table), 3);
  const naive = medianMs(() => {
    const leaves: Uint8Array[] = [];
    const { columns } = table;
    for (let i = 0; i < table.rowCount; i++) {
      const cells: unknown[] = [];
      for (const column of columns)
        cells.push(column.kind === 'category' ? column.labels[column.codes[i]!] : column.values[i]);
      leaves.push(sha256(utf8(JSON.stringify(cells))));
    }
    return merkleRoot(leaves);
  }, 1);
  yield row('table digest, 100,000 x 10', digest, 'JSON rows, noble a row', naive, 1);

  const message = new Uint8Array(65);
  const out = new Uint8Array(32);
  const batch = createSha256Batch();
  const short = medianMs(() => {
    for (let i = 0; i < 100_000; i++) {
      message[0] = i;
      batch.fillDigest(out, 0, message, 0, 65);
    }
  });
  const noble = medianMs(() => {
    for (let i = 0; i < 100_000; i++) {
      message[0] = i;
      sha256(message);
    }
  });
  yield row('SHA-256, 100,000 messages of 65 bytes', short, '@noble/hashes', noble, 0.7);

  const manifest = createRequire(import.meta.url).resolve('typescript/package.json');
  const value: unknown = JSON.parse(readFileSync(manifest, 'utf8'));
  const list = Array.from({ length: 300 }, () => value);
  const text = JSON.stringify(list);
  const parse = medianMs(() => parseStrictJson(text));
  yield row(
    `strict JSON parser, ${(text.length / 1e6).toFixed(1)} MB`,
    parse,
    'JSON.parse',
    medianMs(() => JSON.parse(text)),
  );
  const canonical = medianMs(() => canonicalJson(list));
  let peer: number | null = null;
  try {
    const name = 'canonicalize';
    const { default: canonicalize } = (await import(name)) as { default: (value: unknown) => string };
    peer = medianMs(() => canonicalize(list));
  } catch {
    // The peer is not installed.
  }
  yield row(`canonical JSON, ${(text.length / 1e6).toFixed(1)} MB`, canonical, 'canonicalize', peer, 1);
  yield row(
    `canonical JSON, ${(text.length / 1e6).toFixed(1)} MB`,
    canonical,
    'JSON.stringify',
    medianMs(() => JSON.stringify(list)),
  );

  const small = mixedTable(1000);
  const secretKey = new Uint8Array(32).fill(1);
  const record = createLineage({
    dataset: { name: 'bench', version: '1.0.0' },
    table: tableDigest(small),
    generation: { generator: { name: 'x', version: '1', type: 'other' }, parameters: {} },
    sources: [],
    columns: small.columns.map(({ name }) => ({ name, origin: 'synthetic' })),
    rows: { synthetic: 1000, real: 0, modified: 0, unknown: 0 },
    issuedAt: '2026-01-01T00:00:00Z',
    issuer: { name: 'bench' },
  });
  const statement = createStatement(record);
  const envelope = canonicalJson(signLineage(statement, { secretKey }));
  const keys = [{ publicKey: ed25519PublicKey(secretKey) }];
  yield row(
    'sign a record',
    medianMs(() => signLineage(statement, { secretKey })),
    'none',
    null,
  );
  yield row(
    'verify a record with its table of 1000 x 10',
    medianMs(() => verifyLineage(envelope, { keys, table: small })),
    'none',
    null,
  );
};
