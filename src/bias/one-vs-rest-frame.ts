import { SynthproofError } from '../errors.ts';
import { booleanColumn } from '../table/boolean-column.ts';
import { createTable } from '../table/create-table.ts';
import type { Column, Table } from '../types.ts';
import { groupTable } from './group-table.ts';
import { columnOf, encodeGroups, MISSING_GROUP } from './internal-encode.ts';
import type { MetricFrame } from './internal-frame.ts';
import type { GroupMetricName, ZeroDivision } from './internal-rates.ts';
import { metricFrame } from './metric-frame.ts';

/** What {@link oneVsRestFrame} measures. */
export interface OneVsRestSpec {
  /** Names of the sensitive columns; groups are their combinations. */
  readonly sensitive: readonly string[];
  /** Name of the column of true classes (any kind with groups). */
  readonly label?: string | undefined;
  /** Name of the column of predicted classes. At least one of label and prediction. */
  readonly prediction?: string | undefined;
  /** Names of columns to condition on. Default none. */
  readonly control?: readonly string[] | undefined;
  /** Name of a column of row weights. Default: every row weighs 1. */
  readonly weight?: string | undefined;
  /** Which metrics; default: all that the outcomes allow. */
  readonly metrics?: readonly GroupMetricName[] | undefined;
  /** Coverage of the intervals. Default 0.95. */
  readonly level?: number | undefined;
  /** Groups, and denominators, with fewer rows get no figure. Default 10. */
  readonly minN?: number | undefined;
  /** What 0/0 becomes. Default `'undefined'`. */
  readonly zeroDivision?: ZeroDivision | undefined;
}

/** The class in which groups differ most in one metric. */
export interface WorstClass {
  /** The metric. */
  readonly metric: string;
  /** Class with the greatest difference between groups; null when none is defined. */
  readonly class: string | null;
  /** That difference: multiclass demographic parity, equal opportunity and so on in the worst case. */
  readonly difference: number | null;
  /** Levels of the control columns where it stands; empty without them. */
  readonly stratum: readonly string[];
  /** Frames (classes x control levels) in which the difference is not defined. */
  readonly undefinedFrames: number;
}

/** Result of {@link oneVsRestFrame}. */
export interface OneVsRestFrame {
  /** One frame per class: that class is the positive outcome, all others the negative. */
  readonly classes: readonly {
    /** The class. */
    readonly class: string;
    /** Its metrics by group. */
    readonly frame: MetricFrame;
  }[];
  /** The worst class of each metric. */
  readonly worst: readonly WorstClass[];
  /** Rows left out because class, predicted class or weight is missing. */
  readonly leftOut: number;
}

/** More classes than this are refused. */
const MAX_CLASSES = 200;

/**
 * Metrics by group for an outcome of any number of classes: each class in turn against all others, with the class in which
 * groups differ most.
 *
 * The greatest of many differences is large by chance too: judge it by its frame's intervals, or test it with
 * {@link demographicParityDifference} and adjust over classes.
 *
 * @param table - The rows.
 * @param spec - See {@link OneVsRestSpec}.
 * @returns See {@link OneVsRestFrame}.
 * @throws {@link SynthproofError} `UNKNOWN_COLUMN`, `KIND_MISMATCH`, `BAD_OPTION`; `OUT_OF_RANGE` for more than 200 classes.
 * @example
 * const rows = createTable([categoryColumn('sex', ['f', 'f', 'm', 'm']), categoryColumn('grade', ['a', 'b', 'a', 'a'])]);
 * const { worst } = oneVsRestFrame(rows, { sensitive: ['sex'], label: 'grade', minN: 1, metrics: ['baseRate'] });
 * worst[0]; // => { metric: 'baseRate', class: 'a', difference: 0.5, stratum: [], undefinedFrames: 0 }
 */
export function oneVsRestFrame(table: Table, spec: OneVsRestSpec): OneVsRestFrame {
  const { sensitive, control, weight } = spec;
  if (!Array.isArray(sensitive))
    throw new SynthproofError(
      'BAD_OPTION',
      `sensitive: expected an array of column names, received ${JSON.stringify(sensitive) ?? 'nothing'}`,
      { argument: 'sensitive' },
    );
  if (spec.label === undefined && spec.prediction === undefined)
    throw new SynthproofError('BAD_OPTION', 'label, prediction: expected the name of at least one column of classes', {
      argument: 'label',
    });
  const label = spec.label === undefined ? null : encodeGroups(columnOf(table, spec.label, 'label'), 'label');
  const prediction =
    spec.prediction === undefined ? null : encodeGroups(columnOf(table, spec.prediction, 'prediction'), 'prediction');
  const names = [...new Set([...(label?.labels ?? []), ...(prediction?.labels ?? [])])]
    .filter((name) => name !== MISSING_GROUP)
    .sort((a, b) => (a < b ? -1 : 1));
  if (names.length > MAX_CLASSES)
    throw new SynthproofError(
      'OUT_OF_RANGE',
      `label, prediction: expected at most ${MAX_CLASSES} classes, received ${names.length}; coarsen them`,
      { argument: 'label' },
    );
  const base = new Map<string, Column>();
  for (const [argument, names] of [
    ['sensitive', sensitive],
    ['control', control ?? []],
    ['weight', weight === undefined ? [] : [weight]],
  ] as const)
    for (const name of names) base.set(name, columnOf(table, name, argument));
  // Names that no column of the table can have been asked for under.
  const [y, p] = ['\u0000label', '\u0000prediction'];
  const isClass = (coded: { codes: ArrayLike<number>; labels: readonly string[] }, name: string): (boolean | null)[] =>
    Array.from(coded.codes, (code) => (coded.labels[code] === MISSING_GROUP ? null : coded.labels[code] === name));
  const classes = names.map((name) => {
    const columns = [
      ...(label === null ? [] : [booleanColumn(y, isClass(label, name))]),
      ...(prediction === null ? [] : [booleanColumn(p, isClass(prediction, name))]),
    ];
    const cells = groupTable(createTable([...base.values(), ...columns]), {
      sensitive,
      control,
      weight,
      ...(label === null ? {} : { label: { column: y } }),
      ...(prediction === null ? {} : { prediction: { column: p } }),
    });
    return { class: name, frame: metricFrame(cells, spec) };
  });
  const metrics = classes[0]?.frame.metrics ?? [];
  const worst = metrics.map((metric, k): WorstClass => {
    let best: WorstClass = { metric, class: null, difference: null, stratum: [], undefinedFrames: 0 };
    let undefinedFrames = 0;
    for (const one of classes)
      for (const stratum of one.frame.strata) {
        const difference = stratum.aggregates[k]!.differenceBetweenGroups;
        if (difference === null) undefinedFrames++;
        else if (best.difference === null || difference > best.difference)
          best = { ...best, class: one.class, difference, stratum: stratum.values };
      }
    return { ...best, undefinedFrames };
  });
  return {
    classes,
    worst: worst.filter((one) => one.metric !== 'count'),
    leftOut: classes[0]?.frame.leftOut ?? table.rowCount,
  };
}
