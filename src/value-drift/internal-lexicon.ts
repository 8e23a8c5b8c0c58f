import { SynthproofError } from '../errors.ts';
import { segmentWords } from '../text/segment-words.ts';
import type { ValueSpec } from './create-value-spec.ts';

/** What ends at a node of the trie: one weight per value named there. */
interface Terminal {
  readonly value: number;
  readonly weight: number;
}

interface Node {
  readonly words: Map<string, Node>;
  /** Stems, by their text. */
  readonly stems: Map<string, Node>;
  /** Lengths of the stems, longest first. */
  stemLengths: number[];
  ends: Terminal[];
}

/** A compiled lexicon. */
export interface Lexicon {
  /** Adds each value's weighted occurrences to `out`; `skip` holds one scratch place per value. */
  count(words: readonly string[], out: Float64Array, skip: Int32Array, factorAt: (start: number) => number): void;
  /** Number of descriptors. */
  readonly size: number;
}

function createNode(): Node {
  return { words: new Map(), stems: new Map(), stemLengths: [], ends: [] };
}

/** Compiles the descriptors of a spec. Throws `EMPTY_INPUT` when there are none, `BAD_VALUE` for an impossible phrase. */
export function compileLexicon(spec: ValueSpec): Lexicon {
  const root = createNode();
  let size = 0;
  spec.values.forEach((value, v) => {
    for (const { phrase, weight = 1 } of value.descriptors ?? []) {
      const node = insert(root, phrase, `value ${value.id}`);
      if (node.ends.some((end) => end.value === v))
        throw new SynthproofError(
          'BAD_VALUE',
          `spec: value ${JSON.stringify(value.id)} names the phrase ${JSON.stringify(phrase)} twice`,
          {
            argument: 'spec',
          },
        );
      node.ends.push({ value: v, weight });
      size++;
    }
  });
  if (size === 0)
    throw new SynthproofError(
      'EMPTY_INPUT',
      'spec: expected descriptors in at least one value, received none; the lexicon scorer counts them',
      {
        argument: 'spec',
      },
    );
  return { count: (words, out, skip, factorAt) => countMatches(root, words, out, skip, factorAt), size };
}

/** What a phrase matches, as one text: phrases with the same key are the same. Null for a phrase that cannot match. */
export function phraseKey(phrase: string): string | null {
  const keys: string[] = [];
  for (const piece of phrase.split(/[\t\n\r ]+/)) {
    if (piece === '') continue;
    const isStem = piece.endsWith('*');
    const body = isStem ? piece.slice(0, -1) : piece;
    const words = segmentWords(body);
    if (words.length === 0 || body.includes('*')) return null;
    keys.push(`${words.join(' ')}${isStem ? '*' : ''}`);
  }
  return keys.length === 0 ? null : keys.join(' ');
}

/** Adds a phrase and returns its last node. */
function insert(root: Node, phrase: string, place: string): Node {
  let node = root;
  let any = false;
  for (const piece of phrase.split(/[\t\n\r ]+/)) {
    if (piece === '') continue;
    const isStem = piece.endsWith('*');
    const body = isStem ? piece.slice(0, -1) : piece;
    const words = segmentWords(body);
    if (words.length === 0 || body.includes('*'))
      throw new SynthproofError(
        'BAD_VALUE',
        `spec: ${place}, phrase ${JSON.stringify(phrase)}: expected words, each with at most a trailing *`,
        {
          argument: 'spec',
        },
      );
    words.forEach((word, i) => {
      const asStem = isStem && i === words.length - 1;
      const next = (asStem ? node.stems : node.words).get(word) ?? createNode();
      (asStem ? node.stems : node.words).set(word, next);
      if (asStem && !node.stemLengths.includes(word.length))
        node.stemLengths = [...node.stemLengths, word.length].sort((a, b) => b - a);
      node = next;
      any = true;
    });
  }
  if (!any)
    throw new SynthproofError(
      'BAD_VALUE',
      `spec: ${place}: expected a phrase with at least one word, received ${JSON.stringify(phrase)}`,
      {
        argument: 'spec',
      },
    );
  return node;
}

/**
 * Leftmost-longest matching, for each value on its own: at a word where several phrases of a value start, the one with
 * most words counts (an exact word before a stem, a longer stem before a shorter one), and the value's next match
 * starts after it. So `human rights` beside `right*` counts once.
 */
function countMatches(
  root: Node,
  words: readonly string[],
  out: Float64Array,
  skip: Int32Array,
  factorAt: (start: number) => number,
): void {
  skip.fill(0);
  const best = new Map<number, { end: number; weight: number }>();
  const visit = (node: Node, at: number): void => {
    for (const { value, weight } of node.ends) {
      const known = best.get(value);
      if (known === undefined || at > known.end) best.set(value, { end: at, weight });
    }
    if (at === words.length) return;
    const word = words[at]!;
    const exact = node.words.get(word);
    if (exact !== undefined) visit(exact, at + 1);
    for (const length of node.stemLengths) {
      if (length > word.length) continue;
      const stem = node.stems.get(length === word.length ? word : word.slice(0, length));
      if (stem !== undefined) visit(stem, at + 1);
    }
  };
  for (let i = 0; i < words.length; i++) {
    visit(root, i);
    if (best.size === 0) continue;
    for (const [value, { end, weight }] of best) {
      if (i < skip[value]!) continue;
      skip[value] = end;
      out[value]! += weight * factorAt(i);
    }
    best.clear();
  }
}
