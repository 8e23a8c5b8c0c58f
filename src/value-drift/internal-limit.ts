import { SynthproofError } from '../errors.ts';
import type { ScorerCalibration, ValueCalibration } from './calibration/calibrate-scorer.ts';
import { limitVerdict } from './calibration/limit-verdict.ts';
import type { DriftVerdict, LimitedVerdict } from './drift-report.ts';
import { figure } from './internal-words.ts';
import type { ValueScorerKind } from './value-scorer.ts';

/** Refuses a calibration of another scorer or spec, or one that cannot be a calibration. */
export function checkCalibration(
  calibration: ScorerCalibration,
  of: { readonly specHash: string; readonly scorerId: string },
  ids: readonly string[],
): void {
  if (calibration.specHash !== of.specHash)
    throw new SynthproofError(
      'SPEC_MISMATCH',
      `calibration: expected one under the value spec ${of.specHash.slice(0, 12)}, received ${String(calibration.specHash).slice(0, 12)}; let people rate items under this spec`,
      { argument: 'calibration' },
    );
  if (calibration.scorerId !== of.scorerId)
    throw new SynthproofError(
      'SPEC_MISMATCH',
      `calibration: expected one of the scorer "${of.scorerId}", received "${String(calibration.scorerId)}"; another judge, or another version of it, needs its own`,
      { argument: 'calibration' },
    );
  const { values } = calibration;
  const sound =
    Array.isArray(values) && values.every(isCalibration) && ids.every((id) => values.some((value) => value.id === id));
  if (!sound)
    throw new SynthproofError(
      'BAD_MODEL',
      `calibration: expected sound figures for each of the values ${ids.join(', ')}; make it with calibrateScorer()`,
      { argument: 'calibration' },
    );
}

/** It may come from a file: what it says of itself must follow from its figures. */
function isCalibration(value: ValueCalibration): boolean {
  const alpha = value?.agreement?.value;
  return (
    (alpha === null || Number.isFinite(alpha)) &&
    Number.isFinite(value.least) &&
    value.usable === (alpha !== null && alpha! >= value.least)
  );
}

/** A verdict as far as the scorer may give one: `limited` says what the scores alone would say, and why it does not count. */
export function limited(
  verdict: DriftVerdict,
  calibration: ValueCalibration | undefined,
): { readonly verdict: DriftVerdict; readonly limited?: LimitedVerdict | undefined } {
  if (calibration === undefined || calibration.usable) return { verdict };
  return {
    verdict: limitVerdict(verdict, calibration),
    limited: {
      verdict,
      reason: `the scorer does not agree with people well enough to decide (${alphaOf(calibration)})`,
    },
  };
}

/** What to know about the scorer: values that it may not decide on, or a judge that nobody checked. */
export function scorerWarnings(
  values: readonly { readonly id: string; readonly label: string; readonly limited?: LimitedVerdict | undefined }[],
  calibration: ScorerCalibration | undefined,
  scorerId: string,
  kind?: ValueScorerKind | undefined,
): string[] {
  if (calibration === undefined)
    // A judge of the library is known by its id, also where its kind was not kept.
    return kind === 'judge' || scorerId.startsWith('judge/')
      ? [
          'the judge was not calibrated against people, so its marks are taken at their word; let people rate some items and hand over calibrateScorer()',
        ]
      : [];
  const barred: string[] = [];
  const unsure: string[] = [];
  for (const { id, label, limited } of values) {
    const found = calibration.values.find((value) => value.id === id)!;
    const { agreement, least } = found;
    if (limited !== undefined) barred.push(`${label} (${alphaOf(found)})`);
    else if (agreement.interval && agreement.interval.lower < least)
      unsure.push(`${label} (${alphaOf(found)}, interval from ${figure(agreement.interval.lower)})`);
  }
  const out: string[] = [];
  if (barred.length > 0)
    out.push(
      `the scorer does not agree with people well enough to decide on ${barred.join(', ')}; there the verdict is at most inconclusive`,
    );
  if (unsure.length > 0)
    out.push(
      `that the scorer agrees with people is itself not certain for ${unsure.join(', ')}; more ratings would tell`,
    );
  return out;
}

function alphaOf({ agreement, least, n }: ValueCalibration): string {
  if (agreement.value === null)
    return agreement.reason === 'one-category' ? `all ${n} ratings are equal` : 'nobody rated it';
  return `alpha ${figure(agreement.value)} of ${n} items, wanted ${least} or more`;
}
