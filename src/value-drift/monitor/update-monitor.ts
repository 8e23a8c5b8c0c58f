import { SynthproofError } from '../../errors.ts';
import { log } from '../../math/log.ts';
import { checkColumns, checkMonitor, MOST_ALARMS, MOST_POINTS } from './internal-check-monitor.ts';
import { evidenceOf, freshCapital, fromUnit, sequenceOf, takeEvidence, toUnit } from './internal-evidence.ts';
import type { SequenceKernel } from './internal-sequence.ts';
import type { MonitorAlarm, MonitorScores, MonitorSettings, MonitorState, MonitorTrace } from './monitor-types.ts';

/** A value's memory while items are taken. */
interface Memory {
  readonly low: number;
  readonly high: number;
  n: number;
  missing: number;
  epoch: number;
  stopped: boolean;
  up: number[];
  down: number[];
  sequence: number[];
  alarmCount: number;
  alarms: MonitorAlarm[];
}

/**
 * Takes items into a monitor, in order of time: one by one or all at once gives the same state, to the bit.
 *
 * A score that is missing (NaN) leaves its value's evidence as it is and is counted. The old state is untouched.
 *
 * @param state - From {@link createMonitor} or an earlier update; also one read back from JSON, which is checked.
 * @param current - The new scores; a profile will do.
 * @param reference - With `against: 'pairs'`: as many scores to compare with, each used in one pair only.
 * @returns The new state.
 * @throws {@link SynthproofError} `SPEC_MISMATCH` for another spec or scorer; `BAD_MODEL` for a state that cannot be a
 * monitor's; `LENGTH_MISMATCH`; `BAD_OPTION` for a missing or needless reference; `BAD_VALUE` for a score outside the
 * bounds (the guarantee rests on them) or pairs with different ids.
 * @example
 * const spec = createValueSpec({ id: 'house', version: '1', scale: { min: 1, max: 5 }, values: ['Care'] });
 * const batch = (score) => ({ specHash: spec.hash, scorerId: 'judge-1', scores: { columns: [new Array(30).fill(score)] } });
 * const monitor = createMonitor(spec, { scorerId: 'judge-1', against: 'pairs' });
 * updateMonitor(monitor, batch(3), batch(3)).items; // => 30
 * monitorVerdict(updateMonitor(monitor, batch(4), batch(2))).alarms.map((alarm) => alarm.id); // => ['p1']
 */
export function updateMonitor(state: MonitorState, current: MonitorScores, reference?: MonitorScores): MonitorState {
  checkMonitor(state);
  const { settings, specHash, scorerId, width } = state;
  const count = checkColumns('current', current, specHash, scorerId, width);
  const columns = scaled(state, 'current', current);
  if ((settings.against === 'pairs') !== (reference !== undefined))
    throw new SynthproofError(
      'BAD_OPTION',
      `reference: expected ${settings.against === 'pairs' ? 'one score for each current one, received none' : `none, for this monitor watches against "${settings.against}", received some`}`,
      { argument: 'reference' },
    );
  if (reference !== undefined) {
    const others = checkColumns('reference', reference, specHash, scorerId, width);
    checkPairs(current, reference, count, others);
    takeDifferences(columns, scaled(state, 'reference', reference));
  }
  const kernel = sequenceOf(settings, state.values.length);
  const memories = state.values.map((value) => ({
    low: toUnit(settings, value.low),
    high: toUnit(settings, value.high),
    n: value.n,
    missing: value.missing,
    epoch: value.epoch,
    stopped: value.stopped,
    up: value.up.slice(),
    down: value.down.slice(),
    sequence: value.sequence.slice(),
    alarmCount: value.alarmCount,
    alarms: value.alarms.slice(),
  }));
  const trace = copyTrace(state.trace);
  const evidence = memories.map((memory) => evidenceOf(settings, memory.up, memory.down, memory.n, memory.epoch));
  for (let i = 0; i < count; i++) {
    for (let v = 0; v < memories.length; v++) {
      const memory = memories[v]!;
      if (memory.stopped) continue;
      takeScore(settings, kernel, memory, columns[v]![i]!);
      evidence[v] = evidenceOf(settings, memory.up, memory.down, memory.n, memory.epoch);
    }
    const item = state.items + i + 1;
    // The chart shows the evidence that raised an alarm, not what is left after a restart.
    if (item % trace.stride === 0) addPoint(trace, settings, kernel, memories, evidence, item);
    const limit = alarmLimit(settings, evidence);
    for (let v = 0; v < memories.length; v++) {
      const memory = memories[v]!;
      if (memory.stopped || !(evidence[v]! >= limit)) continue;
      raiseAlarm(settings, kernel, memory, item, evidence[v]!);
      evidence[v] =
        settings.afterAlarm === 'stop'
          ? evidence[v]!
          : evidenceOf(settings, memory.up, memory.down, memory.n, memory.epoch);
    }
  }
  return {
    ...state,
    items: state.items + count,
    values: state.values.map((value, v) => {
      const { low: _low, high: _high, ...memory } = memories[v]!;
      return { ...value, ...memory };
    }),
    trace,
  };
}

/** The watched columns on [0, 1]; NaN stays. */
function scaled({ values, settings }: MonitorState, name: string, { scores }: MonitorScores): Float64Array[] {
  const { min, max } = settings;
  return values.map(({ column, id }) => {
    const given = scores!.columns[column]!;
    const out = new Float64Array(given.length);
    for (let i = 0; i < out.length; i++) {
      const x = given[i]!;
      if (x < min || x > max || typeof x !== 'number')
        throw new SynthproofError(
          'BAD_VALUE',
          `${name}: expected scores of "${id}" from ${min} to ${max}, received ${String(x)} at item ${i}; the guarantee rests on the bounds`,
          { argument: name, column: id, row: i },
        );
      out[i] = (x - min) / (max - min);
    }
    return out;
  });
}

function checkPairs(current: MonitorScores, reference: MonitorScores, count: number, others: number): void {
  if (count !== others)
    throw new SynthproofError(
      'LENGTH_MISMATCH',
      `reference: expected ${count} items, one for each current one, received ${others}`,
      { argument: 'reference' },
    );
  const a = current.scores!.ids;
  const b = reference.scores!.ids;
  if (a === undefined || b === undefined) return;
  for (let i = 0; i < count; i++)
    if (a[i] !== b[i])
      throw new SynthproofError(
        'BAD_VALUE',
        `reference: expected the ids of current, received ${JSON.stringify(b[i])} for ${JSON.stringify(a[i])} at item ${i}; put both in one order`,
        { argument: 'reference', row: i },
      );
}

/** Differences of the pairs, brought to [0, 1]. */
function takeDifferences(columns: readonly Float64Array[], reference: readonly Float64Array[]): void {
  for (let v = 0; v < columns.length; v++) {
    const column = columns[v]!;
    const other = reference[v]!;
    for (let i = 0; i < column.length; i++) column[i] = (column[i]! - other[i]! + 1) / 2;
  }
}

function takeScore(settings: MonitorSettings, kernel: SequenceKernel, memory: Memory, x: number): void {
  if (Number.isNaN(x)) {
    memory.missing++;
    return;
  }
  memory.n++;
  const fresh = freshCapital(settings, memory.n);
  takeEvidence(memory.up, memory.down, x, memory.low, memory.high, fresh, settings.statistic === 'e-cusum');
  kernel.step(memory.sequence, x);
}

/** The evidence from which on a value is alarmed: V / alpha, or less for the k largest together under e-BH. */
function alarmLimit(settings: MonitorSettings, evidence: readonly number[]): number {
  const all = evidence.length / settings.alpha;
  if (settings.across === 'bonferroni' || evidence.length === 1) return all;
  let total = 0;
  for (let v = 0; v < evidence.length; v++) total += evidence[v]!;
  // k e_(k) >= V / alpha for some k needs a sum of at least V / alpha.
  if (total < all) return Infinity;
  const sorted = evidence.slice().sort((a, b) => b - a);
  for (let k = sorted.length; k >= 1; k--) if (k * sorted[k - 1]! >= all) return sorted[k - 1]!;
  return Infinity;
}

function raiseAlarm(
  settings: MonitorSettings,
  kernel: SequenceKernel,
  memory: Memory,
  item: number,
  evidence: number,
): void {
  let rise = 0;
  let fall = 0;
  for (let k = 0; k < memory.up.length; k++) {
    rise += memory.up[k]!;
    fall += memory.down[k]!;
  }
  memory.alarmCount++;
  memory.alarms.push({ item, direction: rise >= fall ? 'up' : 'down', logE: log(evidence) });
  if (memory.alarms.length > MOST_ALARMS) memory.alarms.shift();
  if (settings.afterAlarm === 'stop') {
    memory.stopped = true;
    return;
  }
  memory.epoch++;
  memory.n = 0;
  memory.up.fill(0);
  memory.down.fill(0);
  memory.sequence = kernel.fresh();
}

interface GrowingTrace extends MonitorTrace {
  stride: number;
  items: number[];
  logE: (number | null)[][];
  means: [number | null, number, number][][];
}

function copyTrace(trace: MonitorTrace): GrowingTrace {
  return {
    stride: trace.stride,
    items: trace.items.slice(),
    logE: trace.logE.map((path) => path.slice()),
    means: trace.means.map((path) => path.map(([mean, lower, upper]) => [mean, lower, upper])),
  };
}

function addPoint(
  trace: GrowingTrace,
  settings: MonitorSettings,
  kernel: SequenceKernel,
  memories: readonly Memory[],
  evidence: readonly number[],
  item: number,
): void {
  if (trace.items.length === MOST_POINTS) {
    trace.stride *= 2;
    const kept = trace.items.map((at) => at % trace.stride === 0);
    const thin = <T>(path: T[]) => path.filter((_, i) => kept[i]!);
    trace.items = thin(trace.items);
    trace.logE = trace.logE.map(thin);
    trace.means = trace.means.map(thin);
    if (item % trace.stride !== 0) return;
  }
  trace.items.push(item);
  for (let v = 0; v < memories.length; v++) {
    const { sequence, n } = memories[v]!;
    const [lower, upper] = kernel.read(sequence);
    trace.logE[v]!.push(evidence[v]! > 0 ? log(evidence[v]!) : null);
    trace.means[v]!.push([
      n === 0 ? null : fromUnit(settings, meanOf(sequence)),
      fromUnit(settings, lower),
      fromUnit(settings, upper),
    ]);
  }
}

/** The plain mean of the scores in a sequence's memory, which counts a first guess of 1/2 with them. */
function meanOf(sequence: readonly number[]): number {
  return (sequence[1]! - 0.5) / sequence[0]!;
}
