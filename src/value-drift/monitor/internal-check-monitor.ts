import { SynthproofError } from '../../errors.ts';
import { BETS, sequenceOf } from './internal-evidence.ts';
import type { MonitorScores, MonitorState, MonitorValueState } from './monitor-types.ts';

export const MOST_ALARMS = 16;
export const MOST_POINTS = 128;

/** Refuses scores of another spec or scorer, and columns of unequal number or length; returns the number of items. */
export function checkColumns(
  name: string,
  given: MonitorScores,
  specHash: string,
  scorerId: string,
  width: number,
): number {
  if (given.specHash !== specHash)
    throw new SynthproofError(
      'SPEC_MISMATCH',
      `${name}: expected scores against the value spec ${specHash.slice(0, 12)}, received ${String(given.specHash).slice(0, 12)}; a changed spec needs a new monitor`,
      { argument: name },
    );
  if (given.scorerId !== scorerId)
    throw new SynthproofError(
      'SPEC_MISMATCH',
      `${name}: expected scores by "${scorerId}", received "${String(given.scorerId)}"; a changed judge needs a new monitor`,
      { argument: name },
    );
  const columns = given.scores?.columns;
  if (columns === undefined || columns.length !== width)
    throw new SynthproofError(
      'LENGTH_MISMATCH',
      `${name}: expected ${width} columns of scores, received ${columns?.length ?? 'none'}; make profiles with keepScores`,
      { argument: name },
    );
  const items = columns[0]!.length;
  for (const column of columns)
    if (column.length !== items)
      throw new SynthproofError(
        'LENGTH_MISMATCH',
        `${name}: expected ${items} scores per value, received ${column.length}`,
        { argument: name },
      );
  return items;
}

/** A state may come from a file: every number must be one that a monitor can have. */
export function checkMonitor(state: MonitorState): void {
  const fault = faultOf(state);
  if (fault !== null)
    throw new SynthproofError('BAD_MODEL', `state: ${fault}; start again with createMonitor()`, { argument: 'state' });
}

const isCount = (x: unknown): boolean => Number.isSafeInteger(x) && (x as number) >= 0;
const isNumber = (x: unknown): x is number => typeof x === 'number' && x - x === 0;
const isText = (x: unknown): boolean => typeof x === 'string';
const among = (x: unknown, ...allowed: readonly string[]): boolean => allowed.includes(x as string);

function faultOf(state: MonitorState): string | null {
  if (state === null || typeof state !== 'object' || state.kind !== 'value-monitor' || state.version !== 1)
    return 'expected a value monitor of version 1';
  const { settings, values, items, width, trace } = state;
  if (!isText(state.specHash) || !isText(state.spec) || !isText(state.scorerId))
    return 'expected the names of a spec and a scorer';
  if (settings === null || typeof settings !== 'object' || !soundSettings(state)) return 'expected possible settings';
  if (!isCount(items) || !isCount(width) || !Array.isArray(state.unwatched) || !state.unwatched.every(isText))
    return 'expected counts of items and values';
  if (!Array.isArray(values) || values.length === 0 || values.length + state.unwatched.length !== width)
    return `expected ${String(width)} values, watched and unwatched`;
  const length = sequenceOf(settings, values.length).fresh().length;
  for (let v = 0; v < values.length; v++)
    if (!soundValue(state, values[v]!, length) || (v > 0 && values[v]!.column <= values[v - 1]!.column))
      return `the memory of value ${v} cannot be a monitor's`;
  return soundTrace(trace, values.length, items) ? null : 'expected a trace of the values';
}

function soundSettings({ settings }: MonitorState): boolean {
  const { alpha, referenceAlpha, margin, min, max } = settings;
  return (
    among(settings.against, 'target', 'reference', 'pairs') &&
    among(settings.guarantee, 'ever', 'run-length') &&
    among(settings.statistic, ...(settings.guarantee === 'ever' ? ['e-process'] : ['e-sr', 'e-cusum'])) &&
    among(settings.across, 'bonferroni', 'e-bh') &&
    among(settings.afterAlarm, 'stop', 'restart') &&
    among(settings.interval, 'empirical-bernstein', 'hoeffding', 'betting') &&
    isNumber(alpha) &&
    alpha > 0 &&
    alpha < 1 &&
    isNumber(referenceAlpha) &&
    referenceAlpha >= 0 &&
    referenceAlpha < 1 &&
    (margin === null || (isNumber(margin) && margin > 0)) &&
    isNumber(min) &&
    isNumber(max) &&
    max > min &&
    isNumber(max - min)
  );
}

function soundValue({ items, width, settings }: MonitorState, value: MonitorValueState, length: number): boolean {
  if (value === null || typeof value !== 'object') return false;
  const { n, missing, epoch, alarms, alarmCount, up, down, sequence, low, high } = value;
  const [least, most] =
    settings.against === 'pairs'
      ? [settings.min - settings.max, settings.max - settings.min]
      : [settings.min, settings.max];
  return (
    isText(value.id) &&
    isText(value.label) &&
    isCount(value.column) &&
    value.column < width &&
    isNumber(low) &&
    isNumber(high) &&
    low >= least - 1e-9 * (most - least) &&
    high <= most + 1e-9 * (most - least) &&
    low <= high &&
    isCount(n) &&
    isCount(missing) &&
    n + missing <= items &&
    isCount(epoch) &&
    epoch >= 1 &&
    typeof value.stopped === 'boolean' &&
    soundCapitals(up) &&
    soundCapitals(down) &&
    Array.isArray(sequence) &&
    sequence.length === length &&
    sequence.every(isNumber) &&
    sequence[0] === n &&
    isCount(alarmCount) &&
    Array.isArray(alarms) &&
    alarms.length === Math.min(alarmCount, MOST_ALARMS) &&
    alarms.every(
      (alarm) =>
        alarm !== null &&
        typeof alarm === 'object' &&
        isCount(alarm.item) &&
        alarm.item <= items &&
        among(alarm.direction, 'up', 'down') &&
        isNumber(alarm.logE),
    ) &&
    (settings.afterAlarm === 'stop'
      ? epoch === 1 && value.stopped === alarmCount > 0 && alarmCount <= 1
      : epoch === alarmCount + 1 && !value.stopped)
  );
}

function soundCapitals(capitals: readonly number[]): boolean {
  return Array.isArray(capitals) && capitals.length === BETS && capitals.every((x) => isNumber(x) && x >= 0);
}

function soundTrace(trace: MonitorState['trace'], values: number, items: number): boolean {
  if (trace === null || typeof trace !== 'object' || !isCount(trace.stride) || trace.stride < 1) return false;
  const points = trace.items?.length;
  if (!Array.isArray(trace.items) || points! > MOST_POINTS) return false;
  const inOrder = trace.items.every((x, i) => isCount(x) && x <= items && (i === 0 || x > trace.items[i - 1]!));
  return (
    inOrder &&
    Array.isArray(trace.logE) &&
    trace.logE.length === values &&
    trace.logE.every(
      (path) => Array.isArray(path) && path.length === points && path.every((x) => x === null || isNumber(x)),
    ) &&
    Array.isArray(trace.means) &&
    trace.means.length === values &&
    trace.means.every(
      (path) =>
        Array.isArray(path) &&
        path.length === points &&
        path.every(
          (point) =>
            Array.isArray(point) &&
            point.length === 3 &&
            (point[0] === null || isNumber(point[0])) &&
            isNumber(point[1]) &&
            isNumber(point[2]),
        ),
    )
  );
}
