import { SynthproofError } from '../errors.ts';
import { wilsonInterval } from '../stats/wilson-interval.ts';
import type { Measure } from '../types.ts';
import type { BottomKReport } from './bottom-k-summary.ts';

/**
 * Estimated Jaccard similarity of the sets of distinct rows behind two samples made with one key: 0 = disjoint, 1 = equal.
 *
 * Of the k smallest hashes of the union, the share that both hold. Exact when both samples hold all their rows.
 * Source: Broder 1997, section 2 (the MinHash of one permutation, k smallest).
 *
 * @param a - Report of {@link bottomKSummary}.
 * @param b - Report made with the same key, columns and k.
 * @returns The measure; `n` is the number of hashes compared; interval by Wilson, absent when exact. Null with reason
 * `no-rows` when neither has rows.
 * @throws {@link SynthproofError} `SPEC_MISMATCH` for another key or k.
 * @example
 * const key = new Uint8Array(32).fill(7);
 * const sample = bottomKSummary({ columns: ['id'], key });
 * const of = (ids: number[]) => sample.report(summarize(sample, [createTable([integerColumn('id', ids)])]));
 * bottomKJaccard(of([1, 2, 3]), of([2, 3, 4])).value; // => 0.5
 */
export function bottomKJaccard(a: BottomKReport, b: BottomKReport): Measure {
  if (a.keyId !== b.keyId || a.k !== b.k)
    throw new SynthproofError(
      'SPEC_MISMATCH',
      `b: expected a report with key ${a.keyId} and k ${a.k}, received key ${b.keyId} and k ${b.k}; make both with one summarizer`,
      { argument: 'b' },
    );
  const inB = new Set(b.sample.map((row) => row.hash));
  const all = [...new Set([...a.sample, ...b.sample].map((row) => row.hash))].sort();
  const inA = new Set(a.sample.map((row) => row.hash));
  const exact = a.exact && b.exact;
  const compared = exact ? all : all.slice(0, a.k);
  let shared = 0;
  for (const hash of compared) if (inA.has(hash) && inB.has(hash)) shared++;
  const measure = { metric: 'bottomKJaccard', range: [0, 1], goal: 'none', n: compared.length } as const;
  if (compared.length === 0) return { ...measure, value: null, reason: 'no-rows' };
  const value = shared / compared.length;
  return exact ? { ...measure, value } : { ...measure, value, interval: wilsonInterval(shared, compared.length) };
}
