import type { QualityMeasure } from './quality-measure.ts';

/** A figure with three decimals. */
export function figure(x: number): string {
  return x.toFixed(3);
}

/** A figure with three decimals and its sign. */
export function signed(x: number): string {
  const text = figure(x);
  return text === '-0.000' ? '0.000' : x > 0 && text !== '0.000' ? `+${text}` : text;
}

/** `0.961 to 0.994`, or null. */
export function intervalText(measure: QualityMeasure): string | null {
  return measure.interval ? `${figure(measure.interval.lower)} to ${figure(measure.interval.upper)}` : null;
}

const METRIC_WORDS: Readonly<Record<string, string>> = {
  ksComplement: 'KS complement',
  tvComplement: 'TV complement',
  correlationSimilarity: 'correlation similarity',
  contingencySimilarity: 'contingency similarity',
};

/** A metric's name in words. */
export function metricWords(metric: string): string {
  return METRIC_WORDS[metric] ?? metric;
}

const REASON_WORDS: Readonly<Record<string, string>> = {
  NO_REAL_VALUES: 'the real column holds no value',
  NO_SYNTHETIC_VALUES: 'the synthetic column holds no value',
  TOO_FEW_VALUES: 'there are too few values',
  CONSTANT_REAL: 'a real column is constant',
  CONSTANT_SYNTHETIC: 'a synthetic column is constant',
  ONE_LEVEL: 'a real column has a single level',
  NOT_FINITE: 'the values span no finite range',
  BELOW_THRESHOLD: 'the real relation is not above the threshold',
  NOTHING_TO_AVERAGE: 'no figure could be computed',
};

/** A reason in words. */
export function reasonWords(reason: string | undefined): string {
  return (reason && REASON_WORDS[reason]) || 'it cannot be computed';
}
