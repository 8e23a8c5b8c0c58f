import { SynthproofError } from '../errors.ts';
import { columnLength } from '../table/column-length.ts';
import { isMissing } from '../table/is-missing.ts';
import type { Column } from '../types.ts';
import { computed, notComputed } from './internal-measure.ts';
import type { QualityMeasure } from './quality-measure.ts';

/** Cells of a column of texts. */
interface TextCounts {
  readonly rows: number;
  readonly missing: number;
  /** Present cells that were not accepted. */
  readonly mismatches: number;
}

/** Counts the cells whose text is not accepted; a label is asked once. Throws `KIND_MISMATCH` where there are no texts. */
export function countTexts(column: Column, argument: string, accepts: (text: string) => boolean): TextCounts {
  const rows = columnLength(column);
  let missing = 0;
  let mismatches = 0;
  if (column.kind === 'text') {
    for (let row = 0; row < rows; row++) {
      if (isMissing(column, row)) missing++;
      else if (!accepts(column.values[row]!)) mismatches++;
    }
  } else if (column.kind === 'category') {
    const perLabel = new Float64Array(column.labels.length);
    for (let row = 0; row < rows; row++) {
      if (isMissing(column, row)) missing++;
      else perLabel[column.codes[row]!]!++;
    }
    // Labels that do not occur are not asked: accepting may mean to remember.
    for (let i = 0; i < perLabel.length; i++)
      if (perLabel[i]! > 0 && !accepts(column.labels[i]!)) mismatches += perLabel[i]!;
  } else
    throw new SynthproofError(
      'KIND_MISMATCH',
      `${argument}: expected a text or category column, received "${column.name}" of kind ${column.kind}; cast it`,
      { argument, column: column.name },
    );
  return { rows, missing, mismatches };
}

/** Share of the synthetic cells that were accepted, missing ones among them, as SDMetrics counts them. */
export function adherence(metric: string, nReal: number, { rows, mismatches }: TextCounts): QualityMeasure {
  if (rows === 0) return notComputed(metric, 'NO_SYNTHETIC_VALUES', nReal, 0);
  return computed(metric, (rows - mismatches) / rows, nReal, rows);
}
