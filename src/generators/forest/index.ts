export { arfGenerator } from './arf-generator.ts';
export { type ArfDensity, type ArfDensityOptions, arfLogDensity } from './arf-log-density.ts';
export { type ArfOptions, fitArf } from './fit-arf.ts';
export type { ArfColumn, ArfModel, ArfReport, ArfTree } from './model-types.ts';
export { sampleArf } from './sample-arf.ts';
export { type ArfCondition, type ArfConditionalOptions, sampleArfConditional } from './sample-arf-conditional.ts';
