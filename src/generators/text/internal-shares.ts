import { SynthproofError } from '../../errors.ts';

/** The weights of an axis brought to sum 1. */
export function sharesOf(name: string, width: number, weights: readonly number[] | undefined): number[] {
  if (weights === undefined) return new Array<number>(width).fill(1 / width);
  if (weights.length !== width)
    throw new SynthproofError(
      'LENGTH_MISMATCH',
      `weights.${name}: expected ${width}, one per value, received ${weights.length}`,
      { argument: 'weights' },
    );
  let total = 0;
  for (const weight of weights) {
    if (!(weight > 0 && weight < 1e300))
      throw new SynthproofError('BAD_NUMBER', `weights.${name}: expected numbers above 0, received ${String(weight)}`, {
        argument: 'weights',
      });
    total += weight;
  }
  return weights.map((weight) => weight / total);
}
