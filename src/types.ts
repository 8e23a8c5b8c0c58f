/** The kinds of column a {@link Table} holds. */
export type ColumnKind = 'number' | 'integer' | 'boolean' | 'category' | 'datetime' | 'text';

/** What every column has. */
export interface ColumnBase {
  /** The column's name, unique in its table. */
  readonly name: string;
  /**
   * Validity bitmap in Arrow layout: bit `i & 7` of byte `i >> 3` is 1 when row i holds a value, 0 when it is missing.
   * Absent when no value is missing. This bitmap alone decides what is missing; NaN in a number column is a value.
   */
  readonly validity?: Uint8Array | undefined;
}

/** Real numbers. Cells of missing rows hold NaN. */
export interface NumberColumn extends ColumnBase {
  /** Discriminant. */
  readonly kind: 'number';
  /** One double per row. */
  readonly values: Float64Array;
}

/** Whole numbers up to 2^53 - 1 in size. Cells of missing rows hold NaN. */
export interface IntegerColumn extends ColumnBase {
  /** Discriminant. */
  readonly kind: 'integer';
  /** One whole double per row. */
  readonly values: Float64Array;
}

/** True or false. Cells of missing rows hold 0. */
export interface BooleanColumn extends ColumnBase {
  /** Discriminant. */
  readonly kind: 'boolean';
  /** 1 for true, 0 for false. */
  readonly values: Uint8Array;
}

/** One of a list of labels. Cells of missing rows hold -1. */
export interface CategoryColumn extends ColumnBase {
  /** Discriminant. */
  readonly kind: 'category';
  /** Index into `labels`, one per row. */
  readonly codes: Int32Array;
  /** The distinct labels, sorted by UTF-16 code unit, whether or not each occurs. */
  readonly labels: readonly string[];
}

/** A point in time. Cells of missing rows hold NaN. */
export interface DatetimeColumn extends ColumnBase {
  /** Discriminant. */
  readonly kind: 'datetime';
  /** Whole milliseconds since 1970-01-01T00:00:00Z. */
  readonly values: Float64Array;
  /** What a cell states: a calendar day (written `YYYY-MM-DD`) or an instant (written as RFC 3339 in UTC). */
  readonly unit: 'day' | 'millisecond';
}

/** Free text, names and identifiers. Cells of missing rows hold ''. */
export interface TextColumn extends ColumnBase {
  /** Discriminant. */
  readonly kind: 'text';
  /** One string per row. */
  readonly values: readonly string[];
}

/** One named column of values. */
export type Column = NumberColumn | IntegerColumn | BooleanColumn | CategoryColumn | DatetimeColumn | TextColumn;

/** Columns of equal length. An array, because object keys that look like integers are reordered by the language. */
export interface Table {
  /** Number of rows. */
  readonly rowCount: number;
  /** The columns in order. */
  readonly columns: readonly Column[];
}

/** One cell as a plain value: null when missing; datetimes are epoch milliseconds. */
export type Cell = number | string | boolean | null;

/** The state of an {@link Rng}: JSON-safe, enough to continue it. */
export interface RngState {
  /** Engine and version, for example `threefry4x32-20/1`. */
  readonly engine: string;
  /** Key words. */
  readonly key: readonly number[];
  /** Stream index. */
  readonly stream: number;
  /** Number of 32-bit words already drawn. */
  readonly position: number;
}

/**
 * A source of reproducible random words. Streams are independent and need no coordination, so shard i
 * of N draws what it would have drawn alone.
 */
export interface Rng {
  /** The next 32 bits, 0 to 2^32 - 1. */
  nextUint32(): number;
  /** Fills the buffer with the next words and returns it. */
  fill(out: Uint32Array): Uint32Array;
  /** An independent stream, by purpose (string) or by index (whole number from 0); never shifts this one. */
  stream(id: string | number): Rng;
  /** The state, JSON-safe. */
  state(): RngState;
}

/** An interval estimate. */
export interface Interval {
  /** Lower end. */
  readonly lower: number;
  /** Upper end. */
  readonly upper: number;
  /** Nominal coverage, 0 to 1. */
  readonly level: number;
  /** How it was made, for example `wilson`, `newcombe`, `bootstrap-percentile`. */
  readonly method: string;
}

/**
 * One measured figure. It survives JSON: no NaN, no Infinity. When it cannot be computed `value` is null and
 * `reason` says why.
 */
export interface Measure {
  /** The metric's name. */
  readonly metric: string;
  /** The figure, or null when it cannot be computed. */
  readonly value: number | null;
  /** Lowest and highest possible value; null for unbounded. */
  readonly range: readonly [number | null, number | null];
  /** Which way is better: larger, smaller, near 0, near 1, or none (descriptive). */
  readonly goal: 'maximize' | 'minimize' | 'zero' | 'one' | 'none';
  /** Number of observations behind the figure. */
  readonly n: number;
  /** Interval of the figure. */
  readonly interval?: Interval | undefined;
  /** p-value of the stated test, 0 to 1. */
  readonly pValue?: number | undefined;
  /** Literal code that says why `value` is null. */
  readonly reason?: string | undefined;
}

/** What every fitted model has: plain data that survives JSON. */
export interface Model {
  /** Generator that made it and that samples it, for example `cart`. */
  readonly kind: string;
  /** Version of the model's format and sampling algorithm. */
  readonly version: number;
  /** True when the model holds values of single training rows (donors, names): treat the model as personal data then. */
  readonly embedsTrainingValues: boolean;
}

/** How many rows to draw, and which. Row i of a sample depends only on the model, the seed and i. */
export interface SampleOptions {
  /** Number of rows. */
  readonly rows: number;
  /** Seed; any text. */
  readonly seed: string;
  /** Index of the first row, default 0: shard k of size s samples `{rows: s, offset: k * s}`. */
  readonly offset?: number | undefined;
}

/** Families of methods that make data. */
export type GeneratorFamily =
  | 'statistical'
  | 'tree'
  | 'gan'
  | 'diffusion'
  | 'llm'
  | 'simulation'
  | 'rule'
  | 'augmentation'
  | 'other';

/** What whoever wrote a generator says of it, for the lineage record. */
export interface GeneratorFacts {
  /** Family of methods. */
  readonly family: GeneratorFamily;
  /** Name and version of the program. Default: the version of the model's format alone. */
  readonly version?: string | undefined;
  /** Random engine and what a second run gives; absent: the record states neither. */
  readonly repeatable?:
    | {
        /** Name and version of the random engine. */
        readonly prng: string;
        /** The same bits, the same distribution, or nothing promised. */
        readonly determinism: 'bitwise' | 'statistical' | 'none';
      }
    | undefined;
}

/** A generator as one object, so that a pipeline takes any: ours or the caller's. */
export interface Generator<Options, M extends Model> {
  /** Name, stored in the lineage record. */
  readonly id: string;
  /** What the record may state beyond the name. Default: nothing. */
  readonly facts?: GeneratorFacts | undefined;
  /** Learns a model from a table. */
  fit(table: Table, options: Options): M;
  /** Draws rows. */
  sample(model: M, options: SampleOptions): Table;
}

/** Progress of a long job. */
export interface Progress {
  /** What is being done, for example `fit`. */
  readonly stage: string;
  /** Steps finished. */
  readonly done: number;
  /** Steps in all. */
  readonly total: number;
}

/** Options of every long job. */
export interface JobOptions {
  /** Called as work advances. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Aborts the job: the function throws `ABORTED` at its next step. */
  readonly signal?:
    | {
        /** Whether the job is to stop. */
        readonly aborted: boolean;
      }
    | undefined;
}

/** One call of a {@link TextModel}. */
export interface TextRequest {
  /** What the model is asked. */
  readonly prompt: string;
  /** Standing instruction, where the model takes one. */
  readonly system?: string | undefined;
  /** Wish for a repeatable answer; services keep it at best effort, so nothing may rest on it. */
  readonly seed?: number | undefined;
  /** Sampling temperature, 0 and up; default: the model's own. */
  readonly temperature?: number | undefined;
  /** Most tokens of the answer; default: the model's own. */
  readonly maxTokens?: number | undefined;
  /** Aborts the call. */
  readonly signal?: JobOptions['signal'];
}

/** The answer of a {@link TextModel}. Its text is hostile until it has been checked. */
export interface TextResponse {
  /** The answer. */
  readonly text: string;
  /** Model that answered, with its version. */
  readonly modelId: string;
  /** Why it stopped. */
  readonly finishReason: 'stop' | 'length' | 'refusal' | 'error' | 'other';
  /** What it cost, where the model says so. */
  readonly usage?:
    | {
        /** Tokens read. */
        readonly inputTokens: number;
        /** Tokens written. */
        readonly outputTokens: number;
      }
    | undefined;
}

/** The model port: a text generator or judge that the caller provides. Nothing in the library calls a network. */
export interface TextModel {
  /** Name, stored in lineage records and cache keys. */
  readonly id: string;
  /** Answers one request. */
  generate(request: TextRequest): Promise<TextResponse>;
}

/** One sentence of a report. */
export interface Finding {
  /** `good`: as wished; `note`: to know; `warning`: look at it; `risk`: a risk was found. Never "safe" or "compliant". */
  readonly level: 'good' | 'note' | 'warning' | 'risk';
  /** Plain words, with the figures. */
  readonly text: string;
}

/** One cell of a report's table. */
export type ReportCell = string | number | null;

/** A table of a report. */
export interface ReportTable {
  /** Heading. */
  readonly title: string;
  /** Column headings. */
  readonly columns: readonly string[];
  /** Rows of cells; null is shown as a dash. */
  readonly rows: readonly (readonly ReportCell[])[];
  /** What the reader must know beside it. */
  readonly note?: string | undefined;
}

/** One series of points. */
export interface ChartSeries {
  /** Name shown in the legend. */
  readonly name: string;
  /** Positions: numbers, or category names. */
  readonly x: readonly (number | string)[];
  /** Heights; null leaves a gap. */
  readonly y: readonly (number | null)[];
}

/** What every chart has. */
export interface ChartBase {
  /** Heading. */
  readonly title: string;
  /** Label of the horizontal axis. */
  readonly xLabel: string;
  /** Label of the vertical axis. */
  readonly yLabel: string;
}

/** Bars side by side, lines, steps (ecdf) or points: one or more series over the same x. */
export interface SeriesChart extends ChartBase {
  /** Discriminant. */
  readonly kind: 'bar' | 'line' | 'step' | 'scatter';
  /** The series. */
  readonly series: readonly ChartSeries[];
}

/** Coloured cells. */
export interface HeatmapChart extends ChartBase {
  /** Discriminant. */
  readonly kind: 'heatmap';
  /** Column names. */
  readonly x: readonly string[];
  /** Row names. */
  readonly y: readonly string[];
  /** `values[row][column]`; null is shown empty. */
  readonly values: readonly (readonly (number | null)[])[];
  /** Values that get the lightest and the darkest colour; default: least and greatest value. */
  readonly domain?: readonly [number, number] | undefined;
}

/** Points with horizontal intervals, one line each (a forest plot). */
export interface IntervalChart extends ChartBase {
  /** Discriminant. */
  readonly kind: 'interval';
  /** One line each; a null value is shown as a gap. */
  readonly items: readonly {
    /** Row label. */
    readonly label: string;
    /** Series name, for colour. */
    readonly group?: string | undefined;
    /** Point. */
    readonly value: number | null;
    /** Left end. */
    readonly lower?: number | undefined;
    /** Right end. */
    readonly upper?: number | undefined;
  }[];
  /** A vertical line to compare with. */
  readonly reference?: number | undefined;
}

/** A picture as data; `report/` renders it to SVG or Vega-Lite. */
export type Chart = SeriesChart | HeatmapChart | IntervalChart;

/** A report as data; `report/` renders it to Markdown, HTML, or a notebook. */
export interface Report {
  /** Heading. */
  readonly title: string;
  /** What was found, most important first. */
  readonly findings: readonly Finding[];
  /** Tables. */
  readonly tables: readonly ReportTable[];
  /** Pictures. */
  readonly charts: readonly Chart[];
  /** Reports of the parts, in order, each shown under its own heading after the findings, tables and charts above. */
  readonly sections?: readonly Report[] | undefined;
}
