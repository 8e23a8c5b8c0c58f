export { createSeedrandomRng, type SeedrandomAlgorithm } from './create-seedrandom-rng.ts';
export { type FromSeedrandomOptions, fromSeedrandom, type SeedrandomLike } from './from-seedrandom.ts';
