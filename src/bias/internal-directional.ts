import { SynthproofError } from '../errors.ts';
import type { Interval, JobOptions, Measure, Rng } from '../types.ts';
import { type AssociationCounts, directionalAmplification } from './directional-amplification.ts';
import { type GroupPair, permutationFigures } from './internal-changes.ts';
import { fillShuffledCounts, logFactorials } from './internal-hypergeometric.ts';

/** Directional amplification of the outcome, in both directions. */
export interface DirectionalChange {
  /** Mean over groups of the change of P(outcome | group), signed so that positive means: the source's association grew. */
  readonly outcomeGivenGroup: Measure;
  /** The same for P(group | outcome). */
  readonly groupGivenOutcome: Measure;
}

/** Negatives and positives by group: [n0 - k0, k0, n1 - k1, k1, ...]. */
function cellsOf(sides: readonly GroupPair['a'][]): Float64Array {
  return Float64Array.from(sides.flatMap(({ n, k }) => [n - k, k]));
}

function countsOf(cells: Float64Array): AssociationCounts {
  const attributes: number[] = [];
  const both: number[] = [];
  for (let at = 0; at < cells.length; at += 2) {
    attributes.push(cells[at]! + cells[at + 1]!);
    both.push(cells[at + 1]!);
  }
  const add = (a: number, b: number): number => a + b;
  return { n: attributes.reduce(add, 0), attributes, tasks: [both.reduce(add, 0)], both: [both] };
}

/** The two figures, or why they are not defined. */
function figuresOf(x: AssociationCounts, y: AssociationCounts): readonly [number | string, number | string] {
  const why =
    x.attributes.length < 2
      ? 'fewer-than-two-groups'
      : x.tasks[0] === 0
        ? 'no-positives'
        : x.tasks[0] === x.n
          ? 'no-negatives'
          : null;
  if (why !== null) return [why, why];
  const found = directionalAmplification(x, y);
  return [found.attributeToTask ?? 'empty-group', found.taskToAttribute ?? 'outcome-absent'];
}

/**
 * Two readings of "nothing but chance": both tables are samples of one population, where luck in the source fades and the mean
 * draw lies below 0; or the synthetic table was drawn from the very source, where it stays. The interval holds both, the p-value is
 * the larger one.
 */
function bothWays(draws: readonly number[], value: number, level: number): { interval: Interval; pValue: number } {
  const mean = draws.reduce((sum, x) => sum + x, 0) / draws.length;
  const fading = permutationFigures(draws, value, level);
  const staying = permutationFigures(
    draws.map((x) => x - mean),
    value,
    level,
  );
  return {
    interval: {
      ...fading.interval,
      lower: Math.min(fading.interval.lower, staying.interval.lower),
      upper: Math.max(fading.interval.upper, staying.interval.upper),
    },
    pValue: Math.max(fading.pValue, staying.pValue),
  };
}

/**
 * Both directions, tested by exchanging rows between the tables, groups and outcomes together. Each draw reads the sign of an
 * association from its own first table, as the figure does, so luck in the source is part of what chance gives.
 */
export function directionalOf(
  pairs: readonly GroupPair[],
  level: number,
  permutations: number,
  rng: Rng,
  job: JobOptions,
): DirectionalChange {
  const before = cellsOf(pairs.map((one) => one.a));
  const after = cellsOf(pairs.map((one) => one.b));
  const [x, y] = [countsOf(before), countsOf(after)];
  const observed = figuresOf(x, y);
  const pooled = before.map((count, k) => count + after[k]!);
  const drawn = new Float64Array(pooled.length);
  const rest = new Float64Array(pooled.length);
  const table = logFactorials(x.n + y.n);
  const draws: readonly [number[], number[]] = [[], []];
  const wanted = observed.every((one) => typeof one === 'string') ? 0 : permutations;
  for (let d = 0; d < wanted; d++) {
    if ((d & 127) === 0 && job.signal?.aborted)
      throw new SynthproofError('ABORTED', 'biasAmplification: aborted by the caller', { argument: 'signal' });
    fillShuffledCounts(drawn, pooled, x.n, rng, table);
    for (let k = 0; k < rest.length; k++) rest[k] = pooled[k]! - drawn[k]!;
    const found = figuresOf(countsOf(drawn), countsOf(rest));
    for (const side of [0, 1] as const) if (typeof found[side] === 'number') draws[side].push(found[side]);
  }
  const measure = (metric: string, side: 0 | 1): Measure => {
    const value = observed[side];
    const base = { metric, range: [-1, 1] as const, goal: 'zero' as const, n: x.n + y.n };
    if (typeof value === 'string') return { ...base, value: null, reason: value };
    // Without a draw that has both outcomes there is nothing to compare with.
    if (draws[side].length === 0) return { ...base, value: null, reason: 'no-permutation' };
    return { ...base, value, ...bothWays(draws[side], value, level) };
  };
  return {
    outcomeGivenGroup: measure('directionalAmplification, outcome given group', 0),
    groupGivenOutcome: measure('directionalAmplification, group given outcome', 1),
  };
}
