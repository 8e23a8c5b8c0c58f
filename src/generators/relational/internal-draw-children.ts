import { SynthproofError } from '../../errors.ts';
import { categoryColumn } from '../../table/category-column.ts';
import { cellText } from '../../table/cell-text.ts';
import { concatRows } from '../../table/concat-rows.ts';
import { getColumn } from '../../table/get-column.ts';
import { takeColumnRows } from '../../table/internal-take.ts';
import { takeRows } from '../../table/take-rows.ts';
import { textColumn } from '../../table/text-column.ts';
import type { Column, JobOptions, Table } from '../../types.ts';
import type { TreeBasedModel } from '../model-types.ts';
import { readPredictor } from '../shared/internal-kept.ts';
import { checkAbort } from '../shared/internal-options.ts';
import { identifierColumn } from '../shared/internal-output.ts';
import { isNumericKind } from '../shared/internal-plan.ts';
import { type CompiledColumn, compileColumn, type DrawContext, missingCode } from '../trees/internal-draw.ts';
import { drawColumn } from '../trees/internal-sample.ts';
import { type HelperNames, helperNames } from './internal-names.ts';
import { nextOrder } from './internal-order.ts';
import type { RelationalLevel, RelationalModel } from './relational-types.ts';

type Numbers = Extract<Column, { values: Float64Array }>;

/** Rows of one table, with the row numbers that key their draws. */
export interface Drawn {
  /** The table's own columns, and the number of children where there is a table below. */
  readonly table: Table;
  /** Row number of each row: the parent's number times the most children, plus the place among the siblings. */
  readonly numbers: Float64Array;
  /** Whether the rows were handed in: then foreign keys are their keys, not placeholders. */
  readonly kept: boolean;
}

/** The sibling before, of the parents that had one. */
interface Before {
  readonly table: Table;
  /** Rows of their parents, ascending. */
  readonly active: Int32Array;
}

/** Names of the parent table's columns: the number of children is the last of the model's. */
export function rootColumns(root: TreeBasedModel): string[] {
  return root.columns.slice(0, -1).map((column) => column.name);
}

/** What the draws of these rows share. */
export function contextOf(model: TreeBasedModel, key: Uint32Array, numbers: Float64Array): DrawContext {
  return {
    key,
    offset: 0,
    rows: numbers.length,
    numbers,
    predictors: model.columns.map(() => new Float64Array(0)),
    numeric: Uint8Array.from(model.columns, (column) => (isNumericKind(column.kind) ? 1 : 0)),
    maxReuse: Infinity,
  };
}

/** Draws the rows below: first children of all parents, then second ones given the first, and so on. */
export function drawChildren(
  model: RelationalModel,
  at: number,
  parents: Drawn,
  key: Uint32Array,
  job: JobOptions,
): Drawn {
  const level = model.levels[at]!;
  const trees = model.tables[at + 1]!;
  const compiled = trees.columns.map(compileColumn);
  const own = level.columns.filter((name) => name !== level.foreignKey);
  const names = helperNames(own);
  const counts = childCounts(parents, model, at);
  const given = givenColumns(trees, parents.table, names);
  const parts: Table[] = [];
  const partNumbers: Float64Array[] = [];
  const partParents: Int32Array[] = [];
  let before: Before | null = null;
  for (let place = 0; place === 0 || (before && before.active.length > 0); place++) {
    checkAbort(job.signal, 'sample');
    const active: Int32Array = activeParents(before?.active ?? null, counts, place);
    if (place > 0 && active.length === 0) break;
    const numbers = Float64Array.from(active, (p) => parents.numbers[p]! * level.maxChildren + place);
    const context = contextOf(trees, key, numbers);
    fillGiven(context, trees, given, active, counts, place, before, names);
    const table: Table = drawSiblings(context, trees, compiled, level, place, before, active, names);
    parts.push(table);
    partNumbers.push(numbers);
    partParents.push(active);
    before = { table, active };
  }
  return parentByParent(parts, partNumbers, partParents, parents, model, at);
}

/** Rows of parents with more than `place` children, ascending. */
function activeParents(previous: Int32Array | null, counts: Float64Array, place: number): Int32Array {
  const pool = previous ?? Int32Array.from(counts, (_, i) => i);
  return pool.filter((p) => counts[p]! > place);
}

function childCounts(parents: Drawn, model: RelationalModel, at: number): Float64Array {
  const { maxChildren } = model.levels[at]!;
  const own = at === 0 ? rootColumns(model.tables[0]!) : model.levels[at - 1]!.columns;
  const foreign = at === 0 ? null : model.levels[at - 1]!.foreignKey;
  const { children } = helperNames(own.filter((name) => name !== foreign));
  const drawn = getColumn(parents.table, children) as Numbers;
  const counts = Float64Array.from(drawn.values, (n) => Math.min(maxChildren, Math.max(0, Math.floor(n + 0.5))));
  for (let i = 0; i < counts.length; i++)
    if (!Number.isSafeInteger((parents.numbers[i]! + 1) * maxChildren))
      throw new SynthproofError(
        'OUT_OF_RANGE',
        `offset: numbers of rows below row ${parents.numbers[i]} would pass 2^53; use smaller row numbers`,
        { argument: 'offset' },
      );
  return counts;
}

/** The parents' cells as the child's trees read them, by position in the child's model. */
function givenColumns(trees: TreeBasedModel, parents: Table, names: HelperNames): Map<number, Float64Array> {
  const given = new Map<number, Float64Array>();
  for (const column of parents.columns) {
    const position = trees.columns.findIndex((other) => other.name === names.parent(column.name));
    if (position >= 0) given.set(position, readPredictor(trees.columns[position]!, column));
  }
  return given;
}

function fillGiven(
  context: DrawContext,
  trees: TreeBasedModel,
  given: ReadonlyMap<number, Float64Array>,
  active: Int32Array,
  counts: Float64Array,
  place: number,
  before: Before | null,
  names: HelperNames,
): void {
  const back = before ? positionsIn(before.active, active) : new Int32Array(active.length).fill(-1);
  const previous = new Map<string, Column>();
  for (const column of before?.table.columns ?? []) previous.set(names.previous(column.name), column);
  trees.columns.forEach((column, position) => {
    if (column.role !== 'kept') return;
    const known = given.get(position);
    if (known) context.predictors[position] = Float64Array.from(active, (p) => known[p]!);
    else if (column.name === names.position) context.predictors[position] = new Float64Array(active.length).fill(place);
    else if (column.name === names.siblings)
      context.predictors[position] = Float64Array.from(active, (p) => counts[p]!);
    else {
      const drawn = previous.get(column.name);
      context.predictors[position] = drawn
        ? readPredictor(column, takeColumnRows(drawn, back))
        : new Float64Array(active.length).fill(missingCode(column));
    }
  });
}

/** Where each entry of an ascending list stands in a longer one that holds it. */
function positionsIn(longer: Int32Array, list: Int32Array): Int32Array {
  const found = new Int32Array(list.length);
  let at = 0;
  for (let i = 0; i < list.length; i++) {
    while (longer[at] !== list[i]) at++;
    found[i] = at;
  }
  return found;
}

/** One sibling of each active parent: the table's own columns without the foreign key, and the number of children. */
function drawSiblings(
  context: DrawContext,
  trees: TreeBasedModel,
  compiled: readonly CompiledColumn[],
  level: RelationalLevel,
  place: number,
  before: Before | null,
  active: Int32Array,
  names: HelperNames,
): Table {
  const columns: Column[] = [];
  for (const position of trees.order) {
    const { column } = compiled[position]!;
    const wanted = place === 0 ? names.start : names.step;
    if (level.orderBy !== null && (column.name === names.start || column.name === names.step)) {
      // Whether it is missing is no matter of chance: a first sibling has a start, the others have a step.
      const drawn =
        column.name === wanted && column.role === 'modelled'
          ? drawColumn(context, position, { ...compiled[position]!, missing: null })
          : null;
      if (!drawn) context.predictors[position] = new Float64Array(active.length).fill(Number.NaN);
      if (column.name !== wanted) continue;
      const back = before ? positionsIn(before.active, active) : null;
      const last = before ? takeColumnRows(getColumn(before.table, level.orderBy), back!) : null;
      columns.push(nextOrder(level, drawn as Numbers | null, last as Numbers | null, active.length, column));
    } else columns.push(drawColumn(context, position, compiled[position]!));
  }
  return { rowCount: active.length, columns };
}

/** All siblings, parent by parent, with their foreign keys. */
function parentByParent(
  parts: readonly Table[],
  partNumbers: readonly Float64Array[],
  partParents: readonly Int32Array[],
  parents: Drawn,
  model: RelationalModel,
  at: number,
): Drawn {
  const level = model.levels[at]!;
  const total = parts.reduce((sum, part) => sum + part.rowCount, 0);
  const next = new Float64Array(parents.numbers.length + 1);
  for (const list of partParents) for (const p of list) next[p + 1]!++;
  for (let p = 1; p < next.length; p++) next[p]! += next[p - 1]!;
  const order = new Uint32Array(total);
  const parentOf = new Uint32Array(total);
  const numbers = new Float64Array(total);
  let row = 0;
  parts.forEach((_, place) => {
    partParents[place]!.forEach((p, i) => {
      const to = next[p]! + place;
      order[to] = row++;
      parentOf[to] = p;
      numbers[to] = partNumbers[place]![i]!;
    });
  });
  const table = takeRows(concatRows(parts), order);
  const key = model.tables[at]!.columns.find((column) => column.name === level.key)!;
  const shape = { ...key, name: level.foreignKey, kind: level.foreignKind };
  const parentNumbers = Float64Array.from(parentOf, (p) => parents.numbers[p]!);
  const foreign = parents.kept
    ? keysOf(getColumn(parents.table, level.key), parentOf, level)
    : identifierColumn(shape, total, 0, null, parentNumbers);
  return { table: { rowCount: total, columns: [...table.columns, foreign] }, numbers, kept: false };
}

/** Foreign keys that are the cells of a key column. */
function keysOf(key: Column, parentOf: Uint32Array, { foreignKey, foreignKind }: RelationalLevel): Column {
  const cells = { ...takeColumnRows(key, parentOf), name: foreignKey };
  if (cells.kind === foreignKind) return cells;
  // Integer beside number, or text beside category: the fit admits no other pair.
  if (cells.kind === 'integer' || cells.kind === 'number')
    return { ...cells, kind: foreignKind as 'integer' | 'number' };
  const texts = Array.from(parentOf, (_, row) => cellText(cells, row));
  return foreignKind === 'category' ? categoryColumn(foreignKey, texts) : textColumn(foreignKey, texts);
}
