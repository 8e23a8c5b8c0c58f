import { SynthproofError } from '../../errors.ts';
import type { JobOptions, Table } from '../../types.ts';
import { checkColumnOptions, checkTable, checkWhole } from '../shared/internal-options.ts';
import { fitNetwork } from './internal-fit.ts';
import type { BayesianNetworkModel } from './model-types.ts';

/** Joint tables are counted in memory. */
const MOST_CELLS = 4_000_000;

/** Options of {@link fitBayesianNetwork}. They survive JSON, so that they can go into the lineage record. */
export interface BayesianNetworkOptions {
  /** Most parents of a column: 1 makes the Chow-Liu tree, 0 independent columns. Default 2. */
  readonly maxParents?: 0 | 1 | 2 | undefined;
  /** Most bins of a numeric column; one value a bin when it has no more distinct values. Default 32. */
  readonly maxBins?: number | undefined;
  /** Fewest training rows in a numeric bin: every numeric cell is drawn from at least so many rows. Default 20. */
  readonly minBin?: number | undefined;
  /** Most cells in the joint table of a column and its parents. Default 20,000. */
  readonly maxCells?: number | undefined;
  /** Pairs of parents are formed among so many of the most informative columns, which bounds the cost of wide tables. Default 16. */
  readonly parentCandidates?: number | undefined;
  /** Rows added to every state of each parent configuration that occurs. Default 0. */
  readonly smoothing?: number | undefined;
  /**
   * Partial synthesis: only these columns are replaced. The others stay real, inform the replaced ones, and are handed in
   * again at sampling: a sample still holds real personal data. Default: all columns.
   */
  readonly synthesize?: readonly string[] | undefined;
  /**
   * Columns replaced by placeholders that do not occur in the source. Text columns always are, and so are integer and
   * category columns with 20 or more observed cells that all differ. A kept column listed here informs nothing.
   */
  readonly identifiers?: readonly string[] | undefined;
  /** Integer or category columns that are modelled even when all their cells differ. Default none. */
  readonly measurements?: readonly string[] | undefined;
  /** Levels with fewer training rows are pooled into one, shown as `other`; 0 pools none. Default 5. */
  readonly rareLevelMin?: number | undefined;
}

/**
 * Learns a Bayesian network over the columns: numbers cut into quantile bins, each column drawn given up to two others.
 *
 * The structure maximises mutual information (in nats, less its bias after Miller and Madow): with one parent it is the
 * maximum spanning tree (Chow & Liu 1968, "Approximating discrete probability distributions with dependence trees"), with
 * two the greedy search of Zhang et al. 2017 (PrivBayes) without its noise. "Missing" is a level of its own, so missing
 * cells keep their relation to the other columns. A combination of parents that training never showed falls back to the
 * first parent alone, then to the column's own distribution. Within a bin a training value is drawn in proportion to its
 * rows. All sums are of whole numbers or in a fixed order: the model has the same bits in every engine.
 *
 * The model holds training values: treat it as personal data when the table is. No formal privacy follows; for that see
 * {@link fitDpTree}.
 *
 * @param table - At least `minBin` rows; NaN and infinities must be marked missing.
 * @param options - See {@link BayesianNetworkOptions}.
 * @returns Plain data; `report` holds the network and what was pooled, replaced, constant or given up.
 * {@link sampleBayesianNetwork} draws from it.
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `DUPLICATE_COLUMN`, `LENGTH_MISMATCH`, `BAD_VALUE` (NaN, infinity),
 * `UNKNOWN_COLUMN`, `KIND_MISMATCH`, `OUT_OF_RANGE` (no room for numeric placeholders), `BAD_OPTION`, `ABORTED`.
 * @example
 * const table = fromColumns({ sex: ['F', 'M', 'F', 'M', 'F'], pay: [1, 2, 1, 2, 1] });
 * const model = fitBayesianNetwork(table, { minBin: 1, rareLevelMin: 0 });
 * model.report.network.map(({ column, parents }) => [column, ...parents]); // => [['sex'], ['pay', 'sex']]
 */
export function fitBayesianNetwork(
  table: Table,
  options: BayesianNetworkOptions & JobOptions = {},
): BayesianNetworkModel {
  const { maxParents = 2, maxBins = 32, minBin = 20, maxCells = 20_000, parentCandidates = 16 } = options;
  const { smoothing = 0, rareLevelMin = 5, identifiers = [], measurements = [] } = options;
  checkWhole('maxParents', maxParents, 0);
  if (maxParents > 2)
    throw new SynthproofError('BAD_OPTION', `maxParents: expected 0, 1 or 2, received ${maxParents}`, {
      argument: 'maxParents',
    });
  checkWhole('maxBins', maxBins, 1);
  checkWhole('minBin', minBin, 1);
  checkWhole('maxCells', maxCells, 1);
  checkWhole('parentCandidates', parentCandidates, 1);
  if (maxCells > MOST_CELLS)
    throw new SynthproofError('BAD_OPTION', `maxCells: expected at most ${MOST_CELLS}, received ${maxCells}`, {
      argument: 'maxCells',
    });
  if (!(smoothing >= 0 && smoothing <= 1e9))
    throw new SynthproofError('BAD_OPTION', `smoothing: expected rows from 0 to 1e9, received ${smoothing}`, {
      argument: 'smoothing',
    });
  const checked = checkTable(table, 1);
  if (checked.rowCount < minBin)
    throw new SynthproofError(
      'BAD_OPTION',
      `minBin: expected at most the table's ${checked.rowCount} rows, received ${minBin}; give more rows, or lower minBin knowing that draws then come from fewer people`,
      { argument: 'minBin' },
    );
  const synthesize = options.synthesize ?? checked.columns.map((column) => column.name);
  checkColumnOptions(checked, { rareLevelMin, identifiers, measurements, synthesize });
  return fitNetwork(
    checked,
    {
      search: { maxParents, maxCells, parentCandidates, score: 'corrected' },
      maxBins,
      smoothing,
      plan: { minLeaf: minBin, rareLevelMin, identifiers, measurements, synthesize },
    },
    options,
  );
}
