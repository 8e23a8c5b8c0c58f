import type { Finding, Report, ReportTable } from '../../types.ts';
import { figure } from '../internal-words.ts';
import type { JudgeCalibration } from './calibrate-judge.ts';
import type { CalibrationCurve } from './calibration-curve.ts';
import { limitVerdict } from './limit-verdict.ts';

/** Options of {@link judgeReport}. */
export interface JudgeReportOptions {
  /** Heading. Default `Judge`. */
  readonly title?: string | undefined;
  /** The verdict that rests on the judge's scores. */
  readonly verdict?: 'drift' | 'no-drift' | 'inconclusive' | undefined;
  /** How far its probabilities can be believed. */
  readonly curve?: CalibrationCurve | undefined;
}

/**
 * A judge's calibration in plain words: whether it agrees with people, and what a verdict from its scores may say.
 *
 * @param calibration - From {@link calibrateJudge}.
 * @param options - See {@link JudgeReportOptions}.
 * @returns A report for the renderers in `report`.
 * @example
 * const calibration = calibrateJudge([1, 2, 3, 4], [4, 3, 2, 1]);
 * judgeReport(calibration, { verdict: 'drift' }).findings.map(({ level }) => level); // => ['risk', 'warning']
 */
export function judgeReport(calibration: JudgeCalibration, options: JudgeReportOptions = {}): Report {
  const { title = 'Judge', verdict, curve } = options;
  return {
    title,
    findings: findings(calibration, verdict),
    tables: [agreementTable(calibration)],
    charts:
      curve === undefined
        ? []
        : [
            {
              kind: 'line',
              title: 'Stated and observed probability',
              xLabel: 'stated by the judge',
              yLabel: 'observed share',
              series: [
                ...(curve.bins.some((bin) => bin.n > 0)
                  ? [
                      {
                        name: 'observed',
                        x: curve.bins.filter((bin) => bin.n > 0).map((bin) => bin.stated!),
                        y: curve.bins.filter((bin) => bin.n > 0).map((bin) => bin.observed),
                      },
                    ]
                  : []),
                { name: 'perfect', x: [0, 1], y: [0, 1] },
              ],
            },
          ],
  };
}

function findings(calibration: JudgeCalibration, verdict: JudgeReportOptions['verdict']): Finding[] {
  const { agreement, usable, least, judgeId, n, leftOut, bias } = calibration;
  const out: Finding[] = [];
  const { value, interval } = agreement;
  if (value === null)
    out.push({
      level: 'risk',
      text: `Whether ${judgeId} agrees with people is not known (${agreement.reason === 'one-category' ? 'all ratings are equal' : 'no item has both ratings'}).`,
    });
  else
    out.push({
      level: usable ? (interval !== undefined && interval.lower < least ? 'note' : 'good') : 'risk',
      text: `${judgeId} ${usable ? 'agrees' : 'does not agree'} with people well enough to decide: alpha ${figure(value)}${
        interval === undefined ? '' : ` (${figure(interval.lower)} to ${figure(interval.upper)})`
      }, wanted ${figure(least)} or more (${n} items).`,
    });
  if (verdict !== undefined && limitVerdict(verdict, calibration) !== verdict)
    out.push({ level: 'warning', text: `The verdict "${verdict}" rests on this judge and becomes "inconclusive".` });
  if (bias !== null && bias !== 0 && usable)
    out.push({
      level: 'note',
      text: `Its ratings lie ${figure(Math.abs(bias))} ${bias > 0 ? 'above' : 'below'} people's on average; correct means with predictionPoweredMean or correctedShare.`,
    });
  if (leftOut > 0) out.push({ level: 'note', text: `${leftOut} items lack a rating by the judge or by people.` });
  return out;
}

function agreementTable({ agreement, metric, least, n, leftOut, bias, ranks }: JudgeCalibration): ReportTable {
  return {
    title: 'Agreement with people',
    columns: ['figure', 'value', 'from', 'to'],
    rows: [
      [
        `Krippendorff alpha (${metric})`,
        agreement.value,
        agreement.interval?.lower ?? null,
        agreement.interval?.upper ?? null,
      ],
      ['least alpha to decide', least, null, null],
      ['Spearman rho', ranks?.spearman ?? null, null, null],
      ['Kendall tau-b', ranks?.kendallTauB ?? null, null, null],
      ['judge less people (mean)', bias, null, null],
      ['items with both ratings', n, null, null],
      ['items left out', leftOut, null, null],
    ],
  };
}
