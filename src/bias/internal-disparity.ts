import { SynthproofError } from '../errors.ts';
import { checkWhole } from '../stats/internal-options.ts';
import type { Interval, Measure, Rng } from '../types.ts';
import type { GroupCell, GroupTable } from './group-table.ts';
import { checkRng } from './internal-encode.ts';
import { fillShuffledCounts, logFactorials } from './internal-hypergeometric.ts';
import {
  checkMetric,
  type ExcludedGroup,
  groupLabel,
  leftOutOf,
  type Rate,
  type RateOptions,
  rateOf,
  rateOptions,
  sumCells,
  type ZeroDivision,
} from './internal-rates.ts';
import { shrinkRates, simultaneousEnds } from './internal-simultaneous.ts';

/** Options of every disparity. */
export interface DisparityOptions {
  /** Compare groups with one another (`between_groups`, default) or each with all rows (`to_overall`). */
  readonly method?: 'between_groups' | 'to_overall' | undefined;
  /** Coverage of the interval. Default 0.95. */
  readonly level?: number | undefined;
  /** Groups, and denominators, with fewer rows are left out and listed. Default 10. */
  readonly minN?: number | undefined;
  /** What 0/0 becomes. Default `'undefined'`. */
  readonly zeroDivision?: ZeroDivision | undefined;
  /** Levels of the control columns: only that stratum counts. Default: all strata together. */
  readonly stratum?: readonly string[] | undefined;
  /** Random source of the permutation test. Without it there is no p-value. */
  readonly rng?: Rng | undefined;
  /** Number of permutations. Default 999. */
  readonly permutations?: number | undefined;
}

/** A disparity between groups. */
export interface Disparity extends Measure {
  /** How groups were compared. */
  readonly method: 'between_groups' | 'to_overall';
  /** Number of groups compared. */
  readonly groups: number;
  /** Group with the highest rate; null when undefined, or when the figure joins two rates. */
  readonly highest: string | null;
  /** Group with the lowest rate. */
  readonly lowest: string | null;
  /** Groups left out, each with its reason. */
  readonly excluded: readonly ExcludedGroup[];
  /** Rows in these groups. */
  readonly excludedRows: number;
  /** Rows left out because label, prediction or weight is missing. */
  readonly leftOut: number;
  /** Permutations behind `pValue`. */
  readonly permutations?: number | undefined;
  /**
   * Mean of the figure over the permutations: what it would be if all groups were equal. A greatest-minus-least
   * difference is never 0 in a sample; compare the value with this.
   */
  readonly nullExpectation?: number | undefined;
  /**
   * Permutation p-value of Pearson's chi-square that all rates are equal, from the same shuffles. With many groups it sees
   * differences that the two extremes do not show.
   */
  readonly equalityPValue?: number | undefined;
  /** The figure after shrinking each group's rate to the mean by its reliability (empirical Bayes); less biased upward. */
  readonly corrected?: number | undefined;
}

/** One rate of every group: the raw material of a disparity. */
export interface Component {
  readonly labels: readonly string[];
  readonly p: Float64Array;
  /** Effective rows under the fraction; 0 for a group whose 0/0 was given a value. */
  readonly n: Float64Array;
  readonly overall: Rate;
  readonly excluded: readonly ExcludedGroup[];
  readonly rows: number;
}

/** Which figure of the rates. */
export type Statistic = 'difference' | 'ratio';

/** Cells of one stratum, or all cells added over strata. */
export function cellsByGroup(
  cells: GroupTable,
  stratum: readonly string[] | undefined,
): { readonly label: string; readonly values: readonly string[]; readonly members: GroupCell[] }[] {
  if (stratum !== undefined && stratum.length !== cells.control.length)
    throw new SynthproofError(
      'BAD_OPTION',
      `stratum: expected ${cells.control.length} levels (${cells.control.join(', ')}), received ${stratum.length}`,
      {
        argument: 'stratum',
      },
    );
  const key = stratum === undefined ? null : JSON.stringify(stratum);
  const groups = new Map<string, { label: string; values: readonly string[]; members: GroupCell[] }>();
  for (const cell of cells.cells) {
    if (key !== null && JSON.stringify(cell.stratum) !== key) continue;
    const id = JSON.stringify(cell.group);
    const known = groups.get(id);
    if (known === undefined) groups.set(id, { label: groupLabel(cell.group), values: cell.group, members: [cell] });
    else known.members.push(cell);
  }
  return [...groups.values()];
}

/** The rates of all groups. */
export function componentOf(
  cells: GroupTable,
  metric: string,
  rates: RateOptions,
  stratum: readonly string[] | undefined,
): Component {
  checkMetric(cells, metric, 'cells');
  const labels: string[] = [];
  const p: number[] = [];
  const n: number[] = [];
  const excluded: ExcludedGroup[] = [];
  let rows = 0;
  const all: GroupCell[] = [];
  for (const { label, members } of cellsByGroup(cells, stratum)) {
    const rate = rateOf(sumCells(members), metric, rates);
    for (const cell of members) all.push(cell);
    if (rate.value === null) {
      excluded.push({ group: label, reason: rate.reason ?? 'undefined' });
      continue;
    }
    labels.push(label);
    p.push(rate.value);
    n.push(rate.effective);
    rows += rate.n;
  }
  // The overall rate counts every row, suppressed groups included.
  const overall = rateOf(sumCells(all), metric, rates);
  return { labels, p: Float64Array.from(p), n: Float64Array.from(n), overall, excluded, rows };
}

/** The figure of one component from its rates; null for 0/0. */
export function statisticOf(
  p: Float64Array,
  overall: number,
  statistic: Statistic,
  method: 'between_groups' | 'to_overall',
): number | null {
  let min = Infinity;
  let max = -Infinity;
  let distance = 0;
  let closeness = Infinity;
  for (let g = 0; g < p.length; g++) {
    const x = p[g]!;
    if (x < min) min = x;
    if (x > max) max = x;
    const gap = Math.abs(x - overall);
    if (gap > distance) distance = gap;
    if (overall === 0 ? x > 0 : true) {
      const r = overall === 0 ? 0 : x > overall ? overall / x : x / overall;
      if (r < closeness) closeness = r;
    }
  }
  if (statistic === 'difference') return method === 'between_groups' ? max - min : distance;
  if (method === 'between_groups') return max === 0 ? null : min / max;
  return closeness === Infinity ? null : closeness;
}

/** Joins the figures of the components. */
function join(
  values: readonly (number | null)[],
  statistic: Statistic,
  agg: 'worst_case' | 'mean',
  fairlearn: boolean,
): number | null {
  if (values.length === 1) return values[0]!;
  const [first, second] = values as [number | null, number | null];
  if (agg === 'mean') {
    if (first !== null && second !== null) return (first + second) / 2;
    return fairlearn ? (first ?? second) : null;
  }
  // Python's min and max keep a leading NaN and pass over a later one; fairlearn inherits that.
  if (first === null) return null;
  if (second === null) return fairlearn ? first : null;
  return statistic === 'difference' ? Math.max(first, second) : Math.min(first, second);
}

/** A disparity over one rate (parity, opportunity) or two (odds). */
export function disparity(
  name: string,
  cells: GroupTable,
  metrics: readonly string[],
  statistic: Statistic,
  agg: 'worst_case' | 'mean',
  options: DisparityOptions,
): Disparity {
  const rates = rateOptions(options);
  const { method = 'between_groups', rng, permutations = 999 } = options;
  if (rng !== undefined) checkRng(rng, 'rng');
  if (agg !== 'worst_case' && agg !== 'mean')
    throw new SynthproofError('BAD_OPTION', `agg: expected 'worst_case' or 'mean', received ${String(agg)}`, {
      argument: 'agg',
    });
  if (method !== 'between_groups' && method !== 'to_overall')
    throw new SynthproofError(
      'BAD_OPTION',
      `method: expected 'between_groups' or 'to_overall', received ${String(method)}`,
      { argument: 'method' },
    );
  checkWhole('permutations', permutations, 1, 1e7);
  const fairlearn = rates.zeroDivision === 'fairlearn';
  const components = metrics.map((metric) => componentOf(cells, metric, rates, options.stratum));
  const excluded = components
    .flatMap((one) => one.excluded)
    .filter((one, k, all) => all.findIndex((other) => other.group === one.group && other.reason === one.reason) === k);
  const groups = Math.min(...components.map((one) => one.labels.length));
  const base = {
    metric: name,
    range: [0, 1] as const,
    goal: statistic === 'difference' ? ('zero' as const) : ('one' as const),
    n: components.reduce((sum, one) => sum + one.rows, 0),
    method,
    groups,
    excluded,
    excludedRows: excludedRows(cells, options.stratum, excluded),
    leftOut: leftOutOf(cells),
  };
  const none = (reason: string): Disparity => ({ ...base, value: null, highest: null, lowest: null, reason });
  const usable = components.map((one) => (fairlearn ? one.labels.length >= 1 : one.labels.length >= 2));
  if (fairlearn ? usable.every((one) => !one) : usable.some((one) => !one))
    return none(components.every((one) => one.labels.length === 0) ? 'no-defined-group' : 'single-group');
  const values = components.map((one) =>
    one.labels.length === 0 || one.overall.value === null
      ? null
      : statisticOf(one.p, one.overall.value, statistic, method),
  );
  const value = join(values, statistic, agg, fairlearn);
  if (value === null)
    return none(
      components.every((one) => one.overall.value !== null)
        ? 'zero-rate'
        : (components[0]!.overall.reason ?? 'undefined'),
    );
  const extremes = components.length === 1 ? extremeGroups(components[0]!) : { highest: null, lowest: null };
  const compared = components.filter((one) => one.labels.length >= 2);
  if (compared.length !== components.length) return { ...base, value, ...extremes };
  const parts = components.map((one) => simultaneousEnds(one, statistic, method, rates.level, components.length));
  const lower = join(
    parts.map((one) => one[0]),
    statistic,
    agg,
    false,
  )!;
  const upper = join(
    parts.map((one) => one[1]),
    statistic,
    agg,
    false,
  )!;
  const interval: Interval = {
    lower: Math.min(lower, value),
    upper: Math.max(upper, value),
    level: rates.level,
    method: statistic === 'difference' ? 'newcombe-bonferroni' : 'katz-adjusted-bonferroni',
  };
  const shrunk = components.map((one) => statisticOf(shrinkRates(one.p, one.n), one.overall.value!, statistic, method));
  const corrected = join(shrunk, statistic, agg, false);
  const tested = rng === undefined ? {} : permute(components, value, statistic, method, agg, rng, permutations);
  return { ...base, value, ...extremes, interval, ...(corrected === null ? {} : { corrected }), ...tested };
}

/** Rows in groups that a figure leaves out. */
export function excludedRows(
  cells: GroupTable,
  stratum: readonly string[] | undefined,
  excluded: readonly ExcludedGroup[],
): number {
  const names = new Set(excluded.map((one) => one.group));
  let rows = 0;
  if (names.size > 0)
    for (const { label, members } of cellsByGroup(cells, stratum))
      if (names.has(label)) for (const cell of members) for (const n of cell.n) rows += n;
  return rows;
}

function extremeGroups(component: Component): { readonly highest: string | null; readonly lowest: string | null } {
  let high = 0;
  let low = 0;
  for (let g = 1; g < component.p.length; g++) {
    if (component.p[g]! > component.p[high]!) high = g;
    if (component.p[g]! < component.p[low]!) low = g;
  }
  return { highest: component.labels[high] ?? null, lowest: component.labels[low] ?? null };
}

/** Shuffles positives over groups; with weights on effective counts rounded to whole rows. */
function permute(
  components: readonly Component[],
  value: number,
  statistic: Statistic,
  method: 'between_groups' | 'to_overall',
  agg: 'worst_case' | 'mean',
  rng: Rng,
  permutations: number,
): {
  readonly pValue: number;
  readonly permutations: number;
  readonly nullExpectation: number;
  readonly equalityPValue: number;
} {
  const plans = components.map((one) => {
    const sizes = one.n.map((n) => Math.round(n));
    let total = 0;
    let marked = 0;
    for (let g = 0; g < sizes.length; g++) {
      total += sizes[g]!;
      marked += one.p[g]! * sizes[g]!;
    }
    marked = Math.round(marked);
    return {
      sizes,
      marked,
      pooled: total === 0 ? 0 : marked / total,
      counts: new Float64Array(sizes.length),
      p: new Float64Array(sizes.length),
    };
  });
  const tables = plans.map((plan) => logFactorials(plan.sizes.reduce((a, b) => a + b, 0)));
  const observed = plans.reduce((total, plan, c) => total + spread(components[c]!.p, plan.sizes, plan.pooled), 0);
  let exceed = 0;
  let unequal = 0;
  let sum = 0;
  let counted = 0;
  for (let b = 0; b < permutations; b++) {
    let chi = 0;
    const figures = plans.map((plan, c) => {
      fillShuffledCounts(plan.counts, plan.sizes, plan.marked, rng, tables[c]!);
      for (let g = 0; g < plan.p.length; g++)
        plan.p[g] = plan.sizes[g] === 0 ? plan.pooled : plan.counts[g]! / plan.sizes[g]!;
      chi += spread(plan.p, plan.sizes, plan.pooled);
      return statisticOf(plan.p, plan.pooled, statistic, method);
    });
    if (chi >= observed * (1 - 1e-9)) unequal++;
    const figure = join(figures, statistic, agg, true);
    if (figure === null) continue;
    counted++;
    sum += figure;
    if (statistic === 'difference' ? figure >= value - 1e-12 : figure <= value + 1e-12) exceed++;
  }
  return {
    pValue: (1 + exceed) / (1 + permutations),
    permutations,
    nullExpectation: counted === 0 ? (statistic === 'difference' ? 0 : 1) : sum / counted,
    equalityPValue: (1 + unequal) / (1 + permutations),
  };
}

/** Pearson's chi-square of rates against their pooled value. */
function spread(p: Float64Array, sizes: Float64Array, pooled: number): number {
  const unit = pooled * (1 - pooled);
  if (unit <= 0) return 0;
  let sum = 0;
  for (let g = 0; g < p.length; g++) sum += sizes[g]! * (p[g]! - pooled) * (p[g]! - pooled);
  return sum / unit;
}
