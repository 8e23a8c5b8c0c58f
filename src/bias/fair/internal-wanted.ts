import { SynthproofError } from '../../errors.ts';
import { pow } from '../../math/pow.ts';
import { sum } from '../../math/sum.ts';
import { type RakeMargin, type RakeResult, rake } from '../../stats/rake.ts';
import type { FairTargetSpec } from './fair-target-types.ts';
import { codesOf, type Joint, marginOf } from './internal-joint.ts';

/** Raking stops here: below what a row of the largest sample could show. */
const TOLERANCE = 1e-10;

/** A refusal of a target that cannot be met, with the margin that blocks it. */
export function unmet(argument: string, what: string, remedy: string): SynthproofError {
  return new SynthproofError('CONSTRAINT_UNMET', `${argument}: ${what}; ${remedy}`, { argument });
}

/** Shares of the groups that the target asks for: the source's, or raked to the wanted shares of single columns. */
export function groupMargin(joint: Joint, source: Float64Array, spec: FairTargetSpec): Float64Array {
  const { groupShares } = spec;
  if (groupShares === undefined) return source;
  const axes = spec.sensitive.map((_, k) => k);
  const shape = axes.map((axis) => joint.shape[axis]!);
  const margins: RakeMargin[] = [];
  for (const [name, shares] of Object.entries(groupShares)) {
    const axis = spec.sensitive.indexOf(name);
    if (axis < 0)
      throw new SynthproofError(
        'UNKNOWN_COLUMN',
        `groupShares: "${name}" is not among the sensitive columns ${spec.sensitive.join(', ')}; name it there`,
        { argument: 'groupShares', column: name },
      );
    const levels = joint.levels[axis]!;
    for (const level of Object.keys(shares))
      if (!levels.includes(level) && shares[level] !== 0)
        throw unmet(
          'groupShares',
          `no source row has ${name} = "${level}"`,
          'no tilt can make rows of a group that the source lacks: drop it, or give the source such rows',
        );
    const totals = levels.map((level) => shares[level] ?? 0);
    requireShares('groupShares', totals, `the shares of "${name}"`);
    margins.push({ axes: [axis], totals });
  }
  if (margins.length === 0) return source;
  const raked = rake(source, shape, margins, { tolerance: TOLERANCE });
  if (raked.status !== 'met') {
    const { margin, level } = raked.worst;
    const axis = margins[margin]!.axes[0]!;
    throw unmet(
      'groupShares',
      `the shares cannot be met together; ${spec.sensitive[axis]} = "${joint.levels[axis]![level]}" blocks (wanted ${raked.worst.wanted.toFixed(4)}, reached ${raked.worst.reached.toFixed(4)})`,
      'give shares of fewer columns',
    );
  }
  return raked.cells;
}

/** Refuses shares that are negative or do not add up to 1. */
export function requireShares(argument: string, shares: readonly number[], what: string): void {
  const total = shares.every((share) => share >= 0 && share <= 1) ? sum(shares) : Number.NaN;
  if (!(Math.abs(total - 1) <= 1e-9))
    throw new SynthproofError(
      'OUT_OF_RANGE',
      `${argument}: expected ${what} to be numbers from 0 to 1 that add up to 1, received ${shares.join(', ')}${Number.isNaN(total) ? '' : ` (total ${total})`}; mend them`,
      { argument },
    );
}

/** The caller's own target as a table over groups and labels. */
export function givenTarget(joint: Joint, spec: FairTargetSpec): Float64Array {
  const axes = spec.sensitive.length + 1;
  const shape = joint.shape.slice(0, axes);
  const out = new Float64Array(shape.reduce((product, levels) => product * levels, 1));
  const list = spec.target!;
  requireShares(
    'target',
    list.map((cell) => cell.share),
    'the shares of the cells',
  );
  for (const { group, label, share } of list) {
    const values = [...group, label];
    const codes = values.map((value, k) => joint.levels[k]?.indexOf(value) ?? -1);
    if (values.length !== axes || (codes.includes(-1) && share > 0))
      throw unmet(
        'target',
        `no source row has the cell (${values.join(', ')}), of which ${share} of the rows are wanted`,
        `use levels of ${joint.columns.slice(0, axes).join(', ')} that occur in the source`,
      );
    if (codes.includes(-1)) continue;
    let cell = 0;
    for (let k = 0; k < axes; k++) cell = cell * shape[k]! + codes[k]!;
    out[cell]! += share;
  }
  return out;
}

/** Group and label independent, except in groups that keep their own labels. */
export function independentTarget(
  source: Float64Array,
  groups: Float64Array,
  classes: number,
  exempt: ReadonlySet<number>,
): Float64Array {
  const out = new Float64Array(source.length);
  const left = marginOf(source, [groups.length, classes], [1]);
  let share = 1;
  for (const g of exempt) {
    share -= groups[g]!;
    for (let y = 0; y < classes; y++) {
      const own = groups[g]! * (source[g * classes + y]! / rowTotal(source, g, classes));
      out[g * classes + y] = own;
      left[y] = left[y]! - own;
    }
  }
  if (!(share > 0) || left.some((rest) => rest < -1e-12))
    throw unmet(
      'emptyCells',
      'the groups that keep their own labels leave no common label share for the others',
      'merge small groups of the sensitive columns before the fit',
    );
  for (let g = 0; g < groups.length; g++)
    if (!exempt.has(g))
      for (let y = 0; y < classes; y++) out[g * classes + y] = (groups[g]! * Math.max(0, left[y]!)) / share;
  return out;
}

function rowTotal(source: Float64Array, g: number, classes: number): number {
  let total = 0;
  for (let y = 0; y < classes; y++) total += source[g * classes + y]!;
  return total;
}

/** The geometric path between source and target, with the target's group and label totals. */
export function pathBetween(
  source: Float64Array,
  target: Float64Array,
  shape: readonly [number, number],
  strength: number,
): Float64Array {
  if (strength === 1) return target;
  const start = source.map((p, cell) =>
    p > 0 && target[cell]! > 0 ? pow(p, 1 - strength) * pow(target[cell]!, strength) : 0,
  );
  const margins: RakeMargin[] = [
    { axes: [0], totals: marginOf(target, shape, [0]) },
    { axes: [1], totals: marginOf(target, shape, [1]) },
  ];
  const raked = rake(start, shape, margins, { tolerance: TOLERANCE });
  if (raked.status !== 'met')
    throw unmet(
      'strength',
      `no table on the way at strength ${strength} has the target's group and label totals`,
      'use strength 1, or a target with fewer empty cells',
    );
  return raked.cells;
}

/** The full joint nearest to the source that has the wanted (group, label) cells and the kept margins, or a refusal that names what blocks. */
export function withKept(joint: Joint, wanted: Float64Array, spec: FairTargetSpec): Float64Array {
  const keep = spec.keep ?? [];
  if (keep.length === 0) return wanted;
  const { shape, columns } = joint;
  const source = joint.counts.map((n) => n / joint.rows);
  const first: RakeMargin = { axes: spec.sensitive.map((_, k) => k).concat(spec.sensitive.length), totals: wanted };
  const kept = keep.map((names): RakeMargin => {
    const axes = names.map((name) => columns.indexOf(name)).sort((a, b) => a - b);
    return { axes, totals: marginOf(source, shape, axes) };
  });
  const raked = rake(source, shape, [first, ...kept], { tolerance: TOLERANCE, maxCycles: 20_000 });
  if (raked.status === 'met') return raked.cells;
  // The margin whose removal mends it is the one that blocks.
  const blocking = kept.findIndex(
    (_, m) =>
      rake(source, shape, [first, ...kept.filter((_, other) => other !== m)], { tolerance: TOLERANCE }).status ===
      'met',
  );
  throw unmet(
    'keep',
    `${blocking < 0 ? 'the kept margins' : `the margin (${keep[blocking]!.join(', ')})`} cannot be kept together with the wanted ${spec.sensitive.join(' x ')} x ${spec.label.column} shares (${describeWorst(raked, joint, [first, ...kept])}, ${raked.status} after ${raked.cycles} cycles)`,
    'keep fewer margins, or lower strength',
  );
}

function describeWorst({ worst }: RakeResult, joint: Joint, margins: readonly RakeMargin[]): string {
  const { axes } = margins[worst.margin]!;
  const codes = codesOf(
    worst.level,
    axes.map((axis) => joint.shape[axis]!),
  );
  const cell = axes.map((axis, k) => `${joint.columns[axis]} = "${joint.levels[axis]![codes[k]!]}"`).join(', ');
  return `furthest off: ${cell}, wanted ${worst.wanted.toFixed(4)}, reached ${worst.reached.toFixed(4)}`;
}
