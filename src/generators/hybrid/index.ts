export { type MixedRows, type MixQuota, type MixRealOptions, mixReal } from './mix-real.ts';
export { type OutsideModel, type OutsideSource, outsideGenerator } from './outside-generator.ts';
export { sampleOrigin } from './sample-origin.ts';
export { type RowOrigin, type WithOriginOptions, withOrigin } from './with-origin.ts';
