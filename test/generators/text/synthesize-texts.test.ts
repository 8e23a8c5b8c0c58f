import { describe, expect, test } from 'vitest';
import {
  fitNgramModel,
  lengthFilter,
  memoryTextCache,
  mockTextModel,
  ngramTextModel,
  personalDataFilter,
  promptTemplate,
  synthesizeTexts,
  textReport,
} from '../../../src/generators/text/index.ts';
import { toMarkdown } from '../../../src/report/index.ts';
import { makeTexts, mutate } from '../../text/support.ts';
import { makeStories } from './support.ts';

const axes = { topic: ['tax', 'law', 'sea'], level: ['easy', 'hard'] };
const template = promptTemplate('A {{level}} text on {{topic}}.');

describe('synthesizeTexts', () => {
  test('offline with the n-gram model: repeatable, and nothing is asked on a rerun', async () => {
    const model = ngramTextModel(fitNgramModel(makeStories(200, 'fit')));
    const cache = memoryTextCache();
    const options = { axes, template, count: 30, seed: 'run', model, cache, filters: [lengthFilter({ minWords: 8 })] };
    const first = await synthesizeTexts(options);
    const again = await synthesizeTexts({ ...options, concurrency: 1 });
    expect(again.batch.calls).toBe(0);
    expect(again.texts).toEqual(first.texts);
    expect(again.dropped).toEqual(first.dropped);
    expect(again.diversity).toEqual(first.diversity);
    expect(first.texts.length + first.dropped.length + first.batch.failures.length).toBe(30);
    expect(first.texts[0]!.origin.steps).toEqual([
      'quota-grid/1',
      'generate-texts/1',
      'length/1(8,,)',
      'exact-duplicates/1',
      'near-duplicates/1',
    ]);
    expect(JSON.parse(JSON.stringify(first))).toEqual(first);
  });

  test('every loss is counted where it happens', async () => {
    const base = makeTexts(6, 40, 'story');
    const answers = [
      base[0]!,
      ` ${base[0]!.toUpperCase()}`, // repeats in another case
      mutate(base[0]!, 1, 'near'), // nearly repeats
      `${base[1]!} a@b.org`, // personal data
      '', // empty
      base[2]!,
    ];
    const run = await synthesizeTexts({
      axes,
      template,
      count: 6,
      seed: 's',
      maxRepairs: 0,
      concurrency: 1,
      model: mockTextModel(answers),
      filters: [personalDataFilter()],
      nearDuplicates: { threshold: 0.7 },
      reference: [base[2]!],
    });
    expect(run.texts.map(({ index }) => index)).toEqual([0, 5]);
    expect(run.batch.failureCounts).toEqual({ empty: 1 });
    expect([run.exactDuplicates, run.nearDuplicates, run.filters[0]!.dropped]).toEqual([1, 1, 1]);
    expect(run.dropped.map(({ index, step }) => `${index} ${step}`)).toEqual([
      '3 personal-data/1(all)',
      '1 exact-duplicates/1',
      '2 near-duplicates/1',
    ]);
    expect(run.wanted.cellsUsed).toBe(6);
    expect(run.coverage.cellsUsed).toBe(2);
    expect(run.diversity.novelty!.value).toBeCloseTo(0.5, 10);
    const report = textReport(run);
    expect(report.findings.map(({ text }) => text)).toContain('1 items have no usable text: empty 1.');
    expect(report.tables[0]!.rows).toEqual([
      ['asked for', 6],
      ['generated', 5],
      ['personal-data/1(all)', 4],
      ['exact duplicates removed', 3],
      ['near-duplicates removed', 2],
    ]);
    expect(toMarkdown(report)).toContain('Diversity of the texts');
    expect(JSON.stringify(report)).not.toMatch(/NaN|Infinity/);
  });

  test('nothing left is a result, not an error', async () => {
    const model = mockTextModel(() => '');
    const run = await synthesizeTexts({ axes, template, count: 3, seed: 's', model, nearDuplicates: false });
    expect(run.texts).toEqual([]);
    expect(run.nearDuplicates).toBeNull();
    expect(run.diversity.vendi.reason).toBe('EMPTY_INPUT');
    expect(toMarkdown(textReport(run))).toContain('0 of 3 texts');
  });
});
