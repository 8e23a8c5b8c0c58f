import { fromHex } from '../hash/from-hex.ts';
import { hmacSha256 } from '../hash/hmac-sha256.ts';
import { toHex } from '../hash/to-hex.ts';
import { utf8 } from '../hash/utf8.ts';
import type { Table } from '../types.ts';
import { buildSummarizer } from './internal-build.ts';
import { checkNames } from './internal-columns.ts';
import { summaryKey, visitKeyedRows } from './internal-keyed-rows.ts';
import { addCounts, badSummary, readCount, readField, readText } from './internal-read.ts';
import type { Summarizer, SummaryState } from './summarizer.ts';

/** Options of {@link multisetDigestSummary}. */
export interface MultisetDigestOptions {
  /** Names of the columns whose cells make a row; at least one. Their order matters. */
  readonly columns: readonly string[];
  /** Secret key, at least 16 bytes. Without it no two different tables with one digest can be found. */
  readonly key: Uint8Array;
}

/** What {@link multisetDigestSummary} reports. */
export interface MultisetDigestReport {
  /** The columns, as given. */
  readonly columns: readonly string[];
  /** Names the key without giving it away. */
  readonly keyId: string;
  /** Rows. */
  readonly rows: number;
  /** 64 hex digits: equal for equal multisets of rows, whatever their order and partitioning. */
  readonly digest: string;
}

interface Multiset {
  rows: number;
  /** The sum mod 2^256 as 8 words, lowest first. */
  words: Uint32Array;
}

/**
 * A mergeable keyed digest of the multiset of rows: tells two holders of the key whether partitioned tables hold the same
 * rows, each as often.
 *
 * The sum modulo 2^256 of HMAC-SHA-256 of the rows, sealed by another HMAC together with the number of rows. The key is
 * needed for safety: sums of unkeyed hashes can be forged. Neither state nor report should be published together with it.
 * For a public digest of one table use {@link tableDigest}. Cells enter by their canonical text, so the number 1 and the
 * text `1` are one.
 * Source: MSet-Add-Hash, Clarke et al. 2003, section 4.
 *
 * @param options - See {@link MultisetDigestOptions}.
 * @returns The summarizer, kind `multiset-digest/1`.
 * @throws {@link SynthproofError} `BAD_OPTION`, `BAD_KEY`; on update `UNKNOWN_COLUMN`, and `BAD_JSON` at a text with a
 * lone surrogate.
 * @example
 * const digest = multisetDigestSummary({ columns: ['x'], key: new Uint8Array(32).fill(7) });
 * const of = (values: number[]) => digest.report(summarize(digest, [createTable([numberColumn('x', values)])])).digest;
 * of([1, 2, 2]) === of([2, 1, 2]); // => true
 * of([1, 2, 2]) === of([1, 1, 2]); // => false
 */
export function multisetDigestSummary(
  options: MultisetDigestOptions,
): Summarizer<Table, SummaryState<'multiset-digest/1'>, MultisetDigestReport> {
  const columns = checkNames(options.columns, 'columns', 1);
  const key = summaryKey(options.key, 'multiset-digest/1');
  return buildSummarizer(
    'multiset-digest/1',
    { columns, keyId: key.id },
    {
      empty: (): Multiset => ({ rows: 0, words: new Uint32Array(8) }),
      add(data, table) {
        const term = new Uint32Array(8);
        visitKeyedRows(table, columns, key, (digest) => {
          fillWords(term, digest);
          addWords(data.words, term);
        });
        data.rows = addCounts(data.rows, table.rowCount);
      },
      combine(into, from) {
        into.rows = addCounts(into.rows, from.rows);
        addWords(into.words, from.words);
      },
      write: ({ rows, words }) => ({ rows, sum: toHex(bytesOf(words)) }),
      read(value) {
        const rows = readCount(readField(value, 'rows', '/state'), '/state/rows');
        const bytes = fromHex(readText(readField(value, 'sum', '/state'), '/state/sum', /^[0-9a-f]{64}$/));
        const words = new Uint32Array(8);
        fillWords(words, bytes);
        if (rows === 0 && words.some((word) => word !== 0)) throw badSummary('/state/sum', 'zeros without rows');
        return { rows, words };
      },
      report: ({ rows, words }): MultisetDigestReport => ({
        columns,
        keyId: key.id,
        rows,
        digest: toHex(hmacSha256(key.bytes, utf8(`seal ${rows} ${toHex(bytesOf(words))}`))),
      }),
    },
  );
}

/** 32 bytes as 8 little-endian words. */
function fillWords(out: Uint32Array, bytes: Uint8Array): void {
  for (let w = 0; w < 8; w++) {
    const at = 4 * w;
    out[w] = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
  }
}

function bytesOf(words: Uint32Array): Uint8Array {
  const bytes = new Uint8Array(32);
  for (let i = 0; i < 32; i++) bytes[i] = words[i >> 2]! >>> (8 * (i & 3));
  return bytes;
}

/** Adds modulo 2^256. */
function addWords(into: Uint32Array, term: Uint32Array): void {
  let carry = 0;
  for (let w = 0; w < 8; w++) {
    const total = into[w]! + term[w]! + carry;
    into[w] = total;
    carry = total > 4294967295 ? 1 : 0;
  }
}
