import type { Cell, ColumnKind, Model } from '../../types.ts';

/** `low <= high` in every row. Both columns hold numbers, or both datetimes. */
export interface InequalityConstraint {
  /** Discriminant. */
  readonly kind: 'inequality';
  /** Column of the smaller cell. */
  readonly low: string;
  /** Column of the larger cell. */
  readonly high: string;
  /** Whether equal cells violate it. Default false. */
  readonly strict?: boolean | undefined;
  /** Name in reports and errors. Default: the rule in words. */
  readonly name?: string | undefined;
}

/** A cell from `min` to `max`, both included. Numeric and datetime columns (epoch milliseconds). */
export interface RangeConstraint {
  /** Discriminant. */
  readonly kind: 'range';
  /** Column. */
  readonly column: string;
  /** Least value. Default: no bound. */
  readonly min?: number | undefined;
  /** Greatest value. Default: no bound. */
  readonly max?: number | undefined;
  /** Name in reports and errors. Default: the rule in words. */
  readonly name?: string | undefined;
}

/** Only listed combinations of cells, for example of city and country. A missing cell is a value like any other here. */
export interface FixedCombinationsConstraint {
  /** Discriminant. */
  readonly kind: 'fixedCombinations';
  /** Two or more columns. */
  readonly columns: readonly string[];
  /** The combinations, cells in the order of `columns`. Default: those of the source; declare them when the generator is differentially private. */
  readonly allowed?: readonly (readonly Cell[])[] | undefined;
  /** Name in reports and errors. Default: the rule in words. */
  readonly name?: string | undefined;
}

/** No two rows of the table with equal cells in all the columns. Rows with a missing cell among them are not compared, as in SQL. */
export interface UniqueConstraint {
  /** Discriminant. */
  readonly kind: 'unique';
  /** One or more columns. */
  readonly columns: readonly string[];
  /** Name in reports and errors. Default: the rule in words. */
  readonly name?: string | undefined;
}

/** Numeric columns that add up to another column or to a constant. */
export interface SumConstraint {
  /** Discriminant. */
  readonly kind: 'sum';
  /** The parts: two or more columns. */
  readonly columns: readonly string[];
  /** Column of the total, or the total itself. */
  readonly total: string | number;
  /** Largest allowed difference. Default 1e-9 times the total, at least 1e-9: exact for whole numbers. */
  readonly tolerance?: number | undefined;
  /** Name in reports and errors. Default: the rule in words. */
  readonly name?: string | undefined;
}

/** Any rule of one row as a function. It cannot be stored: a model keeps its name and columns. */
export interface PredicateConstraint {
  /** Discriminant. */
  readonly kind: 'predicate';
  /** Name in models, reports and errors. */
  readonly name: string;
  /** Columns that it reads. */
  readonly columns: readonly string[];
  /** Whether a row with these cells (null when missing, epoch milliseconds for datetimes) is allowed. Must be pure. */
  readonly holds: (cells: Readonly<Record<string, Cell>>) => boolean;
}

/**
 * A rule that every row of a table satisfies. Plain data that survives JSON, predicates excepted. A row with a missing
 * cell among the columns of an inequality, range, sum or unique rule satisfies it (SQL's rule for CHECK and UNIQUE).
 */
export type Constraint =
  | InequalityConstraint
  | RangeConstraint
  | FixedCombinationsConstraint
  | UniqueConstraint
  | SumConstraint
  | PredicateConstraint;

/** A constraint as a model keeps it: a predicate without its function. */
export type StoredConstraint = Exclude<Constraint, PredicateConstraint> | Omit<PredicateConstraint, 'holds'>;

/** Violations of one constraint in a table. */
export interface ConstraintViolations {
  /** The constraint's name. */
  readonly constraint: string;
  /** Its kind. */
  readonly kind: Constraint['kind'];
  /** Rows that violate it; of a unique rule, rows that repeat an earlier one. */
  readonly violations: number;
  /** The first of them, 0-based, at most `maxRows`. */
  readonly rows: readonly number[];
}

/**
 * How a constrained generator meets a constraint. `fused`: the columns are learnt as one column of combinations;
 * `difference`: `high - low` is learnt in place of `high`; `total`: one column is computed from the others; `rejection`:
 * rows that violate it are drawn again.
 */
export type ConstraintMethod = 'fused' | 'difference' | 'total' | 'rejection';

/** One column of the source, as a constrained sample shows it. */
export interface ConstrainedColumn {
  /** Name. */
  readonly name: string;
  /** Kind. */
  readonly kind: ColumnKind;
  /** Unit of a datetime column; null otherwise. */
  readonly unit: 'day' | 'millisecond' | null;
}

/** One change between the source's columns and the columns that the wrapped generator learns. */
export type ConstraintStep =
  | {
      /** The columns became one category column of combinations, written as JSON arrays. */
      readonly step: 'fused';
      /** Position of the constraint. */
      readonly constraint: number;
      /** Name of the new column. */
      readonly column: string;
      /** The columns it stands for. */
      readonly columns: readonly string[];
    }
  | {
      /** `column` became the difference between it and `low`. */
      readonly step: 'difference';
      /** Position of the constraint. */
      readonly constraint: number;
      /** The larger column. */
      readonly column: string;
      /** The smaller column. */
      readonly low: string;
      /** Size of a unit of the difference: 86,400,000 for days, 1 otherwise. */
      readonly unit: number;
      /** Decimals of the larger column. */
      readonly decimals: number;
      /** Least value of the larger column in the source. */
      readonly min: number;
      /** Greatest value of the larger column in the source. */
      readonly max: number;
    }
  | {
      /** `column` was taken out; it is `constant` plus the `plus` columns less the `minus` columns. */
      readonly step: 'total';
      /** Position of the constraint. */
      readonly constraint: number;
      /** The column taken out. */
      readonly column: string;
      /** Constant part. */
      readonly constant: number;
      /** Columns added. */
      readonly plus: readonly string[];
      /** Columns subtracted. */
      readonly minus: readonly string[];
      /** Decimals of the column. */
      readonly decimals: number;
    };

/** What a constrained fit found and did. */
export interface ConstrainedReport {
  /** Source rows. */
  readonly rows: number;
  /** Source rows left out of the fit because they violate a row constraint. */
  readonly dropped: number;
  /** Violations in the source per constraint. */
  readonly violations: readonly ConstraintViolations[];
  /** How each constraint is met, in the order of the constraints. */
  readonly methods: readonly ConstraintMethod[];
}

/** Model of {@link constrainGenerator}: the wrapped generator's model and how its rows become constrained rows. */
export interface ConstrainedModel<M extends Model> extends Model {
  /** Discriminant. */
  readonly kind: 'constrained';
  /** Format and sampling algorithm. */
  readonly version: 1;
  /** Id of the wrapped generator. */
  readonly generator: string;
  /** Model of the wrapped generator. */
  readonly inner: M;
  /** The constraints. */
  readonly constraints: readonly StoredConstraint[];
  /** Per constraint, the combinations a fixed-combinations rule allows; null for other kinds. */
  readonly allowed: readonly (readonly (readonly Cell[])[] | null)[];
  /** The source's columns in order. */
  readonly columns: readonly ConstrainedColumn[];
  /** Changes of columns, in the order in which they are undone. */
  readonly steps: readonly ConstraintStep[];
  /** What was found and done. */
  readonly report: ConstrainedReport;
}
