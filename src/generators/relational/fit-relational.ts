import { SynthproofError } from '../../errors.ts';
import { canonicalJson } from '../../hash/canonical-json.ts';
import { sha256Hex } from '../../hash/sha256-hex.ts';
import { createTable } from '../../table/create-table.ts';
import { getColumn } from '../../table/get-column.ts';
import { numberColumn } from '../../table/number-column.ts';
import { takeRows } from '../../table/take-rows.ts';
import type { JobOptions } from '../../types.ts';
import type { TreeBasedModel } from '../model-types.ts';
import { checkTable } from '../shared/internal-options.ts';
import { conditionedTable, fitTable } from './internal-fit-table.ts';
import { helperNames } from './internal-names.ts';
import { type Above, findSiblings, type Siblings } from './internal-siblings.ts';
import type {
  RelationalInput,
  RelationalLevel,
  RelationalLink,
  RelationalModel,
  RelationalOptions,
  RelationalTableReport,
} from './relational-types.ts';

/**
 * Learns a parent table and the tables below it: customers and orders, patients and visits and readings.
 *
 * The number of children is a column of the parent, drawn last by CART. A child row is drawn by CART given its parent's
 * columns, the sibling before it (lag 1), its place and the number of siblings. An order column is learnt as a first value
 * and steps of at least 0, so that siblings stay in order; a sequence may run past the source's last value. Keys are
 * placeholders that do not occur in the source.
 *
 * @param input - See {@link RelationalInput}.
 * @param options - See {@link RelationalOptions}.
 * @returns Plain data that holds training values; `report` says per table what was left out or replaced. {@link sampleRelational} draws from it.
 * @throws {@link SynthproofError} `BAD_VALUE` (a key that is missing or not unique, an order cell that is missing),
 * `KIND_MISMATCH`, `UNKNOWN_COLUMN`, `BAD_OPTION`, `EMPTY_INPUT` (no child has a parent), `DUPLICATE_COLUMN`,
 * `LENGTH_MISMATCH`, `OUT_OF_RANGE`, `ABORTED`.
 * @example
 * const parent = fromColumns({ id: [1, 2, 3, 4], vip: [true, false, true, false] });
 * const child = fromColumns({ of: [1, 1, 2, 3, 3, 4], paid: [9, 9, 2, 9, 9, 2] });
 * const tables = [{ minLeaf: 1 }, { minLeaf: 1 }];
 * const model = fitRelational({ parent, child, key: 'id', foreignKey: 'of' }, { tables });
 * model.levels[0].maxChildren; // => 2
 */
export function fitRelational(input: RelationalInput, options: RelationalOptions & JobOptions = {}): RelationalModel {
  const { child, key, foreignKey, orderBy, below = [] } = input;
  const links: RelationalLink[] = [{ child, key, foreignKey, orderBy }, ...below];
  const { tables: tableOptions = [] } = options;
  if (tableOptions.length > links.length + 1)
    throw new SynthproofError(
      'BAD_OPTION',
      `tables: expected options for at most ${links.length + 1} tables, received ${tableOptions.length}; drop the rest`,
      { argument: 'tables' },
    );
  const tables: TreeBasedModel[] = [];
  const levels: RelationalLevel[] = [];
  const report: RelationalTableReport[] = [];
  let current = checkTable(input.parent, 1);
  let above: Above | null = null;
  for (let level = 0; level <= links.length; level++) {
    const link = links[level];
    const next = link ? { ...link, child: checkTable(link.child, 1) } : null;
    const children = next ? findSiblings(current, next, level) : null;
    const foreign: string | undefined = above?.link.foreignKey;
    const own: string[] = current.columns.map((column) => column.name).filter((name) => name !== foreign);
    const names = helperNames(own);
    const ids = [...(link ? [link.key] : []), ...(tableOptions[level]?.identifiers ?? [])];
    const fitted = above ? conditionedTable(current, above, names, ids) : current;
    const columns = children ? [...fitted.columns, numberColumn(names.children, children.counts)] : fitted.columns;
    const drawn = [...own, names.start, names.step];
    const model = fitTable(
      createTable(columns),
      fitted.columns.map((column) => column.name).filter((name) => !drawn.includes(name)),
      above?.link.orderBy === undefined ? [] : [names.start, names.step],
      children ? [names.children] : [],
      link ? [link.key] : [],
      tableOptions[level] ?? {},
      options,
    );
    tables.push(model);
    report.push({
      ...model.report,
      withoutKey: above?.siblings.withoutKey ?? 0,
      orphans: above?.siblings.orphans ?? 0,
    });
    if (!next || !children) break;
    levels.push(levelOf(next, children));
    const known = own.filter((name) => name !== next.key && getColumn(current, name).kind !== 'text');
    above = { parent: current, columns: known, link: next, siblings: children };
    // What hangs on a child without a parent has no parent either.
    current = takeRows(next.child, children.rows);
  }
  const model = {
    kind: 'relational' as const,
    version: 1 as const,
    embedsTrainingValues: true as const,
    tables,
    levels,
  };
  return { ...model, digest: sha256Hex(canonicalJson(model)), report };
}

function levelOf({ child, key, foreignKey, orderBy }: RelationalLink, siblings: Siblings): RelationalLevel {
  const order = orderBy === undefined ? null : getColumn(child, orderBy);
  let maxChildren = 0;
  for (let p = 0; p < siblings.counts.length; p++) maxChildren = Math.max(maxChildren, siblings.counts[p]!);
  return {
    columns: child.columns.map((column) => column.name),
    key,
    foreignKey,
    foreignKind: getColumn(child, foreignKey).kind,
    orderBy: orderBy ?? null,
    orderKind: order === null ? null : order.kind === 'datetime' ? order.unit : (order.kind as 'number' | 'integer'),
    maxChildren,
  };
}
