import type { PlannedColumn } from './internal-plan.ts';

/**
 * Names of the synthesised columns in the order they are drawn. `auto` puts columns with few levels first: their trees
 * are reliable, and the columns with many values are then drawn given everything that is already settled.
 */
export function chooseOrder(
  columns: readonly PlannedColumn[],
  visitOrder: readonly string[] | 'given' | 'auto',
): readonly string[] {
  const drawn = columns.filter((planned) => planned.role !== 'kept');
  const given = drawn.map((planned) => planned.column.name);
  if (visitOrder === 'given') return given;
  if (visitOrder === 'auto') {
    const rank = (planned: PlannedColumn): number => (planned.encoded?.numeric ? 1 : 0);
    const size = (planned: PlannedColumn): number => planned.encoded?.size ?? 0;
    // Array.prototype.sort is stable: equals stay in the table's order.
    const sorted = [...drawn].sort((a, b) => rank(a) - rank(b) || size(a) - size(b));
    return sorted.map((planned) => planned.column.name);
  }
  const first = visitOrder.filter((name) => given.includes(name));
  return [...first, ...given.filter((name) => !first.includes(name))];
}
