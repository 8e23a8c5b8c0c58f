export { copulaGenerator } from './copula-generator.ts';
export type {
  CopulaColumn,
  CopulaMarginal,
  CopulaModel,
  CopulaReport,
  LevelsMarginal,
  NormalMarginal,
  StepsMarginal,
} from './copula-types.ts';
export { type CopulaOptions, fitCopula } from './fit-copula.ts';
export { type LevelInterval, type LevelIntervalsOptions, levelIntervals } from './level-intervals.ts';
export { sampleCopula } from './sample-copula.ts';
export { type CopulaConditionalOptions, sampleCopulaConditional } from './sample-copula-conditional.ts';
