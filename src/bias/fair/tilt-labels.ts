import { SynthproofError } from '../../errors.ts';
import { exp } from '../../math/exp.ts';
import { log } from '../../math/log.ts';
import { deriveKey } from '../../random/derive-key.ts';
import { threefryBlock } from '../../random/threefry-block.ts';
import { booleanColumn } from '../../table/boolean-column.ts';
import { categoryColumn } from '../../table/category-column.ts';
import { replaceColumn } from '../../table/replace-column.ts';
import type { CategoryColumn, Column, Table } from '../../types.ts';
import { encodeOutcome, OUTCOME_MISSING } from '../internal-encode.ts';
import { indexGroups } from '../internal-index.ts';
import type { FairTarget } from './fair-target-types.ts';

/** Options of {@link tiltLabels}. */
export interface TiltLabelsOptions {
  /** Probability of the positive label for each row before the tilt, 0 to 1: from {@link labelProbabilities} or {@link cartLabelProbabilities}. */
  readonly probabilities: ArrayLike<number>;
  /** Seed; any text. */
  readonly seed: string;
  /** Index of the first row: rows of a shard draw what they would draw in the whole. Default 0. */
  readonly offset?: number | undefined;
  /** Thresholds of an earlier call (`groups`), so that shards are cut alike; then totals are not made exact again, and groups not listed keep their labels. Default none. */
  readonly thresholds?: readonly TiltedGroup[] | undefined;
}

/** One group of {@link TiltedLabels}. */
export interface TiltedGroup {
  /** The group's levels. */
  readonly values: readonly string[];
  /** Rows. */
  readonly rows: number;
  /** Positive rows before the tilt: by the table's label, or expected where the table has none. */
  readonly before: number;
  /** Positive rows that the target wants, not rounded. */
  readonly wanted: number;
  /** Positive rows after. */
  readonly after: number;
  /** Shift of the log odds at which the expected number of positive rows is the wanted one; null where no shift reaches it. */
  readonly shift: number | null;
  /** Shift that gives the exact total with these draws: a row is positive when logit(u) - logit(p) is below it. */
  readonly threshold: number;
}

/** Result of {@link tiltLabels}. */
export interface TiltedLabels {
  /** The table with its label replaced (or added as last column). */
  readonly table: Table;
  /** What was done, JSON-safe for the lineage record. */
  readonly tilt: {
    /** Always `label`: features and groups stay as they are. */
    readonly direction: 'label';
    /** Seed. */
    readonly seed: string;
    /** Strength of the target. */
    readonly strength: number;
    /** Rows whose label changed; null where the table had none. */
    readonly changed: number | null;
    /** One entry per group of the table. */
    readonly groups: readonly TiltedGroup[];
  };
}

/** Infinite thresholds are written as this, so that JSON keeps them. */
const FAR = 1e300;

/**
 * Label-side tilt: features and groups stay, labels are drawn anew so that each group has the target's share of positive
 * ones: logit q(y | x, group) = logit p(y | x, group) + shift of the group.
 *
 * Every row has a uniform number u, and is positive when logit(u) - logit(p) lies below its group's threshold; threshold
 * 0 gives the labels before the tilt. The threshold that the expected total asks for is found by bisection (`shift`); the
 * one used is the nearest that makes the group's total exact (Rosen 1997, Pareto sampling with permanent random numbers).
 * So labels flip one way within a group, and no more than the target asks. u depends on the seed and the row's number;
 * where the table has labels it is drawn from the part of [0, 1) that agrees with the row's label, so that an untilted
 * row keeps it. Row i thus depends on the seed, i, its own cells and one number per group: hand `groups` to other shards.
 *
 * @param table - Rows with the sensitive columns; a category or boolean label is replaced, an absent one is added.
 * @param target - From {@link fairTarget}, with a positive label, two classes and no kept margins.
 * @param options - See {@link TiltLabelsOptions}.
 * @returns The table, and what was done.
 * @throws {@link SynthproofError} `CONSTRAINT_UNMET` when a group has too few rows whose label can flip (p of 0 or 1);
 * `BAD_OPTION`, `BAD_VALUE` (a probability outside [0, 1], a missing label), `LENGTH_MISMATCH`, `UNKNOWN_COLUMN`, `KIND_MISMATCH`,
 * `SPEC_MISMATCH` (groups or label levels that the target does not know).
 * @example
 * const rows = fromColumns({ sex: ['f', 'f', 'f', 'f', 'm', 'm', 'm', 'm'], hired: [true, false, false, false, true, true, true, false] });
 * const target = fairTarget(rows, { sensitive: ['sex'], label: { column: 'hired' }, minGroupRows: 1 });
 * const { tilt } = tiltLabels(rows, target, { probabilities: [0.5, 0.4, 0.3, 0.2, 0.8, 0.7, 0.6, 0.5], seed: 'demo' });
 * tilt.groups.map((group) => [group.before, group.wanted, group.after]); // => [[1, 2, 2], [3, 2, 2]]
 */
export function tiltLabels(table: Table, target: FairTarget, options: TiltLabelsOptions): TiltedLabels {
  const { probabilities, seed, offset = 0, thresholds } = options;
  check(table, target, options, offset);
  const groups = indexGroups(table, target.sensitive, []);
  const before = labelsBefore(table, target);
  const scores = rowScores(probabilities, before, seed, offset);
  const lists = new Map<number, number[]>();
  for (let i = 0; i < table.rowCount; i++) {
    const list = lists.get(groups.index[i]!);
    if (list === undefined) lists.set(groups.index[i]!, [i]);
    else list.push(i);
  }
  const yes = target.classes.indexOf(target.positive!);
  const after = new Uint8Array(table.rowCount);
  const out: TiltedGroup[] = [];
  for (const g of [...lists.keys()].sort((a, b) => a - b)) {
    const rows = lists.get(g)!;
    const values = groups.codesOf(g).map((code, k) => groups.levels[k]![code]!);
    const known = target.groups.find((group) => same(group.values, values));
    if (known === undefined)
      throw new SynthproofError(
        'SPEC_MISMATCH',
        `target: it has no group (${values.join(', ')}), of which the table has ${rows.length} rows; make it from a source with such rows, or drop them`,
        { argument: 'target' },
      );
    const wanted = known.targetLabels[yes]! * rows.length;
    const threshold =
      thresholds === undefined
        ? exactThreshold(rows, scores, Math.round(wanted), values)
        : (thresholds.find((group) => same(group.values, values))?.threshold ?? 0);
    let count = 0;
    let had = 0;
    for (const row of rows) {
      after[row] = scores[row]! < threshold ? 1 : 0;
      count += after[row]!;
      had += before === null ? probabilities[row]! : before[row]!;
    }
    const shift = expectedShift(rows, probabilities, wanted);
    out.push({ values, rows: rows.length, before: had, wanted, after: count, shift, threshold });
  }
  let changed = 0;
  for (let i = 0; before !== null && i < after.length; i++) if (after[i] !== before[i]) changed++;
  return {
    table: replaceColumn(table, labelColumn(table, target, after)),
    tilt: {
      direction: 'label',
      seed,
      strength: target.strength,
      changed: before === null ? null : changed,
      groups: out,
    },
  };
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value, k) => value === b[k]);
}

function check(table: Table, target: FairTarget, { probabilities, seed }: TiltLabelsOptions, offset: number): void {
  const bad = (code: 'BAD_OPTION' | 'LENGTH_MISMATCH', argument: string, what: string): SynthproofError =>
    new SynthproofError(code, `${argument}: ${what}`, { argument });
  if (target.kind !== 'fair-target' || target.version !== 1)
    throw bad('BAD_OPTION', 'target', 'expected the result of fairTarget; pass it unchanged');
  if (target.positive === null || target.classes.length !== 2)
    throw bad(
      'BAD_OPTION',
      'target',
      `the label side needs two label levels and a positive one, received ${target.classes.length} levels${target.positive === null ? ' and no positive one; name label.positive' : '; merge them, or tilt the feature side'}`,
    );
  if (target.keep.length > 0)
    throw bad('BAD_OPTION', 'target', 'the label side cannot keep margins; tilt the feature side, or leave keep out');
  if (typeof seed !== 'string') throw bad('BAD_OPTION', 'seed', `expected a text, received ${typeof seed}`);
  if (typeof probabilities !== 'object' || probabilities === null)
    throw bad(
      'BAD_OPTION',
      'probabilities',
      `expected one number per row, received ${typeof probabilities}; see labelProbabilities`,
    );
  if (probabilities.length !== table.rowCount)
    throw bad(
      'LENGTH_MISMATCH',
      'probabilities',
      `expected ${table.rowCount}, one per row, received ${probabilities.length}`,
    );
  if (!Number.isSafeInteger(offset) || offset < 0)
    throw bad('BAD_OPTION', 'offset', `expected a whole number of at least 0, received ${offset}`);
  for (let i = 0; i < probabilities.length; i++)
    if (!(probabilities[i]! >= 0 && probabilities[i]! <= 1))
      throw new SynthproofError(
        'BAD_VALUE',
        `probabilities: expected numbers from 0 to 1, received ${probabilities[i]}`,
        {
          argument: 'probabilities',
          row: i,
        },
      );
}

/** 1 or 0 per row; null where the table has no label yet. */
function labelsBefore(table: Table, target: FairTarget): Uint8Array | null {
  const column = table.columns.find((one) => one.name === target.label);
  if (column === undefined) return null;
  if (column.kind !== 'boolean' && column.kind !== 'category')
    throw new SynthproofError(
      'KIND_MISMATCH',
      `table: the label "${column.name}" is of kind ${column.kind}; cast it to boolean or category`,
      { argument: 'table', column: column.name },
    );
  const strange = column.kind === 'category' ? strangeLevel(column, target.classes) : undefined;
  if (strange !== undefined)
    throw new SynthproofError(
      'SPEC_MISMATCH',
      `table: the label of some rows is "${strange}", the target knows ${target.classes.join(' and ')}; it would be overwritten: merge the levels, or leave such rows out`,
      { argument: 'table', column: target.label },
    );
  const codes = encodeOutcome(column, { column: target.label, positive: target.positive! }, 'label');
  const missing = codes.indexOf(OUTCOME_MISSING);
  if (missing >= 0)
    throw new SynthproofError('BAD_VALUE', `table: the label of row ${missing} is missing; leave such rows out`, {
      argument: 'table',
      column: target.label,
      row: missing,
    });
  return codes;
}

/** A level that occurs, but not among the classes. */
function strangeLevel({ codes, labels }: CategoryColumn, classes: readonly string[]): string | undefined {
  const strange = labels.map((level) => !classes.includes(level));
  const code = codes.find((one) => one >= 0 && strange[one]!);
  return code === undefined ? undefined : labels[code];
}

/** logit(u) - logit(p) per row: below 0 exactly where the label before the tilt is positive. */
function rowScores(p: ArrayLike<number>, before: Uint8Array | null, seed: string, offset: number): Float64Array {
  const [k0, k1, k2, k3] = deriveKey(seed, 'fair/labels/1') as unknown as [number, number, number, number];
  const words = new Uint32Array(4);
  const out = new Float64Array(p.length);
  for (let i = 0; i < out.length; i++) {
    const row = offset + i;
    threefryBlock(k0, k1, k2, k3, 0, 0, row, Math.floor(row / 4_294_967_296), words);
    // The middle of one of 2^52 parts of (0, 1), so that no logarithm is infinite.
    const v = (words[0]! * 1_048_576 + (words[1]! >>> 12) + 0.5) / 4_503_599_627_370_496;
    out[i] = score(p[i]!, v, before === null ? -1 : before[i]!);
  }
  return out;
}

/**
 * logit(u) - logit(p) with u = v, or, for a known label y, u uniform below p (y = 1) or above it (y = 0). A label that
 * p holds for impossible is taken as it is and never flips.
 */
function score(p: number, v: number, y: number): number {
  const open = p > 0 && p < 1;
  if (y === 1) return open ? log(v) + log(1 - p) - log(1 - p * v) : -FAR;
  if (y === 0) return open ? log(p + (1 - p) * v) - log(1 - v) - log(p) : FAR;
  if (p === 0) return FAR;
  return p === 1 ? -FAR : log(v) - log(1 - v) - log(p) + log(1 - p);
}

/** A threshold below which lie exactly `wanted` of the rows' scores. */
function exactThreshold(
  rows: readonly number[],
  scores: Float64Array,
  wanted: number,
  values: readonly string[],
): number {
  const sorted = Float64Array.from(rows, (row) => scores[row]!).sort();
  const low = wanted === 0 ? -FAR : sorted[wanted - 1]!;
  const high = wanted === sorted.length ? FAR : sorted[wanted]!;
  if (low === FAR || high === -FAR || low === high) {
    const fixed = low === FAR ? 'at most' : 'at least';
    const count = low === FAR ? sorted.filter((one) => one < FAR).length : sorted.filter((one) => one === -FAR).length;
    throw new SynthproofError(
      'CONSTRAINT_UNMET',
      `probabilities: the group (${values.join(', ')}) can have ${fixed} ${count} positive rows of ${rows.length}, since the others have probability 0 or 1; ${wanted} are wanted; use smoother probabilities (labelProbabilities), or a lower strength`,
      { argument: 'probabilities' },
    );
  }
  if (wanted === sorted.length) return Math.max(0, low + 1);
  // 0 keeps the labels that are there; otherwise the middle of the gap.
  if (low < 0 && high >= 0) return 0;
  const middle = low + (high - low) / 2;
  return middle > low ? middle : high;
}

/** The shift at which the expected number of positive rows is `wanted`, by bisection; null where none reaches it. */
function expectedShift(rows: readonly number[], p: ArrayLike<number>, wanted: number): number | null {
  const expected = (shift: number): number => {
    const factor = exp(shift);
    let total = 0;
    for (const row of rows) {
      const q = p[row]! * factor;
      total += q > 0 ? q / (q + (1 - p[row]!)) : 0;
    }
    return total;
  };
  let low = -40;
  let high = 40;
  if (expected(low) > wanted || expected(high) < wanted) return null;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (expected(middle) < wanted) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function labelColumn(table: Table, target: FairTarget, after: Uint8Array): Column {
  const old = table.columns.find((one) => one.name === target.label);
  const other = target.classes.find((level) => level !== target.positive)!;
  if (old?.kind === 'boolean' || (old === undefined && same([...target.classes].sort(), ['false', 'true'])))
    return booleanColumn(
      target.label,
      Array.from(after, (yes) => (yes === 1) === (target.positive === 'true')),
    );
  const labels = old?.kind === 'category' ? [...new Set([...old.labels, ...target.classes])] : target.classes;
  return categoryColumn(
    target.label,
    Array.from(after, (yes) => (yes === 1 ? target.positive! : other)),
    labels,
  );
}
