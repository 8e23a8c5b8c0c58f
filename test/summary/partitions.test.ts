import { describe, expect, test } from 'vitest';
import { canonicalJson, parseStrictJson, sha256Hex } from '../../src/hash/index.ts';
import { summarize, summarizeAll } from '../../src/summary/index.ts';
import { readCsvBatches, sliceRows } from '../../src/table/index.ts';
import { type Row, SUMMARIZERS, tableOf, words } from './support.ts';

const next = words(77);
const rows: Row[] = Array.from({ length: 3000 }, () => {
  const a = next();
  const b = next();
  return {
    sex: a % 11 === 0 ? null : ['f', 'm', 'x'][a % 3]!,
    hired: b % 13 === 0 ? null : b % 2 === 0,
    x: a % 17 === 0 ? null : a % 19 === 0 ? Number.NaN : ((a % 2000) - 1000) / 7,
    y: b % 23 === 0 ? Number.POSITIVE_INFINITY : (b - 2 ** 31) * 10 ** ((a % 40) - 20),
    name: a % 29 === 0 ? null : `name ${b % 400}`,
  };
});
const table = tableOf(rows);
const {
  moments,
  coMoments,
  groupCountsPlain,
  contingency,
  histogram,
  quantiles,
  bottomK,
  distinct,
  topValues,
  multisetDigest,
} = SUMMARIZERS as Required<typeof SUMMARIZERS>;
const all = summarizeAll({
  moments: moments!,
  coMoments: coMoments!,
  groupCounts: groupCountsPlain!,
  contingency: contingency!,
  histogram: histogram!,
  quantiles: quantiles!,
  bottomK: bottomK!,
  distinct: distinct!,
  topValues: topValues!,
  multisetDigest: multisetDigest!,
});

describe('1, 2, 7 and 64 partitions', () => {
  test('one SHA-256 of state and report, in any order, through text', () => {
    const hashes = new Set<string>();
    for (const parts of [1, 2, 7, 64]) {
      const chunks = Array.from({ length: parts }, (_, p) =>
        sliceRows(table, Math.floor((3000 * p) / parts), Math.floor((3000 * (p + 1)) / parts)),
      );
      const states = chunks.map((chunk) =>
        all.decode(parseStrictJson(canonicalJson(all.encode(summarize(all, [chunk]))))),
      );
      const forwards = states.reduce(all.merge, all.init());
      const backwards = [...states].reverse().reduce(all.merge);
      // A tree: neighbours first.
      let level = states;
      while (level.length > 1)
        level = level.flatMap((state, i) =>
          i % 2 === 1 ? [] : i + 1 < level.length ? [all.merge(level[i + 1]!, state)] : [state],
        );
      const streamed = summarize(all, chunks);
      const reversed = summarize(
        all,
        chunks.map((chunk) => tableOf([...rowsOf(chunk.rowCount, chunks.indexOf(chunk), parts)].reverse())),
      );
      for (const state of [forwards, backwards, level[0]!, streamed, reversed])
        hashes.add(sha256Hex(canonicalJson(all.encode(state))) + sha256Hex(canonicalJson(all.report(state))));
    }
    expect(hashes.size).toBe(1);
  });
});

/** The rows of a partition again, as records. */
function rowsOf(count: number, part: number, parts: number): Row[] {
  const start = Math.floor((3000 * part) / parts);
  return rows.slice(start, start + count);
}

describe('sources', () => {
  test('an async source of batches', async () => {
    const text = `sex,x\n${Array.from({ length: 500 }, (_, i) => `${i % 3 === 0 ? 'f' : 'm'},${i}`).join('\n')}\n`;
    const both = summarizeAll({ histogram: SUMMARIZERS['histogram']!, moments: SUMMARIZERS['sums']! });
    expect(() => both.report(both.init())).not.toThrow();
    const { momentsSummary } = await import('../../src/summary/index.ts');
    const summarizer = momentsSummary({ columns: ['x'] });
    const schema = {
      columns: [
        { name: 'sex', kind: 'category' },
        { name: 'x', kind: 'integer' },
      ],
    } as const;
    const seen: number[] = [];
    const state = await summarize(summarizer, readCsvBatches([text], { schema, batchRows: 64 }), {
      onProgress: ({ done }) => seen.push(done),
    });
    expect(summarizer.report(state).columns[0]).toMatchObject({ n: 500, sum: 124750, mean: 249.5 });
    expect(seen.length).toBeGreaterThan(1);
  });

  test('no chunks give the identity', () => {
    expect(all.encode(summarize(all, []))).toEqual(all.encode(all.init()));
    expect(() => canonicalJson(all.report(all.init()))).not.toThrow();
  });

  test('a single table and an aborted job are refused', () => {
    expect(() => summarize(all, table as never)).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }));
    expect(() => summarize(all, [table], { signal: { aborted: true } })).toThrow(
      expect.objectContaining({ code: 'ABORTED' }),
    );
  });
});
