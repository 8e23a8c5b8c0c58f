import { createRng } from '../../random/create-rng.ts';
import { checkPositive, checkRange, checkWhole } from '../../stats/internal-options.ts';
import { segmentWords } from '../../text/segment-words.ts';
import { hashOf, textsHash } from './internal-targets.ts';
import type { ReinforcementStep } from './reinforcement-types.ts';

/** An answer to a prompt, with its score. */
export interface ScoredAnswer {
  /** The prompt. */
  readonly prompt: string;
  /** The answer. */
  readonly text: string;
  /** How good it is, larger is better; null for none. */
  readonly score: number | null;
}

/** A pair of answers for preference training. */
export interface PreferencePair {
  /** The prompt. */
  readonly prompt: string;
  /** The better answer. */
  readonly chosen: string;
  /** The worse answer. */
  readonly rejected: string;
  /** Which is shown first to a judge or a person: chosen in half of the pairs. */
  readonly first: 'chosen' | 'rejected';
  /** Difference of the scores, above 0. */
  readonly gap: number;
}

/** Options of {@link preferencePairs}. */
export interface PreferencePairOptions {
  /** Least difference of scores; smaller ones are ties and dropped. Above 0. */
  readonly leastGap: number;
  /** Longer answer over shorter, in words, at most this. Default 1.5. */
  readonly lengthRatio?: number | undefined;
  /** Most pairs of one prompt, largest gap first; each answer is used once. Default 1. */
  readonly mostPerPrompt?: number | undefined;
  /** Prompts that must not be trained on (of an evaluation); their answers are left out. Default none. */
  readonly heldOut?: readonly string[] | undefined;
  /** Seed of the order within pairs; any text. */
  readonly seed: string;
}

/** Result of {@link preferencePairs}. JSON-safe. */
export interface PreferencePairResult {
  /** The pairs, prompts in order of first appearance. */
  readonly pairs: readonly PreferencePair[];
  /** Answers that are in no pair, by reason. */
  readonly unused: Readonly<Record<'no-score' | 'held-out' | 'repeated' | 'no-partner', number>>;
  /** Share of pairs whose chosen answer has more words, equal lengths counting half; null without pairs. */
  readonly longerChosen: number | null;
  /** The record of this step. */
  readonly record: ReinforcementStep;
}

/**
 * Pairs of a better and a worse answer to the same prompt, matched in length so that preference training does not learn
 * to be long, with ties dropped, repeated answers and held-out prompts left out, and the order within pairs balanced.
 *
 * @param answers - Answers with scores, for example a profile's.
 * @param options - See {@link PreferencePairOptions}.
 * @returns See {@link PreferencePairResult}; {@link auditPreferences} checks pairs from any source.
 * @throws {@link SynthproofError} `OUT_OF_RANGE`.
 * @example
 * const answers = [{ prompt: 'p', text: 'a b c', score: 3 }, { prompt: 'p', text: 'a b d', score: 1 }];
 * preferencePairs(answers, { leastGap: 1, seed: 'demo' }).pairs[0].chosen; // => 'a b c'
 */
export function preferencePairs(
  answers: readonly ScoredAnswer[],
  options: PreferencePairOptions,
): PreferencePairResult {
  const { leastGap, lengthRatio = 1.5, mostPerPrompt = 1, heldOut = [], seed } = options;
  checkPositive('leastGap', leastGap);
  checkRange('lengthRatio', lengthRatio, 1);
  checkWhole('mostPerPrompt', mostPerPrompt, 1);
  const unused = { 'no-score': 0, 'held-out': 0, repeated: 0, 'no-partner': 0 };
  const kept = new Set(heldOut);
  const byPrompt = new Map<string, { text: string; score: number; words: number }[]>();
  const seen = new Set<string>();
  for (const { prompt, text, score } of answers) {
    if (kept.has(prompt)) unused['held-out']++;
    else if (score === null || !Number.isFinite(score)) unused['no-score']++;
    else if (seen.has(JSON.stringify([prompt, text]))) unused.repeated++;
    else {
      seen.add(JSON.stringify([prompt, text]));
      const one = { text, score, words: Math.max(1, segmentWords(text).length) };
      const list = byPrompt.get(prompt);
      if (list === undefined) byPrompt.set(prompt, [one]);
      else list.push(one);
    }
  }
  const rng = createRng(seed).stream('preference-pairs/1');
  const pairs: PreferencePair[] = [];
  let longer = 0;
  for (const [prompt, list] of byPrompt) {
    const order = list.map((one, i) => ({ ...one, i })).sort((a, b) => b.score - a.score || a.i - b.i);
    let low = 0;
    let made = 0;
    const used = new Set<number>();
    // Best with worst first: the largest gap that the lengths allow.
    for (let top = 0; top < order.length && made < mostPerPrompt; top++) {
      if (used.has(top)) continue;
      for (low = order.length - 1; low > top; low--) {
        const a = order[top]!;
        const b = order[low]!;
        if (a.score - b.score < leastGap) break;
        if (used.has(low) || Math.max(a.words, b.words) > lengthRatio * Math.min(a.words, b.words)) continue;
        used.add(top).add(low);
        // Pairs in twos: the second of two has the other order, so that the balance is exact.
        const flip = pairs.length % 2 === 0 ? (rng.nextUint32() & 1) === 1 : pairs.at(-1)!.first === 'chosen';
        pairs.push({
          prompt,
          chosen: a.text,
          rejected: b.text,
          first: flip ? 'rejected' : 'chosen',
          gap: a.score - b.score,
        });
        longer += a.words > b.words ? 1 : a.words === b.words ? 0.5 : 0;
        made++;
        break;
      }
    }
    unused['no-partner'] += list.length - used.size;
  }
  const longerChosen = pairs.length === 0 ? null : longer / pairs.length;
  return {
    pairs,
    unused,
    longerChosen,
    record: {
      step: 'preference-pairs/1',
      inputHash: hashOf([
        textsHash(answers.flatMap(({ prompt, text }) => [prompt, text])),
        answers.map(({ score }) => (score !== null && Number.isFinite(score) ? score : null)),
      ]),
      settings: { leastGap, lengthRatio, mostPerPrompt, heldOutHash: textsHash(heldOut), seed },
      outcome: {
        pairs: pairs.length,
        longerChosen,
        unpaired: unused['no-partner'],
        pairsHash: textsHash(pairs.flatMap((pair) => [pair.prompt, pair.chosen, pair.rejected])),
      },
    },
  };
}
