export type { AuditedPair, HalfShare, PreferenceAudit, PreferenceAuditOptions } from './audit-preferences.ts';
export { auditPreferences } from './audit-preferences.ts';
export type { CritiqueReviseOptions, RevisionResult, TextRevision } from './critique-revise.ts';
export { critiqueRevise } from './critique-revise.ts';
export type { DocumentBrief, DocumentBriefOptions } from './document-briefs.ts';
export { documentBriefs } from './document-briefs.ts';
export type { HashedVectorOptions } from './hashed-text-vectors.ts';
export { hashedTextVectors } from './hashed-text-vectors.ts';
export type { ImportanceOptions, ImportanceResult } from './importance-weights.ts';
export { importanceWeights } from './importance-weights.ts';
export type {
  PreferencePair,
  PreferencePairOptions,
  PreferencePairResult,
  ScoredAnswer,
} from './preference-pairs.ts';
export { preferencePairs } from './preference-pairs.ts';
export type { Rehearsal, RehearsalOptions } from './rehearse.ts';
export { rehearse } from './rehearse.ts';
export type { DriftCut, Reinforcement, ReinforceOptions } from './reinforce-values.ts';
export { reinforceValues } from './reinforce-values.ts';
export type { ReinforcementLineage } from './reinforcement-lineage.ts';
export { reinforcementLineage } from './reinforcement-lineage.ts';
export { reinforcementReport } from './reinforcement-report.ts';
export type { ReinforcementStep, WantedMeans } from './reinforcement-types.ts';
export type { BlockingTarget, ReweightOptions, ReweightResult } from './reweight-to-targets.ts';
export { reweightToTargets } from './reweight-to-targets.ts';
export type { SelectDiverseOptions, SelectionResult } from './select-diverse.ts';
export { selectDiverse } from './select-diverse.ts';
export type { ValueGap, ValueGapsOptions } from './value-gaps.ts';
export { valueGaps } from './value-gaps.ts';
export { wantedMeans } from './wanted-means.ts';
export type { WriteDocumentsOptions, WriteResult, WrittenDocument } from './write-documents.ts';
export { writeDocuments } from './write-documents.ts';
