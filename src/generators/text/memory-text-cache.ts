import { SynthproofError } from '../../errors.ts';
import type { TextCache } from './text-types.ts';

/** A {@link TextCache} in memory that can be written down. */
export interface MemoryTextCache extends TextCache {
  /** Keys and texts, sorted by key: store them, and give them back to {@link memoryTextCache}. */
  entries(): (readonly [string, string])[];
}

/**
 * A cache of answers in memory.
 *
 * @param entries - Entries of an earlier one.
 * @returns The cache.
 * @throws {@link SynthproofError} `BAD_VALUE` for entries that are no pairs of texts.
 * @example
 * const cache = memoryTextCache([['key', 'text']]);
 * cache.get('key'); // => 'text'
 * cache.entries().length; // => 1
 */
export function memoryTextCache(entries: readonly (readonly [string, string])[] = []): MemoryTextCache {
  const map = new Map<string, string>();
  entries.forEach((entry, i) => {
    const [key, value] = Array.isArray(entry) ? entry : [];
    if (typeof key !== 'string' || typeof value !== 'string')
      throw new SynthproofError('BAD_VALUE', `entries[${i}]: expected a pair of texts`, {
        argument: 'entries',
        row: i,
      });
    map.set(key, value);
  });
  return {
    get: (key) => map.get(key),
    set: (key, value) => {
      map.set(key, value);
    },
    entries: () => [...map].sort((a, b) => (a[0] < b[0] ? -1 : 1)),
  };
}
