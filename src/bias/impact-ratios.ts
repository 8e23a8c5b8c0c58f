import { SynthproofError } from '../errors.ts';
import { exp } from '../math/exp.ts';
import { log } from '../math/log.ts';
import { median } from '../stats/median.ts';
import { booleanColumn } from '../table/boolean-column.ts';
import { createTable } from '../table/create-table.ts';
import type { Interval, Measure, Table } from '../types.ts';
import { groupTable } from './group-table.ts';
import { columnOf, encodeNumbers, MISSING_GROUP, type OutcomeSpec } from './internal-encode.ts';
import { groupLabel, measureOf, rateOptions, sumCells, zFor } from './internal-rates.ts';
import { twoProportionP } from './internal-tests.ts';

/** What {@link impactRatios} measures. */
export interface ImpactRatiosSpec {
  /** Names of the sensitive columns: each is a facet, and all of them together. */
  readonly sensitive: readonly string[];
  /** The selection (hired, invited, passed). Exactly one of outcome and score. */
  readonly outcome?: OutcomeSpec | undefined;
  /** Name of a column of scores: the rate is that of scoring above the median of all scores. */
  readonly score?: string | undefined;
  /** Categories with a smaller share of the rows are shown, but take no part in ratios. Default 0.02. */
  readonly minShare?: number | undefined;
  /** Categories with fewer rows are shown, but take no part in ratios. Default 1. */
  readonly minN?: number | undefined;
  /** Ratios are compared with this threshold. Default 0.8, the four-fifths rule of thumb. */
  readonly threshold?: number | undefined;
  /** Coverage of the intervals. Default 0.95. */
  readonly level?: number | undefined;
}

/** One category of a facet. */
export interface ImpactCategory {
  /** The category's levels joined with ' × '. */
  readonly category: string;
  /** Its levels. */
  readonly values: readonly string[];
  /** Rows with an outcome. */
  readonly n: number;
  /** Rows selected, or scored above the median. */
  readonly selected: number;
  /** Share of the facet's rows. */
  readonly share: number;
  /** Selection or scoring rate, with Wilson's interval. */
  readonly rate: Measure;
  /** Rate over that of the most selected category; null when it takes no part or nobody is selected. */
  readonly impactRatio: number | null;
  /** Katz's interval of the ratio with half a case added; null when the ratio is, and for the most selected category itself. */
  readonly interval: Interval | null;
  /** p-value that its rate equals that of the most selected category, not adjusted for having picked that one. */
  readonly pValue: number | null;
  /** Whether the ratio is below the threshold; null when there is no ratio: never read it as a pass. */
  readonly below: boolean | null;
  /** Why there is no ratio: `under-min-share`, `under-min-n`, `nobody-selected`, `single-category`; null with one. */
  readonly reason: string | null;
}

/** Result of {@link impactRatios}. */
export interface ImpactRatios {
  /** Discriminant. */
  readonly kind: 'impact-ratios';
  /** `selection` or `scoring`. */
  readonly rate: 'selection' | 'scoring';
  /** Median of all scores; null for selections. */
  readonly median: number | null;
  /** The threshold compared with. */
  readonly threshold: number;
  /** One facet per sensitive column, then all together. */
  readonly facets: readonly {
    /** Columns joined with ' × '. */
    readonly name: string;
    /** Its categories. */
    readonly categories: readonly ImpactCategory[];
    /** The most selected category; null when none takes part. */
    readonly highest: string | null;
    /** Rows that are not in any category because a sensitive value is unknown. */
    readonly unknown: number;
  }[];
  /** Rows with an outcome. */
  readonly rows: number;
  /** Rows left out because outcome or score is missing. */
  readonly leftOut: number;
}

/**
 * Impact ratios as bias audits of hiring tools ask for: per category of each sensitive column and of all together the count,
 * the selection rate (or the rate of scoring above the median), and its ratio to the most selected category.
 *
 * Categories under `minShare` keep their count and rate and take no part in ratios; rows with an unknown value are
 * counted apart. Ratios among many small categories fall below 0.8 by chance alone: read the intervals.
 * Source: US Uniform Guidelines on Employee Selection Procedures, 29 CFR 1607.4(D); New York City DCWP rules for Local Law
 * 144 of 2021. It computes figures; whether duties are met is not for it to say.
 *
 * @param table - One row per person assessed.
 * @param spec - See {@link ImpactRatiosSpec}.
 * @returns See {@link ImpactRatios}; {@link impactReport} puts it in words.
 * @throws {@link SynthproofError} `BAD_OPTION` without outcome or score, or with both; `UNKNOWN_COLUMN`, `KIND_MISMATCH`, `OUT_OF_RANGE`.
 * @example
 * const rows = createTable([categoryColumn('sex', ['f', 'f', 'm', 'm']), booleanColumn('hired', [true, false, true, true])]);
 * const { facets } = impactRatios(rows, { sensitive: ['sex'], outcome: { column: 'hired' } });
 * facets[0]?.categories.map((one) => [one.category, one.impactRatio, one.below]); // => [['f', 0.5, true], ['m', 1, false]]
 */
export function impactRatios(table: Table, spec: ImpactRatiosSpec): ImpactRatios {
  const { sensitive, outcome, score, minShare = 0.02, minN = 1, threshold = 0.8 } = spec;
  if ((outcome === undefined) === (score === undefined))
    throw new SynthproofError(
      'BAD_OPTION',
      `outcome, score: expected exactly one of them, received ${outcome === undefined ? 'none' : 'both'}; outcome for yes/no decisions, score for scores`,
      { argument: 'outcome' },
    );
  if (!Array.isArray(sensitive) || sensitive.length === 0)
    throw new SynthproofError(
      'BAD_OPTION',
      `sensitive: expected an array of at least one column name, received ${JSON.stringify(sensitive) ?? 'nothing'}`,
      { argument: 'sensitive' },
    );
  for (const [argument, value] of [
    ['minShare', minShare],
    ['threshold', threshold],
  ] as const)
    if (!(value >= 0 && value <= 1))
      throw new SynthproofError('OUT_OF_RANGE', `${argument}: expected a number from 0 to 1, received ${value}`, {
        argument,
      });
  // Small categories are shown with their rate: `minN` keeps them out of the ratios only.
  const rates = { ...rateOptions({ level: spec.level, minN }), minN: 0 };
  const { level } = rates;
  const [rows, label, middle] = score === undefined ? [table, outcome!, null] : aboveMedian(table, sensitive, score);
  const sets = [...sensitive.map((name) => [name]), ...(sensitive.length > 1 ? [[...sensitive]] : [])];
  let counted = 0;
  const facets = sets.map((set) => {
    const cells = groupTable(rows, { sensitive: set, label });
    counted = cells.rows;
    let unknown = 0;
    const known = cells.cells.flatMap((cell) => {
      const selected = cell.n[2]!;
      const n = cell.n[0]! + selected;
      if (!cell.group.includes(MISSING_GROUP)) return [{ cell, n, selected }];
      unknown += n;
      return [];
    });
    const total = known.reduce((sum, one) => sum + one.n, 0);
    const takesPart = known.filter((one) => one.n >= minN && one.n / total >= minShare);
    let highest: (typeof known)[number] | null = null;
    for (const one of takesPart)
      if (highest === null || one.selected / one.n > highest.selected / highest.n) highest = one;
    const categories = known.map(({ cell, n, selected }): ImpactCategory => {
      const base = {
        category: groupLabel(cell.group),
        values: cell.group,
        n,
        selected,
        share: n / total,
        rate: {
          ...measureOf(sumCells([cell]), 'baseRate', rates),
          metric: score === undefined ? 'selectionRate' : 'scoringRate',
        },
      };
      const reason =
        n < minN
          ? 'under-min-n'
          : n / total < minShare
            ? 'under-min-share'
            : takesPart.length < 2
              ? 'single-category'
              : highest!.selected === 0
                ? 'nobody-selected'
                : null;
      if (reason !== null) return { ...base, impactRatio: null, interval: null, pValue: null, below: null, reason };
      const top = highest!;
      const impactRatio = selected / n / (top.selected / top.n);
      if (cell === top.cell)
        return { ...base, impactRatio, interval: null, pValue: null, below: impactRatio < threshold, reason };
      const centre = log((selected + 0.5) / (n + 0.5)) - log((top.selected + 0.5) / (top.n + 0.5));
      const half =
        zFor(level) *
        Math.sqrt(Math.max(0, 1 / (selected + 0.5) - 1 / (n + 0.5) + 1 / (top.selected + 0.5) - 1 / (top.n + 0.5)));
      return {
        ...base,
        impactRatio,
        interval: {
          lower: Math.min(impactRatio, exp(centre - half)),
          upper: Math.max(impactRatio, exp(centre + half)),
          level,
          method: 'katz-adjusted',
        },
        pValue: twoProportionP(selected / n, n, top.selected / top.n, top.n),
        below: impactRatio < threshold,
        reason,
      };
    });
    return {
      name: groupLabel(set),
      categories,
      highest: highest === null ? null : groupLabel(highest.cell.group),
      unknown,
    };
  });
  return {
    kind: 'impact-ratios',
    rate: score === undefined ? 'selection' : 'scoring',
    median: middle,
    threshold,
    facets,
    rows: counted,
    leftOut: table.rowCount - counted,
  };
}

/** The table with a column that says who scored above the median. */
function aboveMedian(table: Table, sensitive: readonly string[], score: string): [Table, OutcomeSpec, number | null] {
  const scores = encodeNumbers(columnOf(table, score, 'score'), 'score');
  const known = scores.filter((value) => !Number.isNaN(value));
  const middle = known.length === 0 ? null : median(known);
  const above = Array.from(scores, (value) => (Number.isNaN(value) || middle === null ? null : value > middle));
  const columns = sensitive.map((name) => columnOf(table, name, 'sensitive'));
  // A name that no sensitive column has.
  const name = `${sensitive.join('')} above median`;
  return [createTable([...columns, booleanColumn(name, above)]), { column: name }, middle];
}
