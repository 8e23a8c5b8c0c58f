import { SynthproofError } from '../../errors.ts';
import type { Chart, Finding, Report, ReportTable } from '../../types.ts';
import { count, percent, points, pointsInterval, some } from '../internal-words.ts';
import type { AchievedTilt } from './achieved-tilt.ts';
import type { FairTarget } from './fair-target-types.ts';
import type { FairPoint, FairTradeOff, ModelGap } from './fair-trade-off-types.ts';

/** What {@link fairReport} shows. */
export interface FairReportParts {
  /** The target. */
  readonly target: FairTarget;
  /** What a sample reached. Default: not shown. */
  readonly achieved?: AchievedTilt | undefined;
  /** What it costs and brings. Default: not shown. */
  readonly tradeOff?: FairTradeOff | undefined;
}

/** Rows of a table of cells. */
const MOST_CELLS = 30;

/** Label shares off by more than this are a warning. */
const LABEL_ERROR = 0.01;

/**
 * A tilt in plain words, tables and pictures: label parity in the data, its cost, and what remains in a model.
 *
 * @param parts - See {@link FairReportParts}.
 * @returns A {@link Report} that any renderer shows. It states parity of labels and gaps of models; it never calls data or a model fair.
 * @throws {@link SynthproofError} `BAD_OPTION` when a part is not what its function returned.
 * @example
 * const source = fromColumns({ sex: ['f', 'f', 'f', 'm', 'm', 'm'], hired: [true, false, false, true, true, false] });
 * const target = fairTarget(source, { sensitive: ['sex'], label: { column: 'hired' }, minGroupRows: 1 });
 * fairReport({ target }).findings[0].text; // => 'Label gap in the data by sex: 33.3 points in the source, 0.0 in the target (strength 1.00)'
 */
export function fairReport(parts: FairReportParts): Report {
  const { target, achieved, tradeOff } = parts;
  const sound =
    target?.kind === 'fair-target' &&
    (achieved === undefined || achieved.version === 'achieved-tilt/1') &&
    (tradeOff === undefined || tradeOff.version === 'fair-trade-off/1');
  if (!sound)
    throw new SynthproofError(
      'BAD_OPTION',
      'parts: expected the results of fairTarget, achievedTilt and fairTradeOff; pass them unchanged',
      { argument: 'parts' },
    );
  const findings = targetFindings(target);
  const tables: ReportTable[] = [cellTable(target, achieved)];
  const charts: Chart[] = [labelChart(target, achieved)];
  if (achieved !== undefined) findings.push(...achievedFindings(achieved));
  if (tradeOff !== undefined) {
    findings.push(...tradeOffFindings(tradeOff));
    tables.push(curveTable(tradeOff));
    charts.push(tradeOff.chart, gapChart(tradeOff));
  }
  return { title: 'Label parity in the data: the tilt and its cost', findings, tables, charts };
}

function targetFindings(target: FairTarget): Finding[] {
  const by = target.sensitive.join(' x ');
  const out: Finding[] = [
    {
      level: 'note',
      text: `Label gap in the data by ${by}: ${points(target.labelGap.source)} points in the source, ${points(target.labelGap.target)} in the target (strength ${target.strength.toFixed(2)})`,
    },
    {
      level: target.warnings.length > 0 ? 'warning' : 'note',
      text: `The tilt weighs source rows by up to ${target.maxWeight.toFixed(2)}; ${percent(target.effectiveShare)} of them stay effective${target.warnings.length > 0 ? ': few rows stand for many, figures of small groups are unreliable' : ''}`,
    },
  ];
  if (target.backedOff.length > 0)
    out.push({
      level: 'warning',
      text: `${count(target.backedOff.length, 'group')} without rows of one label kept their own labels: ${some(
        target.backedOff.map((group) => group.join(' x ')),
        5,
      )}`,
    });
  if (target.leftOut > 0)
    out.push({ level: 'note', text: `${count(target.leftOut, 'source row')} without a label left out` });
  return out;
}

function achievedFindings(achieved: AchievedTilt): Finding[] {
  const { labelGap, largestLabelError } = achieved;
  if (labelGap.achieved === null || largestLabelError === null)
    return [{ level: 'warning', text: 'The sample has no labelled rows' }];
  const single = achieved.labelGaps
    .map((one) => `${one.column} ${one.achieved === null ? 'none' : (100 * one.achieved).toFixed(2)}`)
    .join(', ');
  const out: Finding[] = [
    {
      level: largestLabelError <= LABEL_ERROR ? 'good' : 'warning',
      text: `The sample of ${achieved.rows} rows (${achieved.direction} side, seed "${achieved.seed}") has a label gap of ${(100 * labelGap.achieved).toFixed(2)} points (${single}); no label share is off by more than ${(100 * largestLabelError).toFixed(2)} points`,
    },
  ];
  if (achieved.outside + achieved.leftOut > 0)
    out.push({
      level: 'warning',
      text: `${count(achieved.outside, 'row')} with levels that the target does not list, ${achieved.leftOut} without a label`,
    });
  return out;
}

function gapText(gap: ModelGap): string {
  if (gap.value === null) return 'not defined, too few groups with rows';
  const pair = `${gap.minuend!.join(' x ')} minus ${gap.subtrahend!.join(' x ')}`;
  return `${points(gap.value)} points ${pointsInterval(gap.interval!)} (${pair})`;
}

function tradeOffFindings(curve: FairTradeOff): Finding[] {
  const name = curve.metric === 'equalOpportunity' ? 'true positive rates' : 'selection rates';
  const before = curve.points[0]!;
  const out: Finding[] = [
    {
      level: 'note',
      text: `A ${curve.learner} model of untilted synthetic rows, on ${before.holdout.rows} real rows: difference in ${name} ${gapText(before.holdout[curve.metric])}`,
    },
  ];
  if (curve.chosen === null)
    return [
      ...out,
      { level: 'warning', text: 'No strength could be chosen: no gap is defined within the allowed loss' },
    ];
  const point = curve.points[curve.chosen]!;
  const lossText = (loss: number | null): string => (loss === null ? 'not defined' : loss.toFixed(4));
  out.push({
    level: 'note',
    text: `At strength ${point.strength.toFixed(3)} the difference in ${name} is ${gapText(point.holdout[curve.metric])}, loss of AUC ${lossText(point.aucLoss)}; the strength was chosen on these rows, so the figure flatters`,
  });
  if (point.test !== null)
    out.push({
      level: 'note',
      text: `On ${point.test.rows} other real rows: difference in ${name} ${gapText(point.test[curve.metric])}, loss of AUC ${lossText(point.testAucLoss)}`,
    });
  const full = curve.points.at(-1)!;
  const rest = full.holdout.demographicParity.interval;
  if (full.labelGap < 1e-6 && rest !== undefined && (rest.lower > 0 || rest.upper < 0))
    out.push({
      level: 'warning',
      text: `Label parity in the data does not make the model's selection rates equal: at strength ${full.strength.toFixed(2)} they still differ by ${gapText(full.holdout.demographicParity)}; other columns stand in for the group`,
    });
  return out;
}

function cellTable(target: FairTarget, achieved: AchievedTilt | undefined): ReportTable {
  const order = target.cells
    .map((_, k) => k)
    .sort((a, b) => target.cells[b]!.source - target.cells[a]!.source || a - b);
  const shown = order.slice(0, MOST_CELLS).sort((a, b) => a - b);
  const share = (x: number): number => Math.round(x * 1e6) / 1e6;
  const note = order.length > shown.length ? `the largest ${shown.length} of ${order.length} cells` : undefined;
  return {
    title: 'Cells',
    columns: [
      ...target.columns,
      'source rows',
      'source share',
      'target share',
      ...(achieved ? ['sample rows', 'sample share'] : []),
    ],
    rows: shown.map((k) => {
      const cell = target.cells[k]!;
      const base = [...cell.values, cell.rows, share(cell.source), share(cell.target)];
      const reached = achieved?.cells[k];
      return reached === undefined ? base : [...base, reached.rows, share(reached.share)];
    }),
    ...(note === undefined ? {} : { note }),
  };
}

/** Shares of the positive label (the last one where none is named) by group. */
function labelChart(target: FairTarget, achieved: AchievedTilt | undefined): Chart {
  const y = target.positive === null ? target.classes.length - 1 : target.classes.indexOf(target.positive);
  const x = target.groups.map((group) => group.values.join(' x '));
  const series = [
    { name: 'source', x, y: target.groups.map((group) => group.sourceLabels[y]!) },
    { name: 'target', x, y: target.groups.map((group) => group.targetLabels[y]!) },
  ];
  if (achieved !== undefined) {
    const found = new Map(achieved.groups.map((group) => [JSON.stringify(group.values), group.labels[y]!]));
    series.push({ name: 'sample', x, y: target.groups.map((group) => found.get(JSON.stringify(group.values)) ?? 0) });
  }
  return {
    kind: 'bar',
    title: `Share of ${target.label} = ${target.classes[y]}`,
    xLabel: target.sensitive.join(' x '),
    yLabel: 'Share',
    series,
  };
}

function curveTable(curve: FairTradeOff): ReportTable {
  const four = (x: number | null): number | null => (x === null ? null : Math.round(x * 1e4) / 1e4);
  const gap = (one: ModelGap): (number | null)[] => [
    four(one.value),
    four(one.interval?.lower ?? null),
    four(one.interval?.upper ?? null),
  ];
  return {
    title: 'Trade-off by strength, on held-out real rows',
    columns: [
      'strength',
      'label gap',
      'in the rows drawn',
      'AUC',
      'loss of AUC',
      'selection gap',
      'lower',
      'upper',
      'true positive gap',
      'lower',
      'upper',
      'chosen',
    ],
    rows: curve.points.map((point, k) => [
      four(point.strength),
      four(point.labelGap),
      four(point.achievedLabelGap),
      four(point.holdout.auc.value),
      four(point.aucLoss),
      ...gap(point.holdout.demographicParity),
      ...gap(point.holdout.equalOpportunity),
      k === curve.chosen ? 'yes' : '',
    ]),
    note: `${curve.learner} model${curve.exclude.length > 0 ? ` without ${curve.exclude.join(', ')}` : ''}; intervals are Newcombe's and do not count the noise of the synthetic rows`,
  };
}

function gapChart(curve: FairTradeOff): Chart {
  const item = (point: FairPoint, group: string, gap: ModelGap) => ({
    label: `strength ${point.strength.toFixed(3)}`,
    group,
    value: gap.value,
    ...(gap.interval === undefined ? {} : { lower: gap.interval.lower, upper: gap.interval.upper }),
  });
  return {
    kind: 'interval',
    title: 'Differences between groups, with intervals',
    xLabel: 'Difference in rates',
    yLabel: 'Strength of the tilt',
    items: curve.points.flatMap((point) => [
      item(point, 'selection rate', point.holdout.demographicParity),
      item(point, 'true positive rate', point.holdout.equalOpportunity),
    ]),
    reference: 0,
  };
}
