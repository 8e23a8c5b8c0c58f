import { SynthproofError } from '../errors.ts';
import type { ProfileScores, ValueProfile } from './profile-values.ts';

/** Scores of single items, or an error that says how to get them. */
export function requireScores(argument: string, profile: ValueProfile): ProfileScores {
  if (profile.scores === undefined)
    throw new SynthproofError(
      'BAD_VALUE',
      `${argument}: expected the scores of single items, received a profile without; make it with keepScores`,
      { argument },
    );
  return profile.scores;
}

/** Refuses two profiles of different specs or scorers. */
export function requireSameScorer(first: ValueProfile, argument: string, other: ValueProfile): void {
  if (first.specHash !== other.specHash)
    throw new SynthproofError(
      'SPEC_MISMATCH',
      `profiles: expected one value spec, received "${first.spec}" (${first.specHash.slice(0, 12)}) and "${other.spec}" (${other.specHash.slice(0, 12)}); score all data sets against the same spec`,
      { argument },
    );
  if (first.scorerId !== other.scorerId)
    throw new SynthproofError(
      'SPEC_MISMATCH',
      `profiles: expected one scorer, received "${first.scorerId}" and "${other.scorerId}"; score all data sets in the same way`,
      { argument },
    );
}
