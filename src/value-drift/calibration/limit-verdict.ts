import type { JudgeCalibration } from './calibrate-judge.ts';

/**
 * What a verdict from a judge's scores may say: a judge that does not agree with people can only yield `inconclusive`.
 *
 * {@link compareProfiles} and {@link monitorVerdict} do this value by value when they are given a {@link calibrateScorer}
 * result; this is for verdicts of your own.
 *
 * @param verdict - From {@link compareProfiles} or {@link monitorVerdict}.
 * @param calibration - From {@link calibrateJudge}.
 * @returns The verdict, or `inconclusive`.
 * @example
 * limitVerdict('no-drift', calibrateJudge([1, 2, 3], [3, 2, 1])); // => 'inconclusive'
 */
export function limitVerdict(
  verdict: 'drift' | 'no-drift' | 'inconclusive',
  calibration: JudgeCalibration,
): 'drift' | 'no-drift' | 'inconclusive' {
  return calibration.usable ? verdict : 'inconclusive';
}
