import type { FairTarget } from '../../bias/fair/fair-target-types.ts';
import { SynthproofError } from '../../errors.ts';
import { createRng } from '../../random/create-rng.ts';
import { fillShuffled } from '../../random/fill-shuffled.ts';
import { uniform } from '../../random/uniform.ts';
import { takeRows } from '../../table/take-rows.ts';
import type { Table } from '../../types.ts';
import { checkWhole } from '../shared/internal-options.ts';
import { cellOfRows, checkTarget } from './internal-cells.ts';
import { quotaRows } from './internal-quota.ts';

/** Options of {@link tiltPool}. */
export interface TiltPoolOptions {
  /** Rows wanted; ignored by `weights`, which keeps the pool. */
  readonly rows: number;
  /** Seed; any text. */
  readonly seed: string;
  /**
   * `quota` (default): so many rows of each cell, exact to one row. `rejection`: pool rows in order, each accepted with
   * probability weight / greatest weight. `weights`: the whole pool with a weight per row.
   */
  readonly method?: 'quota' | 'rejection' | 'weights' | undefined;
}

/** Result of {@link tiltPool}. */
export interface TiltedPool {
  /** The rows chosen. */
  readonly table: Table;
  /** Pool row of each of them. */
  readonly rows: Uint32Array;
  /** Weight of each row, mean 1 over the pool's rows that the target lists; null unless `weights`. */
  readonly weights: Float64Array | null;
  /** Everything else about the tilt, JSON-safe for the lineage record. */
  readonly tilt: {
    /** How rows were chosen. */
    readonly method: 'quota' | 'rejection' | 'weights';
    /** Seed. */
    readonly seed: string;
    /** Strength of the target. */
    readonly strength: number;
    /** Rows of the pool. */
    readonly poolRows: number;
    /** Pool rows whose combination of levels the target does not list; they get no weight. */
    readonly outside: number;
    /** Effective share of the pool's rows, (sum w)^2 / (n sum w^2), 0 to 1. */
    readonly effectiveShare: number;
    /** Greatest weight: target share over pool share. Rejection accepts one row in so many. */
    readonly maxWeight: number;
    /** What makes the tilt unreliable: less than 0.3 of the rows effective, or a weight above 20. */
    readonly warnings: readonly ('LOW_EFFECTIVE_SHARE' | 'LARGE_WEIGHT')[];
    /** Cells of the target with their rows. */
    readonly cells: readonly {
      /** Levels in the order of the target's columns. */
      readonly values: readonly string[];
      /** Rows in the pool. */
      readonly pool: number;
      /** Wanted share, 0 to 1. */
      readonly target: number;
      /** Rows of the result. */
      readonly rows: number;
    }[];
  };
}

/**
 * Tilts the rows of any generator to a target of {@link fairTarget}: of a large generated pool, rows are chosen (or
 * weighted) so that groups and labels have the target's shares; within a cell they stay as they came.
 *
 * Weights are target share over the pool's share, not the source's: a generator need not have the source's shares.
 * No row is chosen twice.
 *
 * @param pool - Generated rows, many more than wanted.
 * @param target - From {@link fairTarget}.
 * @param options - See {@link TiltPoolOptions}.
 * @returns Rows, and what it cost.
 * @throws {@link SynthproofError} `CONSTRAINT_UNMET` when the target wants a cell that the pool lacks; `NO_CAPACITY` when
 * the pool is too small, with the size that would do; `UNKNOWN_COLUMN`, `BAD_OPTION`.
 * @example
 * const source = fromColumns({ sex: ['f', 'f', 'f', 'm', 'm', 'm'], hired: [true, false, false, true, true, false] });
 * const target = fairTarget(source, { sensitive: ['sex'], label: { column: 'hired' }, minGroupRows: 1 });
 * const { tilt } = tiltPool(source, target, { rows: 4, seed: 'demo' });
 * tilt.cells.map((cell) => cell.rows); // => [1, 1, 1, 1]
 */
export function tiltPool(pool: Table, target: FairTarget, options: TiltPoolOptions): TiltedPool {
  const { rows, seed, method = 'quota' } = options;
  checkTarget(target);
  checkWhole('rows', rows, 0);
  if (!['quota', 'rejection', 'weights'].includes(method))
    throw new SynthproofError('BAD_OPTION', `method: expected quota, rejection or weights, received ${method}`, {
      argument: 'method',
    });
  const cells = cellOfRows(pool, target);
  const counts = new Float64Array(target.cells.length);
  let inside = 0;
  for (const cell of cells)
    if (cell >= 0) {
      counts[cell]!++;
      inside++;
    }
  const weights = weightsOf(target, counts, inside);
  const found = weigh(weights, counts, pool.rowCount);
  const chosen =
    method === 'quota'
      ? chooseQuota(cells, counts, target, rows, seed)
      : method === 'rejection'
        ? chooseRejected(cells, weights, found.maxWeight, rows, seed)
        : Uint32Array.from(cells.keys());
  const after = new Float64Array(counts.length);
  for (const row of chosen) if (cells[row]! >= 0) after[cells[row]!]!++;
  return {
    table: method === 'weights' ? pool : takeRows(pool, chosen),
    rows: chosen,
    weights: method === 'weights' ? Float64Array.from(cells, (cell) => (cell < 0 ? 0 : weights[cell]!)) : null,
    tilt: {
      method,
      seed,
      strength: target.strength,
      poolRows: pool.rowCount,
      outside: pool.rowCount - inside,
      ...found,
      cells: target.cells.map((cell, k) => ({
        values: cell.values,
        pool: counts[k]!,
        target: cell.target,
        rows: after[k]!,
      })),
    },
  };
}

function weightsOf(target: FairTarget, counts: Float64Array, inside: number): Float64Array {
  return counts.map((count, k) => {
    const cell = target.cells[k]!;
    if (count > 0) return (cell.target * inside) / count;
    if (cell.target > 0)
      throw new SynthproofError(
        'CONSTRAINT_UNMET',
        `pool: no row has (${target.columns.map((name, c) => `${name} = "${cell.values[c]}"`).join(', ')}), of which the target wants a share of ${cell.target.toPrecision(3)}; draw a larger pool, pool rare levels less, merge the group with its parent group, or set emptyCells to back-off in fairTarget where the source lacks it too`,
        { argument: 'pool' },
      );
    return 0;
  });
}

function weigh(
  weights: Float64Array,
  counts: Float64Array,
  n: number,
): Pick<TiltedPool['tilt'], 'effectiveShare' | 'maxWeight' | 'warnings'> {
  let total = 0;
  let squares = 0;
  let maxWeight = 0;
  for (let k = 0; k < weights.length; k++) {
    total += weights[k]! * counts[k]!;
    squares += weights[k]! * weights[k]! * counts[k]!;
    maxWeight = Math.max(maxWeight, weights[k]!);
  }
  const effectiveShare = squares > 0 ? (total * total) / squares / n : 0;
  const warnings: TiltedPool['tilt']['warnings'][number][] = [];
  if (effectiveShare < 0.3) warnings.push('LOW_EFFECTIVE_SHARE');
  if (maxWeight > 20) warnings.push('LARGE_WEIGHT');
  return { effectiveShare, maxWeight, warnings };
}

function chooseQuota(
  cells: Int32Array,
  counts: Float64Array,
  target: FairTarget,
  rows: number,
  seed: string,
): Uint32Array {
  const wanted = quotaRows(target, rows, seed);
  const need = new Float64Array(counts.length);
  for (const cell of wanted) need[cell]!++;
  let factor = 1;
  for (let k = 0; k < counts.length; k++) if (need[k]! > counts[k]!) factor = Math.max(factor, need[k]! / counts[k]!);
  if (factor > 1)
    throw new SynthproofError(
      'NO_CAPACITY',
      `pool: its ${cells.length} rows hold too few of some cell for ${rows} rows; draw about ${Math.ceil(cells.length * factor * 1.2)} rows`,
      { argument: 'pool' },
    );
  const lists = Array.from(counts, (): number[] => []);
  for (let i = 0; i < cells.length; i++) if (cells[i]! >= 0) lists[cells[i]!]!.push(i);
  for (let k = 0; k < lists.length; k++) fillShuffled(lists[k]!, createRng(seed).stream('fair/pool/1').stream(k));
  const used = new Int32Array(lists.length);
  return Uint32Array.from(wanted, (cell) => lists[cell]![used[cell]!++]!);
}

function chooseRejected(
  cells: Int32Array,
  weights: Float64Array,
  most: number,
  rows: number,
  seed: string,
): Uint32Array {
  const rng = createRng(seed).stream('fair/rejection/1');
  const chosen = new Uint32Array(rows);
  let found = 0;
  for (let i = 0; i < cells.length && found < rows; i++) {
    const u = uniform(rng);
    if (cells[i]! >= 0 && u * most < weights[cells[i]!]!) chosen[found++] = i;
  }
  if (found < rows)
    throw new SynthproofError(
      'NO_CAPACITY',
      `pool: ${found} of its ${cells.length} rows were accepted, ${rows} are wanted; draw about ${Math.ceil(rows * most * 1.2)} rows`,
      { argument: 'pool' },
    );
  return chosen;
}
