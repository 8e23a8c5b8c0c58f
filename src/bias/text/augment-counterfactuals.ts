import { type IdentityPair, swapIdentities } from './swap-identities.ts';

/** One text of {@link AugmentedTexts}. */
export interface AugmentedText {
  /** The text. */
  readonly text: string;
  /** Position of the text it is, or was made from. */
  readonly index: number;
  /** `original`: as given; `counterfactual`: with its identities swapped. */
  readonly origin: 'original' | 'counterfactual';
}

/** Result of {@link augmentCounterfactuals}. */
export interface AugmentedTexts {
  /** Each original, followed by its counterpart when anything was swapped. */
  readonly texts: readonly AugmentedText[];
  /** Counterparts made. */
  readonly added: number;
  /** Texts without a listed word: they have no counterpart. */
  readonly unchanged: number;
  /** Positions of texts whose counterpart rests on an ambiguous word: have a person look at these. */
  readonly ambiguous: readonly number[];
}

/**
 * Counterfactual data augmentation: every text and its {@link swapIdentities} counterpart, so that listed identities meet every
 * context equally often. Names and pronouns change, facts do not: leave texts about particular people out.
 *
 * Source: Lu et al. 2020; Zhao et al. 2018.
 *
 * @param texts - The texts.
 * @param pairs - Words that stand for each other, the caller's list.
 * @returns See {@link AugmentedTexts}.
 * @throws {@link SynthproofError} as {@link swapIdentities}.
 * @example
 * const done = augmentCounterfactuals(['She leads.', 'It rains.'], [['she', 'he']]);
 * done.texts.map((one) => one.text); // => ['She leads.', 'He leads.', 'It rains.']
 * [done.added, done.unchanged]; // => [1, 1]
 */
export function augmentCounterfactuals(texts: readonly string[], pairs: readonly IdentityPair[]): AugmentedTexts {
  const out: AugmentedText[] = [];
  const ambiguous: number[] = [];
  texts.forEach((text, index) => {
    out.push({ text, index, origin: 'original' });
    const swapped = swapIdentities(text, pairs);
    if (swapped.swapped === 0) return;
    out.push({ text: swapped.text, index, origin: 'counterfactual' });
    if (swapped.ambiguous.length > 0) ambiguous.push(index);
  });
  const added = out.length - texts.length;
  return { texts: out, added, unchanged: texts.length - added, ambiguous };
}
