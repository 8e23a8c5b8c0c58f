import type { Generator } from '../../types.ts';
import { ownFacts } from '../shared/internal-facts.ts';
import type { CopulaModel } from './copula-types.ts';
import { type CopulaOptions, fitCopula } from './fit-copula.ts';
import { sampleCopula } from './sample-copula.ts';

/**
 * The Gaussian copula as one object for a pipeline: {@link fitCopula} and {@link sampleCopula}.
 *
 * Progress and abort signal may be given among the options of `fit` and `sample`; they are passed on.
 *
 * @example
 * copulaGenerator.id; // => 'copula'
 */
export const copulaGenerator: Generator<CopulaOptions, CopulaModel> = {
  id: 'copula',
  facts: /* @__PURE__ */ ownFacts('statistical'),
  fit: fitCopula,
  sample: sampleCopula,
};
