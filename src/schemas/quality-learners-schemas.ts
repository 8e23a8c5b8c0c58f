import * as z from 'zod/mini';
import type {
  DetectabilityOptions,
  KWayMarginalsOptions,
  PmseOptions,
  QualityLearner,
  SubgroupFidelityOptions,
  TableDistanceOptions,
  UtilityOptions,
} from '../quality/index.ts';
import type { JobOptions } from '../types.ts';
import { names, openShare, positive, text, whole } from './shared.ts';

const learner: z.ZodMiniType<QualityLearner> = /* @__PURE__ */ z.enum(['boosted', 'logistic']);

const shared = {
  seed: text,
  skip: /* @__PURE__ */ z.optional(names),
  level: /* @__PURE__ */ z.optional(openShare),
};

const noiseFloor = {
  noiseFloor: /* @__PURE__ */ z.optional(
    /* @__PURE__ */ z.strictObject({ repeats: /* @__PURE__ */ z.optional(whole) }),
  ),
};

const rows = { rows: /* @__PURE__ */ z.optional(positive) };

/**
 * Options of `measureDetectability`, from outside.
 *
 * @example
 * parseOptions(detectabilityOptionsSchema, { seed: 's', folds: 5 }, 'detectability').folds; // => 5
 */
export const detectabilityOptionsSchema: z.ZodMiniType<Omit<DetectabilityOptions, keyof JobOptions>> =
  /* @__PURE__ */ z.strictObject({
    ...shared,
    ...noiseFloor,
    ...rows,
    learners: /* @__PURE__ */ z.optional(/* @__PURE__ */ z.array(learner)),
    folds: /* @__PURE__ */ z.optional(positive),
  });

/**
 * Options of `measureUtility`, from outside.
 *
 * @example
 * parseOptions(utilityOptionsSchema, { target: 'income', seed: 's' }, 'utility').target; // => 'income'
 */
export const utilityOptionsSchema: z.ZodMiniType<Omit<UtilityOptions, keyof JobOptions>> =
  /* @__PURE__ */ z.strictObject({
    ...shared,
    ...noiseFloor,
    target: text,
    task: /* @__PURE__ */ z.optional(/* @__PURE__ */ z.enum(['classification', 'regression'])),
    positive: /* @__PURE__ */ z.optional(/* @__PURE__ */ z.string()),
    learner: /* @__PURE__ */ z.optional(learner),
    resamples: /* @__PURE__ */ z.optional(positive),
  });

/**
 * Options of `pmse`, from outside.
 *
 * @example
 * parseOptions(pmseOptionsSchema, { seed: 's', realRows: 'holdout' }, 'pmse').realRows; // => 'holdout'
 */
export const pmseOptionsSchema: z.ZodMiniType<Omit<PmseOptions, keyof JobOptions>> = /* @__PURE__ */ z.strictObject({
  ...shared,
  ...noiseFloor,
  ...rows,
  learner: /* @__PURE__ */ z.optional(learner),
  realRows: /* @__PURE__ */ z.optional(/* @__PURE__ */ z.enum(['training', 'holdout'])),
  permutations: /* @__PURE__ */ z.optional(positive),
});

/**
 * Options of `tableEnergyDistance` and `tableMmd`, from outside.
 *
 * @example
 * parseOptions(tableDistanceOptionsSchema, { seed: 's', rows: 500 }, 'distance').rows; // => 500
 */
export const tableDistanceOptionsSchema: z.ZodMiniType<Omit<TableDistanceOptions, keyof JobOptions>> =
  /* @__PURE__ */ z.strictObject({
    ...shared,
    ...noiseFloor,
    ...rows,
    permutations: /* @__PURE__ */ z.optional(whole),
  });

/**
 * Options of `kWayMarginals`, from outside.
 *
 * @example
 * parseOptions(kWayMarginalsOptionsSchema, { seed: 's', k: 2 }, 'kWay').k; // => 2
 */
export const kWayMarginalsOptionsSchema: z.ZodMiniType<Omit<KWayMarginalsOptions, keyof JobOptions>> =
  /* @__PURE__ */ z.strictObject({
    ...shared,
    ...noiseFloor,
    k: /* @__PURE__ */ z.optional(positive),
    sets: /* @__PURE__ */ z.optional(positive),
    bins: /* @__PURE__ */ z.optional(positive),
  });

/**
 * Options of `subgroupFidelity`, from outside.
 *
 * @example
 * parseOptions(subgroupFidelityOptionsSchema, { seed: 's', groupBy: ['sex'] }, 'subgroups').groupBy; // => ['sex']
 */
export const subgroupFidelityOptionsSchema: z.ZodMiniType<Omit<SubgroupFidelityOptions, keyof JobOptions>> =
  /* @__PURE__ */ z.strictObject({
    ...shared,
    groupBy: names,
    crossed: /* @__PURE__ */ z.optional(/* @__PURE__ */ z.boolean()),
    minRows: /* @__PURE__ */ z.optional(positive),
    maxRows: /* @__PURE__ */ z.optional(positive),
    repeats: /* @__PURE__ */ z.optional(positive),
  });
