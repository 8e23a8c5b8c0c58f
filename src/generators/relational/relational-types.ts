import type { ColumnKind, Model, Table } from '../../types.ts';
import type { FitReport, TreeBasedModel } from '../model-types.ts';
import type { CartOptions } from '../trees/fit-cart.ts';

/** A table whose rows belong to rows of the table before it. */
export interface RelationalLink {
  /** The child table. */
  readonly child: Table;
  /** Column of the parent table that names its rows: no cell missing, no two equal. */
  readonly key: string;
  /** Column of the child table that holds the parent's key. */
  readonly foreignKey: string;
  /** Numeric or datetime column of the child table by which siblings follow each other. Default: the order of rows. */
  readonly orderBy?: string | undefined;
}

/** Tables that {@link fitRelational} learns: a parent, its child, and on request a chain below the child. */
export interface RelationalInput extends RelationalLink {
  /** The parent table. */
  readonly parent: Table;
  /** Links below the child: grandchild first. The `key` of each is a column of the table before it. */
  readonly below?: readonly RelationalLink[] | undefined;
}

/** Options of one table; they mean the same as in {@link CartOptions}. */
export type RelationalTableOptions = Pick<
  CartOptions,
  'minLeaf' | 'rareLevelMin' | 'identifiers' | 'measurements' | 'smoothing'
>;

/** Options of {@link fitRelational}. */
export interface RelationalOptions {
  /** Options per table: parent, child, then those below. Default: the defaults of {@link CartOptions}. */
  readonly tables?: readonly RelationalTableOptions[] | undefined;
}

/** How one table hangs on the one before it. */
export interface RelationalLevel {
  /** Columns of the table in order. */
  readonly columns: readonly string[];
  /** Column of the parent table that names its rows. */
  readonly key: string;
  /** Column that holds the parent's key. */
  readonly foreignKey: string;
  /** Kind of that column. */
  readonly foreignKind: ColumnKind;
  /** Column by which siblings follow each other; null when it is the order of rows. */
  readonly orderBy: string | null;
  /** Kind and unit of that column; null without one. */
  readonly orderKind: 'number' | 'integer' | 'day' | 'millisecond' | null;
  /** Most children of one parent in training; no sample has more. */
  readonly maxChildren: number;
}

/** What a relational fit did with one table. */
export interface RelationalTableReport extends FitReport {
  /** Rows left out because their foreign key is missing; 0 for the parent. */
  readonly withoutKey: number;
  /** Rows left out because no parent has their foreign key; 0 for the parent. */
  readonly orphans: number;
}

/** Model of {@link fitRelational}. */
export interface RelationalModel extends Model {
  /** Discriminant. */
  readonly kind: 'relational';
  /** Format and sampling algorithm. */
  readonly version: 1;
  /** Always true: leaves hold training values. */
  readonly embedsTrainingValues: true;
  /** Trees of each table: parent, child, then those below. Their columns are the table's own and those that they are conditioned on. */
  readonly tables: readonly TreeBasedModel[];
  /** How each table but the first hangs on the one before it. */
  readonly levels: readonly RelationalLevel[];
  /** SHA-256 (hex) of the canonical JSON of the fields above: keys every draw. */
  readonly digest: string;
  /** What was left out, pooled or replaced, per table. */
  readonly report: readonly RelationalTableReport[];
}

/** Result of {@link sampleRelational}. */
export interface RelationalSample {
  /** Parent rows. */
  readonly parent: Table;
  /** Children of these rows, parent by parent. */
  readonly child: Table;
  /** Tables below the child, in the order of the links. */
  readonly below: readonly Table[];
}
