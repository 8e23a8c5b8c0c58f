import { SynthproofError } from '../../errors.ts';
import { LN2 } from '../../math/constants.ts';
import { log } from '../../math/log.ts';
import { log2 } from '../../math/log2.ts';
import { normalQuantile } from '../../math/normal-quantile.ts';
import { adjustPValues } from '../../stats/adjust-p-values.ts';
import { fisherExact } from '../../stats/fisher-exact.ts';
import type { Interval } from '../../types.ts';

/** What {@link termAssociations} counts. */
export interface TermAssociationsSpec {
  /** Documents as lists of words, for example of {@link segmentWords}. */
  readonly documents: readonly (readonly string[])[];
  /** Identity terms: a document that holds any of them belongs to the group. The caller's list. */
  readonly identityTerms: readonly string[];
  /** Words whose association with the group is asked. */
  readonly targets: readonly string[];
  /** Coverage of the intervals. Default 0.95. */
  readonly level?: number | undefined;
}

/** One word of {@link TermAssociations}. */
export interface TermAssociation {
  /** The word. */
  readonly target: string;
  /** Documents that hold it. */
  readonly n: number;
  /** Documents that hold it and an identity term. */
  readonly joint: number;
  /** Pointwise mutual information in bits; null when they never meet (minus infinity). */
  readonly pmi: number | null;
  /** Its interval (delta method, half a document added to each cell); null without a PMI. */
  readonly pmiInterval: Interval | null;
  /** PMI over -log2 of the joint share, -1 to 1; -1 when they never meet, null when they always do. */
  readonly npmi: number | null;
  /** PMI, or 0 where it is below 0. */
  readonly ppmi: number;
  /** Log-odds ratio with half a document added to each cell (Haldane), natural logarithm; above 0 = goes with the group. */
  readonly logOddsRatio: number;
  /** Wald interval of the log-odds ratio. */
  readonly interval: Interval;
  /** Fisher's exact test, two-sided. */
  readonly pValue: number;
  /** The same with the false discovery rate over all targets controlled (Benjamini-Yekutieli: the words depend on each other). */
  readonly adjustedPValue: number;
}

/** Result of {@link termAssociations}. */
export interface TermAssociations {
  /** Documents. */
  readonly documents: number;
  /** Documents with an identity term. */
  readonly identity: number;
  /** One entry per target, in the order given. */
  readonly targets: readonly TermAssociation[];
}

/**
 * How words go together with identity terms, by document: PMI, its normalised and positive forms, and the log-odds ratio
 * with interval and test.
 *
 * Source: Church & Hanks 1990; Bouma 2009 (NPMI); Haldane 1956.
 *
 * @param spec - See {@link TermAssociationsSpec}.
 * @returns See {@link TermAssociations}.
 * @throws {@link SynthproofError} `EMPTY_INPUT` without documents, terms or targets; `OUT_OF_RANGE` for the level.
 * @example
 * const documents = [['she', 'nurse'], ['she', 'nurse'], ['he', 'boss'], ['he', 'work']];
 * const { targets } = termAssociations({ documents, identityTerms: ['she'], targets: ['nurse'] });
 * [targets[0].pmi, targets[0].npmi]; // => [1, 1]
 */
export function termAssociations(spec: TermAssociationsSpec): TermAssociations {
  const { documents, identityTerms, targets, level = 0.95 } = spec;
  for (const [argument, list] of [
    ['documents', documents],
    ['identityTerms', identityTerms],
    ['targets', targets],
  ] as const)
    if (list.length === 0)
      throw new SynthproofError('EMPTY_INPUT', `${argument}: expected at least one, received none`, { argument });
  if (!(level > 0 && level < 1))
    throw new SynthproofError('OUT_OF_RANGE', `level: expected a coverage between 0 and 1, received ${level}`, {
      argument: 'level',
    });
  const terms = new Set(identityTerms);
  const n = new Float64Array(targets.length);
  const joint = new Float64Array(targets.length);
  let identity = 0;
  for (const words of documents) {
    const held = new Set(words);
    let isGroup = false;
    for (const term of terms) if (held.has(term)) isGroup = true;
    if (isGroup) identity++;
    for (let t = 0; t < targets.length; t++) {
      if (!held.has(targets[t]!)) continue;
      n[t]!++;
      if (isGroup) joint[t]!++;
    }
  }
  const total = documents.length;
  const z = normalQuantile(0.5 + level / 2);
  const raw = targets.map((target, t): Omit<TermAssociation, 'adjustedPValue'> => {
    const both = joint[t]!;
    const cells = [both, identity - both, n[t]! - both, total - identity - n[t]! + both] as const;
    const [a, b, c, d] = cells.map((count) => count + 0.5) as [number, number, number, number];
    const logOddsRatio = log((a * d) / (b * c));
    const reach = z * Math.sqrt(1 / a + 1 / b + 1 / c + 1 / d);
    const pmi = both === 0 ? null : log2((both * total) / (n[t]! * identity));
    return {
      target,
      n: n[t]!,
      joint: both,
      pmi,
      pmiInterval: pmi === null ? null : pmiEnds(pmi, [a, b, c, d], z, level),
      npmi: both === total ? null : pmi === null ? -1 : pmi / -log2(both / total),
      ppmi: Math.max(0, pmi ?? 0),
      logOddsRatio,
      interval: { lower: logOddsRatio - reach, upper: logOddsRatio + reach, level, method: 'haldane-wald' },
      pValue: fisherExact([
        [cells[0], cells[1]],
        [cells[2], cells[3]],
      ]).twoSided,
    };
  });
  const adjusted = adjustPValues(
    raw.map((one) => one.pValue),
    'benjamini-yekutieli',
  );
  return {
    documents: total,
    identity,
    targets: raw.map((one, t) => ({ ...one, adjustedPValue: adjusted[t]! })),
  };
}

/** PMI is a difference of logarithms of three shares of the same documents: its variance adds their influences. */
function pmiEnds(
  pmi: number,
  [both, termOnly, targetOnly, neither]: readonly [number, number, number, number],
  z: number,
  level: number,
): Interval {
  const n = both + termOnly + targetOnly + neither;
  const [p, term, target] = [both / n, (both + termOnly) / n, (both + targetOnly) / n];
  const together = 1 / p - 1 / term - 1 / target;
  const second = p * together * together + termOnly / n / (term * term) + targetOnly / n / (target * target);
  const reach = (z * Math.sqrt(Math.max(0, second - 1) / n)) / LN2;
  return { lower: pmi - reach, upper: pmi + reach, level, method: 'delta' };
}
