import { SynthproofError } from '../errors.ts';
import { createValueSpec, type ValueDefinition } from './create-value-spec.ts';
import { phraseKey } from './internal-lexicon.ts';
import type { LexiconReading, LexiconReadOptions, SkippedEntry } from './lexicon-reading.ts';

/** Longest file, in code units. */
const MOST_CHARACTERS = 50_000_000;
/** Most skipped entries that are listed. */
const MOST_LISTED = 100;
/** Longest phrase, in code units. */
const MOST_PHRASE = 500;

/** Collects a lexicon entry by entry. Maps throughout: names like `__proto__` are names. */
export class LexiconCollector {
  private readonly values = new Map<string, Map<string, { phrase: string; weight: number }>>();
  private readonly skipped: SkippedEntry[] = [];
  private skippedCount = 0;
  private entries = 0;

  /** Names a value, so that it keeps its place even when it gets no words. */
  declare(value: string): void {
    if (!this.values.has(value)) this.values.set(value, new Map());
  }

  /** Adds a phrase to a value, or counts why not. */
  add(line: number, value: string, phrase: string, weight: number): void {
    this.declare(value);
    const key = phrase.length > MOST_PHRASE ? null : phraseKey(phrase);
    if (key === null) {
      this.skip(line, phrase, 'no-words');
      return;
    }
    const known = this.values.get(value)!;
    if (known.has(key)) {
      this.skip(line, phrase, 'repeated');
      return;
    }
    known.set(key, { phrase: key, weight });
    this.entries++;
  }

  skip(line: number, text: string, reason: SkippedEntry['reason']): void {
    this.skippedCount++;
    if (this.skipped.length < MOST_LISTED) this.skipped.push({ line, text: text.slice(0, 80), reason });
  }

  finish(options: LexiconReadOptions): LexiconReading {
    const values = [...this.values].map(
      ([id, phrases]): ValueDefinition => ({
        id,
        descriptors: [...phrases.values()].map(({ phrase, weight }) =>
          weight === 1 ? { phrase } : { phrase, weight },
        ),
      }),
    );
    if (this.entries === 0)
      throw new SynthproofError(
        'EMPTY_INPUT',
        `text: expected a lexicon with at least one word in a value, received ${this.skippedCount} entries that cannot be used`,
        {
          argument: 'text',
        },
      );
    return {
      spec: createValueSpec({
        id: options.id,
        version: options.version,
        values,
        scale: { unit: 'occurrences per 1000 words' },
      }),
      entries: this.entries,
      skipped: this.skippedCount,
      skippedEntries: this.skipped,
    };
  }
}

/** Refuses what is no text or too much of it. */
export function requireLexiconText(text: string): void {
  if (typeof text !== 'string')
    throw new SynthproofError('BAD_VALUE', `text: expected the file's text, received ${typeof text}`, {
      argument: 'text',
    });
  if (text.length > MOST_CHARACTERS)
    throw new SynthproofError(
      'OUT_OF_RANGE',
      `text: expected at most ${MOST_CHARACTERS} characters, received ${text.length}`,
      { argument: 'text' },
    );
}
