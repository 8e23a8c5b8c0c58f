import { expect, test } from 'vitest';
import { scoreFinding } from '../../src/quality/internal-report-findings.ts';
import type { QualityScore } from '../../src/quality/quality-result.ts';

/** A score whose floor runs from .97 to .98 and whose gaps are given. */
function score(gap: number, lowestGap: number, spread = 0.01): QualityScore {
  return {
    metric: 'ksComplement',
    value: 0.95,
    range: [0, 1],
    goal: 'maximize',
    n: 200,
    nReal: 100,
    nSynthetic: 100,
    noise: {
      floor: 0.975,
      floorRange: [0.97, 0.97 + spread],
      matched: 0.975 - gap,
      matchedRange: [0.9, 0.99],
      gap,
      gapRange: [lowestGap, 2 * gap],
    },
  };
}

test.each([
  [
    'seen in every repeat, more than twice the spread, large',
    score(0.05, 0.01),
    'warning',
    /clearly below the floor, gap \+0\.050/,
  ],
  ['the same, small', score(0.015, 0.01, 0.005), 'note', /slightly below the floor, gap \+0\.015/],
  ['not seen in every repeat', score(0.05, -0.001), 'good', /no loss beyond sampling noise/],
  ['within twice the spread of the floor', score(0.05, 0.01, 0.025), 'good', /no loss beyond sampling noise/],
  ['closer than two real parts', score(-0.01, -0.02), 'good', /no loss beyond sampling noise/],
] as const)('a gap %s', (_, given, level, words) => {
  const finding = scoreFinding('Column "x"', given);
  expect(finding.level).toBe(level);
  expect(finding.text).toMatch(words);
});
