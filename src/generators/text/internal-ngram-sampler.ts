import { SynthproofError } from '../../errors.ts';
import { canonicalJson } from '../../hash/canonical-json.ts';
import { sha256Hex } from '../../hash/sha256-hex.ts';
import { uniformInt } from '../../random/uniform-int.ts';
import type { Rng } from '../../types.ts';
import { joinTokens } from './internal-text-tokens.ts';
import type { NgramLevel, NgramModel } from './ngram-model-types.ts';

/** A model ready to write. */
export interface NgramSampler {
  /** Writes one text; `cut` when the limit came before the end. */
  readonly write: (rng: Rng, maxWords: number) => { text: string; words: number; cut: boolean };
}

/** Texts of this many tokens are the longest: a model without an end cannot write for ever. */
export const MOST_WORDS = 100_000;

/** Checks a model, which may come from anywhere, and prepares it. */
export function compileNgramModel(model: NgramModel): NgramSampler {
  checkModel(model);
  const levels = model.levels.map((level, k) => {
    const at = new Map<string, number>();
    for (let c = 0; c + 1 < level.starts.length; c++) at.set(level.contexts.slice(c * k, (c + 1) * k).join(), c);
    const sums = level.starts.slice(1).map((end, c) => {
      let sum = 0;
      for (let i = level.starts[c]!; i < end; i++) sum += level.counts[i]!;
      return sum;
    });
    return { level, at, sums };
  });
  const draw = (rng: Rng, history: readonly number[]): number => {
    for (let k = Math.min(levels.length - 1, history.length); k >= 0; k--) {
      const { level, at, sums } = levels[k]!;
      const context = k === 0 ? 0 : at.get(history.slice(history.length - k).join());
      if (context === undefined) continue;
      let u = uniformInt(rng, sums[context]! + level.rest[context]!);
      if (u >= sums[context]!) continue;
      for (let i = level.starts[context]!; ; i++) {
        u -= level.counts[i]!;
        if (u < 0) return level.next[i]!;
      }
    }
    // Level 0 keeps nothing back, so it always answers.
    return 0;
  };
  return {
    write(rng, maxWords) {
      const history = [0];
      while (history.length <= maxWords) {
        let word = draw(rng, history);
        // A text has a word: an end at once is drawn again, and a model that knows nothing else gives its first word.
        for (let tries = 0; word === 0 && history.length === 1 && tries < 100; tries++) word = draw(rng, history);
        if (word === 0 && history.length === 1) word = 1;
        if (word === 0) break;
        history.push(word);
      }
      const words = history.length - 1;
      const text = joinTokens(history.slice(1).map((word) => model.words[word - 1]!));
      return { text, words, cut: words >= maxWords };
    },
  };
}

function checkModel(model: NgramModel): void {
  const { digest, ...body } = model;
  const fail = (message: string): never => {
    throw new SynthproofError('BAD_MODEL', `model: ${message}`, { argument: 'model' });
  };
  if (model.kind !== 'ngram-text' || model.version !== 1)
    fail(`expected an ngram-text model of version 1, received ${String(model.kind)} ${String(model.version)}`);
  if (sha256Hex(canonicalJson(body)) !== digest) fail('the digest does not fit the content; fit it again');
  const { words, levels, order } = model;
  if (!Array.isArray(words) || words.length === 0 || words.some((word) => typeof word !== 'string' || word === ''))
    fail('expected a list of words');
  if (!Array.isArray(levels) || levels.length !== order || order < 1 || order > 6) fail('expected one level per order');
  levels.forEach((level, k) => {
    if (!isSound(level, k, words.length)) fail(`level ${k} is not sound`);
  });
}

/** Whether a level's lists fit together, so that drawing from it ends and stays in range. */
function isSound(level: NgramLevel, k: number, words: number): boolean {
  const { contexts, starts, next, counts, rest } = level;
  for (const list of [contexts, starts, next, counts, rest])
    if (!Array.isArray(list) || !list.every((value) => Number.isSafeInteger(value) && value >= 0)) return false;
  const size = starts.length - 1;
  if (size < 0 || (k === 0 && size !== 1) || starts[0] !== 0 || starts[size] !== next.length) return false;
  if (contexts.length !== size * k || rest.length !== size || counts.length !== next.length) return false;
  if (contexts.some((word) => word > words) || next.some((word) => word > words)) return false;
  if (counts.some((count) => count < 1)) return false;
  let total = 0;
  for (let c = 0; c < size; c++) {
    if (starts[c]! >= starts[c + 1]!) return false;
    total += rest[c]!;
  }
  for (const count of counts) total += count;
  return total <= Number.MAX_SAFE_INTEGER;
}
