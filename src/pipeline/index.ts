export type { GeneratorChoice } from './choose-generator.ts';
export { chooseGenerator } from './choose-generator.ts';
export { govern } from './govern.ts';
export type { GovernBias, Governed, GovernMeasures, GovernOptions, GovernSigner } from './govern-types.ts';
export type { MarkedSample, MarkSampleOptions } from './mark-sample.ts';
export { markSample } from './mark-sample.ts';
export type { GovernedVerdict, VerifyGovernedOptions } from './verify-governed.ts';
export { verifyGoverned } from './verify-governed.ts';
export { SYNTHPROOF_VERSION } from './version.ts';
