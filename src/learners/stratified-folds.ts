import { createRng } from '../random/create-rng.ts';
import { fillShuffled } from '../random/fill-shuffled.ts';
import { numberOption, requireClasses } from './internal-check.ts';

/** Options of {@link stratifiedFolds}. */
export interface StratifiedFoldsOptions {
  /** Number of folds, from 2. Default 5. */
  readonly folds?: number | undefined;
  /** Seed of the shuffles; any text. */
  readonly seed: string;
}

/**
 * Splits rows into folds that hold every class in equal parts: the rows of each class are shuffled and dealt in turn.
 *
 * Sizes of the folds differ by at most one, and so do the counts of each class. The dealing goes on across classes, so
 * that no fold collects all the remainders.
 *
 * @param labels - Class of each row, whole numbers from 0.
 * @param options - See {@link StratifiedFoldsOptions}.
 * @returns Fold of each row, 0 to folds - 1.
 * @throws {@link SynthproofError} `BAD_VALUE` for a label that is no class, `OUT_OF_RANGE` for the number of folds.
 * @example
 * const folds = stratifiedFolds([0, 0, 1, 1], { folds: 2, seed: 'demo' });
 * folds[0] !== folds[1] && folds[2] !== folds[3]; // => true
 */
export function stratifiedFolds(labels: ArrayLike<number>, options: StratifiedFoldsOptions): Int32Array {
  const folds = numberOption('folds', options.folds, 5, { low: 2, high: 1000, whole: true });
  const classes = requireClasses('labels', labels);
  const rng = createRng(options.seed).stream('learners/stratified-folds');
  const out = new Int32Array(labels.length);
  let dealt = 0;
  for (let k = 0; k < classes; k++) {
    const rows: number[] = [];
    for (let i = 0; i < labels.length; i++) if (labels[i] === k) rows.push(i);
    const order = fillShuffled(Uint32Array.from(rows), rng.stream(k));
    for (let i = 0; i < order.length; i++) out[order[i]!] = dealt++ % folds;
  }
  return out;
}
