import type { Finding } from '../types.ts';
import { figure, intervalText, metricWords, reasonWords, signed } from './internal-report-text.ts';
import type { QualityResult, QualityScore } from './quality-result.ts';

/** A gap of this size or more that stands out of the noise is called clear; a reading aid, not a test. */
const CLEAR_GAP = 0.02;

/**
 * A gap stands out when it is seen in every repeat and is larger than this many times the spread of the floor over the
 * repeats. The repeats share the synthetic rows, so their own spread alone would call chance a loss too often.
 */
const SPREADS = 2;

/** One sentence about a column or pair. */
export function scoreFinding(subject: string, score: QualityScore): Finding {
  if (score.value === null)
    return { level: 'note', text: `${subject}: no figure, because ${reasonWords(score.reason)}.` };
  const interval = intervalText(score);
  const start = `${subject}: ${metricWords(score.metric)} ${figure(score.value)}${interval ? ` [${interval}]` : ''}`;
  const { noise } = score;
  if (!noise || noise.gap === null || noise.gapRange === null || noise.floor === null || noise.matched === null)
    return { level: 'note', text: `${start}; no noise floor to read it by.` };
  const [level, words] = reading(noise.gap, noise.gapRange, noise.floorRange);
  return {
    level,
    text: `${start}; at equal size ${figure(noise.matched)} beside a noise floor of ${figure(noise.floor)}${rangeText(noise.floorRange)}: ${words}.`,
  };
}

function rangeText(range: readonly [number, number] | null): string {
  return range ? ` (${figure(range[0])} to ${figure(range[1])})` : '';
}

function reading(
  gap: number,
  gapRange: readonly [number, number],
  floorRange: readonly [number, number] | null,
): readonly [Finding['level'], string] {
  const spread = floorRange ? floorRange[1] - floorRange[0] : 0;
  if (gapRange[0] <= 0 || gap <= SPREADS * spread) return ['good', 'no loss beyond sampling noise was seen'];
  if (gap < CLEAR_GAP) return ['note', `slightly below the floor, gap ${signed(gap)}`];
  return ['warning', `clearly below the floor, gap ${signed(gap)}`];
}

/** Findings before and after those of columns and pairs. */
export function overallFindings(result: QualityResult): readonly [readonly Finding[], readonly Finding[]] {
  const { overall, columnShapes, columnPairTrends, rows, skipped } = result;
  const head: Finding[] = [
    scoreFinding(`Overall, ${rows.synthetic} synthetic beside ${rows.real} real rows`, named(overall)),
  ];
  head.push(scoreFinding('Shapes of single columns', named(columnShapes)));
  head.push(scoreFinding('Trends of column pairs', named(columnPairTrends)));
  const lost = skipped.filter((entry) => entry.reason === 'NOT_IN_SYNTHETIC').map((entry) => `"${entry.column}"`);
  if (lost.length > 0)
    head.push({
      level: 'warning',
      text: `Missing from the synthetic table and not part of any score: ${lost.join(', ')}.`,
    });
  const tail: Finding[] = [];
  for (const entry of result.columns) {
    const similarity = entry.missingValueSimilarity;
    if (similarity === null || similarity >= 0.98) continue;
    const share = (count: number, total: number): string => `${((100 * count) / total).toFixed(1)} %`;
    tail.push({
      level: 'warning',
      text: `Column "${entry.column}": ${share(entry.realMissing, rows.real)} of the real and ${share(entry.syntheticMissing, rows.synthetic)} of the synthetic cells are missing.`,
    });
  }
  const text = skipped.filter((entry) => entry.reason === 'TEXT').map((entry) => `"${entry.column}"`);
  if (text.length > 0)
    tail.push({
      level: 'note',
      text: `Text columns have no shape to compare and were not scored: ${text.join(', ')}.`,
    });
  const keys = skipped.filter((entry) => entry.reason === 'IDENTIFIER').map((entry) => `"${entry.column}"`);
  if (keys.length > 0)
    tail.push({
      level: 'note',
      text: `Nearly every cell has a level of its own, so there is no shape to compare: ${keys.join(', ')}.`,
    });
  const asked = skipped.filter((entry) => entry.reason === 'BY_REQUEST').map((entry) => `"${entry.column}"`);
  if (asked.length > 0) tail.push({ level: 'note', text: `Left out at the caller's request: ${asked.join(', ')}.` });
  const extra = skipped.filter((entry) => entry.reason === 'NOT_IN_REAL').map((entry) => `"${entry.column}"`);
  if (extra.length > 0)
    tail.push({ level: 'note', text: `Only in the synthetic table and not scored: ${extra.join(', ')}.` });
  tail.push({
    level: 'note',
    text:
      'These figures look at one and two columns at a time. Columns drawn independently of each other can score above 0.9, ' +
      'so they do not rank generators, and they say nothing about privacy or about small groups.',
  });
  return [head, tail];
}

const PART_WORDS: Readonly<Record<string, string>> = {
  qualityScore: 'score',
  columnShapes: 'mean score',
  columnPairTrends: 'mean score',
};

function named(score: QualityScore): QualityScore {
  return { ...score, metric: PART_WORDS[score.metric] ?? score.metric };
}
