export type { ChangePointOptions, ChangePointResult } from './change-point.ts';
export { changePoint } from './change-point.ts';
export type { EmbeddingSpread } from './embedding-spread.ts';
export { embeddingSpread } from './embedding-spread.ts';
export { frechetDistance } from './frechet-distance.ts';
export type { GaussianCollapse, GaussianCollapseOptions } from './gaussian-collapse.ts';
export { gaussianCollapse } from './gaussian-collapse.ts';
export type { GenerationCurveOptions } from './generation-curve.ts';
export { generationCurve } from './generation-curve.ts';
export type { GenerationReportOptions } from './generation-report.ts';
export { generationReport } from './generation-report.ts';
export type {
  Generation,
  GenerationCurve,
  GenerationDrift,
  GenerationPoint,
  GenerationTexts,
  GenerationTrend,
  GenerationValueChange,
} from './generation-types.ts';
export type { RegimeOptions, TrainingRegime } from './infer-regime.ts';
export { inferRegime } from './infer-regime.ts';
export type { LinearRegressionCollapse, LinearRegressionCollapseOptions } from './linear-regression-collapse.ts';
export { linearRegressionCollapse } from './linear-regression-collapse.ts';
export type { MauveOptions, MauveResult } from './mauve-from-histograms.ts';
export { mauveFromHistograms } from './mauve-from-histograms.ts';
export type { MixingEstimate, MixingOptions, MixingPlan, MixingStep } from './plan-mixing.ts';
export { planMixing } from './plan-mixing.ts';
export type { PrdcOptions, PrdcResult } from './prdc.ts';
export { prdc } from './prdc.ts';
export type { TrendTestOptions, TrendTestResult } from './trend-test.ts';
export { trendTest } from './trend-test.ts';
