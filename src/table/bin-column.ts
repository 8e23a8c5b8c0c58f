import { SynthproofError } from '../errors.ts';
import type { CategoryColumn, DatetimeColumn, IntegerColumn, NumberColumn } from '../types.ts';
import { type BinEdgesOptions, binEdges } from './bin-edges.ts';
import { categoryColumn } from './category-column.ts';
import { formatDatetime } from './format-datetime.ts';
import { isPresent } from './internal-bitmap.ts';
import { shown } from './internal-text.ts';

/** Options of {@link binColumn}. */
export interface BinColumnOptions extends BinEdgesOptions {
  /** Inner edges, ascending, instead of a method: n edges make n + 1 bins, each with its lower edge and without its upper. */
  readonly edges?: readonly number[] | undefined;
}

/**
 * A number, integer or datetime column as ordered groups, for example to audit age groups.
 *
 * Labels carry the bin's number, so that they sort in order: `1: under 30`, `2: 30 to under 45`, `3: 45 and over`.
 * Missing cells and NaN stay missing. Two tables that are compared must share their edges: take those of one
 * with {@link binEdges} and give them to both.
 *
 * @param column - The column.
 * @param options - See {@link BinColumnOptions}.
 * @returns A category column of the same name.
 * @throws {@link SynthproofError} `KIND_MISMATCH` for other kinds; `OUT_OF_RANGE` for bins; `BAD_OPTION` for edges that do not ascend.
 * @example
 * const ages = integerColumn('age', [20, 25, 40, 41, 70, null]);
 * binColumn(ages, { edges: [30, 45] }).labels; // => ['1: under 30', '2: 30 to under 45', '3: 45 and over']
 * [...binColumn(ages, { bins: 3, method: 'natural' }).codes]; // => [0, 0, 1, 1, 2, -1]
 */
export function binColumn(
  column: NumberColumn | IntegerColumn | DatetimeColumn,
  options: BinColumnOptions = {},
): CategoryColumn {
  const { name, kind } = column;
  if (kind !== 'number' && kind !== 'integer' && kind !== 'datetime')
    throw new SynthproofError(
      'KIND_MISMATCH',
      `column: ${shown(name)} is ${kind}; only numbers and datetimes are binned`,
      {
        argument: 'column',
        column: name,
      },
    );
  const { values, validity } = column;
  const edges = options.edges ? checkedEdges(options.edges) : binEdges(column, options);
  const width = String(edges.length + 1).length;
  const text = (value: number): string =>
    column.kind === 'datetime' ? formatDatetime(value, column.unit) : String(value);
  const labels = Array.from({ length: edges.length + 1 }, (_, bin) => {
    const number = String(bin + 1).padStart(width, '0');
    if (edges.length === 0) return `${number}: all`;
    if (bin === 0) return `${number}: under ${text(edges[0]!)}`;
    if (bin === edges.length) return `${number}: ${text(edges[bin - 1]!)} and over`;
    return `${number}: ${text(edges[bin - 1]!)} to under ${text(edges[bin]!)}`;
  });
  const cells = Array.from(values, (value, row) =>
    isPresent(validity, row) && !Number.isNaN(value) ? labels[binOf(edges, value)]! : null,
  );
  return categoryColumn(name, cells, labels);
}

/** Number of edges at or below the value. */
function binOf(edges: readonly number[], value: number): number {
  let bin = 0;
  while (bin < edges.length && edges[bin]! <= value) bin++;
  return bin;
}

function checkedEdges(edges: readonly number[]): readonly number[] {
  edges.forEach((edge, i) => {
    if (!Number.isFinite(edge) || (i > 0 && edge <= edges[i - 1]!))
      throw new SynthproofError(
        'BAD_OPTION',
        `edges: expected finite numbers in ascending order, received ${edge} at ${i}`,
        {
          argument: 'edges',
        },
      );
  });
  if (edges.length > 99)
    throw new SynthproofError('BAD_OPTION', `edges: expected at most 99, received ${edges.length}`, {
      argument: 'edges',
    });
  return edges;
}
