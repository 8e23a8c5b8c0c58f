import { SynthproofError } from '../../errors.ts';
import { checkOneOf, checkRange, checkShare } from '../../stats/internal-options.ts';
import type { ValueDefinition, ValueSpec } from '../create-value-spec.ts';
import { checkColumns } from './internal-check-monitor.ts';
import { BETS, fromUnit, sequenceOf, toUnit } from './internal-evidence.ts';
import { referenceInterval } from './internal-reference.ts';
import type { MonitorScores, MonitorSettings, MonitorState, MonitorValueState } from './monitor-types.ts';

/** Options of {@link createMonitor}. */
export interface MonitorOptions {
  /** The scorer or judge whose scores will come, for example `scorer.id`. */
  readonly scorerId: string;
  /**
   * What the scores are held against. `target`: the spec's targets, which are known and give the earliest alarms.
   * `reference`: a sample, through intervals of its means. `pairs`: each update brings as many reference scores.
   * Default: `reference` when one is given, else `target`.
   */
  readonly against?: MonitorSettings['against'] | undefined;
  /** The reference sample. */
  readonly reference?: MonitorScores | undefined;
  /** `ever`: a false alarm at any time has probability at most alpha. `run-length`: false alarms come on average at least 1 / alpha items apart. Default `ever`. */
  readonly guarantee?: MonitorSettings['guarantee'] | undefined;
  /** Statistic of `run-length`. Default `e-sr`, which alarms earlier and keeps its promise to the letter: expect a false alarm about every 1 / alpha items. `e-cusum` raises far fewer. */
  readonly statistic?: 'e-sr' | 'e-cusum' | undefined;
  /** Error rate over all values together. Default 0.05 for `ever`, 0.0001 for `run-length`. */
  readonly alpha?: number | undefined;
  /** Error rate of the reference intervals. Default: half of alpha for `ever`, which leaves the other half to the evidence; 0.05 for `run-length`. */
  readonly referenceAlpha?: number | undefined;
  /** Control over many values: `bonferroni` for each single alarm, `e-bh` for the share of false ones among the alarms. Default `bonferroni`. */
  readonly across?: MonitorSettings['across'] | undefined;
  /** What an alarm does to its value. `stop` freezes it; `restart` starts its evidence anew, at half the error rate or less under `ever`. Default `stop` for `ever`, `restart` for `run-length`. */
  readonly afterAlarm?: MonitorSettings['afterAlarm'] | undefined;
  /** Confidence sequence of the means. Default `empirical-bernstein`; `betting` is narrower and needs ten times the memory. */
  readonly interval?: MonitorSettings['interval'] | undefined;
  /** Change that does not matter, in score units: with it the verdict can be `no-drift`. */
  readonly margin?: number | undefined;
  /** Least and greatest possible score. Default: the spec's scale. Bets need bounds; the narrower, the earlier the alarm. */
  readonly bounds?: readonly [min: number, max: number] | undefined;
  /** Seed of the order in which the reference is taken, default ''. */
  readonly seed?: string | undefined;
}

/**
 * A monitor of value drift that may be looked at after every item: its guarantee holds at all times at once.
 *
 * Bets on each value's mean leaving its range, in both directions, at five sizes side by side, entering at all times
 * with weights 1/(t(t+1)); the mean capital is the evidence (an e-value). Under `run-length` it is a mixture of
 * Shiryaev-Roberts statistics. Scores are rescaled by their bounds. An estimated mean is never taken as known: a reference
 * enters by intervals of its means.
 * Source: Waudby-Smith and Ramdas 2024; Shekhar and Ramdas 2023; Shin, Ramdas and Rinaldo 2024; Wang and Ramdas 2022.
 *
 * @param spec - The value spec; its hash binds the monitor.
 * @param options - See {@link MonitorOptions}.
 * @returns The state before the first item, for {@link updateMonitor}.
 * @throws {@link SynthproofError} `BAD_OPTION` for missing bounds, targets or reference; `OUT_OF_RANGE` for an impossible
 * number; `SPEC_MISMATCH` for a reference of another spec or scorer; `EMPTY_INPUT` for a value without reference scores.
 * @example
 * const spec = createValueSpec({ id: 'house', version: '1', scale: { min: 0, max: 1 }, values: [{ id: 'care', target: { mean: 0.5 } }] });
 * let monitor = createMonitor(spec, { scorerId: 'judge-1' });
 * monitor = updateMonitor(monitor, { specHash: spec.hash, scorerId: 'judge-1', scores: { columns: [new Array(40).fill(0.8)] } });
 * monitorVerdict(monitor).verdict; // => 'drift'
 */
export function createMonitor(spec: ValueSpec, options: MonitorOptions): MonitorState {
  const settings = settingsOf(spec, options);
  if (typeof options.scorerId !== 'string' || options.scorerId === '')
    throw new SynthproofError(
      'BAD_OPTION',
      `scorerId: expected the name of the scorer whose scores will come, received ${JSON.stringify(options.scorerId)}; give scorer.id, or a profile's scorerId`,
      { argument: 'scorerId' },
    );
  const { reference, seed = '' } = options;
  if (reference !== undefined) checkColumns('reference', reference, spec.hash, options.scorerId, spec.values.length);
  const unwatched: string[] = [];
  const values: MonitorValueState[] = [];
  const watched = spec.values.filter((value) => settings.against !== 'target' || hasTarget(value)).length;
  if (watched === 0)
    throw new SynthproofError(
      'BAD_OPTION',
      'spec: expected a value with a target, received none; give targets, a reference or pairs',
      {
        argument: 'spec',
      },
    );
  const sequence = sequenceOf(settings, watched).fresh();
  spec.values.forEach((value, column) => {
    const range =
      settings.against === 'target'
        ? targetRange(value, settings)
        : settings.against === 'pairs'
          ? ([0, 0] as const)
          : referenceRange(reference!, column, value.id, settings, watched, seed);
    if (range === null) {
      unwatched.push(value.id);
      return;
    }
    values.push({
      id: value.id,
      label: value.label ?? value.id,
      column,
      low: range[0],
      high: range[1],
      n: 0,
      missing: 0,
      epoch: 1,
      stopped: false,
      up: new Array<number>(BETS).fill(0),
      down: new Array<number>(BETS).fill(0),
      sequence,
      alarmCount: 0,
      alarms: [],
    });
  });
  return {
    kind: 'value-monitor',
    version: 1,
    specHash: spec.hash,
    spec: `${spec.id} ${spec.version}`,
    scorerId: options.scorerId,
    width: spec.values.length,
    settings,
    items: 0,
    values,
    unwatched,
    trace: { stride: 1, items: [], logE: values.map(() => []), means: values.map(() => []) },
  };
}

function settingsOf(spec: ValueSpec, options: MonitorOptions): MonitorSettings {
  const { reference, guarantee = 'ever', statistic = 'e-sr', across = 'bonferroni', margin } = options;
  const { against = reference === undefined ? 'target' : 'reference', interval = 'empirical-bernstein' } = options;
  const { alpha = guarantee === 'ever' ? 0.05 : 1e-4, afterAlarm = guarantee === 'ever' ? 'stop' : 'restart' } =
    options;
  checkOneOf('against', against, ['target', 'reference', 'pairs']);
  checkOneOf('guarantee', guarantee, ['ever', 'run-length']);
  checkOneOf('statistic', statistic, ['e-sr', 'e-cusum']);
  checkOneOf('across', across, ['bonferroni', 'e-bh']);
  checkOneOf('afterAlarm', afterAlarm, ['stop', 'restart']);
  checkOneOf('interval', interval, ['empirical-bernstein', 'hoeffding', 'betting']);
  checkRange('alpha', alpha, 1e-9, 0.5);
  if ((against === 'reference') !== (reference !== undefined))
    throw new SynthproofError(
      'BAD_OPTION',
      `reference: expected ${against === 'reference' ? 'a sample, received none' : `none with against "${against}", received one`}`,
      { argument: 'reference' },
    );
  const { referenceAlpha = guarantee === 'ever' ? alpha / 2 : 0.05 } = options;
  if (against === 'reference') {
    checkShare('referenceAlpha', referenceAlpha);
    if (guarantee === 'ever' && !(referenceAlpha < alpha))
      throw new SynthproofError(
        'OUT_OF_RANGE',
        `referenceAlpha: expected less than alpha ${alpha}, of which it is a part, received ${referenceAlpha}`,
        { argument: 'referenceAlpha' },
      );
  }
  if (margin !== undefined) checkRange('margin', margin, 1e-300, 1e300);
  const [min, max] = options.bounds ?? [spec.scale.min, spec.scale.max];
  if (min === undefined || max === undefined || !(max > min) || !(max - min < Infinity))
    throw new SynthproofError(
      'BAD_OPTION',
      `bounds: expected a least and a greater greatest score, received ${String(min)} and ${String(max)}; give bounds, or a scale in the spec`,
      { argument: 'bounds' },
    );
  return {
    against,
    guarantee,
    statistic: guarantee === 'ever' ? 'e-process' : statistic,
    alpha: against === 'reference' && guarantee === 'ever' ? alpha - referenceAlpha : alpha,
    referenceAlpha: against === 'reference' ? referenceAlpha : 0,
    across,
    afterAlarm,
    interval,
    margin: margin ?? null,
    min,
    max,
  };
}

function hasTarget({ target }: ValueDefinition): boolean {
  return target !== undefined && (target.mean ?? target.min ?? target.max) !== undefined;
}

function targetRange(value: ValueDefinition, settings: MonitorSettings): readonly [number, number] | null {
  if (!hasTarget(value)) return null;
  const { mean, min = settings.min, max = settings.max } = value.target!;
  const range = mean === undefined ? ([min, max] as const) : ([mean, mean] as const);
  for (const end of range) checkRange(`target of ${value.id}`, end, settings.min, settings.max);
  return range;
}

function referenceRange(
  reference: MonitorScores,
  column: number,
  id: string,
  settings: MonitorSettings,
  watched: number,
  seed: string,
): readonly [number, number] {
  const scores = Float64Array.from(reference.scores!.columns[column]!).filter((x) => !Number.isNaN(x));
  if (scores.length === 0)
    throw new SynthproofError('EMPTY_INPUT', `reference: expected scores of "${id}", received none`, {
      argument: 'reference',
      column: id,
    });
  for (let i = 0; i < scores.length; i++) {
    checkRange(`reference scores of ${id}`, scores[i]!, settings.min, settings.max);
    scores[i] = toUnit(settings, scores[i]!);
  }
  const [low, high] = referenceInterval(scores, settings.referenceAlpha / watched, `${seed}/${id}`);
  return [fromUnit(settings, low), fromUnit(settings, high)];
}
