import { describe, expect, test } from 'vitest';
import { aiSdkTextModel, type LanguageModelCall } from '../../src/adapters/ai-sdk.ts';

/** A provider's model as the AI SDK shapes it. */
function modelOf(specificationVersion: string, result: unknown) {
  const calls: LanguageModelCall[] = [];
  return {
    calls,
    specificationVersion,
    provider: 'demo',
    modelId: 'one',
    doGenerate: async (call: LanguageModelCall): Promise<unknown> => {
      calls.push(call);
      return result;
    },
  };
}

describe('aiSdkTextModel', () => {
  test('V2: plain finish reason and numbers', async () => {
    const model = modelOf('v2', {
      content: [
        { type: 'reasoning', text: 'hm' },
        { type: 'text', text: 'Hello ' },
        { type: 'text', text: 'you' },
      ],
      finishReason: 'content-filter',
      usage: { inputTokens: 4, outputTokens: undefined, totalTokens: 4 },
    });
    expect(await aiSdkTextModel(model).generate({ prompt: 'Hi' })).toEqual({
      text: 'Hello you',
      modelId: 'one',
      finishReason: 'refusal',
    });
    expect(model.calls[0]).toEqual({ prompt: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }] });
  });

  test('V3 and V4: unified finish reason and totals; all options go through', async () => {
    for (const version of ['v3', 'v4']) {
      const model = modelOf(version, {
        content: [{ type: 'text', text: 'ok' }],
        finishReason: { unified: 'length', raw: 'max_tokens' },
        usage: { inputTokens: { total: 4, noCache: 4 }, outputTokens: { total: 2, text: 2 } },
        response: { modelId: 'one-2026' },
      });
      const { signal } = new AbortController();
      const port = aiSdkTextModel(model, 'mine');
      expect(port.id).toBe('mine');
      const request = { prompt: 'p', system: 's', seed: 3, temperature: 0.5, maxTokens: 9, signal };
      expect(await port.generate(request)).toEqual({
        text: 'ok',
        modelId: 'one-2026',
        finishReason: 'length',
        usage: { inputTokens: 4, outputTokens: 2 },
      });
      expect(model.calls[0]).toEqual({
        prompt: [
          { role: 'system', content: 's' },
          { role: 'user', content: [{ type: 'text', text: 'p' }] },
        ],
        seed: 3,
        temperature: 0.5,
        maxOutputTokens: 9,
        abortSignal: signal,
      });
      await port.generate({ prompt: 'p', signal: { aborted: false } });
      expect(model.calls[1]).not.toHaveProperty('abortSignal');
    }
  });

  test('answers without sense are taken for what they are', async () => {
    for (const [finishReason, expected] of [
      ['stop', 'stop'],
      ['error', 'error'],
      ['tool-calls', 'other'],
      [undefined, 'other'],
      [{ unified: 5 }, 'other'],
    ] as const)
      expect(await aiSdkTextModel(modelOf('v3', { content: [], finishReason })).generate({ prompt: '' })).toEqual({
        text: '',
        modelId: 'one',
        finishReason: expected,
      });
    for (const result of [null, undefined, 5, {}, { content: 'x' }])
      await expect(aiSdkTextModel(modelOf('v3', result)).generate({ prompt: '' })).rejects.toMatchObject({
        code: 'BAD_VALUE',
      });
  });

  test('what is no model is refused', () => {
    for (const model of ['gpt', null, {}, { ...modelOf('v1', null) }, { ...modelOf('v3', null), modelId: 5 }])
      expect(() => aiSdkTextModel(model as never)).toThrow(/specificationVersion/);
  });
});
