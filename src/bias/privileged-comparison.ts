import { SynthproofError } from '../errors.ts';
import { exp } from '../math/exp.ts';
import { log } from '../math/log.ts';
import type { Interval, Measure } from '../types.ts';
import type { GroupCell, GroupTable } from './group-table.ts';
import {
  type CellSums,
  leftOutOf,
  measureOf,
  type RateOptions,
  rateOf,
  rateOptions,
  sumCells,
  type ZeroDivision,
  zFor,
} from './internal-rates.ts';
import { newcombeEnds } from './internal-shares.ts';
import { twoProportionP } from './internal-tests.ts';

/** Levels that a row must have, by sensitive column; columns not named may have any level. */
export type GroupSelector = Readonly<Record<string, string>>;

/** Options of {@link privilegedComparison}. */
export interface PrivilegedComparisonOptions {
  /** The unprivileged rows: those that match any of the selectors. */
  readonly unprivileged: readonly GroupSelector[];
  /** The privileged rows: those that match any of the selectors. */
  readonly privileged: readonly GroupSelector[];
  /** Coverage of the intervals. Default 0.95. */
  readonly level?: number | undefined;
  /** Sides, and denominators, with fewer rows get no figure. Default 10. */
  readonly minN?: number | undefined;
  /** What 0/0 becomes. Default `'undefined'`. */
  readonly zeroDivision?: ZeroDivision | undefined;
}

/** One rate compared between the two sides. */
export interface PrivilegedMetric {
  /** The rate. */
  readonly metric: string;
  /** Over all rows, those on neither side included. */
  readonly overall: Measure;
  /** Over the unprivileged rows. */
  readonly unprivileged: Measure;
  /** Over the privileged rows. */
  readonly privileged: Measure;
  /** Unprivileged minus privileged, with Newcombe's interval and a p-value. */
  readonly difference: Measure;
  /** Unprivileged over privileged, with Katz's adjusted interval; null with reason `division-by-zero` or `zero-rate`. */
  readonly ratio: Measure;
}

/** Unprivileged against privileged rows. */
export interface PrivilegedComparison {
  /** One entry per rate that the table's outcomes allow. */
  readonly metrics: readonly PrivilegedMetric[];
  /** Mean of the differences in true and false positive rate; opposite signs cancel. Null without both outcomes. */
  readonly averageOddsDifference: Measure | null;
  /** Mean of the absolute differences in true and false positive rate. */
  readonly averageAbsOddsDifference: Measure | null;
  /** Mean of the differences in precision and false omission rate. */
  readonly averagePredictiveValueDifference: Measure | null;
  /** Greater absolute difference of true and false positive rate. */
  readonly equalizedOddsGap: Measure | null;
  /** Rows left out because label, prediction or weight is missing. */
  readonly leftOut: number;
  /** Rows on each side. */
  readonly rows: {
    /** All rows. */
    readonly overall: number;
    /** Unprivileged rows. */
    readonly unprivileged: number;
    /** Privileged rows. */
    readonly privileged: number;
    /** Rows on neither side: they count in `overall` only. */
    readonly neither: number;
  };
  /** Weights by side, as [TN, FP, FN, TP]. */
  readonly weights: {
    /** All rows. */
    readonly overall: readonly number[];
    /** Unprivileged rows. */
    readonly unprivileged: readonly number[];
    /** Privileged rows. */
    readonly privileged: readonly number[];
  };
}

/**
 * Compares unprivileged with privileged rows, rate by rate: differences (unprivileged minus privileged, negative =
 * to the disadvantage of the unprivileged for a favourable outcome) and ratios, with intervals and p-values.
 *
 * Sides are unions of selectors over the sensitive columns; rows on neither side are counted, not hidden. The base-rate
 * entry is AIF360's statistical parity difference and disparate impact of a dataset, the selection-rate entry of predictions.
 * Source: definitions of AIF360's BinaryLabelDatasetMetric and ClassificationMetric.
 *
 * @param cells - From {@link groupTable}; strata are added up.
 * @param options - See {@link PrivilegedComparisonOptions}.
 * @returns See {@link PrivilegedComparison}.
 * @throws {@link SynthproofError} `BAD_OPTION` for a selector with an unknown column or without columns, or when a row
 * matches both sides; `OUT_OF_RANGE`.
 * @example
 * const rows = createTable([categoryColumn('sex', ['f', 'f', 'm', 'm']), booleanColumn('hired', [true, false, true, true])]);
 * const cells = groupTable(rows, { sensitive: ['sex'], label: { column: 'hired' } });
 * const found = privilegedComparison(cells, { unprivileged: [{ sex: 'f' }], privileged: [{ sex: 'm' }], minN: 1 });
 * [found.metrics[0]?.difference.value, found.metrics[0]?.ratio.value]; // => [-0.5, 0.5]
 */
export function privilegedComparison(cells: GroupTable, options: PrivilegedComparisonOptions): PrivilegedComparison {
  const rates = rateOptions(options);
  const weak: GroupCell[] = [];
  const strong: GroupCell[] = [];
  const isWeak = matcher(cells, options.unprivileged, 'unprivileged');
  const isStrong = matcher(cells, options.privileged, 'privileged');
  for (const cell of cells.cells) {
    const a = isWeak(cell);
    const b = isStrong(cell);
    if (a && b)
      throw new SynthproofError(
        'BAD_OPTION',
        `privileged: group ${cell.group.join(', ')} is on both sides; make the selectors disjoint`,
        {
          argument: 'privileged',
        },
      );
    if (a) weak.push(cell);
    if (b) strong.push(cell);
  }
  const all = sumCells(cells.cells);
  const u = sumCells(weak);
  const p = sumCells(strong);
  const both = cells.hasLabel && cells.hasPrediction;
  const names = [
    ...(cells.hasLabel ? ['baseRate'] : []),
    ...(cells.hasPrediction ? ['selectionRate'] : []),
    ...(both
      ? [
          'truePositiveRate',
          'trueNegativeRate',
          'falsePositiveRate',
          'falseNegativeRate',
          'accuracy',
          'zeroOneLoss',
          'precision',
          'negativePredictiveValue',
          'falseDiscoveryRate',
          'falseOmissionRate',
        ]
      : []),
  ] as const;
  const metrics = names.map((metric): PrivilegedMetric => {
    const name = metric as 'baseRate';
    return {
      metric,
      overall: measureOf(all, name, rates),
      unprivileged: measureOf(u, name, rates),
      privileged: measureOf(p, name, rates),
      ...compare(u, p, metric, rates),
    };
  });
  const rowsOf = (sums: CellSums): number => sums.n[0]! + sums.n[1]! + sums.n[2]! + sums.n[3]!;
  const joint = (name: string, parts: readonly string[], join: 'mean' | 'meanAbs' | 'maxAbs'): Measure | null =>
    both
      ? joined(
          name,
          parts.map((part) => metrics.find((one) => one.metric === part)!.difference),
          join,
          rates,
        )
      : null;
  return {
    metrics,
    averageOddsDifference: joint('averageOddsDifference', ['truePositiveRate', 'falsePositiveRate'], 'mean'),
    averageAbsOddsDifference: joint('averageAbsOddsDifference', ['truePositiveRate', 'falsePositiveRate'], 'meanAbs'),
    averagePredictiveValueDifference: joint(
      'averagePredictiveValueDifference',
      ['precision', 'falseOmissionRate'],
      'mean',
    ),
    equalizedOddsGap: joint('equalizedOddsGap', ['falsePositiveRate', 'truePositiveRate'], 'maxAbs'),
    leftOut: leftOutOf(cells),
    rows: {
      overall: rowsOf(all),
      unprivileged: rowsOf(u),
      privileged: rowsOf(p),
      neither: rowsOf(all) - rowsOf(u) - rowsOf(p),
    },
    weights: { overall: [...all.w], unprivileged: [...u.w], privileged: [...p.w] },
  };
}

function matcher(
  cells: GroupTable,
  selectors: readonly GroupSelector[],
  argument: string,
): (cell: GroupCell) => boolean {
  if (!Array.isArray(selectors) || selectors.length === 0)
    throw new SynthproofError(
      'BAD_OPTION',
      `${argument}: expected an array of at least one selector such as { sex: 'female' }, received ${JSON.stringify(selectors) ?? 'nothing'}`,
      { argument },
    );
  const wanted = (selectors as readonly GroupSelector[]).map((selector) => {
    const entries = Object.entries(selector);
    if (entries.length === 0)
      throw new SynthproofError(
        'BAD_OPTION',
        `${argument}: a selector names no column; expected for example { sex: 'female' }`,
        { argument },
      );
    return entries.map(([column, level]): readonly [number, string] => {
      const at = cells.sensitive.indexOf(column);
      if (at < 0)
        throw new SynthproofError(
          'BAD_OPTION',
          `${argument}: expected one of the sensitive columns ${cells.sensitive.join(', ')}, received "${column}"; count it in groupTable first`,
          {
            argument,
            column,
          },
        );
      if (!cells.levels[at]!.includes(level))
        throw new SynthproofError(
          'BAD_OPTION',
          `${argument}: expected a level of "${column}" (${cells.levels[at]!.slice(0, 10).join(', ')}), received "${level}"; check the spelling`,
          {
            argument,
            column,
          },
        );
      return [at, level];
    });
  });
  return (cell) => wanted.some((clause) => clause.every(([at, level]) => cell.group[at] === level));
}

function compare(
  u: CellSums,
  p: CellSums,
  metric: string,
  rates: RateOptions,
): { readonly difference: Measure; readonly ratio: Measure } {
  const a = rateOf(u, metric, rates);
  const b = rateOf(p, metric, rates);
  const n = a.n + b.n;
  const difference = { metric: `${metric}Difference`, range: [-1, 1] as const, goal: 'zero' as const, n };
  const ratio = { metric: `${metric}Ratio`, range: [0, null] as const, goal: 'one' as const, n };
  if (a.value === null || b.value === null) {
    const reason = a.reason ?? b.reason ?? 'undefined';
    return { difference: { ...difference, value: null, reason }, ratio: { ...ratio, value: null, reason } };
  }
  const sized = a.effective > 0 && b.effective > 0;
  const z = zFor(rates.level);
  const pValue = sized ? twoProportionP(a.value, a.effective, b.value, b.effective) : null;
  const test = pValue === null ? {} : { pValue };
  const interval = (
    ends: readonly [number, number],
    method: string,
  ): { readonly interval: Interval } | Record<string, never> =>
    sized ? { interval: { lower: ends[0], upper: ends[1], level: rates.level, method } } : {};
  const gap: Measure = {
    ...difference,
    value: a.value - b.value,
    ...interval(newcombeEnds(a.value, a.effective, b.value, b.effective, z), 'newcombe'),
    ...test,
  };
  if (b.value === 0)
    return {
      difference: gap,
      ratio: { ...ratio, value: null, reason: a.value === 0 ? 'zero-rate' : 'division-by-zero' },
    };
  const [k1, n1, k2, n2] = [
    a.value * a.effective + 0.5,
    a.effective + 0.5,
    b.value * b.effective + 0.5,
    b.effective + 0.5,
  ];
  const centre = log(k1 / n1) - log(k2 / n2);
  const half = z * Math.sqrt(Math.max(0, 1 / k1 - 1 / n1 + 1 / k2 - 1 / n2));
  const value = a.value / b.value;
  const ends = [Math.min(value, exp(centre - half)), Math.max(value, exp(centre + half))] as const;
  return { difference: gap, ratio: { ...ratio, value, ...interval(ends, 'katz-adjusted'), ...test } };
}

/** Two differences of independent groups of rows joined; the interval adds squares (MOVER). */
function joined(
  name: string,
  parts: readonly Measure[],
  join: 'mean' | 'meanAbs' | 'maxAbs',
  rates: RateOptions,
): Measure {
  const base = {
    metric: name,
    range: join === 'mean' ? ([-1, 1] as const) : ([0, 1] as const),
    goal: 'zero' as const,
    n: parts.reduce((sum, one) => sum + one.n, 0),
  };
  const [first, second] = parts as [Measure, Measure];
  // AIF360's max keeps the false positive rate's gap when the other one is undefined.
  if (join === 'maxAbs' && rates.zeroDivision === 'aif360' && first.value !== null && second.value === null)
    return { ...base, value: Math.abs(first.value) };
  if (first.value === null || second.value === null)
    return { ...base, value: null, reason: first.reason ?? second.reason ?? 'undefined' };
  const ends = parts.map((one) => {
    const { lower, upper } = one.interval ?? { lower: -1, upper: 1 };
    if (join === 'mean') return { value: one.value!, lower, upper };
    const least = lower <= 0 && upper >= 0 ? 0 : Math.min(Math.abs(lower), Math.abs(upper));
    return { value: Math.abs(one.value!), lower: least, upper: Math.max(Math.abs(lower), Math.abs(upper)) };
  }) as [{ value: number; lower: number; upper: number }, { value: number; lower: number; upper: number }];
  const [a, b] = ends;
  const interval = (lower: number, upper: number): Interval => ({
    lower,
    upper,
    level: rates.level,
    method: 'newcombe',
  });
  if (join === 'maxAbs')
    return {
      ...base,
      value: Math.max(a.value, b.value),
      interval: interval(Math.max(a.lower, b.lower), Math.max(a.upper, b.upper)),
    };
  const value = (a.value + b.value) / 2;
  const reach = (x: number, y: number): number => Math.sqrt(x * x + y * y) / 2;
  return {
    ...base,
    value,
    interval: interval(
      value - reach(a.value - a.lower, b.value - b.lower),
      value + reach(a.upper - a.value, b.upper - b.value),
    ),
  };
}
