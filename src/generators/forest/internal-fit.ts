import type { JobOptions } from '../../types.ts';
import type { PlannedColumn } from '../shared/internal-plan.ts';
import { type Adversary, type ForestSettings, gridOf, growAdversary } from './internal-adversary.ts';
import { type ForestColumn, forestColumns } from './internal-columns.ts';
import { pruneTree } from './internal-prune.ts';
import { fillFromLeaves, fillFromMarginals, realBins } from './internal-synthetic.ts';
import type { ArfReport, ArfTree } from './model-types.ts';

/** How the rounds go. */
export interface RoundSettings extends Omit<ForestSettings, 'candidates'> {
  /** Columns that a node tries; undefined for the square root of their number. */
  readonly candidates: number | undefined;
  readonly maxRounds: number;
  /** A forest this close to chance ends the rounds. */
  readonly tolerance: number;
}

/** The fitted forest, before it is sealed. */
export interface FittedForest {
  readonly columns: readonly ForestColumn[];
  readonly trees: readonly ArfTree[];
  readonly report: Pick<ArfReport, 'accuracy' | 'keptRound' | 'stopped' | 'trees'>;
}

/** Grows forests until real and synthetic rows cannot be told apart any better, and keeps the last that improved. */
export function fitForest(
  planned: readonly PlannedColumn[],
  realRows: number,
  settings: RoundSettings,
  key: Uint32Array,
  job: JobOptions,
): FittedForest {
  const columns = forestColumns(planned);
  const bins = realBins(columns);
  const grid = gridOf(columns, bins);
  if (columns.length < 2) return oneLeaf(columns, realRows);
  const candidates = Math.min(columns.length, settings.candidates ?? Math.floor(Math.sqrt(columns.length)));
  const total = (settings.maxRounds + 1) * settings.trees;
  let done = 0;
  const grow = (round: number): Adversary =>
    growAdversary(grid, { ...settings, candidates }, key, round, job, () =>
      job.onProgress?.({ stage: 'fit', done: ++done, total }),
    );
  fillFromMarginals(bins, key);
  let forest = grow(0);
  let keptRound = 0;
  let stopped: ArfReport['stopped'] = 'limit';
  const accuracy = [forest.accuracy];
  for (let round = 1; round <= settings.maxRounds + 1; round++) {
    if (forest.accuracy <= 0.5 + settings.tolerance) stopped = 'chance';
    if (stopped === 'chance' || round > settings.maxRounds) break;
    fillFromLeaves(bins, forest, key, round);
    const next = grow(round);
    accuracy.push(next.accuracy);
    if (!(next.accuracy < forest.accuracy)) {
      stopped = 'no-improvement';
      break;
    }
    forest = next;
    keptRound = round;
  }
  if (done < total) job.onProgress?.({ stage: 'fit', done: total, total });
  const pruned = forest.trees.map((tree) => pruneTree(tree, columns, grid, realRows, settings.minLeaf));
  return {
    columns,
    trees: pruned.map(({ tree }) => tree),
    report: {
      accuracy,
      keptRound,
      stopped,
      trees: pruned.map(({ tree, smallestLeaf, pruned: lost }) => ({
        leaves: tree.leaves.length - 1,
        smallestLeaf,
        pruned: lost,
      })),
    },
  };
}

/** With one column or none there is nothing to tell apart: its marginal is the model. */
function oneLeaf(columns: readonly ForestColumn[], realRows: number): FittedForest {
  const rows = Array.from({ length: realRows }, (_, row) => row);
  const tree = { feature: [-1], split: [0], right: [0], unknownLeft: [0], sets: [], leaves: [0, realRows], rows };
  const trees = [{ leaves: 1, smallestLeaf: realRows, pruned: 0 }];
  return { columns, trees: [tree], report: { accuracy: [], keptRound: 0, stopped: 'one-column', trees } };
}
