export { asyncEmbeddingScorer } from './async-embedding-scorer.ts';
export * from './calibration/index.ts';
export { columnScorer } from './column-scorer.ts';
export type { CompareOptions } from './compare-profiles.ts';
export { compareProfiles } from './compare-profiles.ts';
export type {
  RubricLevel,
  ValueAnchors,
  ValueDefinition,
  ValueDescriptor,
  ValueRubric,
  ValueScale,
  ValueSpec,
  ValueSpecInput,
  ValueTarget,
} from './create-value-spec.ts';
export { createValueSpec } from './create-value-spec.ts';
export type { DriftAttribution, DriftAttributionOptions, DriftExemplar, DriftTerm } from './drift-attribution.ts';
export { driftAttribution } from './drift-attribution.ts';
export type {
  DriftDesign,
  DriftReport,
  DriftSide,
  DriftVerdict,
  LimitedVerdict,
  SliceDrift,
  ValueDrift,
} from './drift-report.ts';
export { embeddingScorer } from './embedding-scorer.ts';
export type { FeatureChange, FeatureDrift, FeatureDriftOptions, FeatureExample } from './feature-drift.ts';
export { featureDrift } from './feature-drift.ts';
export type { FeatureRows } from './feature-scorer.ts';
export { featureScorer } from './feature-scorer.ts';
export * from './generations/index.ts';
export type { AskFailure, AskOptions, AskTotals } from './internal-ask.ts';
export type { EmbeddingScorerOptions, TextVectors } from './internal-embedding.ts';
export type { ItemLabels } from './internal-labels.ts';
export type { JudgePrompt } from './judge-prompt.ts';
export { judgePrompt } from './judge-prompt.ts';
export type { JudgeBehaviour, JudgeRun, JudgeScorerOptions, JudgeScores } from './judge-scorer.ts';
export { judgeScorer } from './judge-scorer.ts';
export type { LexiconReading, LexiconReadOptions, SkippedEntry } from './lexicon-reading.ts';
export type { LexiconScorerOptions, TextItems } from './lexicon-scorer.ts';
export { lexiconScorer } from './lexicon-scorer.ts';
export * from './monitor/index.ts';
export type { CsvLexiconOptions } from './parse-csv-lexicon.ts';
export { parseCsvLexicon } from './parse-csv-lexicon.ts';
export { parseDicLexicon } from './parse-dic-lexicon.ts';
export type { Judgement } from './parse-judgement.ts';
export { parseJudgement } from './parse-judgement.ts';
export { principlesOf } from './principles-of.ts';
export { profileScores } from './profile-scores.ts';
export type {
  GroupProfile,
  ProfileOptions,
  ProfileScores,
  TargetRange,
  ValueProfile,
  ValueSummary,
} from './profile-values.ts';
export { profileValues } from './profile-values.ts';
export { profileValuesAsync } from './profile-values-async.ts';
export * from './reinforcement/index.ts';
export { schwartzLexicon } from './schwartz-lexicon.ts';
export type { StanceDrift } from './stance-drift.ts';
export { stanceDrift } from './stance-drift.ts';
export type { ValueDriftReportOptions } from './value-drift-report.ts';
export { valueDriftReport } from './value-drift-report.ts';
export type { ValueProfileDistance } from './value-profile-distance.ts';
export { valueProfileDistance } from './value-profile-distance.ts';
export type { AsyncValueScorer, ValueScorer, ValueScorerKind, ValueScores } from './value-scorer.ts';
export type { Principle, PrinciplesInput } from './value-spec-from-principles.ts';
export { valueSpecFromPrinciples } from './value-spec-from-principles.ts';
