export { boundaryAdherence } from './boundary-adherence.ts';
export type { CardinalityBoundaryMeasure } from './cardinality-boundary-adherence.ts';
export { cardinalityBoundaryAdherence } from './cardinality-boundary-adherence.ts';
export { categoryAdherence } from './category-adherence.ts';
export type { CategoryCoverageMeasure } from './category-coverage.ts';
export { categoryCoverage } from './category-coverage.ts';
export type { ContingencySimilarityMeasure, ContingencySimilarityOptions } from './contingency-similarity.ts';
export { contingencySimilarity } from './contingency-similarity.ts';
export type { CorrelationSimilarityMeasure, CorrelationSimilarityOptions } from './correlation-similarity.ts';
export { correlationSimilarity } from './correlation-similarity.ts';
export type { CsTestMeasure } from './cs-test.ts';
export { csTest } from './cs-test.ts';
export type { DatetimeFormatMeasure } from './datetime-format-adherence.ts';
export { datetimeFormatAdherence } from './datetime-format-adherence.ts';
export type { InterRowMsasMeasure, InterRowMsasOptions } from './inter-row-msas.ts';
export { interRowMsas } from './inter-row-msas.ts';
export type { KWayMarginal, KWayMarginalsOptions, KWayMarginalsScore } from './k-way-marginals.ts';
export { kWayMarginals } from './k-way-marginals.ts';
export type { KeyUniquenessMeasure } from './key-uniqueness.ts';
export { keyUniqueness } from './key-uniqueness.ts';
export type { KlSimilarityMeasure, KlSimilarityOptions } from './kl-similarity.ts';
export { klSimilarity } from './kl-similarity.ts';
export { ksComplement } from './ks-complement.ts';
export type {
  DetectabilityOptions,
  DetectabilityResult,
  DetectabilityScore,
  QualityLearner,
} from './measure-detectability.ts';
export { measureDetectability } from './measure-detectability.ts';
export type { DiagnosticResult } from './measure-diagnostic.ts';
export { measureDiagnostic } from './measure-diagnostic.ts';
export type { MeasureQualityOptions } from './measure-quality.ts';
export { measureQuality } from './measure-quality.ts';
export type { UtilityOptions, UtilityTables } from './measure-utility.ts';
export { measureUtility } from './measure-utility.ts';
export type { MissingValueSimilarityMeasure } from './missing-value-similarity.ts';
export { missingValueSimilarity } from './missing-value-similarity.ts';
export type { NewRowSynthesisMeasure, NewRowSynthesisOptions } from './new-row-synthesis.ts';
export { newRowSynthesis } from './new-row-synthesis.ts';
export type { PmseOptions, PmseScore } from './pmse.ts';
export { pmse } from './pmse.ts';
export type { QualityMeasure, QualityMeasureOptions, QualityMode, QualityReason } from './quality-measure.ts';
export type { QualityReportOptions } from './quality-report.ts';
export { qualityReport } from './quality-report.ts';
export type {
  NoiseFloor,
  QualityColumn,
  QualityHistogram,
  QualityPair,
  QualityResult,
  QualityScore,
  SkippedColumn,
} from './quality-result.ts';
export { rangeCoverage } from './range-coverage.ts';
export type { ReferentialIntegrityMeasure } from './referential-integrity.ts';
export { referentialIntegrity } from './referential-integrity.ts';
export type { RegexFormatMeasure } from './regex-format-adherence.ts';
export { regexFormatAdherence } from './regex-format-adherence.ts';
export { sequenceLengthSimilarity } from './sequence-length-similarity.ts';
export type { StatisticMsasOptions } from './statistic-msas.ts';
export { statisticMsas } from './statistic-msas.ts';
export type { StatisticSimilarityMeasure, StatisticSimilarityOptions } from './statistic-similarity.ts';
export { statisticSimilarity } from './statistic-similarity.ts';
export type { SubgroupFidelityOptions, SubgroupFidelityResult, SubgroupScore } from './subgroup-fidelity.ts';
export { subgroupFidelity } from './subgroup-fidelity.ts';
export type { TableDistanceOptions, TableDistanceScore } from './table-energy-distance.ts';
export { tableEnergyDistance } from './table-energy-distance.ts';
export { tableMmd } from './table-mmd.ts';
export { tableStructure } from './table-structure.ts';
export { tvComplement } from './tv-complement.ts';
export type { TwoSampleFloor, TwoSampleOptions, TwoSampleReason, TwoSampleScore } from './two-sample-score.ts';
export type { UtilityComparison, UtilityMeasure, UtilityResult } from './utility-result.ts';
