import { SynthproofError } from '../errors.ts';
import { requireLength, requireSameLength } from './internal-check.ts';

/** Normalises two lists of non-negative masses over the same cells; `EMPTY_INPUT`, `LENGTH_MISMATCH`, `BAD_VALUE`. */
export function normaliseMasses(p: ArrayLike<number>, q: ArrayLike<number>): [Float64Array, Float64Array] {
  requireSameLength('q', q.length, p.length);
  requireLength('p', p.length, 1);
  return [shares('p', p), shares('q', q)];
}

function shares(argument: string, values: ArrayLike<number>): Float64Array {
  const out = new Float64Array(values.length);
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!(value >= 0 && value < Infinity)) {
      throw new SynthproofError('BAD_VALUE', `${argument}[${i}]: expected a finite mass >= 0, received ${value}`, {
        argument,
        row: i,
      });
    }
    out[i] = value;
    total += value;
  }
  if (!(total > 0)) {
    throw new SynthproofError('EMPTY_INPUT', `${argument}: expected a total above 0, received ${total}`, { argument });
  }
  for (let i = 0; i < out.length; i++) out[i] = out[i]! / total;
  return out;
}
