import { SynthproofError } from '../../errors.ts';
import { sum } from '../../math/sum.ts';
import type { Table } from '../../types.ts';
import { checkOutcome } from '../internal-encode.ts';
import type { FairTarget, FairTargetGroup, FairTargetSpec } from './fair-target-types.ts';
import { codesOf, countJoint, type Joint, marginOf, widestGap } from './internal-joint.ts';
import { givenTarget, groupMargin, independentTarget, pathBetween, unmet, withKept } from './internal-wanted.ts';

/**
 * The wanted joint distribution of groups and labels: label parity in the data, wholly or in part, with group shares and
 * other margins as asked.
 *
 * It is the distribution nearest to the source in Kullback-Leibler divergence that has the wanted cells of group and
 * label (an I-projection; Csiszar 1975); between source and target it follows the geometric path. Parity of the labels says nothing of what a model
 * learns from them: proxies remain, see {@link fairTradeOff}.
 *
 * @param source - The rows whose distribution is tilted.
 * @param spec - See {@link FairTargetSpec}.
 * @returns Cells with source and target shares, what the tilt costs, and what was left out. JSON-safe.
 * @throws {@link SynthproofError} `CONSTRAINT_UNMET` for a target that no rows of the source can meet, with the blocking
 * margin or cell; `UNKNOWN_COLUMN`, `KIND_MISMATCH` (a continuous column: bin it first), `BAD_OPTION`, `OUT_OF_RANGE`
 * (strength, shares that do not add up to 1), `EMPTY_INPUT`, `BAD_VALUE` (a group below `minGroupRows`).
 * @example
 * const source = fromColumns({ sex: ['f', 'f', 'f', 'm', 'm', 'm'], hired: [true, false, false, true, true, false] });
 * const target = fairTarget(source, { sensitive: ['sex'], label: { column: 'hired' }, minGroupRows: 1 });
 * target.cells.map((cell) => cell.target); // => [0.25, 0.25, 0.25, 0.25]
 * target.labelGap.target; // => 0
 */
export function fairTarget(source: Table, spec: FairTargetSpec): FairTarget {
  const { sensitive, label, strength = 1, keep = [], minGroupRows = 10, emptyCells = 'refuse' } = spec;
  const columns = checkSpec(spec, strength, minGroupRows);
  const joint = countJoint(source, columns, label.column);
  const classes = joint.levels[sensitive.length] ?? [];
  if (joint.rows === 0 || classes.length < 2)
    throw new SynthproofError(
      'EMPTY_INPUT',
      `source: expected rows with at least two levels of "${label.column}", received ${joint.rows} labelled rows with ${classes.length}; there is nothing to tilt`,
      { argument: 'source', column: label.column },
    );
  const positive = positiveOf(spec, classes);
  const axes = sensitive.map((_, k) => k);
  const groupShape = joint.shape.slice(0, sensitive.length);
  const shape: readonly [number, number] = [groupShape.reduce((product, n) => product * n, 1), classes.length];
  const cells = marginOf(joint.counts, joint.shape, [...axes, sensitive.length]).map((n) => n / joint.rows);
  const sizes = marginOf(cells, shape, [0]);
  checkSizes(joint, sizes, minGroupRows, sensitive.length);
  const nameOf = (g: number): string[] => codesOf(g, groupShape).map((code, k) => joint.levels[k]![code]!);
  const exempt = new Set<number>();
  let full: Float64Array;
  if (spec.target === undefined) {
    for (let g = 0; g < shape[0]; g++)
      for (let y = 0; y < shape[1]; y++) if (sizes[g]! > 0 && cells[g * shape[1] + y] === 0) exempt.add(g);
    if (exempt.size > 0 && emptyCells === 'refuse') throw emptyCell(nameOf([...exempt][0]!), spec, exempt.size);
    full = independentTarget(cells, groupMargin(joint, sizes, spec), shape[1], exempt);
  } else {
    full = givenTarget(joint, spec);
    for (let cell = 0; cell < full.length; cell++)
      if (full[cell]! > 0 && cells[cell] === 0) throw emptyCell(nameOf(Math.floor(cell / shape[1])), spec, 1);
  }
  const wanted = pathBetween(cells, full, shape, strength);
  const reached = withKept(joint, wanted, spec);
  const shares = joint.counts.map((n) => n / joint.rows);
  const terms = shares.map((p, cell) => (p > 0 ? (reached[cell]! * reached[cell]!) / p : 0));
  const effectiveShare = Math.min(1, 1 / sum(terms));
  const maxWeight = shares.reduce((most, p, cell) => (p > 0 ? Math.max(most, reached[cell]! / p) : most), 0);
  const groups = describeGroups(joint, cells, wanted, shape, nameOf);
  const warnings: FairTarget['warnings'][number][] = [];
  if (effectiveShare < 0.3) warnings.push('LOW_EFFECTIVE_SHARE');
  if (maxWeight > 20) warnings.push('LARGE_WEIGHT');
  return {
    kind: 'fair-target',
    version: 1,
    sensitive: [...sensitive],
    label: label.column,
    positive,
    classes,
    columns,
    strength,
    aim: spec.target === undefined ? 'independence' : 'given',
    keep: keep.map((names) => [...names]),
    cells: describeCells(joint, shares, reached),
    groups,
    backedOff: [...exempt].map(nameOf),
    labelGap: {
      source: widestGap(groups.map((group) => group.sourceLabels)),
      target: widestGap(groups.filter((group) => group.targetShare > 0).map((group) => group.targetLabels)),
    },
    effectiveShare,
    maxWeight,
    warnings,
    rows: joint.rows,
    leftOut: joint.leftOut,
  };
}

/** Checks what does not need the rows, and gives the columns of the cells. */
function checkSpec(spec: FairTargetSpec, strength: number, minGroupRows: number): string[] {
  const bad = (argument: string, what: string): SynthproofError =>
    new SynthproofError('BAD_OPTION', `${argument}: ${what}`, { argument });
  const { sensitive, label, keep = [], emptyCells = 'refuse' } = spec;
  if (!Array.isArray(sensitive) || sensitive.length === 0)
    throw bad('sensitive', 'expected at least one column name, received none; name the columns that form the groups');
  checkOutcome(label, 'label');
  if (emptyCells !== 'refuse' && emptyCells !== 'back-off')
    throw bad('emptyCells', `expected 'refuse' or 'back-off', received ${String(emptyCells)}`);
  const first = [...sensitive, label.column];
  if (new Set(first).size !== first.length)
    throw bad('sensitive', `expected different columns, received ${first.join(', ')}; name each once, the label apart`);
  if (!(strength >= 0 && strength <= 1))
    throw new SynthproofError(
      'OUT_OF_RANGE',
      `strength: expected a number from 0 (source) to 1 (target), received ${strength}`,
      { argument: 'strength' },
    );
  if (!(Number.isSafeInteger(minGroupRows) && minGroupRows >= 1))
    throw bad('minGroupRows', `expected a whole number of at least 1, received ${minGroupRows}`);
  if (spec.target !== undefined && spec.groupShares !== undefined)
    throw bad('groupShares', 'the given target states the group shares already; give one of them');
  for (const names of keep)
    if (!Array.isArray(names) || names.length === 0 || new Set(names).size !== names.length)
      throw bad('keep', 'expected lists of different column names, one list per margin');
  return [...first, ...new Set(keep.flat().filter((name) => !first.includes(name)))];
}

function positiveOf({ label }: FairTargetSpec, classes: readonly string[]): string | null {
  const wanted =
    label.positive === undefined
      ? classes.every((one) => one === 'false' || one === 'true')
        ? 'true'
        : null
      : label.positive;
  if (wanted === null || classes.includes(String(wanted))) return wanted === null ? null : String(wanted);
  throw new SynthproofError(
    'BAD_OPTION',
    `label.positive: expected one of ${classes.slice(0, 10).join(', ')}, received ${String(wanted)}; a threshold needs a boolean column, derive it first`,
    { argument: 'label.positive', column: label.column },
  );
}

function checkSizes(joint: Joint, sizes: Float64Array, least: number, axes: number): void {
  for (let g = 0; g < sizes.length; g++) {
    const rows = Math.round(sizes[g]! * joint.rows);
    if (rows === 0 || rows >= least) continue;
    const values = codesOf(g, joint.shape.slice(0, axes)).map((code, k) => joint.levels[k]![code]!);
    throw new SynthproofError(
      'BAD_VALUE',
      `minGroupRows: the group (${values.join(', ')}) has ${rows} rows, fewer than ${least}; merge it with another group, or lower minGroupRows knowing that its rows are then copied many times over`,
      { argument: 'minGroupRows' },
    );
  }
}

function emptyCell(group: readonly string[], spec: FairTargetSpec, count: number): SynthproofError {
  return unmet(
    'emptyCells',
    `the group (${group.join(', ')}) has no row of a level of "${spec.label.column}" that the target asks for${count > 1 ? `, and ${count - 1} more groups` : ''}`,
    spec.target === undefined
      ? "merge the group with another one, or set emptyCells to 'back-off' to leave its labels as they are"
      : 'ask for 0 there, or merge the group with another one',
  );
}

function describeCells(joint: Joint, shares: Float64Array, reached: Float64Array): FairTarget['cells'] {
  const out: FairTarget['cells'][number][] = [];
  for (let cell = 0; cell < shares.length; cell++) {
    if (joint.counts[cell] === 0) continue;
    const values = codesOf(cell, joint.shape).map((code, k) => joint.levels[k]![code]!);
    out.push({ values, rows: joint.counts[cell]!, source: shares[cell]!, target: reached[cell]! });
  }
  return out;
}

function describeGroups(
  joint: Joint,
  cells: Float64Array,
  wanted: Float64Array,
  [size, classes]: readonly [number, number],
  nameOf: (g: number) => string[],
): FairTargetGroup[] {
  const before = marginOf(cells, [size, classes], [0]);
  const after = marginOf(wanted, [size, classes], [0]);
  const out: FairTargetGroup[] = [];
  for (let g = 0; g < size; g++) {
    if (before[g] === 0) continue;
    const within = (table: Float64Array, total: number): number[] =>
      Array.from(table.subarray(g * classes, (g + 1) * classes), (share) => share / total);
    const sourceLabels = within(cells, before[g]!);
    out.push({
      values: nameOf(g),
      rows: Math.round(before[g]! * joint.rows),
      sourceShare: before[g]!,
      targetShare: after[g]!,
      sourceLabels,
      targetLabels: after[g]! > 0 ? within(wanted, after[g]!) : sourceLabels,
    });
  }
  return out;
}
