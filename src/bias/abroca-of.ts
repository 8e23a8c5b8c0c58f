import { SynthproofError } from '../errors.ts';
import { adjustPValues } from '../stats/adjust-p-values.ts';
import { checkWhole } from '../stats/internal-options.ts';
import type { Measure, Rng } from '../types.ts';
import { checkRng } from './internal-encode.ts';
import { groupLabel, rateOptions } from './internal-rates.ts';
import {
  areaBetween,
  areaUnder,
  areaVariance,
  bootstrapArea,
  type RocCounts,
  rocCurve,
  shuffleSides,
} from './internal-roc.ts';
import { cellsByGroup, checkScoreTable, joinScores } from './internal-score-entries.ts';
import type { ScoreTable } from './score-table.ts';

/** Options of {@link abrocaOf}. */
export interface AbrocaOptions {
  /** Group to compare with (its levels joined with ' × '). Default: all other rows. */
  readonly reference?: string | undefined;
  /** Groups with fewer positives or negatives get no figure. Default 10. */
  readonly minN?: number | undefined;
  /** Coverage of the intervals. Default 0.95. */
  readonly level?: number | undefined;
  /** Random source of tests and of the interval of the area. Without it there are none. */
  readonly rng?: Rng | undefined;
  /** Resamples of the interval, up to 10,000. Default 499. */
  readonly resamples?: number | undefined;
  /** Number of permutations. Default 999. */
  readonly permutations?: number | undefined;
}

/** A group's ROC curve against the reference's. */
export interface GroupAbroca {
  /** The group's levels joined with ' × '. */
  readonly group: string;
  /** Rows. */
  readonly n: number;
  /** Area between the two ROC curves, 0 = the same curve; bootstrap interval, permutation p (groups shuffled within each label). */
  readonly abroca: Measure & {
    /** Mean of the area when groups are shuffled within each label: it is never 0 in a sample. */
    readonly nullExpectation?: number | undefined;
  };
  /** AUC of the group minus AUC of the reference; DeLong's interval, permutation p, two-sided. */
  readonly aucGap: Measure;
  /** p-values of `abroca` adjusted over groups (Holm); null without one. */
  readonly pAdjusted: number | null;
}

/** Result of {@link abroca}. */
export interface AbrocaResult {
  /** The groups that occur, without the reference. */
  readonly groups: readonly GroupAbroca[];
  /** What they were compared with: a group, or `(all other rows)`. */
  readonly reference: string;
  /** Rows counted. */
  readonly rows: number;
  /** Rows left out because label or score is missing. */
  readonly leftOut: number;
}

/** Group to compare with when none is named. */
const REST = '(all other rows)';

/**
 * ABROCA, as {@link abroca} gives it, from a score table. Groups are those of the sensitive columns; control columns are added up
 * over.
 *
 * @param cells - From {@link scoreTable} with a label and without weights, or {@link mergeScoreTables}.
 * @param options - See {@link AbrocaOptions}.
 * @returns See {@link AbrocaResult}.
 * @throws {@link SynthproofError} `SPEC_MISMATCH` for a table without labels or with weights; `OUT_OF_RANGE`; `BAD_OPTION` for
 * an unknown reference.
 * @example
 * const rows = createTable([
 *   categoryColumn('sex', ['f', 'f', 'm', 'm']),
 *   booleanColumn('y', [true, false, true, false]),
 *   numberColumn('score', [0.9, 0.1, 0.2, 0.6]),
 * ]);
 * const cells = scoreTable(rows, { sensitive: ['sex'], label: { column: 'y' }, score: 'score' });
 * abrocaOf(cells, { reference: 'm', minN: 1 }).groups[0].abroca.value; // => 1
 */
export function abrocaOf(cells: ScoreTable, options: AbrocaOptions = {}): AbrocaResult {
  const { rng, permutations = 999, resamples = 499 } = options;
  const { level, minN, z } = rateOptions(options);
  checkWhole('permutations', permutations, 1, 1e6);
  checkWhole('resamples', resamples, 1, 10_000);
  if (rng !== undefined) checkRng(rng, 'rng');
  checkScoreTable(cells, { label: true, plain: true });
  const members = cellsByGroup(cells.cells);
  const names = members.map((own) => groupLabel(own[0]!.group));
  const reference = options.reference === undefined ? null : names.indexOf(options.reference);
  if (reference === -1)
    throw new SynthproofError(
      'BAD_OPTION',
      `reference: no group "${options.reference}"; groups are ${names.slice(0, 10).join(', ')}`,
      { argument: 'reference' },
    );
  const groups = members.flatMap((own, g): GroupAbroca[] => {
    if (g === reference) return [];
    const others = reference === null ? members.filter((_, h) => h !== g).flat() : members[reference]!;
    const mine = new Set(own);
    const { n } = joinScores([...others, ...own], (cell) => (mine.has(cell) ? 2 : 0) + cell.label, 4);
    return [compare(names[g]!, n, { minN, level, z, permutations, resamples, rng: rng?.stream(names[g]!) })];
  });
  const tested = groups.map((one) => one.abroca.pValue).filter((p) => p !== undefined);
  const adjusted = adjustPValues(tested, 'holm');
  let next = 0;
  return {
    groups: groups.map((one) => (one.abroca.pValue === undefined ? one : { ...one, pAdjusted: adjusted[next++]! })),
    reference: options.reference ?? REST,
    rows: cells.rows,
    leftOut: cells.leftOut.missingLabel + cells.leftOut.missingScore,
  };
}

/** Why there is no figure; null when there is one. */
function reasonOf([restNegative, restPositive, negative, positive]: readonly number[], minN: number): string | null {
  if (restNegative! + restPositive! === 0 || negative! + positive! === 0) return 'empty-group';
  const least = Math.max(1, minN);
  const [positives, negatives] = [Math.min(restPositive!, positive!), Math.min(restNegative!, negative!)];
  if (positives < least) return positives === 0 ? 'no-positives' : 'few-positives';
  if (negatives < least) return negatives === 0 ? 'no-negatives' : 'few-negatives';
  return null;
}

function figures(counts: RocCounts): { readonly area: number; readonly gap: number } {
  const rest = rocCurve(counts[0]!, counts[1]!);
  const group = rocCurve(counts[2]!, counts[3]!);
  return { area: areaBetween(group, rest), gap: areaUnder(group) - areaUnder(rest) };
}

interface Compare {
  readonly minN: number;
  readonly level: number;
  readonly z: number;
  readonly permutations: number;
  readonly resamples: number;
  readonly rng: Rng | undefined;
}

function compare(group: string, counts: RocCounts, options: Compare): GroupAbroca {
  const { minN, level, z, permutations, resamples, rng } = options;
  const sizes = counts.map((one) => one.reduce((sum, n) => sum + n, 0));
  const rows = sizes.reduce((sum, n) => sum + n, 0);
  const base = { group, n: sizes[2]! + sizes[3]!, pAdjusted: null };
  const area = { metric: 'abroca', range: [0, 1], goal: 'zero', n: rows } as const;
  const gap = { metric: 'aucGap', range: [-1, 1], goal: 'zero', n: rows } as const;
  const reason = reasonOf(sizes, minN);
  if (reason !== null)
    return { ...base, abroca: { ...area, value: null, reason }, aucGap: { ...gap, value: null, reason } };
  const found = figures(counts);
  const half = z * Math.sqrt(areaVariance(counts[0]!, counts[1]!) + areaVariance(counts[2]!, counts[3]!));
  const aucGap: Measure = {
    ...gap,
    value: found.gap,
    interval: {
      lower: Math.max(-1, found.gap - half),
      upper: Math.min(1, found.gap + half),
      level,
      method: 'delong',
    },
  };
  if (rng === undefined) return { ...base, abroca: { ...area, value: found.area }, aucGap };
  const [lower, upper] = bootstrapArea(counts, found.area, resamples, level, rng.stream('interval'));
  const draw = shuffleSides(counts, rng);
  let wider = 0;
  let further = 0;
  let sum = 0;
  for (let d = 0; d < permutations; d++) {
    const drawn = figures(draw());
    sum += drawn.area;
    if (drawn.area >= found.area - 1e-12) wider++;
    if (Math.abs(drawn.gap) >= Math.abs(found.gap) - 1e-12) further++;
  }
  return {
    ...base,
    abroca: {
      ...area,
      value: found.area,
      interval: { lower, upper, level, method: 'directional-bootstrap' },
      pValue: (1 + wider) / (1 + permutations),
      nullExpectation: sum / permutations,
    },
    aucGap: { ...aucGap, pValue: (1 + further) / (1 + permutations) },
  };
}
