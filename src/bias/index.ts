export { type AbrocaSpec, abroca } from './abroca.ts';
export { type AbrocaOptions, type AbrocaResult, abrocaOf, type GroupAbroca } from './abroca-of.ts';
export { type ArticleTenEvidence, type ArticleTenPoint, articleTenChecklist } from './article-ten-checklist.ts';
export { auditBias } from './audit-bias.ts';
export type {
  AuditDisparity,
  AuditReversals,
  BiasAudit,
  BiasAuditSpec,
  BiasFacet,
  BiasSearch,
  FacetSide,
  ReversalChange,
} from './audit-bias-types.ts';
export {
  type BiasAmplification,
  type BiasAmplificationSpec,
  biasAmplification,
  type RateChange,
} from './bias-amplification.ts';
export {
  type BiasGenerationCurve,
  type BiasGenerations,
  type BiasGenerationsSpec,
  biasGenerations,
} from './bias-generations.ts';
export { type BiasReportOptions, biasReport } from './bias-report.ts';
export { type CalibrationSpec, calibrationByGroup } from './calibration-by-group.ts';
export {
  type CalibrationByGroup,
  type CalibrationOptions,
  calibrationByGroupOf,
  type GroupCalibration,
  type GroupCalibrationBin,
} from './calibration-by-group-of.ts';
export {
  type ClarifyMeasure,
  type ClarifyMetrics,
  type ClarifyOptions,
  type ClarifySpec,
  clarifyMetrics,
} from './clarify-metrics.ts';
export { clarifyReport } from './clarify-report.ts';
export {
  type ConditionalDisparity,
  type ConditionalDisparityOptions,
  conditionalDisparity,
  type StratumDisparity,
} from './conditional-disparity.ts';
export { type ConsistencyOptions, consistency } from './consistency.ts';
export {
  type DemographicDisparity,
  type DemographicDisparityOptions,
  demographicDisparity,
  type GroupDisparity,
} from './demographic-disparity.ts';
export { demographicParityDifference } from './demographic-parity-difference.ts';
export { demographicParityRatio } from './demographic-parity-ratio.ts';
export {
  type DifferentialFairness,
  type DifferentialFairnessOptions,
  differentialFairness,
} from './differential-fairness.ts';
export {
  type AssociationCounts,
  type DirectionalAmplification,
  type DirectionalPair,
  directionalAmplification,
} from './directional-amplification.ts';
export { equalOpportunityDifference } from './equal-opportunity-difference.ts';
export { equalOpportunityRatio } from './equal-opportunity-ratio.ts';
export { type EqualizedOddsDifferenceOptions, equalizedOddsDifference } from './equalized-odds-difference.ts';
export { type EqualizedOddsRatioOptions, equalizedOddsRatio } from './equalized-odds-ratio.ts';
export * from './fair/index.ts';
export { type FindReversalsSpec, findReversals, type ReversalCheck, type Reversals } from './find-reversals.ts';
export { type GeneralizedEntropy, type GeneralizedEntropyOptions, generalizedEntropy } from './generalized-entropy.ts';
export { type GroupCell, type GroupTable, type GroupTableSpec, groupTable } from './group-table.ts';
export type { GroupedTable } from './grouped-table.ts';
export {
  type ImpactCategory,
  type ImpactRatios,
  type ImpactRatiosSpec,
  impactRatios,
} from './impact-ratios.ts';
export { impactReport } from './impact-report.ts';
export type { AssociationStrength } from './internal-association.ts';
export type { GapChange, ParityChange } from './internal-changes.ts';
export type { DirectionalChange } from './internal-directional.ts';
export type { Disparity, DisparityOptions } from './internal-disparity.ts';
export type { OutcomeSpec } from './internal-encode.ts';
export type { FrameAggregate, FrameGroup, FrameStratum, MetricFrame } from './internal-frame.ts';
export type { ExcludedGroup, GroupMetricName, ZeroDivision } from './internal-rates.ts';
export type { GroupShare } from './internal-shares.ts';
export { mergeGroupTables } from './merge-group-tables.ts';
export { mergeRegressionTables } from './merge-regression-tables.ts';
export { mergeScoreTables } from './merge-score-tables.ts';
export { type MetricFrameOptions, metricFrame } from './metric-frame.ts';
export {
  type ApplyGroupThresholdsOptions,
  applyGroupThresholds,
  type ThresholdDecisions,
} from './mitigation/apply-group-thresholds.ts';
export {
  type GroupThresholds,
  type GroupThresholdsSpec,
  groupThresholds,
  type ThresholdRule,
} from './mitigation/group-thresholds.ts';
export type { ScoreRule } from './mitigation/internal-rate-hull.ts';
export { type Massaged, type MassageSpec, massage } from './mitigation/massage.ts';
export {
  type Repaired,
  type RepairedColumn,
  type RepairSpec,
  repairDisparateImpact,
} from './mitigation/repair-disparate-impact.ts';
export {
  type ResampledCell,
  type ResampledGroups,
  type ResampleGroupsSpec,
  resampleGroups,
} from './mitigation/resample-groups.ts';
export { type ReweighedCell, type Reweighing, type ReweighOptions, reweigh } from './mitigation/reweigh.ts';
export { type OneVsRestFrame, type OneVsRestSpec, oneVsRestFrame, type WorstClass } from './one-vs-rest-frame.ts';
export {
  type PairDisparity,
  type PairwiseDisparities,
  type PairwiseDisparitiesOptions,
  pairwiseDisparities,
} from './pairwise-disparities.ts';
export {
  type GroupSelector,
  type PrivilegedComparison,
  type PrivilegedComparisonOptions,
  type PrivilegedMetric,
  privilegedComparison,
} from './privileged-comparison.ts';
export { type RankingParitySpec, rankingParity } from './ranking-parity.ts';
export {
  type RankedGroup,
  type RankingParity,
  type RankingParityOptions,
  rankingParityOf,
} from './ranking-parity-of.ts';
export { type RegressionFrameSpec, regressionFrame } from './regression-frame.ts';
export { type RegressionFrameOptions, regressionFrameOf } from './regression-frame-of.ts';
export {
  type RegressionCell,
  type RegressionSum,
  type RegressionTable,
  type RegressionTableSpec,
  regressionTable,
} from './regression-table.ts';
export {
  type Representation,
  type RepresentationOptions,
  representation,
  type ShareDistances,
  type ShareReference,
} from './representation.ts';
export { resampleGroupTable } from './resample-group-table.ts';
export {
  type ScanSubgroupsOptions,
  type ScanSubgroupsSpec,
  type SubgroupScan,
  scanSubgroups,
} from './scan-subgroups.ts';
export { type ScoreFrameSpec, scoreFrame } from './score-frame.ts';
export { type ScoreFrameOptions, scoreFrameOf } from './score-frame-of.ts';
export { type ScoreCell, type ScoreTable, type ScoreTableSpec, scoreTable } from './score-table.ts';
export { type ShareComparison, shareComparison } from './share-comparison.ts';
export {
  type AssociationChange,
  type MovedCell,
  type SpontaneousBias,
  type SpontaneousBiasSpec,
  spontaneousBias,
} from './spontaneous-bias.ts';
export { type SubsetScore, type SubsetScoreOptions, subsetScore } from './subset-score.ts';
export { type AugmentedText, type AugmentedTexts, augmentCounterfactuals } from './text/augment-counterfactuals.ts';
export { type CounterfactualGap, type CounterfactualGapOptions, counterfactualGap } from './text/counterfactual-gap.ts';
export { type PairScores, pairScores, type SentencePair } from './text/pair-scores.ts';
export { type IdentityPair, type SwappedText, swapIdentities } from './text/swap-identities.ts';
export {
  type TermAssociation,
  type TermAssociations,
  type TermAssociationsSpec,
  termAssociations,
} from './text/term-associations.ts';
export { type WeatOptions, type WeatResult, type WeatSpec, weat } from './text/weat.ts';
export {
  type UncoveredPattern,
  type UncoveredPatterns,
  type UncoveredPatternsSpec,
  uncoveredPatterns,
} from './uncovered-patterns.ts';
export { type ZhaoAmplification, type ZhaoContribution, zhaoAmplification } from './zhao-amplification.ts';
