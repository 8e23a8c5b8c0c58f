import { SynthproofError } from '../../errors.ts';
import { canonicalJson } from '../../hash/canonical-json.ts';
import { sha256Hex } from '../../hash/sha256-hex.ts';
import { jobStep, requireTexts, requireWhole } from '../../text/internal-check.ts';
import { PairNumbers } from '../../text/internal-pair-numbers.ts';
import type { JobOptions } from '../../types.ts';
import { textTokens } from './internal-text-tokens.ts';
import type { NgramFitReport, NgramLevel, NgramModel } from './ngram-model-types.ts';

/** Options of {@link fitNgramModel}. */
export interface NgramOptions extends JobOptions {
  /** Longest run in tokens, 1 to 6. Default 3. */
  readonly order?: number | undefined;
  /**
   * Texts that a word or a run of words must stand in to be kept, from 1. Default 3: a name that stands in one or two
   * texts is never written, and no run of words that only they have is copied as a run. 1 keeps everything.
   */
  readonly minTexts?: number | undefined;
}

/**
 * Learns a word-level n-gram model from texts: the embedded text generator that runs anywhere, with no service. Its texts
 * look like the source from near and say nothing; it serves tests, demos, load and baselines.
 *
 * Words and runs in fewer than `minTexts` texts are pooled: never written. A context gives way to the shorter one with
 * the weight of its pooled continuations plus its number of kept ones (Witten-Bell), so sampling needs whole numbers
 * only. The model holds runs of training words, so it says `embedsTrainingValues`; what stands in `minTexts` texts or more
 * can come out as it is. It carries no privacy guarantee.
 *
 * @param texts - The texts.
 * @param options - See {@link NgramOptions}.
 * @returns The model, JSON-safe, with a report of what was left out.
 * @throws {@link SynthproofError} `EMPTY_INPUT` when no word stands in `minTexts` texts, `BAD_VALUE`, `OUT_OF_RANGE`, `ABORTED`.
 * @example
 * const model = fitNgramModel(['The cat sat.', 'The dog sat.', 'The cat ran.'], { minTexts: 2 });
 * model.words; // => ['.', 'cat', 'sat', 'the']
 * model.report.pooledWords; // => 2
 */
export function fitNgramModel(texts: readonly string[], options: NgramOptions = {}): NgramModel {
  const { order = 3, minTexts = 3 } = options;
  requireTexts('texts', texts);
  requireWhole('order', order, 1, 6);
  requireWhole('minTexts', minTexts, 1);
  jobStep(options, 'fit', 0, texts.length);
  const { lists, words, report } = readWords(texts, minTexts, options);
  // A list starts and ends with 0; a word that is not kept is -1 and parts runs.
  let runs = lists;
  let contexts: number[][] = [[]];
  const levels: NgramLevel[] = [];
  let keptRuns = 0;
  let droppedRuns = 0;
  for (let k = 0; k < order; k++) {
    // `runs[t][i]`: number of the context of k words that ends before token i + k of text t, -1 for none.
    const contextRuns: readonly Int32Array[] = k === 0 ? lists.map((list) => new Int32Array(list.length)) : runs;
    const counted = countLevel(lists, contextRuns, contexts, k, minTexts);
    levels.push(counted.level);
    if (k > 0) {
      keptRuns += counted.kept;
      droppedRuns += counted.dropped;
    }
    runs = counted.next;
    contexts = counted.contexts;
    jobStep(options, 'fit', Math.floor((texts.length * (k + 1)) / order), texts.length);
  }
  const body = {
    kind: 'ngram-text' as const,
    version: 1 as const,
    embedsTrainingValues: true,
    order,
    minTexts,
    words,
    levels,
    report: { ...report, keptRuns, droppedRuns },
  };
  return { ...body, digest: sha256Hex(canonicalJson(body)) };
}

/** The texts as lists of word numbers, and the words as they are written. */
function readWords(
  texts: readonly string[],
  minTexts: number,
  options: JobOptions,
): { lists: Int32Array[]; words: string[]; report: Omit<NgramFitReport, 'keptRuns' | 'droppedRuns'> } {
  const forms = new Map<string, { texts: number; last: number; count: number; surfaces: Map<string, number> }>();
  const keys = texts.map((text, t) => {
    if ((t & 255) === 0) jobStep(options, 'fit', 0, texts.length);
    return textTokens(text).map(({ surface, first }) => {
      const key = surface.toLowerCase();
      let entry = forms.get(key);
      if (entry === undefined) {
        entry = { texts: 0, last: -1, count: 0, surfaces: new Map() };
        forms.set(key, entry);
      }
      entry.count++;
      if (entry.last !== t) {
        entry.last = t;
        entry.texts++;
      }
      // At the start of a sentence the capital says nothing.
      if (!first) entry.surfaces.set(surface, (entry.surfaces.get(surface) ?? 0) + 1);
      return key;
    });
  });
  const kept = [...forms].filter(([, entry]) => entry.texts >= minTexts);
  if (kept.length === 0)
    throw new SynthproofError(
      'EMPTY_INPUT',
      `texts: expected words that stand in at least ${minTexts} texts, received none; give more texts or lower minTexts`,
      { argument: 'texts' },
    );
  const written = kept
    .map(([key, { surfaces }]) => ({ key, word: mostUsed(surfaces) ?? key }))
    .sort((a, b) => (a.word < b.word ? -1 : a.word > b.word ? 1 : a.key < b.key ? -1 : 1));
  const numbers = new Map(written.map(({ key }, i) => [key, i + 1]));
  const lists = keys
    .filter((list) => list.length > 0)
    .map((list) => Int32Array.from([0, ...list.map((key) => numbers.get(key) ?? -1), 0]));
  let tokens = 0;
  let pooledTokens = 0;
  for (const { texts: held, count } of forms.values()) {
    tokens += count;
    if (held < minTexts) pooledTokens += count;
  }
  return {
    lists,
    words: written.map(({ word }) => word),
    report: {
      texts: texts.length,
      emptyTexts: texts.length - lists.length,
      tokens,
      words: written.length,
      pooledWords: forms.size - written.length,
      pooledTokens,
    },
  };
}

function mostUsed(surfaces: ReadonlyMap<string, number>): string | null {
  let best: string | null = null;
  let most = 0;
  for (const [surface, count] of surfaces)
    if (count > most || (count === most && best !== null && surface < best)) {
      best = surface;
      most = count;
    }
  return best;
}

/** Counts what follows each context of k words, keeps what stands in enough texts, and numbers the longer contexts. */
function countLevel(
  lists: readonly Int32Array[],
  contextRuns: readonly Int32Array[],
  contextWords: readonly (readonly number[])[],
  k: number,
  minTexts: number,
): { level: NgramLevel; next: Int32Array[]; contexts: number[][]; kept: number; dropped: number } {
  const pairs = new PairNumbers();
  const counts: number[] = [];
  const held: number[] = [];
  const last: number[] = [];
  const heads: number[] = [];
  const tails: number[] = [];
  const totals = new Float64Array(contextWords.length);
  const ids = lists.map((list, t) => {
    const found = new Int32Array(Math.max(0, list.length - k)).fill(-1);
    // Level 0 starts at token 1: nothing "follows" with the opening 0.
    for (let i = k === 0 ? 1 : 0; i + k < list.length; i++) {
      const context = contextRuns[t]![i]!;
      if (context < 0) continue;
      totals[context]!++;
      const word = list[i + k]!;
      if (word < 0) continue;
      const id = pairs.numberOf(context, word, true);
      if (id === counts.length) {
        counts.push(0);
        held.push(0);
        last.push(-1);
        heads.push(context);
        tails.push(word);
      }
      counts[id]!++;
      if (last[id] !== t) {
        last[id] = t;
        held[id]!++;
      }
      found[i] = id;
    }
    return found;
  });
  const keptIds = counts.map((_, id) => id).filter((id) => held[id]! >= minTexts);
  // Contexts in order of their word numbers, continuations likewise: the model does not depend on the texts' order.
  keptIds.sort((a, b) => compareLists(contextWords[heads[a]!]!, contextWords[heads[b]!]!) || tails[a]! - tails[b]!);
  const contexts: number[] = [];
  const starts: number[] = [];
  const next: number[] = [];
  const kept: number[] = [];
  const rest: number[] = [];
  const longer: number[][] = [];
  const numberOf = new Int32Array(counts.length).fill(-1);
  let head = -1;
  for (const id of keptIds) {
    if (heads[id] !== head) {
      head = heads[id]!;
      starts.push(next.length);
      contexts.push(...contextWords[head]!);
      rest.push(k === 0 ? 0 : totals[head]!);
    }
    next.push(tails[id]!);
    kept.push(counts[id]!);
    if (k > 0) rest[rest.length - 1]! += 1 - counts[id]!;
    if (tails[id] !== 0) {
      numberOf[id] = longer.length;
      longer.push([...contextWords[head]!, tails[id]!]);
    }
  }
  starts.push(next.length);
  if (k === 0) longer.unshift([0]);
  const shift = k === 0 ? 1 : 0;
  const nextRuns = ids.map((found, t) =>
    Int32Array.from(found, (id, i) => {
      // The opening 0 is a context of one word that nothing precedes.
      if (k === 0 && i === 0) return lists[t]!.length > 0 ? 0 : -1;
      return id < 0 || numberOf[id]! < 0 ? -1 : numberOf[id]! + shift;
    }),
  );
  return {
    level: { contexts, starts, next, counts: kept, rest },
    next: nextRuns,
    contexts: longer,
    kept: keptIds.length,
    dropped: counts.length - keptIds.length,
  };
}

function compareLists(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return 0;
}
