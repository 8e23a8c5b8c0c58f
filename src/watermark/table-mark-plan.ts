import type { ColumnKind } from '../types.ts';

/** What the plan knows of one column. Nothing in it depends on the key. */
export interface TableMarkColumn {
  /** Position in the reference table; part of every label, so later reordering changes nothing. */
  readonly id: number;
  /** Name; a suspect table's columns are found by it. */
  readonly name: string;
  /** Kind in the reference table. */
  readonly kind: ColumnKind;
  /** `carrier`: bears signs and gives context; `context`: gives context only; `locked`: left out of the mark. */
  readonly role: 'carrier' | 'context' | 'locked';
  /** Why a column is locked. Absent otherwise. */
  readonly lockedBecause?:
    | 'listed'
    | 'label'
    | 'text'
    | 'all-distinct'
    | 'constant'
    | 'too-many-levels'
    | 'no-values'
    | undefined;
  /** `number`: quantile bins; `level`: one bin a level. Absent when locked. */
  readonly coding?: 'number' | 'level' | undefined;
  /** Granularity of a datetime column: bins count whole days or milliseconds since 1970. */
  readonly unit?: 'day' | 'millisecond' | undefined;
  /** `number` coding: inner edges of the base bins, ascending, in the column's unit. */
  readonly edges?: readonly number[] | undefined;
  /** `number` coding: level of each base bin on a grid of 64 equal shares, 0 to 63; coarser grids are its leading bits. */
  readonly levels?: readonly number[] | undefined;
  /** `level` coding: canonical texts, sorted by code unit. */
  readonly labels?: readonly string[] | undefined;
  /** Rows of the reference in each base bin or level: guides which signs matter when rows are chosen. */
  readonly counts?: readonly number[] | undefined;
  /** Width of a comb bin, in the column's unit; absent when the column is too coarse for a comb. */
  readonly combStep?: number | undefined;
  /** Comb columns: values so frequent (zeros, caps) that they take no part in the comb. */
  readonly combSkip?: readonly number[] | undefined;
  /** Decimals of a number column in the reference, at most 17. */
  readonly decimals?: number | undefined;
}

/** How units are laid out. */
export interface TableMarkParameters {
  /** Bins of each channel of a number column, powers of two up to 64. */
  readonly channelBins: readonly number[];
  /** Levels a number column has as context, and blocks it has as carrier; a power of two. */
  readonly contextLevels: number;
  /** Context columns are added until their joint effective number of values reaches this. */
  readonly contextTarget: number;
  /** Most context columns of one block. */
  readonly contextMax: number;
  /** Most channels, chosen by the layout key; null for all. */
  readonly channelMax: number | null;
  /** Added to the expected count under the root of a unit's weight. */
  readonly kappa: number;
}

/**
 * The watermark record: all that a detector needs beside the table and the key. Plain JSON data, made without the key,
 * not secret; keep it with the release's lineage.
 */
export interface TableMarkPlan {
  /** Discriminant. */
  readonly kind: 'synthproof-table-mark';
  /** Version of the unit layout and the labels. */
  readonly version: 1;
  /** How the mark is embedded: `select` keeps the best of several candidate rows and alters no cell. */
  readonly preset: 'select';
  /** Names the release; salt of the keys. */
  readonly tableId: string;
  /** Rows of the reference. */
  readonly referenceRows: number;
  /** Rows that the marked table was planned to have. */
  readonly rows: number;
  /** Number of columns that carry the mark; 0 means that this table cannot be marked. */
  readonly carriers: number;
  /** True when no column is fine-grained and the contexts were widened: dropping a column then costs most of the mark. */
  readonly lowCardinality: boolean;
  /** Layout parameters. */
  readonly parameters: TableMarkParameters;
  /** The columns, in the reference's order. */
  readonly columns: readonly TableMarkColumn[];
}
