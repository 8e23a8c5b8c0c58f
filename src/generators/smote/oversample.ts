import { SynthproofError } from '../../errors.ts';
import { cellAt } from '../../table/cell-at.ts';
import { concatRows } from '../../table/concat-rows.ts';
import { getColumn } from '../../table/get-column.ts';
import type { Cell, JobOptions, Table } from '../../types.ts';
import { type RowOrigin, withOrigin } from '../hybrid/with-origin.ts';
import { checkTable } from '../shared/internal-options.ts';
import { fitSmote, type SmoteOptions } from './fit-smote.ts';
import { classRows } from './internal-class.ts';
import { sampleSmote } from './sample-smote.ts';
import type { SmoteReport } from './smote-types.ts';

/** Options of {@link oversample}. */
export interface OversampleOptions extends Omit<SmoteOptions, 'label'>, JobOptions {
  /** Seed of the draws; any text. */
  readonly seed: string;
  /** Rows that every class has at least in the result, as a share of the largest class: above 0, at most 1. Default 1. */
  readonly ratio?: number | undefined;
  /** Levels with fewer rows in the table are pooled in the drawn rows. Default 0: the real rows show them anyway. */
  readonly rareLevelMin?: number | undefined;
  /** Name of the origin column. Default `origin`. */
  readonly column?: string | undefined;
}

/** Result of {@link oversample}. */
export interface Oversampled {
  /** The real rows in their order, then the drawn rows class by class, with the origin column (`real`, `synthetic`) at the end. */
  readonly table: Table;
  /** The classes in order, and what was added. */
  readonly classes: readonly {
    /** Text of the class's cell. */
    readonly label: string;
    /** Real rows. */
    readonly real: number;
    /** Drawn rows. */
    readonly synthetic: number;
    /** Report of the fit; null when nothing was drawn. */
    readonly report: SmoteReport | null;
  }[];
  /** Real rows in which the target is missing: kept, and no class. */
  readonly unlabelled: number;
}

/**
 * Balances the classes of a table by rows drawn with SMOTE-NC ({@link fitSmote}), each row marked as real or synthetic.
 *
 * Use it on training rows only: drawn rows lie between real ones, so a hold-out taken afterwards is no hold-out.
 *
 * @param table - More than k rows in every class that has to grow.
 * @param options - See {@link OversampleOptions}.
 * @returns See {@link Oversampled}.
 * @throws {@link SynthproofError} As {@link fitSmote}; `BAD_OPTION` for the ratio; `DUPLICATE_COLUMN` when the table has
 * an origin column already.
 * @example
 * const table = fromColumns({ ill: [true, true, false, false, false], age: [60, 70, 20, 30, 40] });
 * const result = oversample(table, { target: 'ill', k: 1, seed: 'demo' });
 * result.classes.map(({ label, real, synthetic }) => [label, real, synthetic]); // => [['false', 3, 0], ['true', 2, 1]]
 * toRecords(result.table).map((row) => row.origin); // => ['real', 'real', 'real', 'real', 'real', 'synthetic']
 */
export function oversample(table: Table, options: OversampleOptions): Oversampled {
  const { target, seed, ratio = 1, column, rareLevelMin = 0, ...fitOptions } = options;
  if (!(ratio > 0 && ratio <= 1))
    throw new SynthproofError(
      'BAD_OPTION',
      `ratio: expected a number above 0 and at most 1, received ${ratio}; mend the option`,
      { argument: 'ratio' },
    );
  const checked = checkTable(table, 1);
  const classColumn = getColumn(checked, target);
  const { labels, counts, codes } = classRows(classColumn);
  const wanted = Math.ceil(ratio * counts.reduce((most, count) => Math.max(most, count), 0));
  const parts: Table[] = [checked];
  const classes: Oversampled['classes'][number][] = [];
  let drawn = 0;
  for (let code = 0; code < labels.length; code++) {
    const real = counts[code]!;
    const synthetic = real === 0 ? 0 : Math.max(0, wanted - real);
    let report: SmoteReport | null = null;
    if (synthetic > 0) {
      const label = cellAt(classColumn, codes.indexOf(code)) as Exclude<Cell, null>;
      const model = fitSmote(checked, { ...fitOptions, target, label, rareLevelMin });
      // Placeholders count on over the classes, so that no two drawn rows share one.
      parts.push(sampleSmote(model, { rows: synthetic, seed, offset: drawn }));
      report = model.report;
      drawn += synthetic;
    }
    classes.push({ label: labels[code]!, real, synthetic, report });
  }
  const origin: RowOrigin[] = new Array(checked.rowCount + drawn).fill('synthetic').fill('real', 0, checked.rowCount);
  return {
    table: withOrigin(concatRows(parts), origin, { column }),
    classes,
    unlabelled: checked.rowCount - counts.reduce((sum, count) => sum + count, 0),
  };
}
