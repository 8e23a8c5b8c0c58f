import { SynthproofError } from '../../errors.ts';
import { canonicalJson } from '../../hash/canonical-json.ts';
import { sha256Hex } from '../../hash/sha256-hex.ts';

/** A prompt with gaps. Plain data. */
export interface PromptTemplate {
  /** Version of the rules by which gaps are found and filled. */
  readonly version: 1;
  /** The text with its gaps. */
  readonly text: string;
  /** Names of the gaps, in order of first appearance. */
  readonly names: readonly string[];
  /** SHA-256 of the canonical JSON of version and text: names the template in lineage records and cache keys. */
  readonly hash: string;
}

/**
 * A prompt template: gaps are written `{{name}}`, a name of letters, digits and underscores without a digit first.
 *
 * @param text - The prompt. `{{` stands only before a name; anything else behind it is refused, so that a misspelt gap
 * does not reach the model. A literal `{{` comes in as a value.
 * @returns See {@link PromptTemplate}; fill it with {@link fillTemplate}.
 * @throws {@link SynthproofError} `BAD_VALUE` for a gap that is no name, `BAD_JSON` for lone surrogates.
 * @example
 * promptTemplate('Write about {{topic}} for {{reader}}.').names; // => ['topic', 'reader']
 */
export function promptTemplate(text: string): PromptTemplate {
  const names: string[] = [];
  for (const { name } of gapsOf(text)) if (!names.includes(name)) names.push(name);
  return { version: 1, text, names, hash: sha256Hex(canonicalJson({ kind: 'prompt-template', version: 1, text })) };
}

/** A gap: its name and where it stands. */
interface Gap {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** The gaps of a template in order. */
export function gapsOf(text: string): Gap[] {
  const gaps: Gap[] = [];
  let at = text.indexOf('{{');
  while (at >= 0) {
    const name = /^[A-Za-z_][A-Za-z0-9_]*(?=\}\})/.exec(text.slice(at + 2, at + 2 + 80))?.[0];
    if (name === undefined || name === '__proto__')
      throw new SynthproofError(
        'BAD_VALUE',
        `text: expected {{name}} at index ${at}, received ${JSON.stringify(text.slice(at, at + 24))}`,
        { argument: 'text' },
      );
    const end = at + name.length + 4;
    gaps.push({ name, start: at, end });
    at = text.indexOf('{{', end);
  }
  return gaps;
}
