import { SynthproofError } from '../errors.ts';
import { log } from '../math/log.ts';
import { mean } from '../stats/mean.ts';
import type { Column } from '../types.ts';
import { sequencesOf } from './internal-keys.ts';
import { checkedCount } from './internal-measure.ts';
import { ksComplement } from './ks-complement.ts';
import type { QualityMeasure, QualityMeasureOptions } from './quality-measure.ts';

/** Options of {@link interRowMsas}. */
export interface InterRowMsasOptions extends QualityMeasureOptions {
  /** Rows between the two cells of a difference, from 1. Default 1. */
  readonly rowsApart?: number | undefined;
  /** Takes natural logarithms first, so that differences are growth rates; cells of 0 and less count as missing. Default false. */
  readonly logarithm?: boolean | undefined;
}

/** Result of {@link interRowMsas}. */
export interface InterRowMsasMeasure extends QualityMeasure {
  /** Sequences of both tables without a difference: too short, or no two cells that far apart. */
  readonly sequencesLeftOut: number;
}

/**
 * How alike the steps within sequences are (inter-row multi-sequence aggregate similarity): {@link ksComplement} of the mean
 * difference, of each sequence, between a row and the one `rowsApart` rows before.
 *
 * 1 = the same distribution over the sequences; larger is better. Rows of a sequence count in table order. Source: SDMetrics
 * 0.29, InterRowMSAS.
 *
 * @param real - Sequence key and numeric or datetime column of the real table, of equal length.
 * @param synthetic - The same two columns of the synthetic table.
 * @param options - See {@link InterRowMsasOptions}.
 * @returns A measure in [0, 1] whose counts are sequences; reasons `NO_REAL_VALUES`, `NO_SYNTHETIC_VALUES`.
 * @throws {@link SynthproofError} `KIND_MISMATCH` (also logarithms of datetimes), `LENGTH_MISMATCH`, `BAD_OPTION`, `OUT_OF_RANGE`.
 * @example
 * const key = categoryColumn('patient', ['a', 'a', 'b', 'b']);
 * const real = [key, numberColumn('weight', [60, 61, 80, 82])];
 * interRowMsas(real, [key, numberColumn('weight', [60, 61, 80, 81])]).value; // => 0.5
 */
export function interRowMsas(
  real: readonly [Column, Column],
  synthetic: readonly [Column, Column],
  options: InterRowMsasOptions = {},
): InterRowMsasMeasure {
  const { logarithm = false, rowsApart, ...shared } = options;
  const apart = checkedCount(rowsApart, 1, [1, Number.MAX_SAFE_INTEGER], 'rowsApart');
  if (logarithm && (real[1].kind === 'datetime' || synthetic[1].kind === 'datetime'))
    throw new SynthproofError(
      'KIND_MISMATCH',
      `logarithm: column "${real[1].name}" is a datetime, which has no logarithm; leave the option out`,
      { argument: 'logarithm', column: real[1].name },
    );
  let sequencesLeftOut = 0;
  const column = (pair: readonly [Column, Column], argument: string): Column => {
    const sequences = sequencesOf(pair, argument, 'interRowMsas');
    const values = Float64Array.from(sequences, (sequence) => meanStep(sequence, apart, logarithm));
    for (const value of values) if (Number.isNaN(value)) sequencesLeftOut++;
    return { kind: 'number', name: pair[1].name, values };
  };
  const measure = ksComplement(column(real, 'real'), column(synthetic, 'synthetic'), shared);
  return { ...measure, metric: 'interRowMsas', sequencesLeftOut };
}

function meanStep(sequence: readonly number[], apart: number, logarithm: boolean): number {
  const values = logarithm ? sequence.map((value) => (value > 0 ? log(value) : Number.NaN)) : sequence;
  const steps: number[] = [];
  for (let i = apart; i < values.length; i++) {
    const step = values[i]! - values[i - apart]!;
    if (!Number.isNaN(step)) steps.push(step);
  }
  return steps.length === 0 ? Number.NaN : mean(steps);
}
