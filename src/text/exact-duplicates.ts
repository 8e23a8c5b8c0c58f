import { requireTexts } from './internal-check.ts';
import { normalizeText } from './normalize-text.ts';

/** Options of {@link exactDuplicates}. */
export interface ExactDuplicateOptions {
  /** What counts as the same text: equal after {@link normalizeText} (`normalized`, default), or code unit by code unit (`verbatim`). */
  readonly match?: 'normalized' | 'verbatim' | undefined;
}

/** Which texts repeat an earlier one. */
export interface ExactDuplicates {
  /** Indices of the first text of each kind, rising. */
  readonly keep: readonly number[];
  /** The others. */
  readonly dropped: readonly {
    /** Index of the repeated text. */
    readonly index: number;
    /** Index of the kept text it repeats. */
    readonly duplicateOf: number;
  }[];
}

/**
 * Texts that repeat an earlier text of the list.
 *
 * @param texts - The texts.
 * @param options - See {@link ExactDuplicateOptions}.
 * @returns Kept and dropped indices; together all of them.
 * @throws {@link SynthproofError} `BAD_VALUE` when an entry is no text.
 * @example
 * exactDuplicates(['Yes.', 'no', ' YES. ']).dropped; // => [{ index: 2, duplicateOf: 0 }]
 */
export function exactDuplicates(texts: readonly string[], options: ExactDuplicateOptions = {}): ExactDuplicates {
  requireTexts('texts', texts);
  const verbatim = options.match === 'verbatim';
  const seen = new Map<string, number>();
  const keep: number[] = [];
  const dropped: { index: number; duplicateOf: number }[] = [];
  for (let i = 0; i < texts.length; i++) {
    const key = verbatim ? texts[i]! : normalizeText(texts[i]!);
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, i);
      keep.push(i);
    } else dropped.push({ index: i, duplicateOf: first });
  }
  return { keep, dropped };
}
