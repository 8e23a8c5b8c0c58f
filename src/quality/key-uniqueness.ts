import type { Column } from '../types.ts';
import { checkSameKind, levelPair } from './internal-columns.ts';
import { computed, notComputed } from './internal-measure.ts';
import type { QualityMeasure } from './quality-measure.ts';

/** Result of {@link keyUniqueness}. */
export interface KeyUniquenessMeasure extends QualityMeasure {
  /** Synthetic cells that repeat an earlier one. */
  readonly duplicates: number;
  /** Synthetic cells that are missing. */
  readonly missing: number;
  /** Whether the real column is a key: no cell missing, no two equal. */
  readonly realIsKey: boolean;
}

/**
 * Share of the synthetic key's cells that are neither missing nor a repetition of an earlier cell.
 *
 * 1 = a sound key; larger is better. Source: SDMetrics 0.29, KeyUniqueness.
 *
 * @param real - The real key.
 * @param synthetic - The synthetic key, of the same kind.
 * @returns A measure in [0, 1]; reason `NO_SYNTHETIC_VALUES` (no rows).
 * @throws {@link SynthproofError} `KIND_MISMATCH` for columns of different kinds.
 * @example
 * keyUniqueness(integerColumn('id', [1, 2, 3, 4]), integerColumn('id', [7, 8, 8, null])).value; // => 0.5
 */
export function keyUniqueness(real: Column, synthetic: Column): KeyUniquenessMeasure {
  checkSameKind(real, synthetic);
  const pair = levelPair(real, synthetic);
  const size = pair.labels.length;
  const source = repetitions(pair.real, size);
  const { duplicates, missing } = repetitions(pair.synthetic, size);
  const [nReal, nSynthetic] = [pair.real.length, pair.synthetic.length];
  const base =
    nSynthetic === 0
      ? notComputed('keyUniqueness', 'NO_SYNTHETIC_VALUES', nReal, 0)
      : computed('keyUniqueness', 1 - (duplicates + missing) / nSynthetic, nReal, nSynthetic);
  return { ...base, duplicates, missing, realIsKey: source.duplicates + source.missing === 0 };
}

function repetitions(codes: Int32Array, size: number): { duplicates: number; missing: number } {
  const seen = new Uint8Array(size);
  let duplicates = 0;
  let missing = 0;
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!;
    if (code === size) missing++;
    else if (seen[code] === 1) duplicates++;
    else seen[code] = 1;
  }
  return { duplicates, missing };
}
