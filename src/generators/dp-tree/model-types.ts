import type { PrivacyLedger } from '../../dp/privacy-ledger.ts';
import type { Model } from '../../types.ts';
import type { ColumnShape } from '../model-types.ts';
import type { ConditionalTable } from '../shared/internal-network.ts';

/**
 * One column of a differentially private tree. Its declared states are the bins of a numeric column or the levels of a
 * category or boolean column, and last, where declared, "missing". States with few (noisy) rows are modelled in groups.
 */
export interface DpColumnModel extends ColumnShape {
  /** Declared bin edges of a numeric column; each bin ends before its upper edge (real numbers: the last one at it). Empty otherwise. */
  readonly edges: readonly number[];
  /** Whether the last declared state is "missing". */
  readonly missing: boolean;
  /** Number of groups; 0 for identifiers. */
  readonly size: number;
  /** Group of each declared state. */
  readonly groups: readonly number[];
  /** Weight of each declared state within its group, from noisy counts. */
  readonly weights: readonly number[];
  /** Distributions of the groups: given the parent where there is one, and alone. */
  readonly tables: readonly ConditionalTable[];
}

/** What a fit of a differentially private tree did. Every figure is public: declared, or made from noisy counts. */
export interface DpTreeReport {
  /** Number of training rows: as declared public, or estimated from the noisy counts. */
  readonly rows: number;
  /** Where `rows` comes from. */
  readonly rowsFrom: 'noisy' | 'declared';
  /** Edges of the tree, in the order in which the mechanism chose them. */
  readonly edges: readonly (readonly [string, string])[];
  /** Columns with grouped states. */
  readonly grouped: readonly {
    /** Column name. */
    readonly column: string;
    /** Declared states, "missing" among them. */
    readonly states: number;
    /** Groups they became. */
    readonly groups: number;
  }[];
  /** Standard deviation of the noise on each one-way count, in rows; 0 when there was none. */
  readonly oneWayNoise: number;
  /** Standard deviation of the noise on each two-way count, in rows; 0 when there was none. */
  readonly twoWayNoise: number;
  /** Columns that are not synthesised; absent when all are. */
  readonly kept?: readonly string[] | undefined;
}

/** A differentially private tree. It may be published: what it tells of any one row is bounded by `claim`. */
export interface DpTreeModel extends Model {
  /** Discriminant. */
  readonly kind: 'dp-tree';
  /** Format and sampling algorithm. */
  readonly version: 1;
  /** Always false: only declared values and noisy counts. */
  readonly embedsTrainingValues: false;
  /** What may be said of this release, with its assumptions. */
  readonly claim: string;
  /** Bound on the privacy loss of this release. */
  readonly epsilon: number;
  /** Chance with which the bound may fail. */
  readonly delta: number;
  /** Neighbouring tables: one has one row more than the other. */
  readonly neighbours: 'add-remove-one-row';
  /** Name of the noise source: `crypto`, `seeded-unsafe` (no privacy), or the caller's. */
  readonly noiseSource: string;
  /** The ledger after this release. */
  readonly ledger: PrivacyLedger;
  /** Columns in the table's order. */
  readonly columns: readonly DpColumnModel[];
  /** Positions of the columns in the order they are drawn: parents before children. */
  readonly order: readonly number[];
  /** SHA-256 (hex) of the canonical JSON of all other fields: keys every draw. */
  readonly digest: string;
  /** What was estimated, grouped and chosen. */
  readonly report: DpTreeReport;
}
