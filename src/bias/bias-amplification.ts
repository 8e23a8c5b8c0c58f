import { SynthproofError } from '../errors.ts';
import { createRng } from '../random/create-rng.ts';
import { adjustPValues } from '../stats/adjust-p-values.ts';
import { checkWhole } from '../stats/internal-options.ts';
import type { Interval, JobOptions, Measure, Rng, Table } from '../types.ts';
import { type GroupTable, groupTable } from './group-table.ts';
import { type GapChange, gapOf, type ParityChange, parityChanges, zhaoOf } from './internal-changes.ts';
import { type DirectionalChange, directionalOf } from './internal-directional.ts';
import { cellsByGroup } from './internal-disparity.ts';
import type { OutcomeSpec } from './internal-encode.ts';
import { checkTables } from './internal-encode.ts';
import { measureOf, rateOptions, sumCells, zFor } from './internal-rates.ts';
import { newcombeEnds, POOLED } from './internal-shares.ts';
import { twoProportionP } from './internal-tests.ts';
import { type Representation, representationOf } from './representation.ts';

/** What {@link biasAmplification} compares. */
export interface BiasAmplificationSpec extends JobOptions {
  /** Names of the sensitive columns; groups are their combinations. */
  readonly sensitive: readonly string[];
  /** The outcome whose rate per group is compared. Default: none, shares only. */
  readonly label?: OutcomeSpec | undefined;
  /** Seed of the permutation test. */
  readonly seed: string;
  /** Number of permutations. Default 999. */
  readonly permutations?: number | undefined;
  /** Coverage of the intervals. Default 0.95. */
  readonly level?: number | undefined;
  /** Groups with fewer rows in the source are pooled and only named. Default 10. */
  readonly minN?: number | undefined;
  /** How p-values are adjusted over all group changes: `holm` (default, any false alarm) or `benjamini-hochberg` (share of false alarms). */
  readonly adjust?: 'holm' | 'benjamini-hochberg' | undefined;
}

/** How the rate of the positive outcome changed in one group. */
export interface RateChange {
  /** The group's levels joined with ' × '; `(pooled small groups)` for the pool. */
  readonly group: string;
  /** The group's levels; empty for the pool. */
  readonly values: readonly string[];
  /** Rate in the source. */
  readonly source: Measure;
  /** Rate in the synthetic table. */
  readonly synthetic: Measure;
  /** Synthetic minus source; null when one of them is. */
  readonly change: number | null;
  /** Newcombe's interval of the change. */
  readonly interval: Interval | null;
  /** p-value that the rates are equal (Fisher or score test). */
  readonly pValue: number | null;
  /** The same, adjusted over all group changes of this call; null for the pool. */
  readonly pAdjusted: number | null;
}

/** What happened to groups between source and synthetic. Plain data. */
export interface BiasAmplification {
  /** Names of the sensitive columns. */
  readonly sensitive: readonly string[];
  /** Rows in both tables. */
  readonly rows: {
    /** Rows of the source. */
    readonly source: number;
    /** Rows of the synthetic table. */
    readonly synthetic: number;
  };
  /** Rows without a label, which count for shares but not for rates. */
  readonly leftOut: {
    /** In the source. */
    readonly source: number;
    /** In the synthetic table. */
    readonly synthetic: number;
  };
  /** Shares of the synthetic table against the source. */
  readonly shares: Representation;
  /** p-values of `shares.groups`, adjusted together with those of `rates`; null where there is none. */
  readonly sharesAdjusted: readonly (number | null)[];
  /** Rate of the positive outcome per group; empty without a label. */
  readonly rates: readonly RateChange[];
  /** All suppressed groups as one; null without them or when too few rows. */
  readonly pooledRate: RateChange | null;
  /** Change of the demographic parity difference and ratio; empty without a label. */
  readonly parity: readonly ParityChange[];
  /** The source's widest gap followed; null without a label or two groups. */
  readonly gap: GapChange | null;
  /** Zhao's amplification for the positive outcome, with Newcombe's interval; null without a label. */
  readonly zhao: Measure | null;
  /**
   * Directional amplification (Wang & Russakovsky) for the positive outcome, over the groups that both tables have with `minN` rows: the
   * association of group and outcome that the source shows grew (positive) or shrank; null without a label.
   */
  readonly directional: DirectionalChange | null;
  /** Number of group changes tested: the family of the adjusted p-values. */
  readonly tests: number;
  /** How p-values were adjusted. */
  readonly adjust: 'holm' | 'benjamini-hochberg';
}

/**
 * What the way from source to synthetic table did to groups: change of every group's share and outcome rate, of the
 * disparity between groups, Zhao's and directional amplification, each with an interval and a test.
 *
 * Differences are synthetic minus source. Per-group p-values are adjusted over the whole family. The permutation test of
 * a disparity exchanges rows of each group between the two tables; its interval covers 0 when nothing but chance happened.
 * The source is treated as a sample too, so intervals are cautious for a copy made from that very source.
 * Sources: Newcombe 1998 (method 10); Zhao et al. 2017; Wang & Russakovsky 2021 on reading amplification.
 *
 * @param source - The original rows.
 * @param synthetic - The synthetic rows, with the same sensitive and label columns.
 * @param spec - See {@link BiasAmplificationSpec}.
 * @returns See {@link BiasAmplification}.
 * @throws {@link SynthproofError} `UNKNOWN_COLUMN`, `KIND_MISMATCH`, `EMPTY_INPUT`, `BAD_OPTION`, `OUT_OF_RANGE`, `ABORTED`.
 * @example
 * const source = createTable([categoryColumn('sex', ['f', 'f', 'm', 'm']), booleanColumn('hired', [true, false, true, true])]);
 * const copy = createTable([categoryColumn('sex', ['f', 'm', 'm', 'm']), booleanColumn('hired', [false, true, true, true])]);
 * const found = biasAmplification(source, copy, { sensitive: ['sex'], label: { column: 'hired' }, seed: 'demo', minN: 1 });
 * found.parity.map((one) => [one.source, one.synthetic]); // => [[0.5, 1], [0.5, 0]]
 */
export function biasAmplification(source: Table, synthetic: Table, spec: BiasAmplificationSpec): BiasAmplification {
  const { sensitive, label, seed } = spec;
  if (typeof seed !== 'string')
    throw new SynthproofError('BAD_OPTION', `seed: expected a text, received ${typeof seed}`, { argument: 'seed' });
  checkTables({ source, synthetic }, [
    ['sensitive', sensitive],
    ['label', label === undefined ? [] : [label]],
  ]);
  const before = groupTable(source, { sensitive });
  const after = groupTable(synthetic, { sensitive });
  if (label === undefined) return amplificationOf(before, after, null, null, spec, createRng(seed));
  return amplificationOf(
    before,
    after,
    groupTable(source, { sensitive, label }),
    groupTable(synthetic, { sensitive, label }),
    spec,
    createRng(seed),
  );
}

/** The same from group tables: all rows for shares, labelled rows for rates. */
export function amplificationOf(
  before: GroupTable,
  after: GroupTable,
  labelledBefore: GroupTable | null,
  labelledAfter: GroupTable | null,
  spec: Omit<BiasAmplificationSpec, 'sensitive' | 'seed' | 'label'>,
  rng: Rng,
): BiasAmplification {
  const options = rateOptions(spec);
  const { permutations = 999, adjust = 'holm' } = spec;
  if (adjust !== 'holm' && adjust !== 'benjamini-hochberg')
    throw new SynthproofError(
      'BAD_OPTION',
      `adjust: expected 'holm' or 'benjamini-hochberg', received ${String(adjust)}`,
      { argument: 'adjust' },
    );
  checkWhole('permutations', permutations, 1, 1e7);
  const shares = representationOf(after, before, null, options);
  const rows = { source: before.rows, synthetic: after.rows };
  const empty = { rates: [], pooledRate: null, parity: [], gap: null, zhao: null, directional: null };
  const finish = (
    rest: Pick<BiasAmplification, 'rates' | 'pooledRate' | 'parity' | 'gap' | 'zhao' | 'directional'>,
    leftOut: BiasAmplification['leftOut'],
  ): BiasAmplification => {
    const p = [...shares.groups.map((one) => one.pValue), ...rest.rates.map((one) => one.pValue)];
    const tested = p.filter((one) => one !== null);
    const adjusted = adjustPValues(tested, adjust);
    let next = 0;
    const aligned = p.map((one) => (one === null ? null : adjusted[next++]!));
    const cut = shares.groups.length;
    return {
      sensitive: before.sensitive,
      rows,
      leftOut,
      shares,
      sharesAdjusted: aligned.slice(0, cut),
      ...rest,
      rates: rest.rates.map((one, k) => ({ ...one, pAdjusted: aligned[cut + k]! })),
      tests: tested.length,
      adjust,
    };
  };
  if (labelledBefore === null || labelledAfter === null) return finish(empty, { source: 0, synthetic: 0 });
  const leftOut = { source: labelledBefore.leftOut.missingLabel, synthetic: labelledAfter.leftOut.missingLabel };
  const sides = [labelledBefore, labelledAfter].map((cells) => {
    const byLabel = new Map<string, { n: number; k: number }>();
    for (const one of cellsByGroup(cells, undefined)) {
      const sums = sumCells(one.members);
      byLabel.set(one.label, { n: sums.n[0]! + sums.n[2]!, k: sums.n[2]! });
    }
    return byLabel;
  });
  const [left, right] = sides as [Map<string, { n: number; k: number }>, Map<string, { n: number; k: number }>];
  const changeOf = (
    group: string,
    values: readonly string[],
    a: { n: number; k: number },
    b: { n: number; k: number },
  ): RateChange => {
    const [x, y] = [a, b].map(({ n, k }) =>
      measureOf(
        { n: Float64Array.of(n - k, 0, k, 0), w: Float64Array.of(n - k, 0, k, 0), w2: Float64Array.of(n - k, 0, k, 0) },
        'baseRate',
        options,
      ),
    ) as [Measure, Measure];
    const base = { group, values, source: x, synthetic: y, pAdjusted: null };
    if (x.value === null || y.value === null) return { ...base, change: null, interval: null, pValue: null };
    const ends = newcombeEnds(y.value, b.n, x.value, a.n, zFor(options.level));
    return {
      ...base,
      change: y.value - x.value,
      interval: { lower: ends[0], upper: ends[1], level: options.level, method: 'newcombe' },
      pValue: twoProportionP(y.value, b.n, x.value, a.n),
    };
  };
  const none = { n: 0, k: 0 };
  const rates = shares.groups.map((one) =>
    changeOf(one.group, one.values, left.get(one.group) ?? none, right.get(one.group) ?? none),
  );
  const pool = (side: Map<string, { n: number; k: number }>): { n: number; k: number } => {
    const sum = { n: 0, k: 0 };
    for (const group of shares.suppressed.groups) {
      sum.n += side.get(group)?.n ?? 0;
      sum.k += side.get(group)?.k ?? 0;
    }
    return sum;
  };
  const pooledRate = shares.pooled === null ? null : changeOf(POOLED, [], pool(left), pool(right));
  const both = rates
    .filter((one) => one.change !== null)
    .map((one) => ({ group: one.group, a: left.get(one.group)!, b: right.get(one.group)! }));
  const parity = parityChanges(both, options.level, permutations, rng, spec);
  const directional = directionalOf(both, options.level, permutations, rng.stream('directional'), spec);
  return finish(
    {
      rates,
      pooledRate,
      parity,
      gap: gapOf(both, options.level),
      zhao: zhaoOf(left, right, options.level),
      directional,
    },
    leftOut,
  );
}
