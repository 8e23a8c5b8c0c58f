import { SynthproofError } from '../errors.ts';
import { LexiconCollector, requireLexiconText } from './internal-lexicon-reader.ts';
import type { LexiconReading, LexiconReadOptions } from './lexicon-reading.ts';

/** Most categories of a file. */
const MOST_CATEGORIES = 10_000;

/**
 * Reads a lexicon in the `.dic` form of LIWC: a block of numbered categories between two lines `%`, then one word,
 * stem (`happ*`) or phrase a line, followed by the numbers of its categories.
 *
 * The library brings no published lexicon; this is for one that you may use. Fields are parted by tabs or runs of two
 * spaces or more; with single spaces only, trailing numbers are the categories. Conditional entries of LIWC 2007
 * (`(02 134)125/464`, `<of>131/125`) and emoticons are skipped and counted. Nothing in the file is run or looked up by
 * name in an object, so names like `__proto__` are harmless.
 *
 * @param text - The whole file.
 * @param options - See {@link LexiconReadOptions}.
 * @returns The spec and what was left out; categories without words stay as values without descriptors.
 * @throws {@link SynthproofError} `BAD_VALUE` for a file without a category block or with two names for one number;
 * `EMPTY_INPUT` when no word could be used; `OUT_OF_RANGE` above 50 million characters or 10,000 categories.
 * @example
 * const { spec, skipped } = parseDicLexicon('%\n1\tcare\n2\torder\n%\nhelp*\t1\nlaw\t2\n:)\t1\n', { id: 'mine', version: '1' });
 * spec.values.map((value) => value.id); // => ['care', 'order']
 * skipped; // => 1
 */
export function parseDicLexicon(text: string, options: LexiconReadOptions): LexiconReading {
  requireLexiconText(text);
  const lines = (text.charCodeAt(0) === 0xfeff ? text.slice(1) : text).split(/\r\n|\n|\r/);
  const collector = new LexiconCollector();
  const categories = new Map<string, string>();
  let at = 0;
  while (at < lines.length && lines[at]!.trim() === '') at++;
  if (at === lines.length || lines[at]!.trim() !== '%') throw refuse(at, 'expected a line "%" before the categories');
  const names = new Set<string>();
  for (at++; at < lines.length && lines[at]!.trim() !== '%'; at++) {
    const line = lines[at]!.trim();
    if (line === '') continue;
    const match = /^([0-9]{1,9})[\t ]+(.{1,200})$/.exec(line);
    // Sub-categories may be indented and carry a description after the name: the name alone is the id.
    const name = match?.[2]?.split(/\t| {2,}/)[0]?.trim();
    if (match === null || !name)
      throw refuse(at, `expected a number and a name, received ${JSON.stringify(line.slice(0, 80))}`);
    if (categories.has(match[1]!) || names.has(name))
      throw refuse(at, `expected distinct numbers and names, received ${JSON.stringify(line.slice(0, 80))} again`);
    categories.set(match[1]!, name);
    names.add(name);
    if (categories.size > MOST_CATEGORIES)
      throw new SynthproofError('OUT_OF_RANGE', `text: expected at most ${MOST_CATEGORIES} categories, received more`, {
        argument: 'text',
      });
    collector.declare(name);
  }
  if (at === lines.length) throw refuse(at, 'expected a line "%" after the categories');
  for (at++; at < lines.length; at++) {
    const line = lines[at]!.trim();
    if (line === '') continue;
    const { phrase, numbers } = entryOf(line);
    if (phrase === '' || numbers.length === 0 || /\([0-9]|<[a-z]/i.test(line)) {
      collector.skip(at + 1, line, 'bad-line');
      continue;
    }
    for (const number of numbers) {
      const name = categories.get(number);
      if (name === undefined) collector.skip(at + 1, line, 'no-category');
      else collector.add(at + 1, name, phrase, 1);
    }
  }
  return collector.finish(options);
}

/** A word or phrase and the numbers behind it. Walked from the end, so that a long line costs its length once. */
function entryOf(line: string): { phrase: string; numbers: string[] } {
  const wide = /\t| {2}/.exec(line);
  const head = wide === null ? null : line.slice(0, wide.index).trim();
  const fields = (wide === null ? line : line.slice(wide.index)).split(/[\t ]+/).filter((field) => field !== '');
  let first = fields.length;
  while (first > 0 && /^[0-9]{1,9}$/.test(fields[first - 1]!)) first--;
  if (head !== null) return { phrase: first === 0 ? head : '', numbers: fields };
  return { phrase: fields.slice(0, first).join(' '), numbers: fields.slice(first) };
}

function refuse(at: number, what: string): SynthproofError {
  return new SynthproofError('BAD_VALUE', `text: line ${at + 1}: ${what}`, { argument: 'text' });
}
