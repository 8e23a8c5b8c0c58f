export { fitSmote, type SmoteOptions } from './fit-smote.ts';
export { type Oversampled, type OversampleOptions, oversample } from './oversample.ts';
export { sampleSmote } from './sample-smote.ts';
export { smoteGenerator } from './smote-generator.ts';
export type { SmoteColumn, SmoteModel, SmoteReport } from './smote-types.ts';
