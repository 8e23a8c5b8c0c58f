import { SynthproofError } from '../errors.ts';
import { exp } from '../math/exp.ts';
import { uniform } from '../random/uniform.ts';
import type { JobOptions, Rng, Table } from '../types.ts';
import { columnOf, encodeNumbers, OUTCOME_MISSING, readOutcome } from './internal-encode.ts';
import { levelCodes } from './internal-levels.ts';
import type { ScanSubgroupsSpec } from './scan-subgroups.ts';
import { logLikelihoodTerm, subsetScore } from './subset-score.ts';

/** Rows with equal levels and equal expectation, counted together. */
export interface ScanCells {
  /** Rows that take part. */
  readonly rows: number;
  /** Per column, the level of each cell. */
  readonly codes: readonly Int32Array[];
  /** Per column, its levels that occur. */
  readonly labels: readonly (readonly string[])[];
  /** Rows of each cell. */
  readonly n: Float64Array;
  /** Rows of each cell with the outcome. */
  readonly hits: Float64Array;
  /** Distinct expected probabilities, and the position of each cell's own. */
  readonly rates: Float64Array;
  readonly rateOf: Int32Array;
}

/** What a search needs. */
export interface ScanSearch {
  readonly cells: ScanCells;
  readonly penalty: number;
  /** Whether the outcome is to be more frequent than expected. */
  readonly up: boolean;
  readonly restarts: number;
  readonly signal: JobOptions['signal'];
}

/** A subgroup: per column, 1 for each chosen level. */
export interface ScanFound {
  readonly chosen: readonly Uint8Array[];
  /** Penalised log-likelihood ratio, >= 0. */
  readonly score: number;
  /** Odds factor of the greatest likelihood. */
  readonly q: number;
}

/** Logarithms of the odds factors that the sweep tries: up to about 55-fold, in steps of a tenth. */
const GRID = 40;
const GRID_STEP = 0.1;

/** Counts the rows that take part by their levels and expectation. */
export function readScanCells(table: Table, spec: ScanSubgroupsSpec): ScanCells {
  const columns = levelCodes(table, spec.columns);
  const outcome = readOutcome(table, spec.outcome, 'outcome');
  const given =
    spec.expected === undefined ? null : encodeNumbers(columnOf(table, spec.expected, 'expected'), 'expected');
  const rows: number[] = [];
  let hits = 0;
  for (let i = 0; i < table.rowCount; i++) {
    if (outcome[i] === OUTCOME_MISSING || columns.some(({ codes }) => codes[i] === -1)) continue;
    if (given && Number.isNaN(given[i]!)) continue;
    if (given && !(given[i]! > 0 && given[i]! < 1))
      throw new SynthproofError(
        'BAD_VALUE',
        `expected: row ${i} of "${spec.expected}" must lie between 0 and 1, received ${given[i]}; clip the model's probabilities`,
        { argument: 'expected', column: spec.expected, row: i },
      );
    rows.push(i);
    hits += outcome[i]!;
  }
  const rate = hits / rows.length;
  if (rows.length === 0 || (!given && (rate === 0 || rate === 1)))
    throw new SynthproofError(
      'EMPTY_INPUT',
      `table: expected rows with and without the outcome, received ${hits} with it of ${rows.length} (${table.rowCount - rows.length} left out for missing cells); nothing can deviate: check the columns and the outcome`,
      { argument: 'table' },
    );
  const levels = columns.map(({ codes, labels }) => occurringLevels(codes, labels, rows));
  const rates: number[] = [];
  const rateNumber = new Map<number, number>();
  const cellNumber = new Map<string, number>();
  const cells: { codes: number[]; n: number; hits: number; rate: number }[] = [];
  for (const row of rows) {
    const p = given ? given[row]! : rate;
    let number = rateNumber.get(p);
    if (number === undefined) {
      number = rates.length;
      rates.push(p);
      rateNumber.set(p, number);
    }
    const codes = levels.map((one, c) => one.recode[columns[c]!.codes[row]!]!);
    const key = `${codes.join()};${number}`;
    let at = cellNumber.get(key);
    if (at === undefined) {
      at = cells.length;
      cells.push({ codes, n: 0, hits: 0, rate: number });
      cellNumber.set(key, at);
    }
    cells[at]!.n++;
    cells[at]!.hits += outcome[row]!;
  }
  return {
    rows: rows.length,
    codes: columns.map((_, c) => Int32Array.from(cells, (cell) => cell.codes[c]!)),
    labels: levels.map((one) => one.labels),
    n: Float64Array.from(cells, (cell) => cell.n),
    hits: Float64Array.from(cells, (cell) => cell.hits),
    rates: Float64Array.from(rates),
    rateOf: Int32Array.from(cells, (cell) => cell.rate),
  };
}

function occurringLevels(
  codes: ArrayLike<number>,
  labels: readonly string[],
  rows: readonly number[],
): { readonly recode: Int32Array; readonly labels: readonly string[] } {
  const used = new Uint8Array(labels.length);
  for (const row of rows) used[codes[row]!] = 1;
  const recode = new Int32Array(labels.length);
  let next = 0;
  for (let level = 0; level < recode.length; level++) if (used[level] === 1) recode[level] = next++;
  return { recode, labels: labels.filter((_, level) => used[level] === 1) };
}

/** The best subgroup of coordinate ascent from all rows and from random starts. */
export function searchSubgroup(search: ScanSearch, hits: Float64Array, rng: Rng): ScanFound {
  const { labels } = search.cells;
  const sweep = sweepTable(search);
  let best = ascend(
    search,
    sweep,
    hits,
    labels.map((one) => new Uint8Array(one.length).fill(1)),
  );
  for (let restart = 0; restart < search.restarts; restart++) {
    if (search.signal?.aborted)
      throw new SynthproofError('ABORTED', 'scanSubgroups: aborted by its signal; nothing was returned', {
        argument: 'signal',
      });
    const start = labels.map((one) => {
      const chosen = Uint8Array.from(one, () => (uniform(rng) < 0.5 ? 1 : 0));
      return chosen.includes(1) ? chosen : chosen.fill(1);
    });
    const found = ascend(search, sweep, hits, start);
    if (found.score > best.score) best = found;
  }
  return best;
}

/** Likelihood terms of each expected probability at each odds factor of the grid, so that a search takes no logarithms. */
interface Sweep {
  readonly logQ: Float64Array;
  /** `terms[rate * GRID + k]`. */
  readonly terms: Float64Array;
}

function sweepTable({ cells, up }: ScanSearch): Sweep {
  const logQ = Float64Array.from({ length: GRID }, (_, k) => (up ? 1 : -1) * GRID_STEP * (k + 1));
  const terms = new Float64Array(cells.rates.length * GRID);
  for (let r = 0; r < cells.rates.length; r++)
    for (let k = 0; k < GRID; k++) terms[r * GRID + k] = logLikelihoodTerm(cells.rates[r]!, exp(logQ[k]!));
  return { logQ, terms };
}

/** Improves one column at a time, given the others, until none improves. */
function ascend(search: ScanSearch, sweep: Sweep, hits: Float64Array, start: Uint8Array[]): ScanFound {
  const { cells, penalty, up } = search;
  let chosen = start;
  let best = Number.NEGATIVE_INFINITY;
  for (let improved = true; improved; ) {
    improved = false;
    for (let c = 0; c < chosen.length; c++) {
      const found = bestLevels(search, sweep, hits, chosen, c);
      if (found.score <= best + 1e-9) continue;
      best = found.score;
      chosen = chosen.map((levels, k) => (k === c ? found.levels : levels));
      improved = true;
    }
  }
  // The grid found the subgroup; its score is taken at the best odds factor of all.
  const inside = Float64Array.from(cells.n, (n, cell) =>
    chosen.every((levels, c) => levels[cells.codes[c]![cell]!] === 1) ? n : 0,
  );
  const rates = cells.rates;
  const weights = new Float64Array(rates.length);
  let observed = 0;
  for (let cell = 0; cell < inside.length; cell++) {
    if (inside[cell] === 0) continue;
    weights[cells.rateOf[cell]!]! += inside[cell]!;
    observed += hits[cell]!;
  }
  const { score, oddsFactor } = subsetScore(observed, rates, { direction: up ? 'positive' : 'negative', weights });
  return { chosen, score: Math.max(0, score - penalty * namedLevels(chosen, -1)), q: oddsFactor };
}

/** Levels named by the columns that restrict anything, one column left out. */
function namedLevels(chosen: readonly Uint8Array[], except: number): number {
  let total = 0;
  for (let c = 0; c < chosen.length; c++) {
    if (c === except) continue;
    let size = 0;
    for (const one of chosen[c]!) size += one;
    if (size < chosen[c]!.length) total += size;
  }
  return total;
}

/**
 * The best levels of one column among the rows that the other columns choose: at a given odds factor every level whose own
 * term exceeds its penalty belongs to the best set, so a sweep over odds factors finds the best of all sets.
 */
function bestLevels(
  { cells, penalty }: ScanSearch,
  { logQ, terms }: Sweep,
  hits: Float64Array,
  chosen: readonly Uint8Array[],
  c: number,
): { readonly score: number; readonly levels: Uint8Array } {
  const size = cells.labels[c]!.length;
  const byLevel = new Float64Array(size * GRID);
  for (let cell = 0; cell < hits.length; cell++) {
    let inside = true;
    for (let k = 0; k < chosen.length && inside; k++) inside = k === c || chosen[k]![cells.codes[k]![cell]!] === 1;
    if (!inside) continue;
    const to = cells.codes[c]![cell]! * GRID;
    const from = cells.rateOf[cell]! * GRID;
    const n = cells.n[cell]!;
    const hit = hits[cell]!;
    for (let k = 0; k < GRID; k++) byLevel[to + k]! += hit * logQ[k]! - n * terms[from + k]!;
  }
  const others = penalty * namedLevels(chosen, c);
  let best = Number.NEGATIVE_INFINITY;
  let levels = new Uint8Array(size).fill(1);
  for (let k = 0; k < GRID; k++) {
    let all = 0;
    let some = 0;
    for (let level = 0; level < size; level++) {
      const term = byLevel[level * GRID + k]!;
      all += term;
      if (term > penalty) some += term - penalty;
    }
    if (all - others > best) {
      best = all - others;
      levels = new Uint8Array(size).fill(1);
    }
    if (some > 0 && some - others > best) {
      best = some - others;
      levels = Uint8Array.from({ length: size }, (_, level) => (byLevel[level * GRID + k]! > penalty ? 1 : 0));
    }
  }
  return { score: best, levels };
}
