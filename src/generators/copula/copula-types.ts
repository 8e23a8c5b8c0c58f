import type { Model } from '../../types.ts';
import type { ColumnReport, ColumnShape } from '../model-types.ts';

/** Ordered levels of a category or boolean column, as neighbouring intervals of its latent normal. */
export interface LevelsMarginal {
  /** Discriminant. */
  readonly kind: 'levels';
  /** Codes (booleans: 0 false, 1 true) in latent order, lowest first; only levels that occur. */
  readonly codes: readonly number[];
  /** Training rows in this level and those before it, ascending. */
  readonly ends: readonly number[];
}

/** A quantile function of steps: a step with `low` = `high` is a spike, another is a straight line from `low` to `high`. */
export interface StepsMarginal {
  /** Discriminant. */
  readonly kind: 'steps';
  /** Observed training rows in this step and those before it, ascending. */
  readonly ends: readonly number[];
  /** Value at the start of the step. */
  readonly low: readonly number[];
  /** Value at the end of the step. */
  readonly high: readonly number[];
}

/** A normal distribution. */
export interface NormalMarginal {
  /** Discriminant. */
  readonly kind: 'normal';
  /** Mean of the observed values. */
  readonly mean: number;
  /** Their deviation, divided by n. */
  readonly deviation: number;
}

/** How a column's latent normal becomes a cell. */
export type CopulaMarginal = LevelsMarginal | StepsMarginal | NormalMarginal;

/** One column of a {@link CopulaModel}. `values` is empty but for a constant column. */
export interface CopulaColumn extends ColumnShape {
  /** Null unless modelled, or kept and informative. */
  readonly marginal: CopulaMarginal | null;
  /** Position in the latent normal of the value; -1 where there is no marginal. */
  readonly latent: number;
  /** Position in the latent normal of the missing indicator; -1 when no cell is missing or the role draws none. */
  readonly missingLatent: number;
  /** Training rows whose cell is missing; 0 when there is no missing indicator. */
  readonly missingRows: number;
}

/** What a fit of {@link fitCopula} did: nothing is left out silently. */
export interface CopulaReport extends ColumnReport {
  /** Numeric columns: what the model holds of their distribution. */
  readonly marginals: readonly {
    /** Column name. */
    readonly column: string;
    /** Spikes: values held as they are, with their rows. */
    readonly spikes: number;
    /** Straight pieces between knots. */
    readonly pieces: number;
    /** Fewest training rows behind a value that the model holds: the rows of a spike, or the rows a knot is the mean of. */
    readonly rowsBehind: number;
  }[];
  /** Nominal columns whose levels were put in order by their association with the other columns. */
  readonly ordered: readonly string[];
  /** Pairs of latent variables that were never observed to vary together: their correlation was set to 0. */
  readonly pairsUnseen: number;
  /** Eigenvalues of the pairwise correlations below 1e-8 that were lifted to it. */
  readonly eigenvaluesLifted: number;
  /** Largest change of a correlation by that repair. */
  readonly largestChange: number;
  /** Share a of the identity in (1 - a) R + a I; 0 unless there are fewer rows than latent variables. */
  readonly shrinkage: number;
}

/** A Gaussian copula over columns of all kinds. */
export interface CopulaModel extends Model {
  /** Discriminant. */
  readonly kind: 'copula';
  /** Format and sampling algorithm. */
  readonly version: 1;
  /** Training rows. */
  readonly rows: number;
  /** Columns in table order. */
  readonly columns: readonly CopulaColumn[];
  /** Correlation of the latent variables, n * n entries row by row. */
  readonly correlation: readonly number[];
  /** SHA-256 (hex) of the canonical JSON of all fields above and `kind`, `version`, `report`: keys every draw. */
  readonly digest: string;
  /** What was pooled, replaced, constant, repaired or given up. */
  readonly report: CopulaReport;
}
