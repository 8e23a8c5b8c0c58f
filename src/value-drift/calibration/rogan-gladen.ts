import { checkRange } from '../../stats/internal-options.ts';

/**
 * Share of true positives behind the share that an imperfect judge reports: (p + sp - 1) / (se + sp - 1), cut to [0, 1].
 *
 * Source: Rogan and Gladen 1978. For an interval, with the judge's rates estimated: {@link correctedShare}.
 *
 * @param apparent - Share the judge calls positive, 0 to 1.
 * @param sensitivity - Share of true positives that it calls so, 0 to 1.
 * @param specificity - Share of true negatives that it calls so, 0 to 1.
 * @returns The corrected share; null when the judge is no better than chance (se + sp <= 1).
 * @throws {@link SynthproofError} `OUT_OF_RANGE` when an argument is not in [0, 1].
 * @example
 * roganGladen(0.5, 0.75, 0.75); // => 0.5
 * roganGladen(0.5, 0.5, 0.5); // => null
 */
export function roganGladen(apparent: number, sensitivity: number, specificity: number): number | null {
  checkRange('apparent', apparent, 0, 1);
  checkRange('sensitivity', sensitivity, 0, 1);
  checkRange('specificity', specificity, 0, 1);
  const skill = sensitivity + specificity - 1;
  if (!(skill > 0)) return null;
  return Math.min(1, Math.max(0, (apparent + specificity - 1) / skill));
}
