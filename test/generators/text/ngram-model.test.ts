import { describe, expect, test } from 'vitest';
import { fitNgramModel, type NgramModel, ngramTextModel, sampleNgramText } from '../../../src/generators/text/index.ts';
import { canonicalJson, sha256Hex } from '../../../src/hash/index.ts';
import { segmentWords } from '../../../src/text/index.ts';
import { code } from '../../text/support.ts';
import { makeStories } from './support.ts';

const stories = makeStories(300, 'ngram');
const model = fitNgramModel(stories);

describe('fitNgramModel', () => {
  test('rare words and runs are pooled and never written', () => {
    const secret = 'Zebulon Quirk keeps the boats in London.';
    const fitted = fitNgramModel([...stories, secret, secret]);
    expect(fitted.words).not.toContain('Zebulon');
    expect(fitted.report).toMatchObject({ texts: 302, pooledWords: 2, pooledTokens: 4, emptyTexts: 0 });
    const texts = sampleNgramText(fitted, { rows: 300, seed: 'x' });
    expect(texts.some((text) => /zebulon|quirk/i.test(text))).toBe(false);
    expect(fitted.embedsTrainingValues).toBe(true);
  });

  test('does not depend on the order of the texts; survives JSON', () => {
    expect(fitNgramModel(stories.slice().reverse())).toEqual(model);
    const copy = JSON.parse(JSON.stringify(model)) as NgramModel;
    expect(copy).toEqual(model);
    expect(sampleNgramText(copy, { rows: 3, seed: 's' })).toEqual(sampleNgramText(model, { rows: 3, seed: 's' }));
    const { digest, ...body } = model;
    expect(digest).toBe(sha256Hex(canonicalJson(body)));
  });

  test('bad input', () => {
    expect(code(() => fitNgramModel([]))).toBe('EMPTY_INPUT');
    expect(code(() => fitNgramModel(['one two', 'three four']))).toBe('EMPTY_INPUT');
    expect(code(() => fitNgramModel(stories, { order: 0 }))).toBe('OUT_OF_RANGE');
    expect(code(() => fitNgramModel([5 as never]))).toBe('BAD_VALUE');
    expect(code(() => fitNgramModel(stories, { signal: { aborted: true } }))).toBe('ABORTED');
  });
});

describe('sampleNgramText', () => {
  test('any sharding gives the same texts', () => {
    const whole = sampleNgramText(model, { rows: 64, seed: 'shards' });
    for (const shards of [2, 7, 64]) {
      const parts: string[] = [];
      for (let s = 0; s < shards; s++) {
        const from = Math.floor((64 * s) / shards);
        const to = Math.floor((64 * (s + 1)) / shards);
        parts.push(...sampleNgramText(model, { rows: to - from, seed: 'shards', offset: from }));
      }
      expect(parts).toEqual(whole);
    }
    expect(sampleNgramText(model, { rows: 64, seed: 'other' })).not.toEqual(whole);
  });

  test('texts look like the source: sentences with capitals and ends, its words in its shares', () => {
    const texts = sampleNgramText(model, { rows: 400, seed: 'look', maxWords: 5000 });
    for (const text of texts) expect(text).toMatch(/^[A-Z].*\.$/);
    expect(texts.join(' ')).toContain('in London.');
    const share = (list: readonly string[], word: string): number => {
      const words = list.flatMap(segmentWords);
      return words.filter((other) => other === word).length / words.length;
    };
    for (const word of ['clerk', 'boats', 'night', 'the'])
      expect(Math.abs(share(texts, word) - share(stories, word))).toBeLessThan(0.02);
    expect(new Set(texts).size).toBeGreaterThan(300);
  });

  test('the limit holds; order 1 and one text work', () => {
    for (const text of sampleNgramText(model, { rows: 20, seed: 's', maxWords: 5 }))
      expect(segmentWords(text).length).toBeLessThanOrEqual(5);
    const one = fitNgramModel(['Yes.'], { order: 1, minTexts: 1 });
    for (const text of sampleNgramText(one, { rows: 20, seed: 's' })) expect(text.length).toBeGreaterThan(0);
    expect(code(() => sampleNgramText(model, { rows: 1, seed: 's', maxWords: 0 }))).toBe('OUT_OF_RANGE');
    expect(code(() => sampleNgramText(model, { rows: -1, seed: 's' }))).toBe('OUT_OF_RANGE');
  });

  test('hostile models are refused', () => {
    const sign = (body: Omit<NgramModel, 'digest'>): NgramModel => ({
      ...body,
      digest: sha256Hex(canonicalJson(body)),
    });
    const { digest: _, ...body } = model;
    const change = (k: number, level: Partial<NgramModel['levels'][number]>): NgramModel =>
      sign({ ...body, levels: body.levels.map((old, i) => (i === k ? { ...old, ...level } : old)) });
    const bad: NgramModel[] = [
      { ...model, digest: '0' },
      { ...model, kind: 'cart' as never },
      sign({ ...body, words: [] }),
      sign({ ...body, words: [''] }),
      sign({ ...body, order: 2 }),
      sign({ ...body, levels: [] }),
      change(0, { starts: [] }),
      change(0, { rest: [] }),
      change(0, { next: body.levels[0]!.next.map(() => 9999) }),
      change(1, { counts: body.levels[1]!.counts.map(() => 0) }),
      change(1, { counts: body.levels[1]!.counts.map(() => -1) }),
      change(1, { starts: body.levels[1]!.starts.map(() => 0) }),
      change(1, { contexts: 'x' as never }),
      change(2, { rest: body.levels[2]!.rest.map(() => 2 ** 53 - 1) }),
    ];
    for (const hostile of bad) {
      expect(code(() => sampleNgramText(hostile, { rows: 1, seed: 's' }))).toBe('BAD_MODEL');
      expect(code(() => ngramTextModel(hostile))).toBe('BAD_MODEL');
    }
  });
});

test('ngramTextModel: the same request, the same answer; another seed or prompt, another', async () => {
  const port = ngramTextModel(model);
  const answer = await port.generate({ prompt: 'Write.', seed: 1 });
  expect(await port.generate({ prompt: 'Write.', seed: 1 })).toEqual(answer);
  expect(answer).toMatchObject({ modelId: port.id, finishReason: 'stop' });
  expect((await port.generate({ prompt: 'Write.', seed: 2 })).text).not.toBe(answer.text);
  expect((await port.generate({ prompt: 'Write!\ud800', seed: 1 })).text).not.toBe(answer.text);
  expect((await port.generate({ prompt: 'Write.', maxTokens: 3 })).finishReason).toBe('length');
});
