import { exp } from '../math/exp.ts';
import { log } from '../math/log.ts';
import { sigmoid, softplus } from './internal-sigmoid.ts';

/** What boosting descends: raw scores, one array per output, against a target. */
export interface Objective {
  /** Number of raw scores per row. */
  readonly outputs: number;
  /** Best constant raw scores. */
  baseline(target: Float64Array): number[];
  /** First and second derivative of the loss by the raw score of one output. */
  fillDerivatives(
    output: number,
    raw: readonly Float64Array[],
    target: Float64Array,
    gradients: Float64Array,
    hessians: Float64Array,
  ): void;
  /** Called before the outputs of an iteration, all of which use the raw scores of its start. */
  prepare(raw: readonly Float64Array[]): void;
  /** Mean loss. */
  loss(raw: readonly Float64Array[], target: Float64Array): number;
}

/** A share kept off 0 and 1, so that its logarithm is finite. */
const TINY = 1e-15;
const inside = (share: number): number => Math.min(1 - TINY, Math.max(TINY, share));

const meanOf = (values: Float64Array): number => {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]! / values.length;
  return total;
};

/** Half the squared error. */
export function squaredError(): Objective {
  return {
    outputs: 1,
    baseline: (target) => [meanOf(target)],
    prepare: () => {},
    fillDerivatives(_, raw, target, gradients, hessians) {
      const scores = raw[0]!;
      for (let i = 0; i < target.length; i++) gradients[i] = scores[i]! - target[i]!;
      hessians.fill(1);
    },
    loss([scores], target) {
      let total = 0;
      for (let i = 0; i < target.length; i++) {
        const d = scores![i]! - target[i]!;
        total += (d * d) / 2 / target.length;
      }
      return total;
    },
  };
}

/** Log-loss of two classes; the raw score is the log-odds of class 1. */
export function binaryLogLoss(): Objective {
  return {
    outputs: 1,
    baseline(target) {
      const p = inside(meanOf(target));
      return [log(p / (1 - p))];
    },
    prepare: () => {},
    fillDerivatives(_, raw, target, gradients, hessians) {
      const scores = raw[0]!;
      for (let i = 0; i < target.length; i++) {
        const p = sigmoid(scores[i]!);
        gradients[i] = p - target[i]!;
        hessians[i] = p * (1 - p);
      }
    },
    loss([scores], target) {
      let total = 0;
      for (let i = 0; i < target.length; i++)
        total += (target[i] === 1 ? softplus(-scores![i]!) : softplus(scores![i]!)) / target.length;
      return total;
    },
  };
}

/** Log-loss of several classes, one raw score each. */
export function multinomialLogLoss(classes: number): Objective {
  let shares: Float64Array[] = [];
  return {
    outputs: classes,
    baseline(target) {
      const counts = new Float64Array(classes);
      for (let i = 0; i < target.length; i++) counts[target[i]!] = counts[target[i]!]! + 1;
      const logs = counts.map((count) => log(inside(count / target.length)));
      const centre = meanOf(logs);
      return Array.from(logs, (x) => x - centre);
    },
    prepare(raw) {
      shares = softmax(raw);
    },
    fillDerivatives(output, _, target, gradients, hessians) {
      const share = shares[output]!;
      for (let i = 0; i < target.length; i++) {
        const p = share[i]!;
        gradients[i] = p - (target[i] === output ? 1 : 0);
        hessians[i] = p * (1 - p);
      }
    },
    loss(raw, target) {
      const p = softmax(raw);
      let total = 0;
      for (let i = 0; i < target.length; i++) total -= log(Math.max(p[target[i]!]![i]!, 1e-300)) / target.length;
      return total;
    },
  };
}

/** Probabilities of the classes from their raw scores. */
export function softmax(raw: readonly Float64Array[]): Float64Array[] {
  const out = raw.map((scores) => scores.slice());
  const rows = raw[0]!.length;
  for (let i = 0; i < rows; i++) {
    let largest = -Infinity;
    for (let k = 0; k < out.length; k++) if (out[k]![i]! > largest) largest = out[k]![i]!;
    let total = 0;
    for (let k = 0; k < out.length; k++) {
      const e = exp(out[k]![i]! - largest);
      out[k]![i] = e;
      total += e;
    }
    for (let k = 0; k < out.length; k++) out[k]![i] = out[k]![i]! / total;
  }
  return out;
}
