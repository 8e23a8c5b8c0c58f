import { expectTypeOf, test } from 'vitest';
import type * as z from 'zod/mini';
import type { BiasAuditSpec } from '../../src/bias/index.ts';
import type {
  ArfOptions,
  BayesianNetworkOptions,
  CartOptions,
  ConstrainOptions,
  Constraint,
  CopulaOptions,
  DpColumnDomain,
  DpTreeOptions,
  IndependentOptions,
  PredicateConstraint,
  RelationalOptions,
  SmoteOptions,
} from '../../src/generators/index.ts';
import type { GovernOptions } from '../../src/pipeline/index.ts';
import type {
  DetectabilityOptions,
  KWayMarginalsOptions,
  MeasureQualityOptions,
  PmseOptions,
  SubgroupFidelityOptions,
  TableDistanceOptions,
  UtilityOptions,
} from '../../src/quality/index.ts';
import type {
  arfOptionsSchema,
  bayesianNetworkOptionsSchema,
  biasAuditSchema,
  cartOptionsSchema,
  constrainOptionsSchema,
  constraintsSchema,
  copulaOptionsSchema,
  detectabilityOptionsSchema,
  dpDomainSchema,
  dpTreeOptionsSchema,
  GovernConfig,
  governConfigSchema,
  independentOptionsSchema,
  kWayMarginalsOptionsSchema,
  pmseOptionsSchema,
  qualityOptionsSchema,
  relationalOptionsSchema,
  smoteOptionsSchema,
  subgroupFidelityOptionsSchema,
  tableDistanceOptionsSchema,
  tableMarkOptionsSchema,
  utilityOptionsSchema,
  valueSpecSchema,
} from '../../src/schemas/index.ts';
import type { JobOptions } from '../../src/types.ts';
import type { ValueSpecInput } from '../../src/value-drift/index.ts';
import type { TableMarkOptions } from '../../src/watermark/index.ts';

test('schemas give the types of the options', () => {
  expectTypeOf<z.infer<typeof cartOptionsSchema>>().toEqualTypeOf<CartOptions>();
  expectTypeOf<z.infer<typeof qualityOptionsSchema>>().toEqualTypeOf<Omit<MeasureQualityOptions, keyof JobOptions>>();
  expectTypeOf<z.infer<typeof biasAuditSchema>>().toEqualTypeOf<Omit<BiasAuditSpec, keyof JobOptions>>();
  expectTypeOf<z.infer<typeof tableMarkOptionsSchema>>().toEqualTypeOf<TableMarkOptions>();
  expectTypeOf<z.infer<typeof valueSpecSchema>>().toEqualTypeOf<ValueSpecInput>();
  expectTypeOf<z.infer<typeof governConfigSchema>>().toEqualTypeOf<GovernConfig>();
});

test('schemas of the generators give the types of their options', () => {
  expectTypeOf<z.infer<typeof copulaOptionsSchema>>().toEqualTypeOf<CopulaOptions>();
  expectTypeOf<z.infer<typeof bayesianNetworkOptionsSchema>>().toEqualTypeOf<BayesianNetworkOptions>();
  expectTypeOf<z.infer<typeof arfOptionsSchema>>().toEqualTypeOf<ArfOptions>();
  expectTypeOf<z.infer<typeof smoteOptionsSchema>>().toEqualTypeOf<SmoteOptions>();
  expectTypeOf<z.infer<typeof independentOptionsSchema>>().toEqualTypeOf<IndependentOptions>();
  expectTypeOf<z.infer<typeof relationalOptionsSchema>>().toEqualTypeOf<RelationalOptions>();
  expectTypeOf<z.infer<typeof dpDomainSchema>>().toEqualTypeOf<readonly DpColumnDomain[]>();
  expectTypeOf<z.infer<typeof dpTreeOptionsSchema>>().toEqualTypeOf<Omit<DpTreeOptions, 'noise' | 'ledger'>>();
  type Plain = readonly Exclude<Constraint, PredicateConstraint>[];
  expectTypeOf<z.infer<typeof constraintsSchema>>().toEqualTypeOf<Plain>();
  expectTypeOf<z.infer<typeof constrainOptionsSchema>>().toEqualTypeOf<ConstrainOptions>();
});

test('schemas of the learners give the types of their options', () => {
  type Plain<Options> = Omit<Options, keyof JobOptions>;
  expectTypeOf<z.infer<typeof detectabilityOptionsSchema>>().toEqualTypeOf<Plain<DetectabilityOptions>>();
  expectTypeOf<z.infer<typeof utilityOptionsSchema>>().toEqualTypeOf<Plain<UtilityOptions>>();
  expectTypeOf<z.infer<typeof pmseOptionsSchema>>().toEqualTypeOf<Plain<PmseOptions>>();
  expectTypeOf<z.infer<typeof tableDistanceOptionsSchema>>().toEqualTypeOf<Plain<TableDistanceOptions>>();
  expectTypeOf<z.infer<typeof kWayMarginalsOptionsSchema>>().toEqualTypeOf<Plain<KWayMarginalsOptions>>();
  expectTypeOf<z.infer<typeof subgroupFidelityOptionsSchema>>().toEqualTypeOf<Plain<SubgroupFidelityOptions>>();
});

test('a configuration fits the options of govern', () => {
  expectTypeOf<GovernConfig['dataset']>().toExtend<GovernOptions['dataset']>();
  expectTypeOf<GovernConfig['source']>().toExtend<GovernOptions['source']>();
  expectTypeOf<GovernConfig['bias']>().toExtend<GovernOptions['bias']>();
  expectTypeOf<GovernConfig['drift']>().toExtend<GovernOptions['drift']>();
});
