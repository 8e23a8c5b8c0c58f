export * from './calibration/index.ts';
export { columnScorer } from './column-scorer.ts';
export type { CompareOptions } from './compare-profiles.ts';
export { compareProfiles } from './compare-profiles.ts';
export type {
  ValueDefinition,
  ValueDescriptor,
  ValueScale,
  ValueSpec,
  ValueSpecInput,
  ValueTarget,
} from './create-value-spec.ts';
export { createValueSpec } from './create-value-spec.ts';
export type {
  DriftDesign,
  DriftReport,
  DriftSide,
  DriftVerdict,
  SliceDrift,
  ValueDrift,
} from './drift-report.ts';
export type { FeatureRows } from './feature-scorer.ts';
export { featureScorer } from './feature-scorer.ts';
export type { ItemLabels } from './internal-labels.ts';
export type { LexiconScorerOptions, TextItems } from './lexicon-scorer.ts';
export { lexiconScorer } from './lexicon-scorer.ts';
export * from './monitor/index.ts';
export type {
  GroupProfile,
  ProfileOptions,
  ProfileScores,
  TargetRange,
  ValueProfile,
  ValueSummary,
} from './profile-values.ts';
export { profileValues } from './profile-values.ts';
export { schwartzLexicon } from './schwartz-lexicon.ts';
export type { StanceDrift } from './stance-drift.ts';
export { stanceDrift } from './stance-drift.ts';
export type { ValueDriftReportOptions } from './value-drift-report.ts';
export { valueDriftReport } from './value-drift-report.ts';
export type { ValueProfileDistance } from './value-profile-distance.ts';
export { valueProfileDistance } from './value-profile-distance.ts';
export type { ValueScorer, ValueScores } from './value-scorer.ts';
