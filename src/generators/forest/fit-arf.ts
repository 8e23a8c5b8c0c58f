import { SynthproofError } from '../../errors.ts';
import { canonicalJson } from '../../hash/canonical-json.ts';
import { sha256Hex } from '../../hash/sha256-hex.ts';
import { deriveKey } from '../../random/derive-key.ts';
import type { JobOptions, Table } from '../../types.ts';
import { checkColumnOptions, checkTable, checkWhole } from '../shared/internal-options.ts';
import { columnShape, isNumericKind, planColumns } from '../shared/internal-plan.ts';
import { isSmooth } from '../shared/internal-quantile-curve.ts';
import { fitForest } from './internal-fit.ts';
import type { ArfColumn, ArfModel } from './model-types.ts';

/** Options of {@link fitArf}. They survive JSON, so that they can go into the lineage record. */
export interface ArfOptions {
  /** Number of trees of each round. Default 20. */
  readonly trees?: number | undefined;
  /**
   * Fewest training rows in a leaf: every cell is drawn from at least so many rows. Default 5, the setting of the
   * published figures; 20 draws hardly any copy of a training row and is easier to tell from real data (see {@link fitArf}).
   */
  readonly minLeaf?: number | undefined;
  /** Most splits from the root to a leaf. Default 60. */
  readonly maxDepth?: number | undefined;
  /** Columns that a node tries. Default: the square root of the number of modelled columns, rounded down. */
  readonly candidates?: number | undefined;
  /** Most rounds after the first forest. Default 10. */
  readonly maxRounds?: number | undefined;
  /** A forest whose out-of-bag accuracy is at most .5 plus this ends the rounds. Default 0. */
  readonly tolerance?: number | undefined;
  /** Seed of bootstraps, candidate columns and the synthetic rows of the rounds; any text. Default `arf`. */
  readonly seed?: string | undefined;
  /**
   * Partial synthesis: only these columns are replaced. The others stay real, tell which leaves a row can lie in, and are
   * handed in again at sampling: a sample still holds real personal data. Default: all columns.
   */
  readonly synthesize?: readonly string[] | undefined;
  /** As in {@link CartOptions}. */
  readonly identifiers?: readonly string[] | undefined;
  /** As in {@link CartOptions}. */
  readonly measurements?: readonly string[] | undefined;
  /** Levels with fewer training rows are pooled into one, shown as `other`; 0 pools none. Default 5. */
  readonly rareLevelMin?: number | undefined;
  /** As in {@link CartOptions}. Default `auto`. */
  readonly smoothing?: 'none' | 'interpolate' | 'auto' | undefined;
}

/**
 * Learns a table as a forest of leaves in which the columns are independent (adversarial random forest; Watson, Blesch,
 * Kapar, Wright 2023, "Adversarial random forests for density estimation and generative modeling").
 *
 * A random forest learns to tell the real rows from synthetic ones: first from columns shuffled independently, then, round
 * by round, from rows drawn out of its own leaves, until its out-of-bag accuracy no longer falls or is at chance. The
 * last forest that improved is kept; leaves with fewer than `minLeaf` real rows are merged into their sibling. Where the
 * published method draws truncated normals in a leaf, {@link sampleArf} draws the training values in it: heaped numbers
 * stay heaped. The model also gives densities ({@link arfLogDensity}) and exact conditional draws ({@link sampleArfConditional}).
 *
 * Splits are by Gini on bootstrap samples; numeric columns with more than 256 distinct values are cut into as many bins
 * of about equally many rows; missing is a value of its own, on the side of a split where it fits best. All sums are of
 * whole numbers, and bootstraps and candidates come from counters: the same table (in the same order), options and seed
 * give the same bits in every engine.
 *
 * The model holds the training rows themselves, cell by cell: it is personal data when the table is, more so than a
 * CART model. No formal privacy follows. On Adult .6 % of the rows drawn at `minLeaf` 5 equal a training row, .04 % at 20.
 *
 * @param table - At least `minLeaf` rows; NaN and infinities must be marked missing.
 * @param options - See {@link ArfOptions}.
 * @returns Plain data; `report` says what was pooled, replaced, constant or given up, and how the rounds went.
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `DUPLICATE_COLUMN`, `LENGTH_MISMATCH`, `BAD_VALUE` (NaN, infinity),
 * `UNKNOWN_COLUMN`, `KIND_MISMATCH`, `OUT_OF_RANGE` (no room for numeric placeholders), `BAD_OPTION`, `BAD_TEXT`, `ABORTED`.
 * @example
 * const table = fromColumns({ sex: ['F', 'M', 'F', 'M'], pay: [1, 2, 1, 2] });
 * const model = fitArf(table, { trees: 3, minLeaf: 2, rareLevelMin: 0 });
 * model.trees.length; // => 3
 * model.embedsTrainingValues; // => true
 */
export function fitArf(table: Table, options: ArfOptions & JobOptions = {}): ArfModel {
  const { trees = 20, minLeaf = 5, maxDepth = 60, candidates, maxRounds = 10, tolerance = 0, seed = 'arf' } = options;
  const { identifiers = [], measurements = [], rareLevelMin = 5, smoothing = 'auto' } = options;
  checkWhole('trees', trees, 1);
  checkWhole('minLeaf', minLeaf, 1);
  checkWhole('maxDepth', maxDepth, 1);
  checkWhole('maxRounds', maxRounds, 0);
  if (candidates !== undefined) checkWhole('candidates', candidates, 1);
  if (!(tolerance >= 0 && tolerance <= 0.5))
    throw new SynthproofError('BAD_OPTION', `tolerance: expected a number from 0 to .5, received ${tolerance}`, {
      argument: 'tolerance',
    });
  const checked = checkTable(table, minLeaf);
  const synthesize = options.synthesize ?? checked.columns.map((column) => column.name);
  checkColumnOptions(checked, { rareLevelMin, identifiers, measurements, synthesize });
  const plan = planColumns(checked, { minLeaf, rareLevelMin, identifiers, measurements, synthesize });
  const key = deriveKey(seed, 'arf/1/fit');
  const settings = { trees, minLeaf, maxDepth, candidates, maxRounds, tolerance };
  const fitted = fitForest(plan.columns, checked.rowCount, settings, key, options);
  const cells = new Map(fitted.columns.map((column) => [column.position, column.cells]));
  const columns = plan.columns.map((planned, position): ArfColumn => {
    const own = cells.get(position) ?? [];
    const numeric = own.length > 0 && planned.role !== 'identifier' && isNumericKind(planned.column.kind);
    const drawn = numeric && planned.role === 'modelled';
    return {
      ...columnShape(planned, numeric ? Array.from(planned.encoded!.values) : []),
      cells: Array.from(own),
      smooth: drawn && isSmooth(planned.encoded!, smoothing) ? minLeaf : 0,
    };
  });
  const smoothed = columns.filter((column) => column.smooth > 0).map((column) => column.name);
  const report = { rows: checked.rowCount, ...plan.report, smoothed, ...fitted.report };
  const model = {
    kind: 'arf' as const,
    version: 1 as const,
    embedsTrainingValues: true as const,
    columns,
    trees: fitted.trees,
    report,
  };
  return { ...model, digest: sha256Hex(canonicalJson(model)) };
}
