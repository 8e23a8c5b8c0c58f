import { normalizeText } from './normalize-text.ts';
import { segmentWords } from './segment-words.ts';

/** What shingles are made of. */
export type ShingleUnit = 'word' | 'character';

/** The shingles of a list of texts. */
export interface ShingleSets {
  /** Number of texts. */
  readonly size: number;
  /** Whether a text has no shingle. */
  readonly isEmpty: (text: number) => boolean;
  /** 32 bits per shingle of a text, one per position, that depend on the shingle's own text only. A view, good until the next call. */
  readonly hashesOf: (text: number) => Int32Array;
  /** The numbers of a text's distinct shingles, rising: equal shingles of the list, equal numbers. Made on demand and kept. */
  readonly idsOf: (text: number) => Int32Array;
}

/** Mixes 32 bits so that every bit of the input moves every bit of the result (finaliser of MurmurHash3). */
function mix32(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function combine(hash: number, next: number): number {
  const h = Math.imul(hash ^ next, 0x9e3779b1);
  return (h << 13) | (h >>> 19);
}

function hashToken(token: string): number {
  let h = token.length;
  for (let i = 0; i < token.length; i++) h = Math.imul(h ^ token.charCodeAt(i), 0x01000193) ^ (h >>> 15);
  return mix32(h);
}

/** Token numbers of all texts, and 32 bits of each token's own text beside them. */
interface Tokens {
  readonly tokens: Int32Array;
  readonly starts: Int32Array;
  readonly hashes: Int32Array;
}

function tokenize(texts: readonly string[], unit: ShingleUnit): Tokens {
  const starts = new Int32Array(texts.length + 1);
  const lists: Int32Array[] = [];
  const numbers = new Map<string, number>();
  const hashes: number[] = [];
  for (let i = 0; i < texts.length; i++) {
    if (unit === 'character') {
      const text = normalizeText(texts[i]!);
      lists.push(Int32Array.from({ length: text.length }, (_, k) => text.charCodeAt(k)));
    } else {
      lists.push(
        Int32Array.from(segmentWords(texts[i]!), (word) => {
          let id = numbers.get(word);
          if (id === undefined) {
            id = hashes.length;
            numbers.set(word, id);
            hashes.push(hashToken(word));
          }
          return id;
        }),
      );
    }
    starts[i + 1] = starts[i]! + lists[i]!.length;
  }
  const tokens = new Int32Array(starts[texts.length]!);
  lists.forEach((list, i) => {
    tokens.set(list, starts[i]);
  });
  return {
    tokens,
    starts,
    hashes: tokens.map(unit === 'character' ? mix32 : (token) => hashes[token]!),
  };
}

/**
 * The shingles of each text, numbered across the list. A text with fewer tokens than a shingle has one shingle, all of
 * it; a text without tokens has none. Numbers are given token by token, so a collision of hashes cannot make two shingles
 * one.
 */
export function shingleSets(texts: readonly string[], size: number, unit: ShingleUnit): ShingleSets {
  const { tokens, starts, hashes } = tokenize(texts, unit);
  let table: ShingleTable | null = null;
  const known: (Int32Array | undefined)[] = new Array(texts.length);
  let scratch = new Int32Array(256);
  const windows = (text: number): { from: number; width: number; count: number } => {
    const from = starts[text]!;
    const length = starts[text + 1]! - from;
    const width = Math.min(size, length);
    const count = length === 0 ? 0 : length - width + 1;
    if (scratch.length < count) scratch = new Int32Array(2 * count);
    return { from, width, count };
  };
  return {
    size: texts.length,
    isEmpty: (text) => starts[text] === starts[text + 1],
    hashesOf(text) {
      const { from, width, count } = windows(text);
      for (let i = 0; i < count; i++) {
        let hash = width;
        for (let k = 0; k < width; k++) hash = combine(hash, hashes[from + i + k]!);
        scratch[i] = mix32(hash);
      }
      return scratch.subarray(0, count);
    },
    idsOf(text) {
      let ids = known[text];
      if (ids === undefined) {
        const { from, width, count } = windows(text);
        table ??= new ShingleTable(tokens);
        for (let i = 0; i < count; i++) scratch[i] = table.numberOf(from + i, width);
        ids = scratch.slice(0, sortDistinct(scratch.subarray(0, count)));
        known[text] = ids;
      }
      return ids;
    },
  };
}

/** Numbers for runs of tokens, in order of first sight. */
class ShingleTable {
  private readonly tokens: Int32Array;
  private places: Int32Array;
  private widths: Int32Array;
  private slots: Int32Array;
  private size: number;

  constructor(tokens: Int32Array) {
    this.tokens = tokens;
    this.places = new Int32Array(512);
    this.widths = new Int32Array(512);
    this.slots = new Int32Array(1024).fill(-1);
    this.size = 0;
  }

  numberOf(place: number, width: number): number {
    const mask = this.slots.length - 1;
    let slot = this.address(place, width) & mask;
    for (;;) {
      const id = this.slots[slot]!;
      if (id < 0) break;
      if (this.widths[id] === width && same(this.tokens, this.places[id]!, place, width)) return id;
      slot = (slot + 1) & mask;
    }
    const id = this.size++;
    this.slots[slot] = id;
    this.places[id] = place;
    this.widths[id] = width;
    if (this.size === this.places.length) this.double();
    return id;
  }

  /** By token numbers, which a text's author does not choose, not by the published hash. */
  private address(place: number, width: number): number {
    let address = width;
    for (let k = 0; k < width; k++) address = combine(address, this.tokens[place + k]!);
    return mix32(address);
  }

  private double(): void {
    const capacity = 2 * this.places.length;
    const places = new Int32Array(capacity);
    const widths = new Int32Array(capacity);
    places.set(this.places);
    widths.set(this.widths);
    this.places = places;
    this.widths = widths;
    const mask = 2 * capacity - 1;
    this.slots = new Int32Array(2 * capacity).fill(-1);
    for (let id = 0; id < this.size; id++) {
      let slot = this.address(places[id]!, widths[id]!) & mask;
      while (this.slots[slot]! >= 0) slot = (slot + 1) & mask;
      this.slots[slot] = id;
    }
  }
}

function same(tokens: Int32Array, a: number, b: number, width: number): boolean {
  for (let k = 0; k < width; k++) if (tokens[a + k] !== tokens[b + k]) return false;
  return true;
}

/** Sorts the numbers, moves the distinct ones to the front, and returns how many there are. */
function sortDistinct(ids: Int32Array): number {
  ids.sort();
  let kept = 0;
  for (let i = 0; i < ids.length; i++) if (i === 0 || ids[i] !== ids[i - 1]) ids[kept++] = ids[i]!;
  return kept;
}

/** Jaccard similarity of two texts' shingle sets; 0 when it is sure to be below `least`, or when either set is empty. */
export function jaccardOf(sets: ShingleSets, a: number, b: number, least: number): number {
  const left = sets.idsOf(a);
  const right = sets.idsOf(b);
  const na = left.length;
  const nb = right.length;
  // The product may round up past a size that just suffices.
  if (na === 0 || nb === 0 || Math.min(na, nb) < least * Math.max(na, nb) * (1 - 1e-12)) return 0;
  let shared = 0;
  let i = 0;
  let j = 0;
  while (i < na && j < nb) {
    const x = left[i]!;
    const y = right[j]!;
    if (x === y) {
      shared++;
      i++;
      j++;
    } else if (x < y) i++;
    else j++;
  }
  return shared / (na + nb - shared);
}
