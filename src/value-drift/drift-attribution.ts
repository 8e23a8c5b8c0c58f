import { SynthproofError } from '../errors.ts';
import { normalUpperTail } from '../math/normal-upper-tail.ts';
import { adjustPValues } from '../stats/adjust-p-values.ts';
import { checkWhole } from '../stats/internal-options.ts';
import { logOddsRatio } from '../text/log-odds-ratio.ts';
import { segmentWords } from '../text/segment-words.ts';
import { finiteValues, momentsOf } from './internal-moments.ts';
import { requireSameScorer, requireScores } from './internal-profiles.ts';
import { distinctTexts } from './internal-text-items.ts';
import type { TextItems } from './lexicon-scorer.ts';
import type { ValueProfile } from './profile-values.ts';

/** Options of {@link driftAttribution}. */
export interface DriftAttributionOptions {
  /** The texts behind both profiles, in their order, for the words that moved. Default: none, no words. */
  readonly texts?:
    | {
        /** Texts of the baseline. */
        readonly baseline: TextItems;
        /** Texts of the current data. */
        readonly current: TextItems;
      }
    | undefined;
  /** Words listed at most. Default 20. */
  readonly terms?: number | undefined;
  /** A word must occur this often on both sides together. Default 5. */
  readonly leastCount?: number | undefined;
  /** Items listed per value and side. Default 5. */
  readonly exemplars?: number | undefined;
}

/** An item that carries a value's drift. */
export interface DriftExemplar {
  /** Which data it is from. */
  readonly side: 'baseline' | 'current';
  /** Its row there. */
  readonly row: number;
  /** Its id, where the profile has ids. */
  readonly id?: string | undefined;
  /** Its score. */
  readonly score: number;
  /** Its part of the change of the mean, in score units; the parts of all items of a side sum to the change. */
  readonly influence: number;
}

/** A word whose use moved. */
export interface DriftTerm {
  /** The word. */
  readonly term: string;
  /** Occurrences in the baseline. */
  readonly baseline: number;
  /** Occurrences in the current data. */
  readonly current: number;
  /** Log-odds ratio with the prior; above 0 = more in the current data. */
  readonly delta: number;
  /** delta over its standard error. */
  readonly z: number;
  /** Two-sided p-value adjusted for all words (Benjamini-Hochberg). */
  readonly pAdjusted: number;
}

/** What carries a drift. JSON-safe. */
export interface DriftAttribution {
  /** One entry per value of the spec. */
  readonly values: readonly {
    /** Id of the value. */
    readonly id: string;
    /** Change of the mean; null when a side has no score. */
    readonly delta: number | null;
    /** Items with the largest parts in the direction of the change: current first, then baseline. */
    readonly exemplars: readonly DriftExemplar[];
  }[];
  /** Words that moved, largest size of z first; empty without texts. */
  readonly terms: readonly DriftTerm[];
  /** Words compared. */
  readonly vocabulary: number;
}

/** Prior mass of the words, in words: Monroe et al. use the pooled corpus scaled to a few hundred. */
const PRIOR = 500;
/** Most words compared; the commonest are kept. */
const MOST_WORDS = 50_000;

/**
 * What carries a drift: for each value the items with the largest part in the change of its mean, and the words whose
 * use moved most between the two corpora. Parts of groups are in the drift report itself (`slices`).
 *
 * An item of the current data has the part (score - baseline mean) / n, one of the baseline (current mean - score) / n.
 * Words: log-odds ratio with an informative prior from both corpora (Monroe et al. 2008). Words of one text are not
 * independent, so their p-values are a guide for reading, not a verdict.
 *
 * @param baseline - Profile with scores.
 * @param current - Profile with scores, of the same spec and scorer.
 * @param options - See {@link DriftAttributionOptions}.
 * @returns See {@link DriftAttribution}.
 * @throws {@link SynthproofError} `SPEC_MISMATCH`; `BAD_VALUE` for profiles without scores; `LENGTH_MISMATCH` when texts
 * and profiles differ in number; `OUT_OF_RANGE`.
 * @example
 * const scorer = featureScorer(createValueSpec({ id: 'demo', version: '1', values: ['Kind'] }));
 * const { values } = driftAttribution(profileValues([[1], [1]], scorer), profileValues([[1], [5]], scorer));
 * values[0].delta; // => 2
 * values[0].exemplars[0]; // => { side: 'current', row: 1, score: 5, influence: 2 }
 */
export function driftAttribution(
  baseline: ValueProfile,
  current: ValueProfile,
  options: DriftAttributionOptions = {},
): DriftAttribution {
  const { terms = 20, leastCount = 5, exemplars = 5 } = options;
  checkWhole('terms', terms, 0);
  checkWhole('leastCount', leastCount, 0);
  checkWhole('exemplars', exemplars, 0);
  requireSameScorer(baseline, 'current', current);
  const a = requireScores('baseline', baseline);
  const b = requireScores('current', current);
  const values = baseline.values.map(({ id }, v) => {
    const before = momentsOf(finiteValues(a.columns[v]!));
    const after = momentsOf(finiteValues(b.columns[v]!));
    if (before.n === 0 || after.n === 0) return { id, delta: null, exemplars: [] };
    const delta = after.mean - before.mean;
    const part = (side: DriftExemplar['side']): DriftExemplar[] => {
      const { columns, ids } = side === 'current' ? b : a;
      const scores = columns[v]!;
      const out: DriftExemplar[] = [];
      for (let row = 0; row < scores.length; row++) {
        const score = scores[row]!;
        if (score - score !== 0) continue;
        const influence = side === 'current' ? (score - before.mean) / after.n : (after.mean - score) / before.n;
        if (influence === 0 || influence > 0 !== delta > 0 || delta === 0) continue;
        out.push({ side, row, ...(ids === undefined ? {} : { id: ids[row]! }), score, influence });
      }
      return out.sort((x, y) => Math.abs(y.influence) - Math.abs(x.influence) || x.row - y.row).slice(0, exemplars);
    };
    return { id, delta, exemplars: [...part('current'), ...part('baseline')] };
  });
  if (options.texts === undefined) return { values, terms: [], vocabulary: 0 };
  const before = wordCounts('texts.baseline', options.texts.baseline, baseline.n);
  const after = wordCounts('texts.current', options.texts.current, current.n);
  return { values, ...movedTerms(before, after, terms, leastCount) };
}

function wordCounts(argument: string, items: TextItems, rows: number): Map<string, number> {
  const { codes, texts } = distinctTexts(items);
  if (codes.length !== rows)
    throw new SynthproofError('LENGTH_MISMATCH', `${argument}: expected ${rows} texts, received ${codes.length}`, {
      argument,
    });
  const times = new Float64Array(texts.length);
  for (let i = 0; i < codes.length; i++) if (codes[i]! >= 0) times[codes[i]!]!++;
  const counts = new Map<string, number>();
  texts.forEach((text, t) => {
    for (const word of segmentWords(text)) counts.set(word, (counts.get(word) ?? 0) + times[t]!);
  });
  return counts;
}

function movedTerms(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
  most: number,
  least: number,
): { terms: DriftTerm[]; vocabulary: number } {
  const words: { term: string; baseline: number; current: number }[] = [];
  for (const term of new Set([...before.keys(), ...after.keys()])) {
    const one = { term, baseline: before.get(term) ?? 0, current: after.get(term) ?? 0 };
    if (one.baseline + one.current >= Math.max(1, least)) words.push(one);
  }
  words.sort((x, y) => y.baseline + y.current - x.baseline - x.current || (x.term < y.term ? -1 : 1));
  words.length = Math.min(words.length, MOST_WORDS);
  if (words.length < 2) return { terms: [], vocabulary: words.length };
  let total = 0;
  for (const word of words) total += word.baseline + word.current;
  const { delta, z } = logOddsRatio(
    words.map((word) => word.current),
    words.map((word) => word.baseline),
    words.map((word) => (PRIOR * (word.baseline + word.current)) / total),
  );
  const adjusted = adjustPValues(
    Array.from(z, (one) => Math.min(1, 2 * normalUpperTail(Math.abs(one)))),
    'benjamini-hochberg',
  );
  const terms = words.map((word, i) => ({ ...word, delta: delta[i]!, z: z[i]!, pAdjusted: adjusted[i]! }));
  terms.sort((x, y) => Math.abs(y.z) - Math.abs(x.z) || (x.term < y.term ? -1 : 1));
  return { terms: terms.slice(0, most), vocabulary: words.length };
}
