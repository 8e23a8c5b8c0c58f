import { SynthproofError } from '../errors.ts';
import type { JobOptions } from '../types.ts';
import { jobStep, requireBetween, requireTexts, requireWhole } from './internal-check.ts';
import { jaccardOf, shingleSets } from './internal-shingle-sets.ts';
import { minHashFamily, signaturesOf } from './internal-signatures.ts';
import type { MinHashOptions } from './min-hash.ts';

/** Options of {@link nearDuplicates}. */
export interface NearDuplicateOptions extends MinHashOptions, JobOptions {
  /** Jaccard similarity of the shingle sets from which a text counts as a near-duplicate, above 0 to 1. Default 0.8. */
  readonly threshold?: number | undefined;
  /** Bands of the signature. Default 21. */
  readonly bands?: number | undefined;
  /** Entries in a band; bands * rows must not exceed `permutations`. Default 6. */
  readonly rows?: number | undefined;
  /** Most pairs compared shingle by shingle; texts with candidates beyond are counted in `unchecked`. Default 2,000,000. */
  readonly maxComparisons?: number | undefined;
}

/** A text that is close to a kept one. */
export interface NearDuplicate {
  /** Index of the text. */
  readonly index: number;
  /** Index of the kept text it is closest to (the first of equals). */
  readonly duplicateOf: number;
  /** Exact Jaccard similarity of their shingles. */
  readonly jaccard: number;
}

/** Result of {@link nearDuplicates}. */
export interface NearDuplicates {
  /** Indices of the kept texts, rising. */
  readonly keep: readonly number[];
  /** The other texts, in order of index. */
  readonly dropped: readonly NearDuplicate[];
  /** Pairs compared shingle by shingle. */
  readonly compared: number;
  /** Texts some of whose candidates were left out after `maxComparisons`: they may be near-duplicates unseen. */
  readonly unchecked: number;
  /** Texts without a single shingle (no words): always kept. */
  readonly withoutShingles: number;
}

/**
 * Texts that nearly repeat an earlier, kept text of the list. Going through the texts in order, a text is dropped when
 * the Jaccard similarity of its shingles with those of a kept text is at least the threshold; so every dropped text has
 * a kept near-duplicate, and which of a group is kept depends on the order.
 *
 * Candidates share all entries of at least one band of their MinHash signatures, and each is then verified on the real
 * shingles: what is dropped is certain, what is missed is chance. A pair of similarity J is a candidate with probability
 * 1 - (1 - J^rows)^bands: with 21 bands of 6 rows .998 at J = .8, .93 at .7, .015 at .3.
 * Source: Broder 1997; Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, 3.4.
 *
 * @param texts - The texts.
 * @param options - See {@link NearDuplicateOptions}. Texts of a few words do better with `unit: 'character'`.
 * @returns See {@link NearDuplicates}.
 * @throws {@link SynthproofError} `BAD_VALUE`, `OUT_OF_RANGE`, `BAD_OPTION` when the bands need more entries than there
 * are, `ABORTED`.
 * @example
 * nearDuplicates(['one two three four five', 'six seven', 'One, two, three, four, five!']).dropped; // => [{ index: 2, duplicateOf: 0, jaccard: 1 }]
 */
export function nearDuplicates(texts: readonly string[], options: NearDuplicateOptions = {}): NearDuplicates {
  const { threshold = 0.8, permutations = 128, bands = 21, rows = 6, size = 5, unit = 'word' } = options;
  const { seed = 'synthproof', maxComparisons = 2_000_000 } = options;
  requireTexts('texts', texts);
  requireBetween('threshold', threshold, Number.MIN_VALUE, 1);
  requireWhole('permutations', permutations, 1, 4096);
  requireWhole('size', size, 1, 64);
  requireWhole('bands', bands, 1);
  requireWhole('rows', rows, 1);
  requireWhole('maxComparisons', maxComparisons, 0);
  if (bands * rows > permutations)
    throw new SynthproofError(
      'BAD_OPTION',
      `bands: ${bands} bands of ${rows} rows need ${bands * rows} permutations, received ${permutations}; lower bands or rows, or raise permutations`,
      { argument: 'bands' },
    );
  const n = texts.length;
  jobStep(options, 'shingles', 0, n);
  const sets = shingleSets(texts, size, unit);
  jobStep(options, 'signatures', 0, n);
  const signatures = signaturesOf(sets, minHashFamily(permutations, seed));
  const buckets = Array.from({ length: bands }, () => new Map<number, number>());
  // next[band][text]: the text that was put into the same bucket before it.
  const next = Array.from({ length: bands }, () => new Int32Array(n));
  const stamp = new Int32Array(n).fill(-1);
  const keys = new Int32Array(bands);
  const keep: number[] = [];
  const dropped: NearDuplicate[] = [];
  let compared = 0;
  let unchecked = 0;
  let withoutShingles = 0;
  for (let t = 0; t < n; t++) {
    if ((t & 1023) === 0) jobStep(options, 'near-duplicates', t, n);
    if (sets.isEmpty(t)) {
      withoutShingles++;
      keep.push(t);
      continue;
    }
    let best = 0;
    let bestOf = -1;
    let cut = false;
    for (let band = 0; band < bands; band++) {
      const key = bandKey(signatures, t * permutations + band * rows, rows);
      keys[band] = key;
      for (let other = buckets[band]!.get(key) ?? -1; other >= 0; other = next[band]![other]!) {
        if (stamp[other] === t) continue;
        if (compared >= maxComparisons) {
          cut = true;
          break;
        }
        stamp[other] = t;
        compared++;
        const jaccard = jaccardOf(sets, t, other, threshold);
        if (jaccard > best || (jaccard === best && other < bestOf)) {
          best = jaccard;
          bestOf = other;
        }
      }
    }
    if (cut) unchecked++;
    if (bestOf >= 0 && best >= threshold) {
      dropped.push({ index: t, duplicateOf: bestOf, jaccard: best });
      continue;
    }
    keep.push(t);
    for (let band = 0; band < bands; band++) {
      next[band]![t] = buckets[band]!.get(keys[band]!) ?? -1;
      buckets[band]!.set(keys[band]!, t);
    }
  }
  jobStep(options, 'near-duplicates', n, n);
  return { keep, dropped, compared, unchecked, withoutShingles };
}

/** 32 bits of a band; a collision only adds a candidate that the shingles then refuse. */
function bandKey(signatures: Int32Array, from: number, rows: number): number {
  let key = rows;
  for (let i = 0; i < rows; i++) {
    key = Math.imul(key ^ signatures[from + i]!, 0x9e3779b1);
    key ^= key >>> 15;
  }
  return key;
}
