import type { Model } from '../../types.ts';
import type { ColumnReport, ColumnShape } from '../model-types.ts';
import type { ConditionalTable } from '../shared/internal-network.ts';

/**
 * One column of a Bayesian network. Its states are the bins of a numeric column or the levels of a category or boolean
 * column, and last, where cells were missing, "missing". `values` are the distinct observed values of a numeric column,
 * ascending (the lowest of each bin for kept columns).
 */
export interface BayesianColumnModel extends ColumnShape {
  /** Training rows of each of `values`, which are drawn within a bin; empty unless numeric and modelled. */
  readonly counts: readonly number[];
  /** Positions in `values` where the bins of a numeric column start, and once more the end; empty otherwise. */
  readonly bins: readonly number[];
  /** Number of states; 0 when the column plays no part in the network. */
  readonly states: number;
  /** Whether the last state is "missing". */
  readonly missing: boolean;
  /** Distributions of the states, from most parents to none; empty unless drawn. */
  readonly tables: readonly ConditionalTable[];
}

/** What a fit of a Bayesian network did. */
export interface BayesianNetworkReport extends ColumnReport {
  /** Bins of each numeric column in the network. */
  readonly bins: readonly {
    /** Column name. */
    readonly column: string;
    /** Number of bins. */
    readonly bins: number;
    /** Training rows in the smallest bin. */
    readonly smallestBin: number;
  }[];
  /** The network in drawing order. */
  readonly network: readonly {
    /** Column name. */
    readonly column: string;
    /** Names of its parents, the more informative first; none for a column that nothing before it informs of, or whose tables would pass `maxCells`. */
    readonly parents: readonly string[];
    /** Mutual information with the parents together in nats, after the Miller-Madow correction; 0 without parents. */
    readonly information: number;
  }[];
}

/** A Bayesian network over the binned columns. */
export interface BayesianNetworkModel extends Model {
  /** Discriminant. */
  readonly kind: 'bayesian-network';
  /** Format and sampling algorithm. */
  readonly version: 1;
  /** Always true: the values drawn within a bin are training values. Treat the model as personal data when the source is. */
  readonly embedsTrainingValues: true;
  /** Columns in table order. */
  readonly columns: readonly BayesianColumnModel[];
  /** Positions of the synthesised columns in the order they are drawn: parents before children. */
  readonly order: readonly number[];
  /** SHA-256 (hex) of the canonical JSON of all other fields: keys every draw. */
  readonly digest: string;
  /** What was pooled, replaced, constant or given up, and the network that was found. */
  readonly report: BayesianNetworkReport;
}
