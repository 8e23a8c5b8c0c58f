import { SynthproofError } from '../../errors.ts';
import type { GroupTable } from '../group-table.ts';
import { groupLabel, leftOutOf } from '../internal-rates.ts';

/** The weight of one (group, label) cell. */
export interface ReweighedCell {
  /** The group's levels joined with ' × '. */
  readonly group: string;
  /** The group's levels. */
  readonly values: readonly string[];
  /** Whether the label is positive. */
  readonly positive: boolean;
  /** Factor for the weight of each row of the cell; null for a cell without weight. */
  readonly weight: number | null;
  /** Rows of the cell. */
  readonly n: number;
  /** Weight that the cell had. */
  readonly before: number;
  /** Weight that it has afterwards: group weight x label weight / total. */
  readonly after: number;
}

/** Options of {@link reweigh}. */
export interface ReweighOptions {
  /** A (group, label) cell that should have weight but has no row: throw (`refuse`, default) or leave its weight null (`skip`). */
  readonly emptyCells?: 'refuse' | 'skip' | undefined;
}

/** Result of {@link reweigh}. */
export interface Reweighing {
  /** One entry per group and label, negative first. */
  readonly cells: readonly ReweighedCell[];
  /** Kish's effective number of rows after over before, 0 to 1: what the weights cost in precision. */
  readonly effectiveShare: number;
  /** Greatest factor. */
  readonly maxWeight: number;
  /** Rows left out because label, prediction or weight is missing. */
  readonly leftOut: number;
}

/**
 * Weights that make label and group independent: w(s, y) = P(s) P(y) / P(s, y), for any number of groups.
 *
 * Multiply each row's weight by its cell's factor: the weighted rate of the positive label is then the same in every
 * group. Group and label totals stay as they are.
 * Source: Kamiran & Calders 2012, reweighing.
 *
 * @param cells - From {@link groupTable} with a label (strata are added up).
 * @param options - See {@link ReweighOptions}.
 * @returns See {@link Reweighing}.
 * @throws {@link SynthproofError} `SPEC_MISMATCH` without labels; `EMPTY_INPUT` without weight; `BAD_VALUE` when a group
 * lacks one of the labels although the table has both: no factor can mend that, merge the group first.
 * @example
 * const rows = createTable([categoryColumn('sex', ['f', 'f', 'f', 'm', 'm', 'm']), booleanColumn('y', [true, false, false, true, true, false])]);
 * reweigh(groupTable(rows, { sensitive: ['sex'], label: { column: 'y' } })).cells.map((one) => one.weight); // => [0.75, 1.5, 1.5, 0.75]
 */
export function reweigh(cells: GroupTable, options: ReweighOptions = {}): Reweighing {
  const { emptyCells = 'refuse' } = options;
  if (emptyCells !== 'refuse' && emptyCells !== 'skip')
    throw new SynthproofError('BAD_OPTION', `emptyCells: expected 'refuse' or 'skip', received ${String(emptyCells)}`, {
      argument: 'emptyCells',
    });
  if (!cells.hasLabel)
    throw new SynthproofError('SPEC_MISMATCH', "cells: expected counts with labels; name label in groupTable's spec", {
      argument: 'cells',
    });
  const groups = new Map<string, { readonly values: readonly string[]; n: number[]; w: number[]; w2: number[] }>();
  for (const cell of cells.cells) {
    const key = groupLabel(cell.group);
    const known = groups.get(key) ?? { values: cell.group, n: [0, 0], w: [0, 0], w2: [0, 0] };
    groups.set(key, known);
    for (let k = 0; k < 4; k++) {
      known.n[k >> 1]! += cell.n[k]!;
      known.w[k >> 1]! += cell.w[k]!;
      known.w2[k >> 1]! += cell.w2[k]!;
    }
  }
  const labels = [0, 0];
  for (const { w } of groups.values()) {
    labels[0]! += w[0]!;
    labels[1]! += w[1]!;
  }
  const total = labels[0]! + labels[1]!;
  if (!(total > 0))
    throw new SynthproofError(
      'EMPTY_INPUT',
      `cells: expected rows with a positive weight, received ${cells.rows} rows of weight 0 (${cells.leftOut.missingLabel} left out without a label); check label and weight columns`,
      { argument: 'cells' },
    );
  const out: ReweighedCell[] = [];
  let squares = 0;
  let squaresAfter = 0;
  let maxWeight = 0;
  for (const [group, { values, n, w, w2 }] of groups) {
    const mass = w[0]! + w[1]!;
    if (mass === 0) continue;
    for (const y of [0, 1]) {
      const after = (mass * labels[y]!) / total;
      if (w[y] === 0 && after > 0 && emptyCells === 'refuse')
        throw new SynthproofError(
          'BAD_VALUE',
          `cells: group "${group}" has no ${y === 1 ? 'positive' : 'negative'} label to give weight to; merge it with another group or leave it out`,
          { argument: 'cells' },
        );
      const weight = w[y] === 0 ? null : after / w[y]!;
      squares += w2[y]!;
      squaresAfter += w2[y]! * (weight ?? 0) * (weight ?? 0);
      maxWeight = Math.max(maxWeight, weight ?? 0);
      out.push({ group, values, positive: y === 1, weight, n: n[y]!, before: w[y]!, after });
    }
  }
  return {
    cells: out,
    effectiveShare: squaresAfter === 0 ? 1 : squares / squaresAfter,
    maxWeight,
    leftOut: leftOutOf(cells),
  };
}
