import { termAssociations, weat } from '../../src/bias/index.ts';
import type { FunctionTable } from './types.ts';

/** Text bias. */
export const biasTextFunctions: FunctionTable = {
  identityAssociation: (input: { documents: string[]; identityTerms: string[]; targets: string[] }) => {
    const found = termAssociations({ ...input, documents: input.documents.map((one) => one.split(/\s+/)) });
    return {
      nDocs: found.documents,
      nIdentity: found.identity,
      targets: Object.fromEntries(
        found.targets.map((one) => [
          one.target,
          {
            n: one.n,
            joint: one.joint,
            pmi_log2: one.pmi ?? '-Infinity',
            npmi: one.npmi,
            ppmi: one.ppmi,
            log_odds_ratio: one.logOddsRatio,
          },
        ]),
      ),
    };
  },
  weat: ({ X, Y, A, B }: Record<'X' | 'Y' | 'A' | 'B', number[][]>) => {
    const found = weat({ first: X, second: Y, attributeA: A, attributeB: B });
    return {
      statistic_sum: found.statistic,
      effect_size_population_sd: found.effectSize,
      effect_size_sample_sd: found.effectSizeSample,
      p_exact_strict: found.pValueStrict,
      p_exact_geq: found.pValue,
      rnd_X: found.relativeNormDistance,
      ect_X: found.coherence,
    };
  },
};
