import { exp } from '../../math/exp.ts';
import { log } from '../../math/log.ts';
import type { Interval } from '../../types.ts';
import type { ScorerCalibration } from '../calibration/calibrate-scorer.ts';
import type { LimitedVerdict } from '../drift-report.ts';
import { checkCalibration, limited, scorerWarnings } from '../internal-limit.ts';
import { checkMonitor } from './internal-check-monitor.ts';
import { fromUnit, logEvidence, sequenceOf } from './internal-evidence.ts';
import type { MonitorAlarm, MonitorState, MonitorValueState } from './monitor-types.ts';

/** Options of {@link monitorVerdict}. */
export interface MonitorVerdictOptions {
  /**
   * How far the scorer agrees with people, from {@link calibrateScorer}: values on which it does not can only be
   * `inconclusive`. Default: none; a judge of the library that nobody checked is warned of.
   */
  readonly calibration?: ScorerCalibration | undefined;
}

/** An alarm with its value. */
export interface MonitorValueAlarm extends MonitorAlarm {
  /** Id of the value. */
  readonly id: string;
}

/** What a monitor says about one value. */
export interface MonitorValueVerdict {
  /** Id of the value. */
  readonly id: string;
  /** Name shown to readers. */
  readonly label: string;
  /** `drift`: an alarm was raised. `no-drift`: the mean lies within the margin. `inconclusive`: neither is shown. */
  readonly verdict: 'drift' | 'no-drift' | 'inconclusive';
  /** Set where people's ratings do not let the scorer decide; `verdict` is `inconclusive` then. */
  readonly limited?: LimitedVerdict | undefined;
  /** Natural log of the evidence; null before the first score. */
  readonly logE: number | null;
  /** The evidence against "no drift", at most 1e300; 1 says nothing, more is stronger. */
  readonly eValue: number | null;
  /** Scores behind it, since its evidence last began. */
  readonly n: number;
  /** Items without a score. */
  readonly missing: number;
  /** Mean of these scores (of the differences for pairs), in score units; null when there are none. */
  readonly mean: number | null;
  /** Confidence sequence of the mean: holds at all times and for all values at once. */
  readonly interval: Interval;
  /** Range of means that are no drift, in score units: the target, or the reference's interval. */
  readonly range: readonly [low: number, high: number];
  /** Number of alarms. */
  readonly alarmCount: number;
  /** The newest alarm; null: none. */
  readonly lastAlarm: MonitorAlarm | null;
}

/** What a monitor says. JSON-safe. */
export interface MonitorVerdict {
  /** `drift`: some value was alarmed. `no-drift`: every watched value lies within the margin. `inconclusive`: neither. */
  readonly verdict: 'drift' | 'no-drift' | 'inconclusive';
  /** Items seen. */
  readonly items: number;
  /** Natural log of the evidence that raises an alarm of a single value. */
  readonly logThreshold: number;
  /** Chance of any false alarm, ever, the reference's part included; null under `run-length`. */
  readonly falseAlarmRate: number | null;
  /** Least mean number of items between false alarms; null under `ever`. */
  readonly runLength: number | null;
  /** Alarms kept, in order of time. */
  readonly alarms: readonly MonitorValueAlarm[];
  /** One entry per watched value. */
  readonly values: readonly MonitorValueVerdict[];
  /** Ids of values that are not watched. */
  readonly unwatched: readonly string[];
  /** What the reader must know of the scorer. */
  readonly warnings: readonly string[];
}

/**
 * Reads a monitor: which values drifted, when and which way, and what is known of the others.
 *
 * `no-drift` needs a margin, the guarantee `ever`, and an interval of the mean that lies within the margin of the range
 * (for a reference: of its whole interval). No alarm alone is `inconclusive`.
 *
 * @param state - From {@link updateMonitor}.
 * @param options - See {@link MonitorVerdictOptions}.
 * @returns See {@link MonitorVerdict}.
 * @throws {@link SynthproofError} `BAD_MODEL` for a state that cannot be a monitor's, or a calibration that lacks values;
 * `SPEC_MISMATCH` for a calibration of another scorer or spec.
 * @example
 * const spec = createValueSpec({ id: 'house', version: '1', scale: { min: 0, max: 1 }, values: [{ id: 'care', target: { mean: 0.5 } }] });
 * const monitor = createMonitor(spec, { scorerId: 'judge-1', margin: 0.1 });
 * const scores = { columns: [Array.from({ length: 400 }, (_, i) => (i % 2 ? 0.45 : 0.55))] };
 * monitorVerdict(updateMonitor(monitor, { specHash: spec.hash, scorerId: 'judge-1', scores })).verdict; // => 'no-drift'
 */
export function monitorVerdict(state: MonitorState, options: MonitorVerdictOptions = {}): MonitorVerdict {
  checkMonitor(state);
  const { settings } = state;
  const { calibration } = options;
  if (calibration !== undefined)
    checkCalibration(
      calibration,
      state,
      state.values.map(({ id }) => id),
    );
  const values = state.values.map((value) => {
    const found = valueVerdict(state, value);
    return {
      ...found,
      ...limited(
        found.verdict,
        calibration?.values.find(({ id }) => id === value.id),
      ),
    };
  });
  const alarms = state.values
    .flatMap(({ id, alarms: own }) => own.map((alarm) => ({ id, ...alarm })))
    .sort((a, b) => a.item - b.item);
  const ever = settings.guarantee === 'ever';
  return {
    verdict: values.some(({ verdict }) => verdict === 'drift')
      ? 'drift'
      : values.every(({ verdict }) => verdict === 'no-drift')
        ? 'no-drift'
        : 'inconclusive',
    items: state.items,
    logThreshold: log(values.length / settings.alpha),
    falseAlarmRate: ever ? settings.alpha + settings.referenceAlpha : null,
    runLength: ever ? null : 1 / settings.alpha,
    alarms,
    values,
    unwatched: state.unwatched,
    warnings: scorerWarnings(values, calibration, state.scorerId),
  };
}

function valueVerdict(state: MonitorState, value: MonitorValueState): MonitorValueVerdict {
  const { settings, values } = state;
  const { n, low, high, sequence } = value;
  const [lower, upper] = sequenceOf(settings, values.length).read(sequence);
  const interval: Interval = {
    lower: fromUnit(settings, lower),
    upper: fromUnit(settings, upper),
    level: 1 - (settings.guarantee === 'ever' ? settings.alpha : 0.05),
    method: `confidence-sequence-${settings.interval}`,
  };
  const logE = logEvidence(settings, value);
  return {
    id: value.id,
    label: value.label,
    verdict: value.alarmCount > 0 ? 'drift' : within(state, value, interval) ? 'no-drift' : 'inconclusive',
    logE,
    eValue: logE === null ? null : Math.min(1e300, exp(logE)),
    n,
    missing: value.missing,
    mean: n === 0 ? null : fromUnit(settings, (sequence[1]! - 0.5) / n),
    interval,
    range: [low, high],
    alarmCount: value.alarmCount,
    lastAlarm: value.alarms.at(-1) ?? null,
  };
}

function within({ settings }: MonitorState, { low, high }: MonitorValueState, { lower, upper }: Interval): boolean {
  const { margin, guarantee, against } = settings;
  if (margin === null || guarantee === 'run-length') return false;
  // The reference's mean may lie anywhere in its interval; a target range is all allowed.
  return against === 'reference'
    ? lower >= high - margin && upper <= low + margin
    : lower >= low - margin && upper <= high + margin;
}
