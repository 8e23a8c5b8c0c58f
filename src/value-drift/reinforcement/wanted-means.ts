import { SynthproofError } from '../../errors.ts';
import type { ValueProfile } from '../profile-values.ts';
import type { WantedMeans } from './reinforcement-types.ts';

/**
 * The means of a profile as targets for other data: to pull a drifted data set back to where another one is.
 *
 * @param profile - The profile to aim at.
 * @param ids - Values to aim at. Default: all that have a mean.
 * @returns Wanted means by value id; values without a mean are left out.
 * @throws {@link SynthproofError} `BAD_VALUE` for an id that the profile does not have.
 * @example
 * const scorer = featureScorer(createValueSpec({ id: 'demo', version: '1', values: ['Kind'] }));
 * wantedMeans(profileValues([[1], [3]], scorer)); // => { p1: 2 }
 */
export function wantedMeans(profile: ValueProfile, ids?: readonly string[]): WantedMeans {
  const wanted = ids === undefined ? null : new Set(ids);
  for (const id of ids ?? [])
    if (!profile.values.some((value) => value.id === id))
      throw new SynthproofError(
        'BAD_VALUE',
        `ids: expected ids of the spec (${profile.values.map((value) => value.id).join(', ')}), received ${JSON.stringify(id)}`,
        { argument: 'ids' },
      );
  return Object.fromEntries(
    profile.values.flatMap(({ id, mean }) =>
      mean === null || (wanted !== null && !wanted.has(id)) ? [] : [[id, mean] as const],
    ),
  );
}
