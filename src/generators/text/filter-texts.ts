/** One rule that keeps or drops a text. */
export interface TextFilter {
  /** Name and settings, for reports and lineage records. */
  readonly id: string;
  /** Why the text is dropped, or null to keep it. */
  check(text: string): string | null;
}

/** A dropped text. */
export interface FilteredText {
  /** Index in the list that was filtered. */
  readonly index: number;
  /** Id of the filter that dropped it: the first one that objects. */
  readonly filter: string;
  /** Why, in words. */
  readonly reason: string;
}

/** Result of {@link filterTexts}. */
export interface FilterResult {
  /** Indices of the kept texts, rising. */
  readonly keep: readonly number[];
  /** The others, in order. */
  readonly dropped: readonly FilteredText[];
  /** How many texts each filter dropped, in order of the filters; filters that dropped none too. */
  readonly counts: readonly {
    /** The filter's id. */
    readonly filter: string;
    /** Texts it dropped. */
    readonly dropped: number;
  }[];
}

/**
 * Runs texts through filters; the first one that objects drops a text and is counted.
 *
 * @param texts - The texts.
 * @param filters - Filters in order, for example {@link lengthFilter}, {@link personalDataFilter}, or your own.
 * @returns See {@link FilterResult}.
 * @example
 * filterTexts(['short', 'long enough'], [lengthFilter({ minWords: 2 })]).keep; // => [1]
 */
export function filterTexts(texts: readonly string[], filters: readonly TextFilter[]): FilterResult {
  const keep: number[] = [];
  const dropped: FilteredText[] = [];
  const counts = filters.map(({ id }) => ({ filter: id, dropped: 0 }));
  texts.forEach((text, index) => {
    for (let f = 0; f < filters.length; f++) {
      const reason = filters[f]!.check(text);
      if (reason === null) continue;
      counts[f]!.dropped++;
      dropped.push({ index, filter: filters[f]!.id, reason });
      return;
    }
    keep.push(index);
  });
  return { keep, dropped, counts };
}
