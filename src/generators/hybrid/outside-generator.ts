import { SynthproofError } from '../../errors.ts';
import { canonicalJson } from '../../hash/canonical-json.ts';
import { sha256Hex } from '../../hash/sha256-hex.ts';
import { cellText } from '../../table/cell-text.ts';
import { getColumn } from '../../table/get-column.ts';
import { sliceRows } from '../../table/slice-rows.ts';
import type { Generator, Model, SampleOptions, Table } from '../../types.ts';
import { checkTable } from '../shared/internal-options.ts';
import { checkSampleOptions } from '../shared/internal-uniform.ts';

/** What is known of an outside table. */
export interface OutsideSource {
  /** Name of the tool that made it, with its version, for example `ctgan-0.10`. */
  readonly id: string;
  /** Its result. */
  readonly table: Table;
  /** Whether that tool's model holds values of single training rows. Default true: nothing else is known. */
  readonly embedsTrainingValues?: boolean | undefined;
}

/** Model of {@link outsideGenerator}: names the table, does not hold it. */
export interface OutsideModel extends Model {
  /** Discriminant. */
  readonly kind: 'outside';
  /** Format. */
  readonly version: 1;
  /** Name of the tool. */
  readonly id: string;
  /** Rows of the table. */
  readonly rows: number;
  /** SHA-256 (hex) of the table's names, kinds and cells. */
  readonly digest: string;
}

/**
 * Wraps a table that another tool made (CTGAN's CSV, a vendor's delivery) as a generator, so that it can be evaluated,
 * recorded and compared like any other.
 *
 * `fit` checks that it has the source's columns; `sample` gives its rows `offset` to `offset + rows - 1`, whatever the
 * seed. Nothing is learnt, and nothing is known of how the table was made.
 *
 * @param source - See {@link OutsideSource}.
 * @returns A generator without options. Its `fit` throws `SCHEMA_MISMATCH` or `KIND_MISMATCH`; its `sample`
 * `NO_CAPACITY` when more rows are asked for than there are, and `BAD_MODEL`.
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `DUPLICATE_COLUMN`, `BAD_COLUMN` for a table that is
 * none; `BAD_OPTION` for an empty id.
 * @example
 * const table = fromColumns({ n: [7, 8, 9] });
 * const generator = outsideGenerator({ id: 'ctgan-0.10', table });
 * const model = generator.fit(fromColumns({ n: [1, 2, 3, 4] }), {});
 * toRecords(generator.sample(model, { rows: 2, seed: 'any' })); // => [{ n: 7 }, { n: 8 }]
 */
export function outsideGenerator(source: OutsideSource): Generator<Readonly<Record<string, never>>, OutsideModel> {
  const { id, embedsTrainingValues = true } = source;
  if (typeof id !== 'string' || id === '')
    throw new SynthproofError('BAD_OPTION', 'id: expected the name of the tool, received no text; name it', {
      argument: 'id',
    });
  const table = checkTable(source.table, 1);
  const digest = contentDigest(table);
  return {
    id,
    fit(training: Table): OutsideModel {
      checkColumns(training, table);
      return { kind: 'outside', version: 1, embedsTrainingValues, id, rows: table.rowCount, digest };
    },
    sample(model: OutsideModel, options: SampleOptions): Table {
      if (model.kind !== 'outside' || model.version !== 1 || model.digest !== digest)
        throw new SynthproofError(
          'BAD_MODEL',
          `model: expected the model of the table of "${id}", received kind "${model.kind}" with another digest; fit this generator`,
          { argument: 'model' },
        );
      const offset = checkSampleOptions(options);
      if (offset + options.rows > table.rowCount)
        throw new SynthproofError(
          'NO_CAPACITY',
          `rows: the table of "${id}" has ${table.rowCount} rows, received offset ${offset} + ${options.rows} rows; ask for fewer, or have more made`,
          { argument: 'rows' },
        );
      return sliceRows(table, offset, offset + options.rows);
    },
  };
}

function checkColumns(training: Table, table: Table): void {
  const missing = training.columns.filter((column) => !table.columns.some((other) => other.name === column.name));
  const extra = table.columns.filter((column) => !training.columns.some((other) => other.name === column.name));
  if (missing.length > 0 || extra.length > 0) {
    const names = (list: typeof missing): string => list.map((column) => `"${column.name}"`).join(', ') || 'none';
    throw new SynthproofError(
      'SCHEMA_MISMATCH',
      `table: the outside table lacks ${names(missing)} and has ${names(extra)} beyond the source's columns; select or rename its columns`,
      { argument: 'table', column: (missing[0] ?? extra[0])!.name },
    );
  }
  for (const { name, kind } of training.columns) {
    const other = getColumn(table, name);
    if (other.kind !== kind)
      throw new SynthproofError(
        'KIND_MISMATCH',
        `table: column "${name}" is ${kind} in the source, ${other.kind} in the outside table; read it with the source's schema`,
        { argument: 'table', column: name },
      );
  }
}

/** Column by column, so that no text of the whole table is built. */
function contentDigest(table: Table): string {
  const columns = table.columns.map((column) => {
    const cells: (string | null)[] = new Array(table.rowCount);
    for (let row = 0; row < cells.length; row++) cells[row] = cellText(column, row);
    return [column.name, column.kind, sha256Hex(JSON.stringify(cells))];
  });
  return sha256Hex(canonicalJson(columns));
}
