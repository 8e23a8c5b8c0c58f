import type { Chart, Finding, Measure, Report, ReportCell } from '../types.ts';
import { figure, signed } from './internal-report-text.ts';
import type { KWayMarginalsScore } from './k-way-marginals.ts';
import type { DetectabilityResult, DetectabilityScore } from './measure-detectability.ts';
import type { PmseScore } from './pmse.ts';
import type { SubgroupFidelityResult } from './subgroup-fidelity.ts';
import type { TableDistanceScore } from './table-energy-distance.ts';
import type { TwoSampleFloor, TwoSampleScore } from './two-sample-score.ts';
import type { UtilityResult } from './utility-result.ts';

const LEARNER_WORDS = { boosted: 'boosted trees', logistic: 'logistic regression' } as const;

const REASON_WORDS: Readonly<Record<string, string>> = {
  TOO_FEW_ROWS: 'there are too few rows',
  NO_FEATURES: 'no column has two different values',
  TOO_FEW_COLUMNS: 'there are too few columns',
  ONE_CLASS: 'the hold-out holds a single class',
  NO_VARIATION: 'the target does not vary in the hold-out',
  REFERENCE_NOT_POSITIVE: 'the model of real rows is no better than none',
  NOT_TRAINED: 'there is no row to learn from',
  NOTHING_TO_AVERAGE: 'no figure could be computed',
};

const why = (reason: string | undefined): string => (reason && REASON_WORDS[reason]) || 'it cannot be computed';

/** A figure with as many decimals as a small number needs. */
function short(x: number): string {
  return Math.abs(x) >= 0.1 || x === 0 ? figure(x) : x.toPrecision(3);
}

const rounded = (x: number | null): number | null => (x === null ? null : Number(x.toPrecision(4)));

function range(measure: Measure): string | null {
  return measure.interval ? `${short(measure.interval.lower)} to ${short(measure.interval.upper)}` : null;
}

function pText(p: number | undefined): string | null {
  return p === undefined ? null : p < 0.0001 ? 'below 0.0001' : p.toFixed(4);
}

function floorText(noise: TwoSampleFloor | null): string {
  if (!noise || noise.floor === null || noise.matched === null) return 'no noise floor to read it by';
  return `at ${noise.rowsPerSide} rows a side ${short(noise.matched)} beside ${short(noise.floor)} for real against real`;
}

function floorCells(noise: TwoSampleFloor | null): ReportCell[] {
  return [rounded(noise?.matched ?? null), rounded(noise?.floor ?? null), noise?.rowsPerSide ?? null];
}

const FLOOR_HEADINGS = ['Synthetic, equal size', 'Real, equal size', 'Rows a side'] as const;

/** An AUC from this on is called clear; a reading aid, not a test. */
const CLEAR_AUC = 0.6;

/** How well a learner tells the tables apart, with ROC curves. */
export function detectabilitySection(result: DetectabilityResult): Report {
  const findings = result.scores.map((score): Finding => {
    const name = LEARNER_WORDS[score.learner];
    if (score.value === null) return { level: 'note', text: `${name}: no figure, because ${why(score.reason)}.` };
    const start = `${name}: AUC ${figure(score.value)} [${range(score)}] at ${result.rowsPerSide} rows a side, p ${pText(score.pValue)}; ${floorText(score.noise)}`;
    return { ...detection(score), text: `${start}: ${detection(score).text}.` };
  });
  findings.push({
    level: 'note',
    text: 'A learner that finds no difference does not prove that there is none, and says nothing about privacy.',
  });
  const curves = result.scores.filter((score) => score.value !== null);
  const chart: Chart = {
    kind: 'line',
    title: 'ROC curves: real or synthetic?',
    xLabel: 'share of real rows called synthetic',
    yLabel: 'share of synthetic rows called synthetic',
    series: [
      ...curves.map((score) => ({
        name: LEARNER_WORDS[score.learner],
        x: score.roc.falsePositive,
        y: score.roc.truePositive,
      })),
      { name: 'cannot tell', x: [0, 1], y: [0, 1] },
    ],
  };
  return {
    title: 'Detectability',
    findings,
    tables: [
      {
        title: 'Can a learner tell synthetic rows from real ones?',
        columns: ['Learner', 'AUC', 'Interval', 'p', ...FLOOR_HEADINGS],
        rows: result.scores.map((score) => [
          LEARNER_WORDS[score.learner],
          rounded(score.value),
          range(score),
          pText(score.pValue),
          ...floorCells(score.noise),
        ]),
        note: `Out-of-fold scores, ${result.folds} folds, ${result.rowsPerSide} rows of either table. 0.5 = cannot be told apart.`,
      },
    ],
    charts: curves.length > 0 ? [chart] : [],
  };
}

function detection(score: DetectabilityScore): Finding {
  if ((score.pValue ?? 1) >= 0.05) return { level: 'good', text: 'no difference was seen by this learner' };
  return score.value! < CLEAR_AUC
    ? { level: 'note', text: 'a small difference was seen' }
    : { level: 'warning', text: 'the tables can be told apart' };
}

/** Models of real and synthetic rows on the same hold-out. */
export function utilitySection(result: UtilityResult): Report {
  const { comparisons, rows, target } = result;
  const findings = comparisons.map((entry): Finding => {
    const name = entry.metric.toUpperCase();
    const { trtr, tstr, ratio } = entry;
    if (trtr.value === null || tstr.value === null || ratio.value === null)
      return { level: 'note', text: `${name}: no ratio, because ${why(ratio.reason)}.` };
    const worse = entry.metric === 'rmse' ? ratio.value > 1.05 : ratio.value < 0.95;
    const floor =
      entry.noise?.matched == null || entry.noise.floor === null
        ? 'no noise floor to read it by'
        : `at ${result.noiseFloor!.rowsPerSide} rows a side ${figure(entry.noise.matched)} beside ${figure(entry.noise.floor)} for real rows`;
    return {
      level: worse ? 'warning' : 'good',
      text: `${name} on ${rows.holdout} held-out real rows: ${figure(tstr.value)} when trained on synthetic, ${figure(trtr.value)} when trained on real rows; ratio ${figure(ratio.value)} [${range(ratio)}]; ${floor}.`,
    };
  });
  const left = rows.leftOut.reduce((a, b) => a + b, 0);
  if (left > 0)
    findings.push({
      level: 'note',
      text: `Rows without a usable target were left out: ${rows.leftOut[0]} real, ${rows.leftOut[1]} synthetic, ${rows.leftOut[2]} held out.`,
    });
  const items = comparisons
    .filter((entry) => entry.ratio.value !== null)
    .map(({ metric, ratio }) => ({
      label: metric,
      value: ratio.value,
      lower: ratio.interval?.lower,
      upper: ratio.interval?.upper,
    }));
  return {
    title: `Utility: predicting "${target}"`,
    findings,
    tables: [
      {
        title: 'Trained on synthetic, tested on real',
        columns: [
          'Figure',
          'Trained on real',
          'Interval',
          'Trained on synthetic',
          'Interval',
          'Ratio',
          'Interval',
          'Ratio, equal size',
          'Ratio, real, equal size',
        ],
        rows: comparisons.map(({ metric, trtr, tstr, ratio, noise }) => [
          metric,
          rounded(trtr.value),
          range(trtr),
          rounded(tstr.value),
          range(tstr),
          rounded(ratio.value),
          range(ratio),
          rounded(noise?.matched ?? null),
          rounded(noise?.floor ?? null),
        ]),
        note: `${LEARNER_WORDS[result.learner]}; ${rows.real} real, ${rows.synthetic} synthetic and ${rows.holdout} held-out rows${result.positive === null ? '' : `; class "${result.positive}"`}. Intervals: ${result.resamples} resamples of the hold-out, models as fitted.`,
      },
    ],
    charts:
      items.length === 0
        ? []
        : [
            {
              kind: 'interval',
              title: 'Utility, synthetic over real',
              xLabel: 'ratio',
              yLabel: 'figure',
              items,
              reference: 1,
            },
          ],
  };
}

/** pMSE, distances and k-way marginals in one table, and the worst sets of columns. */
export function differencesSection(
  scores: readonly (PmseScore | TableDistanceScore)[],
  kWay: KWayMarginalsScore | undefined,
): Report {
  const name = (score: TwoSampleScore): string => {
    if (score.metric === 'pmse') return `pMSE, ${LEARNER_WORDS[(score as PmseScore).learner]}`;
    if (score.metric === 'tableMmd') return 'Squared maximum mean discrepancy';
    if (score.metric === 'tableEnergyDistance') return 'Energy distance';
    return `Total variation distance of ${(score as KWayMarginalsScore).k} columns crossed, mean`;
  };
  const all: readonly TwoSampleScore[] = kWay ? [...scores, kWay] : scores;
  const findings = all.map((score): Finding => {
    if (score.value === null)
      return { level: 'note', text: `${name(score)}: no figure, because ${why(score.reason)}.` };
    const p = score.pValue === undefined ? '' : `, p ${pText(score.pValue)}`;
    const ratio =
      'ratio' in score && (score as PmseScore).ratio !== null
        ? `; ${(score as PmseScore).ratio!.toFixed(2)} times its expectation for equal distributions`
        : '';
    return {
      level: isBeyond(score) ? 'warning' : 'good',
      text: `${name(score)}: ${short(score.value)} [${range(score)}]${p}${ratio}; ${floorText(score.noise)}: ${isBeyond(score) ? 'larger than sampling noise' : 'no difference beyond sampling noise was seen'}.`,
    };
  });
  const tables = [
    {
      title: 'Differences of the tables as a whole',
      columns: ['Measure', 'Value', 'Interval', 'p', ...FLOOR_HEADINGS, 'Real rows', 'Synthetic rows'],
      rows: all.map((score) => [
        name(score),
        rounded(score.value),
        range(score),
        pText(score.pValue),
        ...floorCells(score.noise),
        score.nReal,
        score.nSynthetic,
      ]),
      note: 'Smaller is better. Compare the two columns of equal size: fewer rows mean larger figures by noise alone.',
    },
  ];
  if (kWay && kWay.sets.length > 0)
    tables.push({
      title: `Sets of ${kWay.k} columns, largest excess over the floor first`,
      columns: ['Columns', 'Distance', 'Cells', ...FLOOR_HEADINGS],
      rows: kWay.sets
        .slice(0, 10)
        .map((set) => [set.columns.join(', '), rounded(set.value), set.cells, ...floorCells(set.noise)]),
      note: `${kWay.sets.length} sets measured${kWay.possibleSets === null ? '' : ` of ${kWay.possibleSets}`}; numbers in ${kWay.bins} quantile bins.`,
    });
  return { title: 'Differences beyond pairs', findings, tables, charts: [] };
}

/** Seen in every split and twice as large as the spread of the floor; with a p-value that agrees where there is one. */
function isBeyond({ noise, pValue }: TwoSampleScore): boolean {
  if (!noise || noise.excess === null || !noise.excessRange || !noise.floorRange) return (pValue ?? 1) < 0.05;
  const spread = noise.floorRange[1] - noise.floorRange[0];
  return noise.excessRange[0] > 0 && noise.excess > 2 * spread && (pValue ?? 0) < 0.05;
}

/** Fidelity per group, with a forest plot. */
export function subgroupSection(result: SubgroupFidelityResult): Report {
  const { groups, lost, suppressed, worst } = result;
  const findings: Finding[] = [];
  for (const entry of lost)
    findings.push({
      level: 'risk',
      text: `Group "${entry.group}" (${entry.by}): ${entry.nReal} real rows but only ${entry.nSynthetic} synthetic ones, less than half of its share: the group is lost or nearly so.`,
    });
  if (worst && worst.gap.value !== null) {
    const clear = (worst.gap.interval?.lower ?? 0) > 0 && worst.gap.value >= 0.02;
    findings.push({
      level: clear ? 'warning' : 'note',
      text: `Largest gap: group "${worst.group}" (${worst.by}), ${signed(worst.gap.value)} [${range(worst.gap)}] with ${worst.nReal} real and ${worst.nSynthetic} synthetic rows. Over ${groups.length} groups the largest gap is above 0 by chance too.`,
    });
  } else findings.push({ level: 'note', text: 'No group could be measured.' });
  if (suppressed.groups > 0)
    findings.push({
      level: 'note',
      text: `${suppressed.groups} groups with fewer than ${result.minRows} rows in a table were not measured (${suppressed.realRows} real, ${suppressed.syntheticRows} synthetic rows): nothing is known about them.`,
    });
  const items = groups.map(({ by, group, gap }) => ({
    label: `${by}: ${group}`,
    group: by,
    value: gap.value,
    lower: gap.interval?.lower,
    upper: gap.interval?.upper,
  }));
  return {
    title: 'Fidelity within groups',
    findings,
    tables: [
      {
        title: 'Groups, largest gap first',
        columns: ['Grouping', 'Group', 'Real rows', 'Synthetic rows', ...FLOOR_HEADINGS, 'Gap', 'Interval'],
        rows: groups.map(({ by, group, nReal, nSynthetic, noise, gap, rowsPerSide }) => [
          by,
          group,
          nReal,
          nSynthetic,
          rounded(noise.matched),
          rounded(noise.floor),
          rowsPerSide,
          rounded(gap.value),
          range(gap),
        ]),
        note: 'Small groups score lower by noise alone: compare gaps, not scores. Each interval is for its own group.',
      },
    ],
    charts:
      items.length === 0
        ? []
        : [
            {
              kind: 'interval',
              title: 'Gap to the noise floor, per group',
              xLabel: 'real against real minus synthetic (0 = nothing lost)',
              yLabel: 'group',
              items,
              reference: 0,
            },
          ],
  };
}
