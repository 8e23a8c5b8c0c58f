import { SynthproofError } from '../../errors.ts';
import { sharesOf } from './internal-shares.ts';
import type { QuotaAxes, QuotaGridOptions, TextItem } from './quota-grid.ts';

/** How items cover the values of one axis. */
export interface AxisCoverage {
  /** Name of the axis. */
  readonly axis: string;
  /** Its values in order. */
  readonly values: readonly {
    /** The value. */
    readonly value: string;
    /** Items that the quota asks for; a fraction. */
    readonly quota: number;
    /** Items that have it. */
    readonly count: number;
  }[];
}

/** How items cover a grid. */
export interface QuotaCoverage {
  /** Number of items. */
  readonly items: number;
  /** One entry per axis. */
  readonly axes: readonly AxisCoverage[];
  /** Cells of the grid: combinations of values. */
  readonly cells: number;
  /** Cells with at least one item. */
  readonly cellsUsed: number;
  /** Pairs of values of two axes. */
  readonly pairs: number;
  /** Pairs with at least one item. */
  readonly pairsUsed: number;
  /** Largest distance between a value's count and its quota, in items. */
  readonly largestGap: number;
}

/**
 * How items cover a grid: measure it again after failures, filters and duplicate removal, which are rarely even-handed.
 *
 * @param items - Items with a value of every axis.
 * @param axes - The grid.
 * @param options - The weights that the quotas follow; default: equal.
 * @returns See {@link QuotaCoverage}.
 * @throws {@link SynthproofError} `BAD_VALUE` when an item has a value that is not on the grid; `LENGTH_MISMATCH`, `BAD_NUMBER`.
 * @example
 * quotaCoverage([{ values: { topic: 'tax' } }], { topic: ['tax', 'law'] }).cellsUsed; // => 1
 */
export function quotaCoverage(
  items: readonly TextItem[],
  axes: QuotaAxes,
  options: QuotaGridOptions = {},
): QuotaCoverage {
  const names = Object.keys(axes);
  const places = names.map((name) => new Map(axes[name]!.map((value, v) => [value, v])));
  const counts = names.map((name) => new Float64Array(axes[name]!.length));
  const cells = new Set<string>();
  const pairs = new Set<string>();
  items.forEach(({ values }, i) => {
    const codes = names.map((name, k) => {
      const code = Object.hasOwn(values, name) ? places[k]!.get(values[name]!) : undefined;
      if (code === undefined)
        throw new SynthproofError(
          'BAD_VALUE',
          `items[${i}]: expected a value of the axis ${name}, received ${JSON.stringify(values[name])}`,
          { argument: 'items', row: i },
        );
      counts[k]![code]!++;
      return code;
    });
    cells.add(codes.join('/'));
    for (let a = 0; a < codes.length; a++)
      for (let b = a + 1; b < codes.length; b++) pairs.add(`${a}/${b}/${codes[a]}/${codes[b]}`);
  });
  let cellCount = 1;
  let pairCount = 0;
  let largestGap = 0;
  names.forEach((name, k) => {
    cellCount *= axes[name]!.length;
    for (const other of names.slice(k + 1)) pairCount += axes[name]!.length * axes[other]!.length;
  });
  const covered = names.map((axis, k): AxisCoverage => {
    const shares = sharesOf(axis, axes[axis]!.length, options.weights?.[axis]);
    return {
      axis,
      values: axes[axis]!.map((value, v) => {
        const quota = shares[v]! * items.length;
        const count = counts[k]![v]!;
        largestGap = Math.max(largestGap, Math.abs(count - quota));
        return { value, quota, count };
      }),
    };
  });
  return {
    items: items.length,
    axes: covered,
    cells: cellCount,
    cellsUsed: cells.size,
    pairs: pairCount,
    pairsUsed: pairs.size,
    largestGap,
  };
}
