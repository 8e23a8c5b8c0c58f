import { exp } from '../../src/math/index.ts';
import type { ConfidenceSequence, StreamDetector } from '../../src/value-drift/monitor/index.ts';
import {
  adwinDetector,
  betaBinomialEProcess,
  bettingConfidenceSequence,
  bettingFractions,
  bettingMartingale,
  cusumDetector,
  ddmDetector,
  ecddDetector,
  eDetector,
  eddmDetector,
  empiricalBernsteinSequence,
  hddmADetector,
  hddmWDetector,
  hoeffdingSequence,
  movingAverageDetector,
  normalMixtureSprt,
  pageHinkleyDetector,
  pairedBetting,
  pToE,
  rddmDetector,
  vovkSellkeBound,
} from '../../src/value-drift/monitor/index.ts';
import type { FunctionTable, OracleContext } from './types.ts';

/** The values of a stream, or of the named stream `@stream:NAME` in a data case of the file. */
function streamOf(input: { stream: number[] | string }, { file }: OracleContext): number[] {
  if (typeof input.stream !== 'string') return input.stream;
  const name = input.stream.slice('@stream:'.length);
  for (const { fn, input: data, expected } of file.cases)
    if (fn.startsWith('__')) for (const part of [data, expected]) if (part?.[name]) return part[name];
  throw new Error(`no stream "${name}" in the file`);
}

/** First alarm, and the first warning before it. */
function firstAlarm(detector: StreamDetector, input: { stream: number[] | string }, context: OracleContext) {
  const { drifts, warnings } = detector.update(detector.init(), streamOf(input, context));
  const [firstDrift = null] = drifts;
  const [warning = null] = warnings;
  return {
    firstDrift,
    firstWarning: warning === null || (firstDrift !== null && warning > firstDrift) ? null : warning,
  };
}

/** These oracles name the places they read (counted from 1), and an error rate, beside their results. */
function placesOf(input: unknown, { file }: OracleContext): { at: number[]; radiusAt: number[]; alpha: number } {
  return file.cases.find((one) => one.input === input)!.expected;
}

const pick = (path: Float64Array, at: readonly number[]) => at.map((t) => path[t - 1]);

const bounds = ({ lower, upper }: ConfidenceSequence, at: readonly number[]) => ({
  at,
  lower: pick(lower, at),
  upper: pick(upper, at),
});

export const valueDriftMonitorFunctions: FunctionTable = {
  adwin: (input, context) => {
    const detector = adwinDetector({
      delta: input.delta,
      clock: input.clock,
      maxBuckets: input.maxBuckets,
      minPart: input.minWindow,
      gracePeriod: input.gracePeriod,
      afterAlarm: input.resetOnDrift ? 'restart' : 'shrink',
    });
    const { state, drifts } = detector.update(detector.init(), streamOf(input, context));
    const { n, mean } = detector.holding(state);
    return { detections: drifts, finalWidth: n, finalMean: mean };
  },
  pageHinkleyOneSided: (input, context) => {
    const detector = pageHinkleyDetector({
      minValues: input.minInstances,
      delta: input.delta,
      threshold: input.threshold,
      forgetting: input.alpha,
    });
    return { detections: detector.update(detector.init(), streamOf(input, context)).drifts };
  },
  cusumFirstAlarm: (input, context) =>
    firstAlarm(
      cusumDetector({
        minValues: input.config.min_num_instances,
        delta: input.config.delta,
        threshold: input.config.lambda,
      }),
      input,
      context,
    ),
  gmaFirstAlarm: (input, context) =>
    firstAlarm(
      movingAverageDetector({
        minValues: input.config.min_num_instances,
        forgetting: input.config.alpha,
        threshold: input.config.lambda,
      }),
      input,
      context,
    ),
  ddmFirstAlarm: (input, context) =>
    firstAlarm(
      ddmDetector({
        minValues: input.config.min_num_instances,
        warningLevel: input.config.warning_level,
        driftLevel: input.config.drift_level,
      }),
      input,
      context,
    ),
  eddmFirstAlarm: (input, context) =>
    firstAlarm(
      eddmDetector({
        minErrors: input.config.min_num_misclassified_instances,
        warningShare: input.config.alpha,
        driftShare: input.config.beta,
        level: input.config.level,
      }),
      input,
      context,
    ),
  hddmAFirstAlarm: (input, context) =>
    firstAlarm(
      hddmADetector({
        minValues: input.config.min_num_instances,
        driftAlpha: input.config.alpha_d,
        warningAlpha: input.config.alpha_w,
        twoSided: input.config.two_sided_test,
      }),
      input,
      context,
    ),
  hddmWFirstAlarm: (input, context) =>
    firstAlarm(
      hddmWDetector({
        minValues: input.config.min_num_instances,
        driftAlpha: input.config.alpha_d,
        warningAlpha: input.config.alpha_w,
        lambda: input.config.lambda,
        twoSided: input.config.two_sided_test,
      }),
      input,
      context,
    ),
  rddmFirstAlarm: (input, context) =>
    firstAlarm(
      rddmDetector({
        minValues: input.config.min_num_instances,
        warningLevel: input.config.warning_level,
        driftLevel: input.config.drift_level,
        maxConcept: input.config.max_concept_size,
        minConcept: input.config.min_concept_size,
        maxWarnings: input.config.max_num_instances_warning,
      }),
      input,
      context,
    ),
  ecddFirstAlarm: (input, context) =>
    firstAlarm(
      ecddDetector({
        minValues: input.config.min_num_instances,
        lambda: input.config.lambda,
        warningShare: input.config.warning_level,
        runLength: input.config.average_run_length,
      }),
      input,
      context,
    ),
  lambdaPredmixEB: (input) => bettingFractions(input.x, { alpha: input.alpha }),
  lambdaAKelly: (input) => bettingFractions(input.x, { method: 'kelly', mean: input.m }),
  lambdaLBOW: (input) => bettingFractions(input.x, { method: 'lower-bound', mean: input.m }),
  bettingMartingale: (input) =>
    bettingMartingale(input.x, input.m, {
      alpha: input.alpha,
      upShare: input.theta,
      truncation: input.truncScale,
      combine: input.combine === 'convex' ? 'sum' : input.combine,
    }).map(exp),
  bettingConfidenceSequence: (input, context) =>
    bounds(bettingConfidenceSequence(input.x, { alpha: input.alpha, grid: input.grid }), placesOf(input, context).at),
  empiricalBernsteinCS: (input, context) =>
    bounds(
      empiricalBernsteinSequence(input.x, { alpha: input.alpha, truncation: input.truncation }),
      placesOf(input, context).at,
    ),
  hoeffdingCS: (input, context) =>
    bounds(hoeffdingSequence(input.x, { alpha: input.alpha }), placesOf(input, context).at),
  normalMixtureSPRT: (input, context) => {
    const { at, radiusAt, alpha } = placesOf(input, context);
    const { logE, radius } = normalMixtureSprt(input.x, {
      mean: input.theta0,
      sd: input.sigma,
      precision: input.priorPrecision,
      alpha,
    });
    return { at, radiusAt, alpha, logE: pick(logE, at), radius: pick(radius, radiusAt) };
  },
  betaBinomialEProcess: (input, context) => {
    const { at } = placesOf(input, context);
    return { at, logE: pick(betaBinomialEProcess(input.y, input.p0, { a: input.a, b: input.b }), at) };
  },
  onsBettingPaired: (input, context) => {
    const { at } = placesOf(input, context);
    return { at, logK: pick(pairedBetting(input.x, input.y), at) };
  },
  eDetector: (input, context) => {
    const { at } = placesOf(input, context);
    const found = eDetector(input.y, { mean: input.p0, bet: input.lambda, alpha: input.alpha });
    return {
      at,
      srAlarm: found.shiryaevRobertsAlarm,
      cusumAlarm: found.cusumAlarm,
      logSRat: pick(found.logShiryaevRoberts, at),
      logCUat: pick(found.logCusum, at),
    };
  },
  pToE: ({ p }: { p: number[] }) => ({
    kappaHalf: p.map((one) => pToE(one)),
    integrated: p.map((one) => pToE(one, { method: 'integrated' })),
    vovkSellkeBound: p.map((one) => vovkSellkeBound(one)),
  }),
};
