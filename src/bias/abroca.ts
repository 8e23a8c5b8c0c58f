import { SynthproofError } from '../errors.ts';
import { fillShuffled } from '../random/fill-shuffled.ts';
import { adjustPValues } from '../stats/adjust-p-values.ts';
import type { Measure, Rng, Table } from '../types.ts';
import {
  checkRng,
  columnOf,
  encodeNumbers,
  OUTCOME_MISSING,
  type OutcomeSpec,
  readOutcome,
} from './internal-encode.ts';
import { indexGroups } from './internal-index.ts';
import { groupLabel, rateOptions } from './internal-rates.ts';

/** What {@link abroca} measures. */
export interface AbrocaSpec {
  /** Names of the sensitive columns; groups are their combinations. */
  readonly sensitive: readonly string[];
  /** The true outcome. */
  readonly label: OutcomeSpec;
  /** Name of the column of scores. */
  readonly score: string;
  /** Group to compare with (its levels joined with ' × '). Default: all other rows. */
  readonly reference?: string | undefined;
  /** Groups with fewer positives or negatives get no figure. Default 10. */
  readonly minN?: number | undefined;
  /** Random source of the permutation tests. Without it there is no p-value. */
  readonly rng?: Rng | undefined;
  /** Number of permutations. Default 999. */
  readonly permutations?: number | undefined;
}

/** A group's ROC curve against the reference's. */
export interface GroupAbroca {
  /** The group's levels joined with ' × '. */
  readonly group: string;
  /** Rows. */
  readonly n: number;
  /** Area between the two ROC curves, 0 = the same curve; permutation p (groups shuffled within each label). */
  readonly abroca: Measure & {
    /** Mean of the area when groups are shuffled within each label: it is never 0 in a sample. */
    readonly nullExpectation?: number | undefined;
  };
  /** AUC of the group minus AUC of the reference; permutation p, two-sided. */
  readonly aucGap: Measure;
  /** p-values of `abroca` adjusted over groups (Holm); null without one. */
  readonly pAdjusted: number | null;
}

/** Result of {@link abroca}. */
export interface AbrocaResult {
  /** The groups that occur, without the reference. */
  readonly groups: readonly GroupAbroca[];
  /** What they were compared with: a group, or `(all other rows)`. */
  readonly reference: string;
  /** Rows counted. */
  readonly rows: number;
  /** Rows left out because label or score is missing. */
  readonly leftOut: number;
}

/**
 * ABROCA: the absolute area between the ROC curves of a group and a reference, which sees differences that a gap of AUCs cancels
 * out.
 *
 * Curves join the points of all distinct scores by straight lines. The area is biased upward in small groups: compare it with
 * its `nullExpectation`.
 * Source: Gardner, Brooks & Baker 2019.
 *
 * @param table - The rows.
 * @param spec - See {@link AbrocaSpec}.
 * @returns See {@link AbrocaResult}.
 * @throws {@link SynthproofError} `UNKNOWN_COLUMN`, `KIND_MISMATCH`, `OUT_OF_RANGE`; `BAD_OPTION` for an unknown reference.
 * @example
 * const rows = createTable([
 *   categoryColumn('sex', ['f', 'f', 'm', 'm']),
 *   booleanColumn('y', [true, false, true, false]),
 *   numberColumn('score', [0.9, 0.1, 0.2, 0.6]),
 * ]);
 * const found = abroca(rows, { sensitive: ['sex'], label: { column: 'y' }, score: 'score', reference: 'm', minN: 1 });
 * [found.groups[0]?.abroca.value, found.groups[0]?.aucGap.value]; // => [1, 1]
 */
export function abroca(table: Table, spec: AbrocaSpec): AbrocaResult {
  const { minN = 10, rng, permutations = 999 } = spec;
  rateOptions({ minN });
  if (!(Number.isSafeInteger(permutations) && permutations >= 1 && permutations <= 1e6))
    throw new SynthproofError(
      'OUT_OF_RANGE',
      `permutations: expected a whole number from 1 to 1e6, received ${permutations}`,
      { argument: 'permutations' },
    );
  if (rng !== undefined) checkRng(rng, 'rng');
  const index = indexGroups(table, spec.sensitive, []);
  const labels = readOutcome(table, spec.label, 'label');
  const scores = encodeNumbers(columnOf(table, spec.score, 'score'), 'score');
  const kept: number[] = [];
  for (let i = 0; i < table.rowCount; i++) if (labels[i] !== OUTCOME_MISSING && !Number.isNaN(scores[i]!)) kept.push(i);
  kept.sort((a, b) => (scores[a] === scores[b] ? a - b : scores[a]! > scores[b]! ? -1 : 1));
  const names = new Map<number, string>();
  for (const row of kept) {
    const g = index.index[row]!;
    if (!names.has(g)) names.set(g, groupLabel(index.codesOf(g).map((code, c) => index.levels[c]![code]!)));
  }
  const reference = spec.reference === undefined ? null : [...names].find(([, name]) => name === spec.reference)?.[0];
  if (reference === undefined)
    throw new SynthproofError(
      'BAD_OPTION',
      `reference: no group "${spec.reference}"; groups are ${[...names.values()].slice(0, 10).join(', ')}`,
      { argument: 'reference' },
    );
  const others = [...names.keys()].filter((g) => g !== reference).sort((a, b) => a - b);
  const groups = others.map((g): GroupAbroca => {
    const rows =
      reference === null ? kept : kept.filter((row) => index.index[row] === g || index.index[row] === reference);
    const side = Uint8Array.from(rows, (row) => (index.index[row] === g ? 1 : 0));
    const y = Uint8Array.from(rows, (row) => labels[row]!);
    // Last row of each run of equal scores: a point of the curves.
    const ends = rows.flatMap((row, k) => (k + 1 === rows.length || scores[rows[k + 1]!] !== scores[row] ? [k] : []));
    return compare(names.get(g)!, side, y, ends, minN, rng?.stream(names.get(g)!), permutations);
  });
  const tested = groups.map((one) => one.abroca.pValue).filter((p) => p !== undefined);
  const adjusted = adjustPValues(tested, 'holm');
  let next = 0;
  return {
    groups: groups.map((one) => (one.abroca.pValue === undefined ? one : { ...one, pAdjusted: adjusted[next++]! })),
    reference: spec.reference ?? '(all other rows)',
    rows: kept.length,
    leftOut: table.rowCount - kept.length,
  };
}

function compare(
  group: string,
  side: Uint8Array,
  y: Uint8Array,
  ends: readonly number[],
  minN: number,
  rng: Rng | undefined,
  permutations: number,
): GroupAbroca {
  const n = side.reduce((sum, s) => sum + s, 0);
  const counts = [0, 0, 0, 0];
  for (let i = 0; i < y.length; i++) counts[side[i]! * 2 + y[i]!]!++;
  const area = { metric: 'abroca', range: [0, 1], goal: 'zero', n: y.length } as const;
  const gap = { metric: 'aucGap', range: [-1, 1], goal: 'zero', n: y.length } as const;
  const least = Math.max(1, minN);
  const reason =
    Math.min(counts[0]! + counts[1]!, n) === 0
      ? 'empty-group'
      : Math.min(counts[1]!, counts[3]!) < least
        ? Math.min(counts[1]!, counts[3]!) === 0
          ? 'no-positives'
          : 'few-positives'
        : Math.min(counts[0]!, counts[2]!) < least
          ? Math.min(counts[0]!, counts[2]!) === 0
            ? 'no-negatives'
            : 'few-negatives'
          : null;
  if (reason !== null)
    return {
      group,
      n,
      abroca: { ...area, value: null, reason },
      aucGap: { ...gap, value: null, reason },
      pAdjusted: null,
    };
  const found = curves(side, y, ends, counts);
  if (rng === undefined)
    return { group, n, abroca: { ...area, value: found.area }, aucGap: { ...gap, value: found.gap }, pAdjusted: null };
  const rowsOf = [0, 1].map((label) => Int32Array.from(y.keys()).filter((i) => y[i] === label));
  const sides = rowsOf.map((rows) => Uint8Array.from(rows, (i) => side[i]!));
  const shuffled = side.slice();
  let wider = 0;
  let further = 0;
  let sum = 0;
  for (let d = 0; d < permutations; d++) {
    for (const label of [0, 1]) {
      fillShuffled(sides[label]!, rng);
      const rows = rowsOf[label]!;
      for (let k = 0; k < rows.length; k++) shuffled[rows[k]!] = sides[label]![k]!;
    }
    const drawn = curves(shuffled, y, ends, counts);
    sum += drawn.area;
    if (drawn.area >= found.area - 1e-12) wider++;
    if (Math.abs(drawn.gap) >= Math.abs(found.gap) - 1e-12) further++;
  }
  return {
    group,
    n,
    abroca: {
      ...area,
      value: found.area,
      pValue: (1 + wider) / (1 + permutations),
      nullExpectation: sum / permutations,
    },
    aucGap: { ...gap, value: found.gap, pValue: (1 + further) / (1 + permutations) },
    pAdjusted: null,
  };
}

/** A ROC curve: its corners by rising false positive rate. */
interface Curve {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Area between the two ROC curves, and the difference of the areas under them. */
function curves(
  side: Uint8Array,
  y: Uint8Array,
  ends: readonly number[],
  counts: readonly number[],
): { area: number; gap: number } {
  const points = [0, 1].map(
    (): Curve => ({ x: new Float64Array(ends.length + 1), y: new Float64Array(ends.length + 1) }),
  );
  const seen = [0, 0, 0, 0];
  let at = 0;
  for (let k = 0; k < ends.length; k++) {
    for (; at <= ends[k]!; at++) seen[side[at]! * 2 + y[at]!]!++;
    for (let s = 0; s < 2; s++) {
      points[s]!.x[k + 1] = seen[s * 2]! / counts[s * 2]!;
      points[s]!.y[k + 1] = seen[s * 2 + 1]! / counts[s * 2 + 1]!;
    }
  }
  const [rest, group] = points as [Curve, Curve];
  return { area: areaBetween(group, rest), gap: areaUnder(group) - areaUnder(rest) };
}

function areaUnder({ x, y }: Curve): number {
  let sum = 0;
  for (let k = 1; k < x.length; k++) sum += ((x[k]! - x[k - 1]!) * (y[k]! + y[k - 1]!)) / 2;
  return sum;
}

/** Integral of |a - b| over both curves' corners; within a piece both are straight and may cross once. */
function areaBetween(a: Curve, b: Curve): number {
  let i = 0;
  let j = 0;
  let x = 0;
  let sum = 0;
  const skip = (c: Curve, k: number, to: number): number => {
    while (k + 1 < c.x.length && c.x[k + 1]! <= to) k++;
    return k;
  };
  i = skip(a, 0, 0);
  j = skip(b, 0, 0);
  const height = (c: Curve, k: number, to: number): number => {
    const width = c.x[k + 1]! - c.x[k]!;
    return c.y[k]! + ((c.y[k + 1]! - c.y[k]!) * (to - c.x[k]!)) / width;
  };
  while (i + 1 < a.x.length && j + 1 < b.x.length) {
    const end = Math.min(a.x[i + 1]!, b.x[j + 1]!);
    const before = height(a, i, x) - height(b, j, x);
    const after = height(a, i, end) - height(b, j, end);
    const width = end - x;
    sum +=
      before * after >= 0
        ? (width * Math.abs(before + after)) / 2
        : (width * (before * before + after * after)) / (2 * (Math.abs(before) + Math.abs(after)));
    x = end;
    i = skip(a, i, end);
    j = skip(b, j, end);
  }
  return sum;
}
