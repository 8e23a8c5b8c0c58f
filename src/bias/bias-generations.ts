import { SynthproofError } from '../errors.ts';
import { createRng } from '../random/create-rng.ts';
import { adjustPValues } from '../stats/adjust-p-values.ts';
import type { Interval, Table } from '../types.ts';
import type { BiasSearch } from './audit-bias-types.ts';
import { amplificationOf, type BiasAmplification, type BiasAmplificationSpec } from './bias-amplification.ts';
import { demographicParityDifference } from './demographic-parity-difference.ts';
import { type GroupTable, groupTable } from './group-table.ts';
import { correctedStrength } from './internal-association.ts';
import { searchColumns } from './internal-audit-search.ts';
import { checkTables } from './internal-encode.ts';
import { groupLabel, rateOptions, wilsonEnds, zFor } from './internal-rates.ts';
import { POOLED } from './internal-shares.ts';

/** What {@link biasGenerations} compares. */
export interface BiasGenerationsSpec extends BiasAmplificationSpec {
  /**
   * Columns that are searched beside the sensitive ones in every generation, as {@link auditBias} does. Default: all columns that both
   * tables have. `[]` searches none.
   */
  readonly columns?: readonly string[] | undefined;
}

/** One figure over generations. */
export interface BiasGenerationCurve {
  /** `share` of a group, `rate` of the outcome in a group, `parityDifference`, `association` (corrected Cramer's V of group and outcome), `groups` (number that occur). */
  readonly figure: 'share' | 'rate' | 'parityDifference' | 'association' | 'groups';
  /** The group; null for figures of the whole table. */
  readonly group: string | null;
  /** One value per generation, the source first; null where it cannot be computed. */
  readonly values: readonly (number | null)[];
  /** Interval of each value; null where there is none. */
  readonly intervals: readonly (Interval | null)[];
  /** Last minus first; null when one of them is. */
  readonly change: number | null;
  /** p-value of that change; null where there is no test. */
  readonly pValue: number | null;
  /** The same, adjusted over all curves (Holm). */
  readonly pAdjusted: number | null;
}

/** Result of {@link biasGenerations}. */
export interface BiasGenerations {
  /** Names of the sensitive columns. */
  readonly sensitive: readonly string[];
  /** The curves: shares, rates, then figures of the whole. */
  readonly curves: readonly BiasGenerationCurve[];
  /** Rows of each generation. */
  readonly rows: readonly number[];
  /** Rows without a label in each generation: they count for shares, not for rates. */
  readonly leftOut: readonly number[];
  /** Groups of the source with no row in the generation, by generation. */
  readonly lost: readonly (readonly string[])[];
  /** Groups of the source with fewer than `minN` rows: pooled into `(pooled small groups)`. */
  readonly suppressed: readonly string[];
  /** The last generation against the source, in full. */
  readonly last: BiasAmplification;
  /**
   * Each generation against the source, from the first one: associations that came up or changed, differences that turn round. p-values
   * are adjusted within a generation. Null when `columns` is empty.
   */
  readonly searches: readonly (BiasSearch | null)[];
}

/**
 * What happened to groups over generations of synthetic data: share and outcome rate of every group (or intersection), the gap
 * between groups, the strength of association, the groups that died out, and in every generation the associations and reversals that
 * the source does not have.
 *
 * Groups are those of the source with at least `minN` rows; the others are pooled. The test of each curve compares the last
 * generation with the source ({@link biasAmplification}); p-values are adjusted over all curves.
 *
 * @param tables - The source, then its generations in order.
 * @param spec - See {@link BiasGenerationsSpec}.
 * @returns See {@link BiasGenerations}.
 * @throws {@link SynthproofError} `BAD_OPTION` for fewer than two tables, and what {@link biasAmplification} throws.
 * @example
 * const one = createTable([categoryColumn('sex', ['f', 'f', 'm', 'm'])]);
 * const two = createTable([categoryColumn('sex', ['f', 'm', 'm', 'm'])]);
 * biasGenerations([one, two], { sensitive: ['sex'], seed: 'demo', minN: 1 }).curves[0]?.values; // => [0.5, 0.25]
 */
export function biasGenerations(tables: readonly Table[], spec: BiasGenerationsSpec): BiasGenerations {
  const { sensitive, label, seed } = spec;
  const { level, minN } = rateOptions(spec);
  if (!Array.isArray(tables) || tables.length < 2)
    throw new SynthproofError(
      'BAD_OPTION',
      `tables: expected an array of the source and at least one generation, received ${Array.isArray(tables) ? `${tables.length} tables` : typeof tables}`,
      {
        argument: 'tables',
      },
    );
  if (typeof seed !== 'string')
    throw new SynthproofError('BAD_OPTION', `seed: expected a text, received ${typeof seed}`, { argument: 'seed' });
  checkTables(Object.fromEntries(tables.map((table, g) => [`tables[${g}]`, table])), [
    ['sensitive', sensitive],
    ['label', label === undefined ? [] : [label]],
  ]);
  const rng = createRng(seed);
  const all = tables.map((table) => groupTable(table, { sensitive }));
  const labelled = label === undefined ? null : tables.map((table) => groupTable(table, { sensitive, label }));
  const steps = all.slice(1).map((cells, g) => {
    const quick = g + 2 < all.length ? { permutations: 1 } : {};
    return amplificationOf(
      all[0]!,
      cells,
      labelled?.[0] ?? null,
      labelled?.[g + 1] ?? null,
      { ...spec, ...quick },
      rng.stream(g),
    );
  });
  const last = steps[steps.length - 1]!;
  const curves: BiasGenerationCurve[] = [];
  const push = (
    figure: BiasGenerationCurve['figure'],
    group: string | null,
    points: readonly Point[],
    pValue: number | null,
  ): void => {
    const values = points.map((point) => point.value);
    const [first, final] = [values[0]!, values[values.length - 1]!];
    curves.push({
      figure,
      group,
      values,
      intervals: points.map((point) => point.interval),
      change: first === null || final === null ? null : final - first,
      pValue,
      pAdjusted: null,
    });
  };
  const sourceGroups = new Set(last.shares.groups.filter((one) => (one.referenceN ?? 0) > 0).map((one) => one.group));
  const named = last.shares.groups.filter((one) => sourceGroups.has(one.group));
  const pooled = last.shares.pooled === null ? [] : [last.shares.pooled];
  for (const one of [...named, ...pooled]) {
    const points = steps.map((step): Point => {
      const found =
        one.group === POOLED ? step.shares.pooled : step.shares.groups.find((other) => other.group === one.group);
      return found ? { value: found.share, interval: found.interval } : nothing;
    });
    const first = one.referenceShare;
    const ends = first === null ? null : wilsonEnds(first, all[0]!.rows, zFor(level));
    const interval = ends === null ? null : { lower: ends[0], upper: ends[1], level, method: 'wilson' };
    push('share', one.group, [{ value: first, interval }, ...points], one.pValue);
  }
  for (const one of last.rates.filter((rate) => sourceGroups.has(rate.group))) {
    const points = steps.map((step): Point => {
      const found = step.rates.find((other) => other.group === one.group)?.synthetic;
      return found === undefined ? nothing : { value: found.value, interval: found.interval ?? null };
    });
    push(
      'rate',
      one.group,
      [{ value: one.source.value, interval: one.source.interval ?? null }, ...points],
      one.pValue,
    );
  }
  if (labelled !== null) {
    const parity = labelled.map((cells): Point => {
      const found = demographicParityDifference(cells, { level, minN });
      return { value: found.value, interval: found.interval ?? null };
    });
    push('parityDifference', null, parity, last.parity[0]?.pValue ?? null);
    const strengths = labelled.map((cells): Point => associationOf(cells, level));
    push('association', null, strengths, null);
  }
  push(
    'groups',
    null,
    all.map((cells) => ({ value: cells.cells.length, interval: null })),
    null,
  );
  return {
    sensitive: [...sensitive],
    curves: adjustCurves(curves),
    rows: tables.map((table) => table.rowCount),
    leftOut: all.map((cells, g) => cells.rows - (labelled?.[g]?.rows ?? cells.rows)),
    lost: all.map((cells) => {
      const here = new Set(cells.cells.map((cell) => groupLabel(cell.group)));
      return all[0]!.cells.map((cell) => groupLabel(cell.group)).filter((group) => !here.has(group));
    }),
    suppressed: last.shares.suppressed.groups,
    last,
    searches: tables
      .slice(1)
      .map((table, g) =>
        searchColumns(tables[0]!, table, { ...spec, seed: JSON.stringify([seed, g + 1]), permutations: undefined }),
      ),
  };
}

interface Point {
  readonly value: number | null;
  readonly interval: Interval | null;
}

const nothing: Point = { value: null, interval: null };

/** Corrected Cramer's V of group and outcome, with the jackknife's interval over rows. */
function associationOf(cells: GroupTable, level: number): Point {
  const counts = new Float64Array(2 * cells.cells.length);
  for (let g = 0; g < cells.cells.length; g++) {
    const [tn, fp, fn, tp] = cells.cells[g]!.n as [number, number, number, number];
    counts[2 * g] = tn + fp;
    counts[2 * g + 1] = fn + tp;
  }
  return counts.length === 0 ? nothing : correctedStrength(counts, 2, level);
}

function adjustCurves(curves: readonly BiasGenerationCurve[]): BiasGenerationCurve[] {
  const adjusted = adjustPValues(
    curves.map((one) => one.pValue).filter((p) => p !== null),
    'holm',
  );
  let next = 0;
  return curves.map((one) => (one.pValue === null ? one : { ...one, pAdjusted: adjusted[next++]! }));
}
