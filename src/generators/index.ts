export { bayesianNetworkGenerator } from './bayesian-network/bayesian-network-generator.ts';
export { type BayesianNetworkOptions, fitBayesianNetwork } from './bayesian-network/fit-bayesian-network.ts';
export type {
  BayesianColumnModel,
  BayesianNetworkModel,
  BayesianNetworkReport,
} from './bayesian-network/model-types.ts';
export {
  type BayesianNetworkSampleOptions,
  sampleBayesianNetwork,
} from './bayesian-network/sample-bayesian-network.ts';
export {
  type CheckConstraintsOptions,
  type ConstraintCheck,
  checkConstraints,
} from './constraints/check-constraints.ts';
export { type ConstrainOptions, constrainGenerator } from './constraints/constrain-generator.ts';
export type {
  ConstrainedColumn,
  ConstrainedModel,
  ConstrainedReport,
  Constraint,
  ConstraintMethod,
  ConstraintStep,
  ConstraintViolations,
  FixedCombinationsConstraint,
  InequalityConstraint,
  PredicateConstraint,
  RangeConstraint,
  StoredConstraint,
  SumConstraint,
  UniqueConstraint,
} from './constraints/constraint-types.ts';
export { copulaGenerator } from './copula/copula-generator.ts';
export type {
  CopulaColumn,
  CopulaMarginal,
  CopulaModel,
  CopulaReport,
  LevelsMarginal,
  NormalMarginal,
  StepsMarginal,
} from './copula/copula-types.ts';
export { type CopulaOptions, fitCopula } from './copula/fit-copula.ts';
export { type LevelInterval, type LevelIntervalsOptions, levelIntervals } from './copula/level-intervals.ts';
export { sampleCopula } from './copula/sample-copula.ts';
export { type CopulaConditionalOptions, sampleCopulaConditional } from './copula/sample-copula-conditional.ts';
export type {
  DpBooleanDomain,
  DpCategoryDomain,
  DpColumnDomain,
  DpIdentifierDomain,
  DpNumericDomain,
} from './dp-tree/domain.ts';
export { dpTreeGenerator } from './dp-tree/dp-tree-generator.ts';
export { type DpTreeOptions, fitDpTree } from './dp-tree/fit-dp-tree.ts';
export type { DpColumnModel, DpTreeModel, DpTreeReport } from './dp-tree/model-types.ts';
export { sampleDpTree } from './dp-tree/sample-dp-tree.ts';
export { fingerprintModel } from './fingerprint-model.ts';
export { arfGenerator } from './forest/arf-generator.ts';
export { type ArfDensity, type ArfDensityOptions, arfLogDensity } from './forest/arf-log-density.ts';
export { type ArfOptions, fitArf } from './forest/fit-arf.ts';
export type { ArfColumn, ArfModel, ArfReport, ArfTree } from './forest/model-types.ts';
export { sampleArf } from './forest/sample-arf.ts';
export {
  type ArfCondition,
  type ArfConditionalOptions,
  sampleArfConditional,
} from './forest/sample-arf-conditional.ts';
export { type MixedRows, type MixQuota, type MixRealOptions, mixReal } from './hybrid/mix-real.ts';
export { type OutsideModel, type OutsideSource, outsideGenerator } from './hybrid/outside-generator.ts';
export { type RowOrigin, type WithOriginOptions, withOrigin } from './hybrid/with-origin.ts';
export type {
  CartModel,
  ColumnModel,
  ColumnReport,
  ColumnRole,
  ColumnShape,
  FitReport,
  IndependentModel,
  TreeBasedModel,
  TreeModel,
} from './model-types.ts';
export { fitRelational } from './relational/fit-relational.ts';
export type {
  RelationalInput,
  RelationalLevel,
  RelationalLink,
  RelationalModel,
  RelationalOptions,
  RelationalSample,
  RelationalTableOptions,
  RelationalTableReport,
} from './relational/relational-types.ts';
export { sampleRelational } from './relational/sample-relational.ts';
export { fitSmote, type SmoteOptions } from './smote/fit-smote.ts';
export { type Oversampled, type OversampleOptions, oversample } from './smote/oversample.ts';
export { sampleSmote } from './smote/sample-smote.ts';
export { smoteGenerator } from './smote/smote-generator.ts';
export type { SmoteColumn, SmoteModel, SmoteReport } from './smote/smote-types.ts';
export { type ContaminationOptions, contaminationFilter } from './text/contamination-filter.ts';
export { fillTemplate } from './text/fill-template.ts';
export { type FilteredText, type FilterResult, filterTexts, type TextFilter } from './text/filter-texts.ts';
export { fitNgramModel, type NgramOptions } from './text/fit-ngram-model.ts';
export { type GenerateTextsOptions, generateTexts, type TextBatch } from './text/generate-texts.ts';
export { type JsonRecordOptions, jsonRecordCheck, type RecordParser } from './text/json-record-check.ts';
export { type LengthFilterOptions, lengthFilter } from './text/length-filter.ts';
export { type MemoryTextCache, memoryTextCache } from './text/memory-text-cache.ts';
export { type MockAnswer, type MockTextModel, mockTextModel } from './text/mock-text-model.ts';
export type { NgramFitReport, NgramLevel, NgramModel } from './text/ngram-model-types.ts';
export { ngramTextModel } from './text/ngram-text-model.ts';
export { type PersonalDataFilterOptions, personalDataFilter } from './text/personal-data-filter.ts';
export { type PromptTemplate, promptTemplate } from './text/prompt-template.ts';
export { type AxisCoverage, type QuotaCoverage, quotaCoverage } from './text/quota-coverage.ts';
export { type QuotaAxes, type QuotaGrid, type QuotaGridOptions, quotaGrid, type TextItem } from './text/quota-grid.ts';
export { type NgramSampleOptions, sampleNgramText } from './text/sample-ngram-text.ts';
export { type ScriptFilterOptions, scriptFilter, type TextScript } from './text/script-filter.ts';
export {
  type DroppedText,
  type SynthesizeTextsOptions,
  synthesizeTexts,
  type TextRun,
} from './text/synthesize-texts.ts';
export { textReport } from './text/text-report.ts';
export type {
  GeneratedText,
  TextCache,
  TextCheck,
  TextFailure,
  TextFailureReason,
  TextOrigin,
  TokenPrice,
  TokenUsage,
} from './text/text-types.ts';
export { cartGenerator } from './trees/cart-generator.ts';
export { type CombinedEstimate, type CombineEstimatesOptions, combineEstimates } from './trees/combine-estimates.ts';
export { type CartOptions, fitCart } from './trees/fit-cart.ts';
export { fitIndependent, type IndependentOptions } from './trees/fit-independent.ts';
export { independentGenerator } from './trees/independent-generator.ts';
export { type CartSampleOptions, sampleCart } from './trees/sample-cart.ts';
export {
  type CartConditionalOptions,
  type CartConditionalSample,
  sampleCartConditional,
} from './trees/sample-cart-conditional.ts';
export { sampleIndependent } from './trees/sample-independent.ts';
