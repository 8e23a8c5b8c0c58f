import { SynthproofError } from '../../errors.ts';
import { requireScores } from '../internal-profiles.ts';
import type { ValueProfile } from '../profile-values.ts';
import { type CalibrateJudgeOptions, calibrateJudge, type JudgeCalibration } from './calibrate-judge.ts';

/** How far a scorer agrees with people on one value. JSON-safe. */
export interface ValueCalibration extends JudgeCalibration {
  /** Id of the value. */
  readonly id: string;
}

/** How far a scorer agrees with people, value by value; bound to one scorer and one spec. JSON-safe. */
export interface ScorerCalibration {
  /** Hash of the value spec; verdicts under another one refuse it. */
  readonly specHash: string;
  /** The scorer or judge, with its settings; verdicts on scores of another one refuse it. */
  readonly scorerId: string;
  /** One entry per value, in the order of the spec. */
  readonly values: readonly ValueCalibration[];
}

/**
 * Holds a scorer, above all a judge, against people who rated the same items, for each value of its spec.
 *
 * Hand the result to {@link compareProfiles}, {@link generationCurve} or {@link monitorVerdict}: a value on which the
 * scorer does not agree with people, or that nobody rated, can then only be `inconclusive`. Score a sample of the data
 * that the verdict will be about, and let people rate it on the spec's scale without seeing the scores.
 * See {@link calibrateJudge} for the rule.
 *
 * @param profile - The scorer's profile of the rated items, with scores.
 * @param people - One list per value, in the order of the spec, with one rating per item (of several people: their
 * median); null for none. In place of a list: null when nobody rated the value.
 * @param options - See {@link CalibrateJudgeOptions}.
 * @returns See {@link ScorerCalibration}.
 * @throws {@link SynthproofError} `LENGTH_MISMATCH` when lists do not match values or items; `BAD_VALUE` for a profile
 * without scores or a rating that is no number; `EMPTY_INPUT`, `OUT_OF_RANGE`, `BAD_OPTION`, `ABORTED`.
 * @example
 * const scorer = featureScorer(createValueSpec({ id: 'demo', version: '1', values: ['Kind', 'Honest'] }));
 * const rated = profileValues([[1, 4], [2, 3], [3, 2], [4, 1]], scorer);
 * const calibration = calibrateScorer(rated, [[1, 2, 3, 4], [1, 2, 3, 4]]);
 * calibration.values.map((value) => value.usable); // => [true, false]
 */
export function calibrateScorer(
  profile: ValueProfile,
  people: readonly (readonly (number | null)[] | null)[],
  options: CalibrateJudgeOptions = {},
): ScorerCalibration {
  const { values, specHash, scorerId, n } = profile;
  const scores = requireScores('profile', profile);
  if (!Array.isArray(people) || people.length !== values.length)
    throw new SynthproofError(
      'LENGTH_MISMATCH',
      `people: expected ${values.length} lists of ratings, one per value, received ${Array.isArray(people) ? people.length : String(people)}; null stands for a value that nobody rated`,
      { argument: 'people' },
    );
  return {
    specHash,
    scorerId,
    values: values.map(({ id }, v) => {
      const ratings = people[v] ?? new Array<null>(n).fill(null);
      if (ratings.length !== n)
        throw new SynthproofError(
          'LENGTH_MISMATCH',
          `people[${v}]: expected ${n} ratings of ${JSON.stringify(id)}, one per item, received ${ratings.length}; null stands for none`,
          { argument: 'people', column: id },
        );
      const own = Array.from(scores.columns[v]!, (x) => (x - x === 0 ? x : null));
      return { id, ...calibrateJudge(ratings, own, { ...options, seed: `${options.seed ?? ''}/${id}` }) };
    }),
  };
}
