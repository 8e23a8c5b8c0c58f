import { SynthproofError } from '../../errors.ts';
import { createTable } from '../../table/create-table.ts';
import { getColumn } from '../../table/get-column.ts';
import { takeColumnRows } from '../../table/internal-take.ts';
import { numberColumn } from '../../table/number-column.ts';
import type { Column, JobOptions, Table } from '../../types.ts';
import type { TreeBasedModel } from '../model-types.ts';
import { checkColumnOptions, checkTable, checkWhole } from '../shared/internal-options.ts';
import { chooseOrder } from '../shared/internal-visit-order.ts';
import { fitTrees, sealModel } from '../trees/internal-fit.ts';
import type { HelperNames } from './internal-names.ts';
import type { Above } from './internal-siblings.ts';
import type { RelationalTableOptions } from './relational-types.ts';

type Numbers = Extract<Column, { values: Float64Array }>;

const DAY = 86_400_000;

/** Size of a step of an order column: whole days are counted in days. */
export function orderUnit(kind: string | null): number {
  return kind === 'day' ? DAY : 1;
}

/** Renames a column. */
function named(column: Column, name: string): Column {
  return { ...column, name };
}

/**
 * The table that a child's trees are fitted on: its own columns without the foreign key (the order column as the first
 * value and the steps from sibling to sibling), and what they are conditioned on: the parent's columns, the sibling
 * before, place and number of siblings. The child's rows stand parent by parent; identifiers of the sibling before tell
 * nothing.
 */
export function conditionedTable(
  child: Table,
  above: Above,
  names: HelperNames,
  identifiers: readonly string[],
): Table {
  const { parent, siblings, link } = above;
  const { parents, position, counts } = siblings;
  const own = child.columns.filter((column) => column.name !== link.foreignKey);
  // Row i - 1 is the sibling before row i, unless row i is a first sibling.
  const before = Int32Array.from(position, (place, i) => (place === 0 ? -1 : i - 1));
  const columns: Column[] = own.filter((column) => column.name !== link.orderBy);
  if (link.orderBy !== undefined) columns.push(...orderParts(getColumn(child, link.orderBy) as Numbers, before, names));
  for (const name of above.columns)
    columns.push(named(takeColumnRows(getColumn(parent, name), parents), names.parent(name)));
  for (const column of own)
    if (column.kind !== 'text' && !identifiers.includes(column.name))
      columns.push(named(takeColumnRows(column, before), names.previous(column.name)));
  columns.push(
    numberColumn(names.position, position),
    numberColumn(
      names.siblings,
      Uint32Array.from(parents, (p) => counts[p]!),
    ),
  );
  return createTable(columns);
}

/** An order column as two of kind number, so that cells which all differ are not taken for identifiers. */
function orderParts(order: Numbers, before: Int32Array, names: HelperNames): Column[] {
  const unit = orderUnit(order.kind === 'datetime' ? order.unit : null);
  const start: (number | null)[] = [];
  const step: (number | null)[] = [];
  for (let i = 0; i < before.length; i++) {
    const first = before[i]! < 0;
    start.push(first ? order.values[i]! / unit : null);
    step.push(first ? null : cleanDifference(order.values[i]! / unit, order.values[before[i]!]! / unit));
  }
  return [numberColumn(names.start, start), numberColumn(names.step, step)];
}

/** A difference of decimals without the dust of binary fractions. */
function cleanDifference(high: number, low: number): number {
  const difference = high - low;
  return Math.abs(difference) < 1e15 && !Number.isInteger(difference) ? Number(difference.toFixed(9)) : difference;
}

/** Fits the trees of one table; `first` are drawn first and `last` last among the drawn columns, `given` are only conditioned on. */
export function fitTable(
  table: Table,
  given: readonly string[],
  first: readonly string[],
  last: readonly string[],
  keys: readonly string[],
  options: RelationalTableOptions,
  job: JobOptions,
): TreeBasedModel {
  const { minLeaf = 20, rareLevelMin = 5, identifiers = [], measurements = [], smoothing = 'auto' } = options;
  checkWhole('minLeaf', minLeaf, 1);
  const checked = checkTable(table, minLeaf);
  const synthesize = checked.columns.map((column) => column.name).filter((name) => !given.includes(name));
  const replaced = [...keys, ...identifiers.filter((name) => !keys.includes(name))];
  checkColumnOptions(checked, { rareLevelMin, identifiers: replaced, measurements, synthesize });
  const parts = fitTrees(
    checked,
    {
      limits: { minLeaf, minSplit: 2 * minLeaf, maxDepth: 30, complexity: 1e-8 },
      rareLevelMin,
      identifiers: replaced,
      measurements,
      synthesize,
      numericSplit: 'rank',
      prune: 'none',
      smoothing,
      bootstrap: null,
      sequential: true,
      order: (columns) => {
        const middle = chooseOrder(columns, 'auto').filter((name) => !first.includes(name) && !last.includes(name));
        return [...first, ...middle, ...last];
      },
    },
    job,
  );
  for (const name of first.slice(0, 1))
    if (parts.columns.some((column) => column.name === name && column.role === 'allMissing'))
      throw new SynthproofError(
        'BAD_OPTION',
        `orderBy: fewer than minLeaf = ${minLeaf} parents have children, so first values cannot be drawn; give more parents, or lower minLeaf knowing that draws then come from fewer people`,
        { argument: 'orderBy' },
      );
  return sealModel('relational-table', parts);
}
