import { SynthproofError } from '../errors.ts';
import { createRng } from '../random/create-rng.ts';
import { adjustPValues } from '../stats/adjust-p-values.ts';
import { cramersV } from '../stats/cramers-v.ts';
import { checkWhole } from '../stats/internal-options.ts';
import { quantile } from '../stats/quantile.ts';
import type { Interval, JobOptions, Rng, Table } from '../types.ts';
import {
  type AssociationStrength,
  independenceP,
  pairCounts,
  residualAgreement,
  residualDistance,
  residualWork,
  rowViews,
  strengthOf,
} from './internal-association.ts';
import { checkRows, columnOf, MAX_INTEGER_LEVELS } from './internal-encode.ts';
import { fillShuffledCounts, logFactorials } from './internal-hypergeometric.ts';
import { otherColumns, type SharedLevels, sharedLevels } from './internal-levels.ts';
import { rateOptions, zFor } from './internal-rates.ts';
import { newcombeEnds } from './internal-shares.ts';

/** What {@link spontaneousBias} looks at. */
export interface SpontaneousBiasSpec extends JobOptions {
  /** Names of the sensitive columns. */
  readonly sensitive: readonly string[];
  /** Names of the columns to pair with each of them. Default: all others; pairs of two sensitive columns are always looked at. */
  readonly columns?: readonly string[] | undefined;
  /** Seed of the permutation tests; any text. */
  readonly seed: string;
  /** Most permutations per pair; a pair that is plainly unchanged stops early. Default 1999, or 40 per pair when that is more. */
  readonly permutations?: number | undefined;
  /** Adjusted p-values up to 1 - level are changes; also the coverage of intervals. Default 0.95. */
  readonly level?: number | undefined;
  /** How p-values are adjusted over all pairs. Default `benjamini-hochberg`: the share of false alarms is bounded. */
  readonly adjust?: 'holm' | 'benjamini-hochberg' | undefined;
  /** Bins of a number or date. Default 5. */
  readonly bins?: number | undefined;
  /** Most levels of a column; the rarest are pooled. Default 20. */
  readonly maxLevels?: number | undefined;
}

/** The cell whose rate moved most. */
export interface MovedCell {
  /** Level of the sensitive column. */
  readonly group: string;
  /** Level of the other column. */
  readonly level: string;
  /** Share of the level among the group's rows in the source. */
  readonly source: number;
  /** The same in the synthetic table. */
  readonly synthetic: number;
  /** Synthetic minus source. */
  readonly change: number;
  /** Newcombe's interval of the change, for this cell alone. */
  readonly interval: Interval;
}

/** A sensitive column and another one, in both tables. */
export interface AssociationChange {
  /** Sensitive column. */
  readonly sensitive: string;
  /** Other column. */
  readonly column: string;
  /** Levels compared: of the sensitive column, of the other. */
  readonly levels: readonly [number, number];
  /** Distinct values of either column pooled as `(other)`. */
  readonly pooled: number;
  /** AssociationStrength in the source. */
  readonly source: AssociationStrength;
  /** AssociationStrength in the synthetic table. */
  readonly synthetic: AssociationStrength;
  /** Corrected Cramer's V, synthetic minus source; null when a table has fewer than two levels of a column. */
  readonly change: number | null;
  /** Changes of V that exchanging rows does not reject; null when `change` is. */
  readonly interval: Interval | null;
  /** Permutation p-value that the association is the same in both tables. */
  readonly pValue: number;
  /** The same, adjusted over all pairs. */
  readonly pAdjusted: number;
  /** Permutations drawn. */
  readonly permutations: number;
  /**
   * `unchanged`: no change beyond chance; `spontaneous`: none in the source, present in the synthetic table; `amplified`,
   * `weakened`: stronger, weaker; `lost`: present in the source, none in the synthetic table; `reversed`: present in both, in opposite directions; `moved`: about as strong,
   * between other levels.
   */
  readonly verdict: 'unchanged' | 'spontaneous' | 'amplified' | 'weakened' | 'lost' | 'reversed' | 'moved';
  /** p-values of independence within each table, for changed pairs; null for unchanged ones. */
  readonly independence: {
    /** In the source. */
    readonly source: number;
    /** In the synthetic table. */
    readonly synthetic: number;
  } | null;
  /** The cell whose rate moved most, weighed by its size; null when a table has no row of any common group. */
  readonly moved: MovedCell | null;
}

/** Result of {@link spontaneousBias}. */
export interface SpontaneousBias {
  /** All pairs, least adjusted p first. */
  readonly pairs: readonly AssociationChange[];
  /** Columns that were not compared, and why: `identifier`, `constant`, `kind-mismatch`, `not-in-synthetic`. */
  readonly excluded: readonly {
    /** Column. */
    readonly column: string;
    /** Why. */
    readonly reason: string;
  }[];
  /** Number of pairs per verdict other than `unchanged`. */
  readonly changed: number;
  /** Rows of both tables. */
  readonly rows: {
    /** Rows of the source. */
    readonly source: number;
    /** Rows of the synthetic table. */
    readonly synthetic: number;
  };
  /** How p-values were adjusted. */
  readonly adjust: 'holm' | 'benjamini-hochberg';
}

/** A pair stops after this many draws at least as extreme as the data (Besag & Clifford 1991). */
const STOP = 20;

/** Fewest draws behind an interval. */
const LEAST = 199;

/** Draws of the independence tests of changed pairs. */
const WITHIN = 199;

/**
 * Spontaneous bias: associations between a sensitive column and any other that the synthetic table has and the source has
 * not, and every other change of such an association.
 *
 * The test exchanges rows between the tables and compares what independence leaves over in each cell, so it needs no large
 * counts, sees changes of direction, and holds its level for tables of unequal size. For a copy of the very source rows
 * it is cautious. Missing values are a level. p-values are adjusted over all pairs; sequential stopping keeps them valid.
 * Source: Besag & Clifford 1991 (stopping); Benjamini & Hochberg 1995; Bergsma 2013 (corrected V).
 *
 * @param source - The original rows.
 * @param synthetic - The synthetic rows, with the same columns.
 * @param spec - See {@link SpontaneousBiasSpec}.
 * @returns See {@link SpontaneousBias}.
 * @throws {@link SynthproofError} `UNKNOWN_COLUMN`; `EMPTY_INPUT`; `BAD_OPTION`; `OUT_OF_RANGE`; `ABORTED`.
 * @example
 * const sex = categoryColumn('sex', Array.from({ length: 200 }, (_, i) => (i % 2 ? 'm' : 'f')));
 * const source = createTable([sex, booleanColumn('hired', Array.from({ length: 200 }, (_, i) => i % 4 < 2))]);
 * const copy = createTable([sex, booleanColumn('hired', Array.from({ length: 200 }, (_, i) => i % 2 === 1))]);
 * spontaneousBias(source, copy, { sensitive: ['sex'], seed: 'demo' }).pairs[0]?.verdict; // => 'spontaneous'
 */
export function spontaneousBias(source: Table, synthetic: Table, spec: SpontaneousBiasSpec): SpontaneousBias {
  const { sensitive, seed, adjust = 'benjamini-hochberg', bins = 5, maxLevels = 20 } = spec;
  const { level } = rateOptions({ level: spec.level });
  checkSpec(source, synthetic, spec, bins, maxLevels);
  const excluded: { column: string; reason: string }[] = [];
  const shared = new Map<string, SharedLevels>();
  const others = otherColumns(
    source.columns.map((column) => column.name),
    sensitive,
    spec.columns,
  );
  const there = new Set(synthetic.columns.map((column) => column.name));
  for (const name of new Set([...sensitive, ...others])) {
    const argument = sensitive.includes(name) ? 'sensitive' : 'columns';
    // What nobody asked for by name may be missing from the copy: it is listed, not refused.
    if (argument === 'columns' && spec.columns === undefined && !there.has(name)) {
      excluded.push({ column: name, reason: 'not-in-synthetic' });
      continue;
    }
    const found = sharedLevels(
      [columnOf(source, name, argument, 'source'), columnOf(synthetic, name, argument, 'synthetic')],
      bins,
      maxLevels,
      // Codes of groups are compared as they are, not in quantile bins.
      argument === 'sensitive' ? MAX_INTEGER_LEVELS : bins,
    );
    if (typeof found === 'string') excluded.push({ column: name, reason: found });
    else shared.set(name, found);
  }
  const names: [string, string][] = [];
  for (let s = 0; s < sensitive.length; s++) {
    const partners = [...sensitive.slice(s + 1), ...others.filter((name) => !sensitive.includes(name))];
    for (const other of partners)
      if (shared.has(sensitive[s]!) && shared.has(other)) names.push([sensitive[s]!, other]);
  }
  const most = spec.permutations ?? Math.max(1999, 40 * names.length);
  const table = logFactorials(source.rowCount + synthetic.rowCount);
  const rng = createRng(seed);
  const measured = names.map(([s, x], k) => {
    if (spec.signal?.aborted)
      throw new SynthproofError('ABORTED', 'spontaneousBias: aborted by the caller', { argument: 'signal' });
    spec.onProgress?.({ stage: 'associations', done: k, total: names.length });
    return comparePair(s, x, shared.get(s)!, shared.get(x)!, most, level, rng.stream(JSON.stringify([s, x])), table);
  });
  spec.onProgress?.({ stage: 'associations', done: names.length, total: names.length });
  const adjusted = adjustPValues(
    measured.map((one) => one.pair.pValue),
    adjust,
  );
  const pairs = measured.map(({ pair, a, b }, k): AssociationChange => {
    const pAdjusted = adjusted[k]!;
    if (pAdjusted > 1 - level) return { ...pair, pAdjusted };
    const stream = rng.stream(JSON.stringify(['within', pair.sensitive, pair.column]));
    const columns = pair.levels[1];
    const agreement = residualAgreement(a, b, columns, residualWork(pair.levels[0], columns));
    const independence = {
      source: independenceP(a, columns, WITHIN, stream.stream('source'), table),
      synthetic: independenceP(b, columns, WITHIN, stream.stream('synthetic'), table),
    };
    return { ...pair, pAdjusted, independence, verdict: verdictOf(pair, independence, agreement, 1 - level) };
  });
  pairs.sort(
    (a, b) => a.pAdjusted - b.pAdjusted || a.pValue - b.pValue || Math.abs(b.change ?? 0) - Math.abs(a.change ?? 0),
  );
  return {
    pairs,
    excluded,
    changed: pairs.filter((one) => one.verdict !== 'unchanged').length,
    rows: { source: source.rowCount, synthetic: synthetic.rowCount },
    adjust,
  };
}

function checkSpec(source: Table, synthetic: Table, spec: SpontaneousBiasSpec, bins: number, maxLevels: number): void {
  const { sensitive, seed, adjust, permutations } = spec;
  if (!Array.isArray(sensitive) || sensitive.length === 0 || new Set(sensitive).size !== sensitive.length)
    throw new SynthproofError(
      'BAD_OPTION',
      `sensitive: expected an array of at least one column name, each once, received ${JSON.stringify(sensitive) ?? 'nothing'}`,
      { argument: 'sensitive' },
    );
  if (typeof seed !== 'string')
    throw new SynthproofError('BAD_OPTION', `seed: expected a text, received ${typeof seed}`, { argument: 'seed' });
  if (adjust !== undefined && adjust !== 'holm' && adjust !== 'benjamini-hochberg')
    throw new SynthproofError(
      'BAD_OPTION',
      `adjust: expected 'holm' or 'benjamini-hochberg', received ${String(adjust)}`,
      { argument: 'adjust' },
    );
  checkWhole('permutations', permutations ?? LEAST, LEAST, 1e7);
  checkWhole('bins', bins, 2, 100);
  checkWhole('maxLevels', maxLevels, 2, 1000);
  for (const [argument, table] of [
    ['source', source],
    ['synthetic', synthetic],
  ] as const)
    checkRows(table, argument);
}

function comparePair(
  s: string,
  x: string,
  left: SharedLevels,
  right: SharedLevels,
  most: number,
  level: number,
  rng: Rng,
  table: Float64Array | null,
): { readonly pair: AssociationChange; readonly a: Float64Array; readonly b: Float64Array } {
  const rows = left.labels.length;
  const columns = right.labels.length;
  const a = pairCounts(left.codes[0]!, right.codes[0]!, rows, columns);
  const b = pairCounts(left.codes[1]!, right.codes[1]!, rows, columns);
  const work = residualWork(rows, columns);
  const observed = residualDistance(a, b, columns, work);
  const source = strengthOf(a, columns);
  const synthetic = strengthOf(b, columns);
  const change =
    source.corrected === null || synthetic.corrected === null ? null : synthetic.corrected - source.corrected;
  const pooled = a.map((count, k) => count + b[k]!);
  const total = left.codes[0]!.length;
  const drawn = new Float64Array(a.length);
  const rest = new Float64Array(a.length);
  const views = [rowViews(drawn, columns), rowViews(rest, columns)] as const;
  const null_: number[] = [];
  let exceed = 0;
  let draws = 0;
  while (draws < most && (exceed < STOP || draws < LEAST)) {
    fillShuffledCounts(drawn, pooled, total, rng, table);
    for (let k = 0; k < rest.length; k++) rest[k] = pooled[k]! - drawn[k]!;
    draws++;
    if (residualDistance(drawn, rest, columns, work) >= observed * (1 - 1e-9)) exceed++;
    if (draws <= LEAST && change !== null) {
      const before = cramersV(views[0], { corrected: true });
      const after = cramersV(views[1], { corrected: true });
      if (before !== null && after !== null) null_.push(after - before);
    }
  }
  const tail = (1 - level) / 2;
  return {
    a,
    b,
    pair: {
      sensitive: s,
      column: x,
      levels: [rows, columns],
      pooled: left.pooled + right.pooled,
      source,
      synthetic,
      change,
      interval:
        change === null || null_.length === 0
          ? null
          : {
              lower: change - quantile(null_, 1 - tail),
              upper: change - quantile(null_, tail),
              level,
              method: 'permutation',
            },
      pValue: (1 + exceed) / (1 + draws),
      pAdjusted: 1,
      permutations: draws,
      verdict: 'unchanged',
      independence: null,
      moved: movedCell(a, b, left.labels, right.labels, level),
    },
  };
}

function verdictOf(
  pair: AssociationChange,
  independence: { readonly source: number; readonly synthetic: number },
  agreement: number,
  alpha: number,
): AssociationChange['verdict'] {
  const [before, after] = [independence.source <= alpha, independence.synthetic <= alpha];
  if (!before && after) return 'spontaneous';
  if (before && !after) return 'lost';
  if (before && after && agreement < 0) return 'reversed';
  const { interval } = pair;
  if (interval === null || (interval.lower <= 0 && interval.upper >= 0)) return 'moved';
  return pair.change! > 0 ? 'amplified' : 'weakened';
}

/** The cell whose rate within its group moved most, in standard errors. */
function movedCell(
  a: Float64Array,
  b: Float64Array,
  groups: readonly string[],
  levels: readonly string[],
  confidence: number,
): MovedCell | null {
  const columns = levels.length;
  let best: { i: number; j: number; z: number; n: number; m: number } | null = null;
  for (let i = 0; i < groups.length; i++) {
    let n = 0;
    let m = 0;
    for (let j = 0; j < columns; j++) {
      n += a[i * columns + j]!;
      m += b[i * columns + j]!;
    }
    if (n === 0 || m === 0) continue;
    for (let j = 0; j < columns; j++) {
      const [x, y] = [a[i * columns + j]!, b[i * columns + j]!];
      const rate = (x + y + 1) / (n + m + 2);
      const z = Math.abs(y / m - x / n) / Math.sqrt(rate * (1 - rate) * (1 / n + 1 / m));
      if (best === null || z > best.z) best = { i, j, z, n, m };
    }
  }
  if (best === null) return null;
  const { i, j, n, m } = best;
  const p = a[i * columns + j]! / n;
  const q = b[i * columns + j]! / m;
  const ends = newcombeEnds(q, m, p, n, zFor(confidence));
  return {
    group: groups[i]!,
    level: levels[j]!,
    source: p,
    synthetic: q,
    change: q - p,
    interval: { lower: ends[0], upper: ends[1], level: confidence, method: 'newcombe' },
  };
}
