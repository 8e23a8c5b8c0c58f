import type { Column } from '../types.ts';
import { checkSameKind, levelPair } from './internal-columns.ts';
import { computed, notComputed } from './internal-measure.ts';
import { countCodes } from './internal-variation.ts';
import type { QualityMeasure } from './quality-measure.ts';

/** Result of {@link categoryCoverage}. */
export interface CategoryCoverageMeasure extends QualityMeasure {
  /** Levels that occur in the real column. */
  readonly realLevels: number;
  /** How many of them occur in the synthetic column. */
  readonly coveredLevels: number;
  /** The lost levels with their real row counts, most frequent first; at most 20. */
  readonly lost: readonly {
    /** Text of the level. */
    readonly label: string;
    /** Real rows that have it. */
    readonly rows: number;
  }[];
}

/**
 * Share of the real column's levels that occur in the synthetic column at least once.
 *
 * 1 = none lost; larger is better. Missing is not a level. The rarest levels are lost first, and those are often the
 * smallest groups of people: `lost` names them. Source: SDMetrics 0.29, CategoryCoverage.
 *
 * @param real - Category, boolean or other column.
 * @param synthetic - Column of the same kind.
 * @returns A measure in [0, 1]; reason `NO_REAL_VALUES`. No interval: a level is there or not.
 * @throws {@link SynthproofError} `KIND_MISMATCH` for columns of different kinds.
 * @example
 * const measure = categoryCoverage(categoryColumn('c', ['a', 'a', 'b']), categoryColumn('c', ['a', 'c']));
 * measure.value; // => 0.5
 * measure.lost; // => [{ label: 'b', rows: 1 }]
 */
export function categoryCoverage(real: Column, synthetic: Column): CategoryCoverageMeasure {
  checkSameKind(real, synthetic);
  const { real: a, synthetic: b, labels } = levelPair(real, synthetic);
  const realCounts = countCodes(a, labels.length);
  const syntheticCounts = countCodes(b, labels.length);
  let realLevels = 0;
  let coveredLevels = 0;
  let nReal = 0;
  let nSynthetic = 0;
  const lost: { label: string; rows: number }[] = [];
  for (let i = 0; i < labels.length; i++) {
    nReal += realCounts[i]!;
    nSynthetic += syntheticCounts[i]!;
    if (realCounts[i] === 0) continue;
    realLevels++;
    if (syntheticCounts[i]! > 0) coveredLevels++;
    else lost.push({ label: labels[i]!, rows: realCounts[i]! });
  }
  lost.sort((x, y) => y.rows - x.rows || (x.label < y.label ? -1 : 1));
  const base =
    realLevels === 0
      ? notComputed('categoryCoverage', 'NO_REAL_VALUES', 0, nSynthetic)
      : computed('categoryCoverage', coveredLevels / realLevels, nReal, nSynthetic);
  return { ...base, realLevels, coveredLevels, lost: lost.slice(0, 20) };
}
