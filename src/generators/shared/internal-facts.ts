import type { GeneratorFacts, GeneratorFamily } from '../../types.ts';
import { SYNTHPROOF_VERSION } from '../../version.ts';

/** What the record states of one of the library's own generators. */
export function ownFacts(family: GeneratorFamily, determinism: 'bitwise' | 'statistical' = 'bitwise'): GeneratorFacts {
  return {
    family,
    version: `synthproof ${SYNTHPROOF_VERSION}`,
    repeatable: { prng: 'threefry4x32-20/1', determinism },
  };
}
