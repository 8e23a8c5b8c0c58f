import { createTable, getColumn, isMissing, missingCount, textColumn } from '../table/index.ts';
import type { Column, JobOptions, Model, Table } from '../types.ts';
import { planTableMark, selectMarkedRows, type TableMarkPlan } from '../watermark/index.ts';
import type { GeneratorChoice } from './choose-generator.ts';

/** From here on two candidates a row leave far more evidence than a test needs. */
const MANY_ROWS = 5000;

/** With fewer rows than this share to choose from, more candidates are drawn. */
const LEAST_CHOICE = 0.5;
const MOST_CANDIDATES = 16;

/** Rows of the unmarked sample that the mark's bins are planned on. */
const PILOT_ROWS = 10_000;

/** How to mark a sample while it is drawn. */
export interface MarkSampleOptions {
  /** Secret key of the mark, at least 16 random bytes. Never stored. */
  readonly key: Uint8Array;
  /** Name of this release, fresh for every table: it separates the marks of two releases under one key. */
  readonly tableId: string;
  /** Candidate rows drawn for every row kept, 2 to 64; more make the mark stronger, and lean further. Default 2 from 5,000 rows on, else 4; doubled, up to 16, while fewer than half of the rows have a choice (see `preserve`). */
  readonly candidates?: number | undefined;
  /** Column that a model will predict: it takes no part in the mark. Default: none. */
  readonly label?: string | undefined;
  /**
   * Columns whose joint shares the mark must not move at all; each costs strength. Default for `govern`: the sensitive
   * columns with at most 8 levels; else none.
   */
  readonly preserve?: readonly string[] | undefined;
}

/** A marked sample and the plan that its detector needs. */
export interface MarkedSample {
  /** The rows. */
  readonly table: Table;
  /** Public parameters of the mark: store them in the lineage record. */
  readonly plan: TableMarkPlan;
}

/**
 * Draws a marked sample: for each row, the best of m candidate rows under the key. No cell is altered.
 *
 * The mark's bins are planned on a second, unmarked sample, so that no quantile of the source leaks into the plan.
 * Placeholders of identifier columns are dealt out again in order, so that they do not tell which candidate was kept.
 *
 * @param generator - Generator and options.
 * @param model - Its model.
 * @param options - Rows, seed and {@link MarkSampleOptions}.
 * @returns The table and the plan.
 * @throws `SynthproofError` `BAD_KEY` when the key is too short; `NO_CAPACITY` when no column can carry a mark.
 * @example
 * const people = fromRecords(Array.from({ length: 400 }, (_, i) => ({ age: 20 + (i * 7) % 50, city: ['a', 'b', 'c'][i % 3] })));
 * const cart = chooseGenerator(cartGenerator, {});
 * const model = cart.fit(people, {});
 * const { table } = markSample(cart, model, { rows: 400, seed: 's', key: new Uint8Array(32).fill(7), tableId: 'release-1' });
 * table.rowCount; // => 400
 */
export function markSample(
  generator: GeneratorChoice,
  model: Model,
  options: MarkSampleOptions & JobOptions & { readonly rows: number; readonly seed: string },
): MarkedSample {
  const { rows, seed, key, tableId, label, preserve, onProgress, signal } = options;
  const pilot = generator.sample(model, {
    rows: Math.min(rows, PILOT_ROWS),
    seed: `${seed}/mark-plan`,
    onProgress,
    signal,
  });
  const plan = planTableMark(pilot, { tableId, label, rows });
  const draw = (candidates: number) => {
    const pool = generator.sample(model, { rows: rows * candidates, seed, onProgress, signal });
    return { pool, ...selectMarkedRows(pool, plan, { key, candidates, preserve }) };
  };
  let candidates = options.candidates ?? (rows < MANY_ROWS ? 4 : 2);
  let { pool, table, choice } = draw(candidates);
  while (options.candidates === undefined && choice < LEAST_CHOICE && candidates < MOST_CANDIDATES) {
    candidates *= 2;
    ({ pool, table, choice } = draw(candidates));
  }
  return {
    table: createTable(table.columns.map((column) => dealAgain(column, getColumn(pool, column.name)))),
    plan,
  };
}

/** The k-th present placeholder becomes the k-th of the pool; other columns stay. */
function dealAgain(column: Column, pool: Column): Column {
  if (!isIdentifier(pool)) return column;
  const present: number[] = [];
  const rows = column.kind === 'category' ? column.codes.length : column.values.length;
  const poolRows = pool.kind === 'category' ? pool.codes.length : pool.values.length;
  for (let row = 0; row < poolRows && present.length < rows; row++) if (!isMissing(pool, row)) present.push(row);
  let next = 0;
  if (column.kind === 'text' && pool.kind === 'text') {
    const values = column.values.map((_, row) => (isMissing(column, row) ? null : pool.values[present[next++]!]!));
    return textColumn(column.name, values);
  }
  if (column.kind === 'category' && pool.kind === 'category') {
    const codes = column.codes.map((code, row) => (isMissing(column, row) ? code : pool.codes[present[next++]!]!));
    return { ...column, codes, labels: pool.labels };
  }
  if (column.kind === 'integer' && pool.kind === 'integer') {
    const values = column.values.map((value, row) => (isMissing(column, row) ? value : pool.values[present[next++]!]!));
    return { ...column, values };
  }
  return column;
}

/** Placeholders: text, or whole numbers or labels of which no two rows share one. */
function isIdentifier(column: Column): boolean {
  if (column.kind === 'text') return true;
  if (column.kind !== 'integer' && column.kind !== 'category') return false;
  const cells = column.kind === 'integer' ? column.values : column.codes;
  const seen = new Set<number>();
  for (let row = 0; row < cells.length; row++) {
    if (isMissing(column, row)) continue;
    const cell = cells[row]!;
    if (seen.has(cell)) return false;
    seen.add(cell);
  }
  return cells.length - missingCount(column) > 1;
}
