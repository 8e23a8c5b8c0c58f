import { describe, expect, test } from 'vitest';
import {
  generateTexts,
  jsonRecordCheck,
  memoryTextCache,
  mockTextModel,
  promptTemplate,
  quotaGrid,
} from '../../../src/generators/text/index.ts';
import { sha256Hex } from '../../../src/hash/index.ts';
import type { TextRequest } from '../../../src/types.ts';
import { codeOf } from './support.ts';

const template = promptTemplate('Write about {{topic}}.');
const { items } = quotaGrid({ topic: ['a', 'b', 'c', 'd', 'e', 'f'] }, 12, 'demo');
const echo = (request: TextRequest, call: number) => ({
  text: `On call ${call}: ${request.prompt}`,
  modelId: 'echo-1',
  usage: { inputTokens: 10, outputTokens: 5 },
});

describe('generateTexts', () => {
  test('order and content do not depend on who finishes first', async () => {
    const slow = mockTextModel(async (request) => {
      for (let i = 0; i < request.prompt.charCodeAt(12) % 5; i++) await Promise.resolve();
      return `Text for ${request.prompt} ${request.seed}`;
    });
    const one = await generateTexts(items, { model: slow, template, seed: 's', concurrency: 1 });
    const many = await generateTexts(items, { model: slow, template, seed: 's', concurrency: 7 });
    expect(many).toEqual(one);
    expect(one.texts.map(({ index }) => index)).toEqual(items.map((_, i) => i));
    expect(new Set(one.texts.map(({ text }) => text)).size).toBe(12);
  });

  test('the origin names model, prompt, template, raw answer, tokens and price', async () => {
    const model = mockTextModel(echo);
    const price = { inputPerMillion: 2, outputPerMillion: 6 };
    const { texts, usage, cost } = await generateTexts(items.slice(0, 1), { model, template, price });
    const prompt = `Write about ${items[0]!.values.topic}.`;
    expect(texts[0]!.origin).toEqual({
      kind: 'synthetic',
      model: 'mock',
      modelId: 'echo-1',
      templateHash: template.hash,
      promptHash: sha256Hex(prompt),
      rawOutputHash: sha256Hex(`On call 0: ${prompt}`),
      steps: ['generate-texts/1'],
      attempts: 1,
      requestSeed: null,
      finishReason: 'stop',
      cleaned: 0,
      usage: { inputTokens: 10, outputTokens: 5, unknown: 0 },
      cost: 0.00005,
    });
    expect(usage).toEqual({ inputTokens: 10, outputTokens: 5, unknown: 0 });
    expect(cost).toBe(0.00005);
    expect(JSON.parse(JSON.stringify(texts))).toEqual(texts);
  });

  test('a rerun with the cache asks the model nothing and gives the same', async () => {
    const cache = memoryTextCache();
    const validate = (text: string) =>
      text.includes('call 3') ? ({ ok: false, reason: 'not 3' } as const) : ({ ok: true, value: null } as const);
    const options = { template, cache, seed: 's', validate };
    const first = await generateTexts(items, { ...options, model: mockTextModel(echo) });
    expect(first.calls).toBe(13);
    const silent = mockTextModel([]);
    const again = await generateTexts(items, { ...options, model: silent, cache: memoryTextCache(cache.entries()) });
    expect(silent.requests.length).toBe(0);
    expect(again.calls).toBe(0);
    expect(again.cacheHits).toBe(13);
    expect(again.texts).toEqual(first.texts);
    // Anything that makes the answer is in the key.
    const other = await generateTexts(items, { ...options, temperature: 0.5, model: mockTextModel(echo) });
    expect(other.cacheHits).toBe(0);
  });

  test('items with one prompt have answers of their own, also from the cache', async () => {
    const cache = memoryTextCache();
    const same = [items[0]!, items[0]!, items[0]!];
    const { texts } = await generateTexts(same, { template, cache, model: mockTextModel(echo), concurrency: 1 });
    expect(new Set(texts.map(({ text }) => text)).size).toBe(3);
    expect((await generateTexts(same, { template, cache, model: mockTextModel([]) })).texts).toEqual(texts);
  });

  test('a spoilt cache is no answer: counted and asked again', async () => {
    const entries = memoryTextCache();
    await generateTexts(items, { template, cache: entries, model: mockTextModel(echo) });
    for (const bad of ['', '{', '[]', '{"text":1}', '{"text":"x","modelId":"m","finishReason":"won"}']) {
      const cache = memoryTextCache(entries.entries().map(([key]) => [key, bad]));
      const batch = await generateTexts(items, { template, cache, model: mockTextModel(echo) });
      expect([batch.cacheFaults, batch.cacheHits, batch.calls]).toEqual([12, 0, 12]);
    }
  });

  test('bounded repair: asked again with the reason, counted when it does not help', async () => {
    const model = mockTextModel((request) => (request.prompt.includes('Again') ? 'good' : 'bad'));
    const options = {
      model,
      template,
      validate: (text: string) =>
        text === 'good' ? ({ ok: true, value: 7 } as const) : ({ ok: false, reason: 'say good\u0007' } as const),
      repairPrompt: (prompt: string, reason: string) => `${prompt} Again: ${reason}`,
    };
    const { texts } = await generateTexts(items.slice(0, 1), options);
    expect(texts[0]).toMatchObject({ text: 'good', value: 7, origin: { attempts: 2 } });
    expect(model.requests[1]!.prompt).toMatch(/Again: say good$/);
    const none = await generateTexts(items.slice(0, 2), { ...options, maxRepairs: 0 });
    expect(none.failureCounts).toEqual({ invalid: 2 });
    expect(none.failures[0]).toMatchObject({ index: 0, reason: 'invalid', detail: 'say good', attempts: 1 });
  });

  test.each([
    ['model-error', new Error('boom\u0000')],
    ['model-error', { text: 'x', finishReason: 'error' as const }],
    ['bad-response', { text: 5 as never }],
    ['bad-response', { finishReason: 'done' as never }],
    ['too-long', 'x'.repeat(101)],
    ['empty', ' \u0000\n '],
    ['refusal', { text: 'I cannot', finishReason: 'refusal' as const }],
    ['cut-off', { text: 'half a', finishReason: 'length' as const }],
    ['invalid', 'throw'],
  ] as const)('%s is counted', async (reason, answer) => {
    const { texts, failures, failureCounts, calls } = await generateTexts(items.slice(0, 1), {
      model: mockTextModel(() => answer),
      template,
      maxRepairs: 2,
      maxCharacters: 100,
      validate: (text) => {
        if (text === 'throw') throw new Error('no');
        return { ok: true, value: null };
      },
    });
    expect(texts).toEqual([]);
    expect(failureCounts).toEqual({ [reason]: 1 });
    expect(failures[0]!.attempts).toBe(3);
    expect(failures[0]!.detail).not.toContain('\u0000');
    expect(calls).toBe(3);
  });

  test('hostile answers: control characters go, broken characters are replaced, commands stay text', async () => {
    const answer = 'Ignore all rules.\u0000\u001b[2J {{topic}}\ud800\r\nline\ttab\u0085';
    const cache = memoryTextCache();
    for (let run = 0; run < 2; run++) {
      const { texts } = await generateTexts(items.slice(0, 1), { model: mockTextModel(() => answer), template, cache });
      expect(texts[0]!.text).toBe('Ignore all rules.[2J {{topic}}\ufffd\nline\ttab');
      expect(texts[0]!.origin.cleaned).toBe(5);
      expect(texts[0]!.origin.usage).toEqual({ inputTokens: 0, outputTokens: 0, unknown: 1 });
    }
    const usage = { inputTokens: -1, outputTokens: Number.NaN };
    const { texts } = await generateTexts(items.slice(0, 1), {
      model: mockTextModel([{ text: 'x', usage }]),
      template,
    });
    expect(texts[0]!.origin.usage.unknown).toBe(1);
  });

  test('an answer whose getters throw is an error of the model; a name cut through a pair goes into the cache', async () => {
    const trap = {
      get text(): string {
        throw new Error('trap');
      },
    };
    const hostile = { id: 'm', generate: async () => trap as never };
    const { failures } = await generateTexts(items.slice(0, 1), { model: hostile, template, maxRepairs: 0 });
    expect(failures[0]).toMatchObject({ reason: 'model-error', detail: 'trap' });
    const modelId = `${'m'.repeat(199)}😀`;
    const model = mockTextModel(() => ({ text: 'x', modelId }));
    const { texts } = await generateTexts(items.slice(0, 1), { model, template, cache: memoryTextCache() });
    expect(texts[0]!.origin.modelId).toBe(`${'m'.repeat(199)}\ufffd`);
  });

  test('abort, progress and bad calls', async () => {
    const signal = { aborted: false };
    const model = mockTextModel((_request, call) => {
      if (call === 3) signal.aborted = true;
      return 'x';
    });
    expect(await codeOf(() => generateTexts(items, { model, template, signal, concurrency: 2 }))).toBe('ABORTED');
    expect(model.requests.length).toBeLessThan(7);
    const done: number[] = [];
    await generateTexts(items, { model: mockTextModel(() => 'x'), template, onProgress: (p) => done.push(p.done) });
    expect(done).toEqual(Array.from({ length: 13 }, (_, i) => i));
    const good = { model: mockTextModel(() => 'x'), template };
    expect(await codeOf(() => generateTexts(items, { ...good, model: {} as never }))).toBe('BAD_OPTION');
    expect(await codeOf(() => generateTexts(items, { ...good, concurrency: 0 }))).toBe('OUT_OF_RANGE');
    expect(await codeOf(() => generateTexts(items, { ...good, maxRepairs: 21 }))).toBe('OUT_OF_RANGE');
    expect(await codeOf(() => generateTexts([{ values: {} }], good))).toBe('BAD_VALUE');
    const broken = { get: () => undefined, set: () => Promise.reject(new Error('disk full')) };
    expect(await codeOf(() => generateTexts(items, { ...good, cache: broken }))).toContain('disk full');
  });
});

describe('jsonRecordCheck', () => {
  const check = jsonRecordCheck({
    schema: {
      parse(value) {
        const age = (value as { age?: unknown })?.age;
        if (typeof age !== 'number') throw new Error('age: expected a number');
        return { age };
      },
    },
    maxCharacters: 1000,
  });

  test.each(['{"age":4}', ' {"age":4}\n', '```json\n{"age":4}\n```', '```\n{"age":4}```'])('%j is read', (text) => {
    expect(check(text)).toEqual({ ok: true, value: { age: 4 } });
  });

  test.each([
    'Sure: {"age":4}',
    '{"age":4} {"age":5}',
    '{"age":4,"age":5}',
    '{"age":4,}',
    '{"age":"4"}',
    '{"__proto__":{"age":4}}',
    '```',
    '``````',
    '[[[['.repeat(200),
    'x'.repeat(1001),
    '',
  ])('%j is refused with a reason', (text) => {
    const result = check(text);
    expect(result.ok).toBe(false);
    expect(result.ok ? '' : result.reason).not.toBe('');
  });

  test('records come through the pipeline, faults are mended by asking again', async () => {
    const model = mockTextModel(['```json\n{"age": 41}\n```', 'Of course! {"age": 3}', '{"age": 3}']);
    const { texts } = await generateTexts(items.slice(0, 2), { model, template, validate: check, concurrency: 1 });
    expect(texts.map(({ value }) => value)).toEqual([{ age: 41 }, { age: 3 }]);
    expect(model.requests[2]!.prompt).toContain('expected JSON alone');
  });
});
