import { SynthproofError } from '../../errors.ts';
import { createRng } from '../../random/create-rng.ts';
import { checkRange, checkShare, checkWhole } from '../../stats/internal-options.ts';
import { quantile } from '../../stats/quantile.ts';
import type { Interval, JobOptions } from '../../types.ts';
import { type Distortion, drawDistortion, expectedPath, fillChain, type Schedule } from './internal-mixing.ts';

/** Options of {@link planMixing}. */
export interface MixingOptions extends JobOptions {
  /** Real items there are, from 2. */
  readonly realItems: number;
  /** Generations to plan for, 1 to 1,000. */
  readonly generations: number;
  /** Synthetic items wanted per generation, from 2; the plan may say fewer. */
  readonly syntheticItems: number;
  /**
   * `accumulate` (default): every training set holds all real items and all synthetic ones made so far. `replace`: real
   * items and the newest generation only.
   */
  readonly regime?: 'accumulate' | 'replace' | undefined;
  /** Least share of real items in every training set, 0 to below 1. Default 0.2; `replace` with 0 may drop all real items. */
  readonly realShareFloor?: number | undefined;
  /** Most expected loss of variance in the last generation, as a share, 0 to 1. Default 0.1. */
  readonly maxDecay?: number | undefined;
  /** Most expected change of a mean in any generation, in standard deviations of the real items. Default 0.2. */
  readonly maxDrift?: number | undefined;
  /** Variance of the generator's items over that of its training items, with standard error. Default 1 with error 0. */
  readonly keeps?: MixingEstimate | undefined;
  /** Change of the mean that the generator makes each time, in standard deviations, with standard error. Default 0 with error 0. */
  readonly shift?: MixingEstimate | undefined;
  /** Coverage of the intervals. Default 0.95. */
  readonly level?: number | undefined;
  /** Simulated chains behind the intervals, 200 to 1e6. Default 2000. */
  readonly chains?: number | undefined;
  /** Seed of the chains; any text. Default `mixing`. */
  readonly seed?: string | undefined;
}

/** An estimate and how sure it is. */
export interface MixingEstimate {
  /** The estimate. */
  readonly value: number;
  /** Its standard error, 0 or more. */
  readonly standardError: number;
}

/** One generation of a plan. */
export interface MixingStep {
  /** Generation, from 1. */
  readonly generation: number;
  /** Real items in the training data of the model that makes it. */
  readonly real: number;
  /** Synthetic items in that training data. */
  readonly synthetic: number;
  /** Share of real ones. */
  readonly realShare: number;
  /** Expected change of a value's mean from the real items, in their standard deviations. */
  readonly drift: number;
  /** Interval of the change that one such line of generations will show, its own items' sampling error included. */
  readonly driftInterval: Interval;
  /** Expected variance over the real items'. */
  readonly varianceRatio: number;
  /** Interval of the variance ratio that one such line will show. */
  readonly varianceInterval: Interval;
}

/** A plan of how much real data each generation is trained on. JSON-safe. */
export interface MixingPlan {
  /** `ok`: floor and bounds are kept; `unreachable`: not by any share of real items that was tried (up to 0.999). */
  readonly verdict: 'ok' | 'unreachable';
  /** Which items are kept. */
  readonly regime: 'accumulate' | 'replace';
  /** Least share of real items in the last training set that keeps both bounds and the floor; null when unreachable. */
  readonly requiredRealShare: number | null;
  /** What set it: the floor, the bound on decay or on drift, the number of items wanted (`items`), or nothing (`unreachable`). */
  readonly setBy: 'floor' | 'decay' | 'drift' | 'items' | 'unreachable';
  /** Synthetic items to make per generation; as many as wanted where that keeps the share. */
  readonly syntheticItems: number;
  /** Real items in every training set. */
  readonly realItems: number;
  /** What to expect of each generation under this plan (an unreachable one: with the floor or the items wanted, and the bounds broken). */
  readonly steps: readonly MixingStep[];
  /** Expected loss of variance of the last generation, a share; below 0 when it grows. */
  readonly expectedDecay: number;
  /** Interval of the loss that one such line will show in its last generation. */
  readonly decayInterval: Interval;
}

/** Largest share of real items that is tried. */
const MOST_REAL = 0.999;

/**
 * Plans the training data of generations of synthetic items: which share of real items keeps the expected loss of variance
 * and the expected drift under their bounds, and what one line of generations will then show.
 *
 * By default all items are kept (accumulate) and real ones never fall below a fifth. The model: a generator that refits
 * mean and variance of its training data and adds its own distortion (`keeps`, `shift`: measure them on one generation).
 * Expectations are in closed form; intervals are quantiles of chains simulated in sufficient statistics, exact for normal
 * values, with the error of `keeps` and `shift` drawn in. Values with heavy tails vary more than the variance interval says.
 * Sources: Gerstgrasser et al. 2024 (accumulation bounds the error), Shumailov et al. 2024 (loss of variance).
 *
 * @param options - See {@link MixingOptions}.
 * @returns See {@link MixingPlan}.
 * @throws {@link SynthproofError} `OUT_OF_RANGE`, `BAD_OPTION`, `ABORTED`.
 * @example
 * const plan = planMixing({ realItems: 500, generations: 10, syntheticItems: 100, chains: 200 });
 * plan.verdict; // => 'ok'
 * plan.steps[9].realShare; // => 500 / 1400
 * planMixing({ realItems: 500, generations: 10, syntheticItems: 1000, chains: 200 }).syntheticItems; // => 222
 */
export function planMixing(options: MixingOptions): MixingPlan {
  const settings = checked(options);
  const { level, chains, seed, generations } = settings;
  const floor = settings.realShareFloor;
  const wanted = shareOf(settings, settings.syntheticItems);
  // The floor or the number of items wanted decides, unless a bound asks for more real items still.
  let share = Math.max(floor, wanted);
  let setBy: MixingPlan['setBy'] = wanted >= floor ? 'items' : 'floor';
  let broken = brokenBound(settings, share);
  if (broken !== null) {
    setBy = broken;
    let low = share;
    let high = MOST_REAL;
    if (brokenBound(settings, high) !== null) setBy = 'unreachable';
    else {
      for (let step = 0; step < 50 && high - low > 1e-6; step++) {
        const middle = (low + high) / 2;
        broken = brokenBound(settings, middle);
        if (broken === null) high = middle;
        else {
          low = middle;
          setBy = broken;
        }
      }
      share = high;
    }
  }
  const schedule = scheduleOf(settings, share);
  const { real, synthetic, regime } = schedule;
  // Two synthetic items, the least there can be, may already be too many beside so few real ones.
  if (generations > 1 && real / (real + synthetic * (regime === 'accumulate' ? generations - 1 : 1)) < floor - 1e-9)
    setBy = 'unreachable';
  const path = expectedPath(schedule, { keeps: settings.keeps.value, shift: settings.shift.value });
  const means = path.map(() => new Float64Array(chains));
  const variances = path.map(() => new Float64Array(chains));
  const chainMeans = new Float64Array(generations);
  const chainVariances = new Float64Array(generations);
  const rng = createRng(seed).stream('planMixing/1');
  for (let chain = 0; chain < chains; chain++) {
    if (options.signal?.aborted)
      throw new SynthproofError('ABORTED', `planMixing: stopped at ${chain} of ${chains} by the signal`, {
        argument: 'signal',
      });
    if ((chain & 255) === 0) options.onProgress?.({ stage: 'planMixing', done: chain, total: chains });
    fillChain(chainMeans, chainVariances, schedule, drawDistortion(settings.keeps, settings.shift, rng), rng);
    for (let t = 0; t < generations; t++) {
      means[t]![chain] = chainMeans[t]!;
      variances[t]![chain] = chainVariances[t]!;
    }
  }
  const interval = (values: Float64Array): Interval => ({
    lower: quantile(values, (1 - level) / 2),
    upper: quantile(values, (1 + level) / 2),
    level,
    method: 'simulation',
  });
  const steps = path.map(({ mean, variance }, t): MixingStep => {
    const made = t === 0 ? 0 : regime === 'accumulate' ? synthetic * t : synthetic;
    // The first model is trained on the real items whatever the plan keeps of them later.
    const kept = t === 0 ? settings.realItems : real;
    return {
      generation: t + 1,
      real: kept,
      synthetic: made,
      realShare: kept / (kept + made),
      drift: mean,
      driftInterval: interval(means[t]!),
      varianceRatio: variance,
      varianceInterval: interval(variances[t]!),
    };
  });
  const last = steps[generations - 1]!;
  return {
    verdict: setBy === 'unreachable' ? 'unreachable' : 'ok',
    regime,
    requiredRealShare: setBy === 'unreachable' ? null : share,
    setBy,
    syntheticItems: synthetic,
    realItems: real,
    steps,
    expectedDecay: 1 - last.varianceRatio,
    decayInterval: {
      ...last.varianceInterval,
      lower: 1 - last.varianceInterval.upper,
      upper: 1 - last.varianceInterval.lower,
    },
  };
}

interface Settings {
  readonly realItems: number;
  readonly generations: number;
  readonly syntheticItems: number;
  readonly regime: 'accumulate' | 'replace';
  readonly realShareFloor: number;
  readonly maxDecay: number;
  readonly maxDrift: number;
  readonly keeps: { readonly value: number; readonly se: number };
  readonly shift: { readonly value: number; readonly se: number };
  readonly level: number;
  readonly chains: number;
  readonly seed: string;
}

function checked(options: MixingOptions): Settings {
  const { realItems, generations, syntheticItems, regime = 'accumulate', realShareFloor = 0.2 } = options;
  const { maxDecay = 0.1, maxDrift = 0.2, keeps, shift, level = 0.95, chains = 2000, seed = 'mixing' } = options;
  checkWhole('realItems', realItems, 2, 1e12);
  checkWhole('generations', generations, 1, 1000);
  checkWhole('syntheticItems', syntheticItems, 2, 1e12);
  checkWhole('chains', chains, 200, 1_000_000);
  checkRange('realShareFloor', realShareFloor, 0, MOST_REAL);
  checkRange('maxDecay', maxDecay, 0, 1);
  checkRange('maxDrift', maxDrift, 0, 1e6);
  checkShare('level', level);
  if (regime !== 'accumulate' && regime !== 'replace')
    throw new SynthproofError(
      'BAD_OPTION',
      `regime: expected "accumulate" or "replace", received ${JSON.stringify(regime)}`,
      { argument: 'regime' },
    );
  checkRange('keeps.value', keeps?.value ?? 1, 1e-6, 100);
  checkRange('keeps.standardError', keeps?.standardError ?? 0, 0, 100);
  checkRange('shift.value', shift?.value ?? 0, -1e6, 1e6);
  checkRange('shift.standardError', shift?.standardError ?? 0, 0, 1e6);
  return {
    ...{ realItems, generations, syntheticItems, regime, realShareFloor, maxDecay, maxDrift, level, chains, seed },
    keeps: { value: keeps?.value ?? 1, se: keeps?.standardError ?? 0 },
    shift: { value: shift?.value ?? 0, se: shift?.standardError ?? 0 },
  };
}

/** Share of real items in the training set of the last generation, with so many synthetic ones per generation. */
function shareOf({ regime, realItems, generations }: Settings, synthetic: number): number {
  if (generations === 1) return 1;
  // To replace is to be free in how many real items to keep: the floor decides.
  return regime === 'replace' ? 0 : realItems / (realItems + synthetic * (generations - 1));
}

/** The schedule that has the share of real items in the last training set, with as many synthetic items as wanted or fit. */
function scheduleOf(settings: Settings, share: number): Schedule {
  const { regime, realItems, generations, syntheticItems } = settings;
  const base = { regime, pool: realItems, generations };
  if (regime === 'accumulate') {
    const room =
      generations === 1 || share <= 0 ? syntheticItems : (realItems * (1 - share)) / (share * (generations - 1));
    // A hair, so that a share computed from a number of items gives that number back.
    return {
      ...base,
      real: realItems,
      synthetic: Math.max(2, Math.min(syntheticItems, Math.floor(room * (1 + 1e-12)))),
    };
  }
  if (share >= 1) return { ...base, real: realItems, synthetic: syntheticItems };
  const needed = Math.max(0, Math.ceil((syntheticItems * share) / (1 - share) - 1e-9));
  if (needed <= realItems) return { ...base, real: needed, synthetic: syntheticItems };
  return { ...base, real: realItems, synthetic: Math.max(2, Math.floor((realItems * (1 - share)) / share)) };
}

/** The bound that the expectations break at this share, or null. */
function brokenBound(settings: Settings, share: number): 'decay' | 'drift' | null {
  const distortion: Distortion = { keeps: settings.keeps.value, shift: settings.shift.value };
  const path = expectedPath(scheduleOf(settings, share), distortion);
  if (1 - path[path.length - 1]!.variance > settings.maxDecay + 1e-12) return 'decay';
  return path.some(({ mean }) => Math.abs(mean) > settings.maxDrift + 1e-12) ? 'drift' : null;
}
