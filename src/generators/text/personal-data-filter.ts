import { findPersonalData, type PersonalDataKind } from '../../text/find-personal-data.ts';
import type { TextFilter } from './filter-texts.ts';

/** Options of {@link personalDataFilter}. */
export interface PersonalDataFilterOptions {
  /** Kinds that drop a text. Default: all. */
  readonly kinds?: readonly PersonalDataKind[] | undefined;
}

/**
 * Drops texts with something that looks like personal data; see {@link findPersonalData} for what is seen and what is
 * not (names are not). The reason names the kind, never the find.
 *
 * @param options - See {@link PersonalDataFilterOptions}.
 * @returns A filter for {@link filterTexts}.
 * @example
 * personalDataFilter().check('Write to ann@example.org'); // => 'looks like personal data: email'
 */
export function personalDataFilter(options: PersonalDataFilterOptions = {}): TextFilter {
  const { kinds } = options;
  return {
    id: `personal-data/1(${kinds ? [...kinds].sort().join(',') : 'all'})`,
    check(text) {
      const found = findPersonalData(text).filter(({ kind }) => !kinds || kinds.includes(kind));
      if (found.length === 0) return null;
      return `looks like personal data: ${[...new Set(found.map(({ kind }) => kind))].sort().join(', ')}`;
    },
  };
}
