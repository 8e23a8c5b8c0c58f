import { log1p } from '../../math/log1p.ts';
import { wasserstein1 } from '../../stats/wasserstein1.ts';
import { distinctN } from '../../text/distinct-n.ts';
import { exactDuplicates } from '../../text/exact-duplicates.ts';
import { measureDiversity } from '../../text/measure-diversity.ts';
import { ngramNovelty } from '../../text/ngram-novelty.ts';
import { segmentWords } from '../../text/segment-words.ts';
import type { Generation, GenerationTexts } from './generation-types.ts';

/** Texts that enter the Vendi score, at most and the same number in every generation. */
const VENDI_TEXTS = 200;

/** Figures of the texts of each generation, null where a generation has none; `ancestors` by position, nearest first. */
export function textFigures(
  generations: readonly Generation[],
  ancestors: readonly (readonly number[])[],
  seed: string,
): (GenerationTexts | null)[] {
  const words = generations.map(({ texts }) => texts?.map(segmentWords) ?? null);
  const sizes = words.filter((lists) => lists !== null && lists.length > 1).map((lists) => lists!.length);
  const vendiTexts = Math.min(VENDI_TEXTS, ...sizes);
  const runs = words
    .filter((lists) => lists !== null)
    .map((lists) => lists!.reduce((total, list) => total + Math.max(0, list.length - 1), 0))
    .filter((count) => count > 0);
  const sampleSize = runs.length === 0 ? 1 : Math.min(...runs);
  const lengths = words.map((lists) =>
    lists === null || lists.length === 0 ? null : Float64Array.from(lists, (list) => log1p(list.length)),
  );
  return generations.map(({ texts }, g) => {
    const lists = words[g];
    if (texts === undefined || lists == null) return null;
    const before = ancestors[g]!;
    const known = before.flatMap((a) => words[a] ?? []);
    const vendi = lists.length < 2 ? null : measureDiversity(texts, { vendiTexts, seed }).vendi;
    return {
      vendiShare:
        vendi === null || vendi.value === null ? null : vendi.value / Math.max(1, Math.min(vendiTexts, vendi.n)),
      distinct2: distinctN(lists, 2, { sampleSize }).value,
      novelty: known.length === 0 ? null : ngramNovelty(lists, known).value,
      duplicates: duplicates(
        texts,
        before.flatMap((a) => generations[a]!.texts ?? []),
      ),
      logLength: lengths[0] == null || lengths[g] == null ? null : wasserstein1(lengths[0], lengths[g]),
    };
  });
}

/** Share of texts that repeat an ancestor's text or an earlier one of their own. */
function duplicates(texts: readonly string[], known: readonly string[]): number | null {
  if (texts.length === 0) return null;
  const { dropped } = exactDuplicates([...known, ...texts]);
  return dropped.filter(({ index }) => index >= known.length).length / texts.length;
}
