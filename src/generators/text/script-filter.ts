import { requireBetween } from '../../text/internal-check.ts';
import type { TextFilter } from './filter-texts.ts';

/** A writing system that {@link scriptFilter} knows. */
export type TextScript = 'latin' | 'cyrillic' | 'greek' | 'arabic' | 'hebrew' | 'devanagari' | 'hangul' | 'han-kana';

/** First and last code units of letters. */
const RANGES: Readonly<Record<TextScript, readonly number[]>> = {
  latin: [0x41, 0x5a, 0x61, 0x7a, 0xc0, 0xd6, 0xd8, 0xf6, 0xf8, 0x24f, 0x1e00, 0x1eff],
  cyrillic: [0x400, 0x52f],
  greek: [0x370, 0x3ff, 0x1f00, 0x1fff],
  arabic: [0x620, 0x64a, 0x671, 0x6d3, 0x750, 0x77f],
  hebrew: [0x5d0, 0x5ea],
  devanagari: [0x904, 0x939, 0x958, 0x961],
  hangul: [0x1100, 0x11ff, 0xac00, 0xd7a3],
  'han-kana': [0x3041, 0x3096, 0x30a1, 0x30fa, 0x3400, 0x4dbf, 0x4e00, 0x9fff],
};

/** Options of {@link scriptFilter}. */
export interface ScriptFilterOptions {
  /** Smallest share of letters in the script among letters of all known scripts, 0 to 1. Default 0.9. */
  readonly minShare?: number | undefined;
}

/**
 * Drops texts that are not mostly written in one script: a coarse and honest stand-in for a language check. English and
 * French are one script; letters of scripts it does not know are not counted.
 *
 * @param script - The script wanted.
 * @param options - See {@link ScriptFilterOptions}.
 * @returns A filter for {@link filterTexts}.
 * @throws {@link SynthproofError} `OUT_OF_RANGE`.
 * @example
 * scriptFilter('latin').check('привет'); // => '0 of 6 letters are latin'
 */
export function scriptFilter(script: TextScript, options: ScriptFilterOptions = {}): TextFilter {
  const { minShare = 0.9 } = options;
  requireBetween('minShare', minShare, 0, 1);
  return {
    id: `script/1(${script},${minShare})`,
    check(text) {
      let letters = 0;
      let own = 0;
      for (let i = 0; i < text.length; i++) {
        const code = text.charCodeAt(i);
        const found = scriptOf(code);
        if (found === null) continue;
        letters++;
        if (found === script) own++;
      }
      return letters > 0 && own >= minShare * letters ? null : `${own} of ${letters} letters are ${script}`;
    },
  };
}

function scriptOf(code: number): TextScript | null {
  for (const script of Object.keys(RANGES) as TextScript[]) {
    const ranges = RANGES[script];
    for (let k = 0; k < ranges.length; k += 2) if (code >= ranges[k]! && code <= ranges[k + 1]!) return script;
  }
  return null;
}
