import { SynthproofError } from '../errors.ts';
import type { JobOptions } from '../types.ts';

/** Checks a matrix of columns: as many as wanted, equal lengths, finite or (where allowed) NaN. Returns the rows. */
export function requireColumns(
  columns: readonly Float64Array[],
  settings: { readonly rows?: number; readonly width?: number; readonly allowMissing: boolean },
): number {
  const { width, allowMissing } = settings;
  if (width !== undefined && columns.length !== width)
    throw new SynthproofError(
      'LENGTH_MISMATCH',
      `columns: expected ${width} as in the fit, received ${columns.length}`,
      {
        argument: 'columns',
      },
    );
  const rows = settings.rows ?? columns[0]?.length ?? 0;
  for (let c = 0; c < columns.length; c++) {
    const values = columns[c]!;
    if (values.length !== rows)
      throw new SynthproofError('LENGTH_MISMATCH', `columns[${c}]: expected ${rows} rows, received ${values.length}`, {
        argument: 'columns',
      });
    for (let i = 0; i < rows; i++) {
      const x = values[i]!;
      if (x - x === 0 || (allowMissing && Number.isNaN(x))) continue;
      throw new SynthproofError(
        'BAD_NUMBER',
        `columns[${c}]: expected finite numbers${allowMissing ? ' or NaN for missing' : ''}, received ${x}; encode tables with encodeFeatures`,
        { argument: 'columns', row: i },
      );
    }
  }
  return rows;
}

/** Checks class labels 0, 1, ... and returns how many classes there are. */
export function requireClasses(argument: string, labels: ArrayLike<number>, classes?: number | undefined): number {
  let largest = 1;
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    if (!(Number.isInteger(label) && label >= 0 && label < (classes ?? 1000)))
      throw new SynthproofError(
        'BAD_VALUE',
        `${argument}[${i}]: expected a class, a whole number from 0 to ${(classes ?? 1000) - 1}, received ${String(label)}`,
        { argument, row: i },
      );
    if (label > largest) largest = label;
  }
  return classes ?? largest + 1;
}

/** Throws `LENGTH_MISMATCH` unless the list has one entry per row. */
export function requireRows(argument: string, length: number, rows: number): void {
  if (length === rows) return;
  throw new SynthproofError(
    'LENGTH_MISMATCH',
    `${argument}: expected ${rows} entries, one per row, received ${length}`,
    {
      argument,
    },
  );
}

/** Checks a number option and fills in its default. */
export function numberOption(
  argument: string,
  value: number | undefined,
  fallback: number,
  bounds: { readonly low: number; readonly high: number; readonly whole?: boolean },
): number {
  const number = value ?? fallback;
  const { low, high, whole = false } = bounds;
  if (number >= low && number <= high && (!whole || Number.isInteger(number))) return number;
  throw new SynthproofError(
    'OUT_OF_RANGE',
    `${argument}: expected a ${whole ? 'whole ' : ''}number from ${low} to ${high}, received ${String(number)}`,
    { argument },
  );
}

/** One step of a fit: throws `ABORTED`, reports progress. */
export function fitStep(job: JobOptions, stage: string, done: number, total: number): void {
  if (job.signal?.aborted === true)
    throw new SynthproofError('ABORTED', `${stage}: aborted by its signal; nothing was returned`, {
      argument: 'signal',
    });
  job.onProgress?.({ stage, done, total });
}

/** `BAD_MODEL` for a model that was not made by the matching fit, or was changed since. */
export function refuseModel(what: string): SynthproofError {
  return new SynthproofError('BAD_MODEL', `model: ${what}; pass the result of the matching fit function unchanged`, {
    argument: 'model',
  });
}
