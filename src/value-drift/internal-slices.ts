import type { SliceDrift } from './drift-report.ts';
import type { GroupProfile } from './profile-values.ts';

/**
 * Splits each value's drift into parts of groups (Kitagawa 1955): within = mean share times change of the group's
 * mean, between = change of share times the group's mean above the overall mean. Over all groups the parts sum to the
 * drift. A group that one side lacks has no change of mean; its whole part is between.
 */
export function sliceDrifts(
  baseline: readonly GroupProfile[],
  current: readonly GroupProfile[],
  width: number,
): SliceDrift[] {
  const before = new Map(baseline.map((group) => [group.group, group]));
  const after = new Map(current.map((group) => [group.group, group]));
  const names = [...new Set([...before.keys(), ...after.keys()])].sort((a, b) =>
    a === null ? 1 : b === null ? -1 : a < b ? -1 : a > b ? 1 : 0,
  );
  const total = (groups: readonly GroupProfile[]): number => groups.reduce((n, group) => n + group.n, 0);
  const totals = [total(baseline), total(current)] as const;
  const parts = names.map((group) => ({
    group,
    shareBaseline: totals[0] === 0 ? 0 : (before.get(group)?.n ?? 0) / totals[0],
    shareCurrent: totals[1] === 0 ? 0 : (after.get(group)?.n ?? 0) / totals[1],
    within: [] as (number | null)[],
    between: [] as (number | null)[],
  }));
  for (let v = 0; v < width; v++) {
    // Shares among items with a score of this value: only these sum to the drift of its mean.
    const scored = (groups: readonly GroupProfile[]): number => groups.reduce((n, group) => n + group.counts[v]!, 0);
    const n = scored(baseline);
    const m = scored(current);
    const mean = (groups: readonly GroupProfile[], size: number): number =>
      groups.reduce((s, group) => s + (group.counts[v]! / size) * (group.means[v] ?? 0), 0);
    const grand = (mean(baseline, n) + mean(current, m)) / 2;
    for (const part of parts) {
      const a = before.get(part.group);
      const b = after.get(part.group);
      const p = n === 0 ? Number.NaN : (a?.counts[v] ?? 0) / n;
      const q = m === 0 ? Number.NaN : (b?.counts[v] ?? 0) / m;
      const x = a?.means[v] ?? b?.means[v] ?? 0;
      const y = b?.means[v] ?? a?.means[v] ?? 0;
      const within = ((p + q) / 2) * (y - x);
      const between = (q - p) * ((x + y) / 2 - grand);
      part.within.push(Number.isFinite(within) ? within : null);
      part.between.push(Number.isFinite(between) ? between : null);
    }
  }
  return parts;
}
