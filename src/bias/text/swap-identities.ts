import { SynthproofError } from '../../errors.ts';
import { inRanges, WORD_RANGES } from '../../text/internal-word-ranges.ts';

/** Two words that stand for each other, for example `['he', 'she']` or two first names. */
export type IdentityPair = readonly [string, string];

/** Result of {@link swapIdentities}. */
export interface SwappedText {
  /** The text with every listed word replaced by its counterpart. */
  readonly text: string;
  /** Words replaced. */
  readonly swapped: number;
  /** Replaced words that have several counterparts (her: him or his): the first listed was taken; look at these. */
  readonly ambiguous: readonly {
    /** Position in the original text, in UTF-16 code units. */
    readonly at: number;
    /** The word as it stood. */
    readonly word: string;
    /** All its counterparts, lower case. */
    readonly counterparts: readonly string[];
  }[];
}

/**
 * Swaps identity words in a text both ways, keeping capitals and possessives: the counterfactual of the text.
 *
 * Words are matched whole and without regard to case; `'s` stays. Which words stand for each other is the caller's list.
 * Swapping twice gives the text back when no word is ambiguous.
 * Source: Zhao et al. 2018; Lu et al. 2020 (counterfactual data augmentation).
 *
 * @param text - Any text.
 * @param pairs - Words that stand for each other, each of letters, marks and digits only.
 * @returns See {@link SwappedText}.
 * @throws {@link SynthproofError} `EMPTY_INPUT` without pairs; `BAD_OPTION` for a word that is empty, holds other characters, or equals its counterpart.
 * @example
 * swapIdentities("He said Maria's work helps him.", [['he', 'she'], ['him', 'her'], ['maria', 'paul']]).text; // => "She said Paul's work helps her."
 */
export function swapIdentities(text: string, pairs: readonly IdentityPair[]): SwappedText {
  const counterparts = dictionary(pairs);
  const ambiguous: SwappedText['ambiguous'][number][] = [];
  let out = '';
  let swapped = 0;
  for (let i = 0; i < text.length; ) {
    let end = i;
    while (end < text.length && isWordUnit(text.charCodeAt(end))) end++;
    if (end === i) {
      out += text.charAt(i++);
      continue;
    }
    const word = text.slice(i, end);
    const found = counterparts.get(word.toLowerCase());
    if (found) {
      out += withCaseOf(word, found[0]!);
      swapped++;
      if (found.length > 1) ambiguous.push({ at: i, word, counterparts: found });
    } else out += word;
    i = end;
  }
  return { text: out, swapped, ambiguous };
}

function dictionary(pairs: readonly IdentityPair[]): ReadonlyMap<string, readonly string[]> {
  if (pairs.length === 0)
    throw new SynthproofError('EMPTY_INPUT', 'pairs: expected at least one pair of words, received none', {
      argument: 'pairs',
    });
  const out = new Map<string, string[]>();
  pairs.forEach((pair, row) => {
    const [a, b] = pair.map((word) => word.toLowerCase()) as [string, string];
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const) {
      if (from === to || from === '' || [...from].some((_, k) => !isWordUnit(from.charCodeAt(k))))
        throw new SynthproofError(
          'BAD_OPTION',
          `pairs[${row}]: expected two different single words, received ${JSON.stringify(pair)}; list words of letters and digits only`,
          { argument: 'pairs', row },
        );
      const known = out.get(from);
      if (!known) out.set(from, [to]);
      else if (!known.includes(to)) known.push(to);
    }
  });
  return out;
}

function isWordUnit(code: number): boolean {
  if (code < 0x80)
    return (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
  return inRanges(WORD_RANGES, code);
}

/** All capitals, a first capital, or lower case, as the word had it. */
function withCaseOf(word: string, replacement: string): string {
  const upper = word.toUpperCase();
  if (word === upper && word !== word.toLowerCase() && word.length > 1) return replacement.toUpperCase();
  const first = word.charAt(0);
  if (first !== first.toLowerCase()) return replacement.charAt(0).toUpperCase() + replacement.slice(1);
  return replacement;
}
