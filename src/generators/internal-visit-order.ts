import type { PlannedColumn } from './internal-plan.ts';

/** Names of the synthesised columns in the order they are drawn. */
export function chooseOrder(
  columns: readonly PlannedColumn[],
  visitOrder: readonly string[] | 'given' | 'auto',
): readonly string[] {
  const given = columns.filter((planned) => planned.role !== 'kept').map((planned) => planned.column.name);
  if (visitOrder === 'given' || visitOrder === 'auto') return given;
  const first = visitOrder.filter((name) => given.includes(name));
  return [...first, ...given.filter((name) => !first.includes(name))];
}
