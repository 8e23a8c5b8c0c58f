import { SynthproofError } from '../../errors.ts';
import type { TextModel, TextRequest, TextResponse } from '../../types.ts';

/** An answer of a {@link mockTextModel}: a text, parts of a response, or an error to throw. */
export type MockAnswer = string | Partial<TextResponse> | Error;

/** A model for tests. */
export interface MockTextModel extends TextModel {
  /** The requests so far, in order. */
  readonly requests: readonly TextRequest[];
}

/**
 * A model for tests that answers from a script and remembers what it was asked.
 *
 * @param script - Answers in order of the calls, or a function of the request and the number of the call from 0. A list
 * that runs out throws, so that a test sees every call.
 * @param id - Name of the model. Default `mock`.
 * @returns The model.
 * @throws {@link SynthproofError} when called: `EMPTY_INPUT` after the last answer of a list.
 * @example
 * const model = mockTextModel(['hello']);
 * (await model.generate({ prompt: 'hi' })).text; // => 'hello'
 * model.requests.length; // => 1
 */
export function mockTextModel(
  script: readonly MockAnswer[] | ((request: TextRequest, call: number) => MockAnswer | Promise<MockAnswer>),
  id = 'mock',
): MockTextModel {
  const requests: TextRequest[] = [];
  return {
    id,
    requests,
    async generate(request) {
      const call = requests.push(request) - 1;
      const answer = typeof script === 'function' ? await script(request, call) : script[call];
      if (answer === undefined)
        throw new SynthproofError('EMPTY_INPUT', `script: expected an answer for call ${call}, the script has ended`, {
          argument: 'script',
        });
      if (answer instanceof Error) throw answer;
      const parts = typeof answer === 'string' ? { text: answer } : answer;
      return { text: '', modelId: id, finishReason: 'stop', ...parts };
    },
  };
}
