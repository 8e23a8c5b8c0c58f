/**
 * Where the noise of a differentially private release comes from. For a release that protects people it must be
 * cryptographic and never repeated: whoever can make the words again can subtract the noise. `cryptoNoise` of
 * `synthproof/adapters/crypto-noise` is such a source.
 */
export interface NoiseSource {
  /** What the words come from, recorded in every model: `crypto`, `seeded-unsafe`, or a name of your own. */
  readonly source: string;
  /** The next 32 bits, uniform and independent, 0 to 2^32 - 1. */
  nextUint32(): number;
}
