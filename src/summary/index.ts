export { bottomKJaccard } from './bottom-k-jaccard.ts';
export { type BottomKOptions, type BottomKReport, bottomKSummary } from './bottom-k-summary.ts';
export { type CoMomentsOptions, type CoMomentsReport, coMomentsSummary } from './co-moments-summary.ts';
export { type ContingencyOptions, type ContingencyReport, contingencySummary } from './contingency-summary.ts';
export { type DistinctOptions, type DistinctReport, distinctSummary } from './distinct-summary.ts';
export {
  type GroupCounts,
  type GroupCountsOptions,
  type GroupCountsOutcome,
  type GroupCountsReport,
  groupCountsSummary,
} from './group-counts-summary.ts';
export {
  type HistogramGroup,
  type HistogramOptions,
  type HistogramReport,
  histogramSummary,
} from './histogram-summary.ts';
export type { LeftOutNumbers } from './internal-columns.ts';
export { type ColumnMoments, type MomentsOptions, type MomentsReport, momentsSummary } from './moments-summary.ts';
export {
  type MultisetDigestOptions,
  type MultisetDigestReport,
  multisetDigestSummary,
} from './multiset-digest-summary.ts';
export { type QuantileOptions, type QuantileReport, quantileSummary } from './quantile-summary.ts';
export { summarize } from './summarize.ts';
export {
  type ChunkOfParts,
  type ReportsOfParts,
  type StatesOfParts,
  type SummarizerParts,
  summarizeAll,
} from './summarize-all.ts';
export type { Summarizer, SummaryState } from './summarizer.ts';
export { type TopValuesOptions, type TopValuesReport, topValuesSummary } from './top-values-summary.ts';
