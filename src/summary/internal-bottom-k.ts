import { addCounts, badSummary, readList } from './internal-read.ts';

/** Distinct things with the smallest hashes, with exact counts. */
export interface BottomK {
  /** How many are kept. */
  readonly k: number;
  /** No hash above this is taken; null while fewer than k were seen. */
  limit: string | null;
  /** Count and name by hash in hex. Between prunings up to 2k + 64 entries. */
  entries: Map<string, BottomKEntry>;
}

/** One thing kept. */
export interface BottomKEntry {
  /** Rows. */
  count: number;
  /** What was hashed, where that is kept. */
  readonly name: string | null;
}

/** Nothing yet. */
export function emptyBottomK(k: number): BottomK {
  return { k, limit: null, entries: new Map() };
}

/**
 * Takes in so many rows of a thing. The count of whatever is among the k smallest in the end is exact: its hash was
 * never above the limit, which only falls; whatever was dropped once stays above it.
 */
export function addToBottomK(data: BottomK, hash: string, count: number, name: string | null): void {
  if (data.limit !== null && hash > data.limit) return;
  const known = data.entries.get(hash);
  if (known !== undefined) {
    known.count = addCounts(known.count, count);
    return;
  }
  data.entries.set(hash, { count, name });
  if (data.entries.size > 2 * data.k + 64) prune(data);
}

/** The k smallest, in rising order of their hashes. */
export function keptBottomK(data: BottomK): [string, BottomKEntry][] {
  return [...data.entries].sort((a, b) => (a[0] < b[0] ? -1 : 1)).slice(0, data.k);
}

function prune(data: BottomK): void {
  const kept = keptBottomK(data);
  data.entries = new Map(kept);
  if (kept.length === data.k) data.limit = kept[kept.length - 1]![0];
}

/** Takes in what another one kept. */
export function combineBottomK(into: BottomK, from: BottomK): void {
  for (const [hash, { count, name }] of keptBottomK(from)) addToBottomK(into, hash, count, name);
}

/** Reads a list of at most k entries, in any order: what is not canonical is refused elsewhere. */
export function readBottomK(
  value: unknown,
  k: number,
  path: string,
  readEntry: (entry: unknown, path: string) => { hash: string; count: number; name: string | null },
): BottomK {
  const data = emptyBottomK(k);
  const list = readList(value, path);
  if (list.length > k) throw badSummary(path, `at most ${k} entries`);
  for (let i = 0; i < list.length; i++) {
    const { hash, count, name } = readEntry(list[i], `${path}/${i}`);
    if (count === 0 || data.entries.has(hash)) throw badSummary(`${path}/${i}`, 'a new entry with a count above 0');
    data.entries.set(hash, { count, name });
  }
  return data;
}

/**
 * Estimated number of distinct things when more than k were seen.
 * Source: Bar-Yossef et al. 2002; (k - 1) / (k-th smallest hash as a fraction) is unbiased.
 */
export function distinctBeyondK(kept: readonly (readonly [string, BottomKEntry])[], k: number): number {
  // The first 52 bits are ample; + 1 keeps the fraction above 0.
  const fraction = (Number.parseInt(kept[k - 1]![0].slice(0, 13), 16) + 1) / 4503599627370496;
  return Math.max(k, (k - 1) / fraction);
}
