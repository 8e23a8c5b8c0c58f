import { LN2, log } from '../math/index.ts';
import type { Measure } from '../types.ts';
import { figure, noFigure } from './internal-check.ts';

/** Options of {@link topicEntropy}. */
export interface TopicEntropyOptions {
  /** Topics that were asked for; those without a text count as empty. Default: the topics that occur. */
  readonly topics?: readonly string[] | undefined;
}

/** Result of {@link topicEntropy}. */
export interface TopicEntropy extends Measure {
  /** Entropy in bits; null beside a null value. */
  readonly bits: number | null;
  /** Topics asked for or seen. */
  readonly topics: number;
  /** Topics with no text. */
  readonly empty: number;
  /** Labels that are missing: left out. */
  readonly missing: number;
}

/**
 * How evenly texts are spread over topics: Shannon entropy of the topics' shares over its greatest value, log of the
 * number of topics. 1 = even, 0 = all in one topic.
 *
 * @param labels - Topic of each text, null for none.
 * @param options - See {@link TopicEntropyOptions}.
 * @returns A measure with the entropy in bits; n = labels that are not missing. Null with `EMPTY_INPUT` for no labels,
 * `ONE_LEVEL` when there is only one topic.
 * @example
 * topicEntropy(['a', 'b', 'a', 'b']).value; // => 1
 * topicEntropy(['a', 'a'], { topics: ['a', 'b'] }).empty; // => 1
 */
export function topicEntropy(labels: readonly (string | null)[], options: TopicEntropyOptions = {}): TopicEntropy {
  const counts = new Map<string, number>();
  for (const topic of options.topics ?? []) counts.set(topic, 0);
  let n = 0;
  for (const label of labels) {
    if (label === null) continue;
    n++;
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  const topics = counts.size;
  const missing = labels.length - n;
  let empty = 0;
  let entropy = 0;
  for (const count of counts.values()) {
    if (count === 0) empty++;
    else entropy -= (count / n) * log(count / n);
  }
  const rest = { topics, empty, missing };
  if (n === 0) return { ...noFigure('topic-entropy', 'EMPTY_INPUT', [0, 1], 'maximize', 0), bits: null, ...rest };
  if (topics === 1) return { ...noFigure('topic-entropy', 'ONE_LEVEL', [0, 1], 'maximize', n), bits: 0, ...rest };
  const value = Math.min(1, Math.max(0, entropy / log(topics)));
  return { ...figure('topic-entropy', value, [0, 1], 'maximize', n), bits: Math.max(0, entropy) / LN2, ...rest };
}
