import { SynthproofError } from '../../errors.ts';
import { gapsOf, type PromptTemplate } from './prompt-template.ts';

/**
 * The prompt of a template with its gaps filled. Values are put in as they are, once: `{{name}}` inside a value stays
 * text. That keeps a value from filling gaps; it cannot keep it from talking to the model, so put values of unknown
 * origin where the prompt says that they are data.
 *
 * @param template - A template of {@link promptTemplate}.
 * @param values - Exactly one text per gap.
 * @returns The prompt.
 * @throws {@link SynthproofError} `BAD_VALUE` for a value that is missing, extra or no text.
 * @example
 * fillTemplate(promptTemplate('About {{topic}}.'), { topic: 'the {{sea}}' }); // => 'About the {{sea}}.'
 */
export function fillTemplate(template: PromptTemplate, values: Readonly<Record<string, string>>): string {
  const fail = (message: string): never => {
    throw new SynthproofError('BAD_VALUE', `values: ${message}`, { argument: 'values' });
  };
  for (const name of template.names) {
    if (!Object.hasOwn(values, name)) fail(`expected a value for {{${name}}}, received none`);
    if (typeof values[name] !== 'string') fail(`${name}: expected a text, received ${typeof values[name]}`);
  }
  for (const name of Object.keys(values))
    if (!template.names.includes(name)) fail(`${JSON.stringify(name)} is no gap of the template; leave it out`);
  let prompt = '';
  let start = 0;
  for (const gap of gapsOf(template.text)) {
    prompt += template.text.slice(start, gap.start) + values[gap.name]!;
    start = gap.end;
  }
  return prompt + template.text.slice(start);
}
