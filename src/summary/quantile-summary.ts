import { SynthproofError } from '../errors.ts';
import type { JsonValue } from '../hash/parse-strict-json.ts';
import { exp } from '../math/exp.ts';
import { log } from '../math/log.ts';
import { log1p } from '../math/log1p.ts';
import type { Table } from '../types.ts';
import { buildSummarizer } from './internal-build.ts';
import { checkNames, finiteCells, type LeftOutNumbers, numericCells } from './internal-columns.ts';
import { addCounts, badSummary, readCount, readDouble, readField, readList, writeDouble } from './internal-read.ts';
import type { Summarizer, SummaryState } from './summarizer.ts';

/** Options of {@link quantileSummary}. */
export interface QuantileOptions {
  /** Name of a number, integer, boolean or datetime column (milliseconds). */
  readonly column: string;
  /** Relative error of every quantile, 0.0001 to 0.5. Default 0.01. */
  readonly relativeError?: number | undefined;
  /** Which quantiles to report, each 0 to 1; not part of the state. Default .01, .05, .25, .5, .75, .95, .99. */
  readonly probabilities?: readonly number[] | undefined;
}

/** What {@link quantileSummary} reports. */
export interface QuantileReport extends Readonly<LeftOutNumbers> {
  /** The column. */
  readonly column: string;
  /** Relative error of the quantiles. */
  readonly relativeError: number;
  /** Finite values: the quantiles are of these. */
  readonly n: number;
  /** Least finite value, exact; null without values. */
  readonly minimum: number | null;
  /** Greatest finite value, exact; null without values. */
  readonly maximum: number | null;
  /** The quantiles, in the order asked for. */
  readonly quantiles: readonly {
    /** Probability, 0 to 1. */
    readonly probability: number;
    /** Estimate of the value of rank floor(probability * (n - 1)) from 0; null without values. */
    readonly value: number | null;
  }[];
}

interface Sketch extends LeftOutNumbers {
  n: number;
  zeros: number;
  minimum: number;
  maximum: number;
  positive: Map<number, number>;
  negative: Map<number, number>;
}

const LEFT_OUT = ['missing', 'nan', 'positiveInfinity', 'negativeInfinity'] as const;
const DEFAULT_PROBABILITIES = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];

/**
 * A mergeable sketch of a column's distribution that gives every quantile within a relative error, with no edges known
 * beforehand.
 *
 * Values are counted in buckets whose bounds rise by a factor (1 + e) / (1 - e), apart for each sign; zeros are counted
 * by themselves, least and greatest value kept. No buckets are ever collapsed, so the state depends on neither order nor
 * partitioning (KLL and t-digest do). NaN, infinities and missing cells are left out and counted.
 * Source: DDSketch, Masson, Rim and Lee 2019, sections 2.1 and 2.2.
 *
 * @param options - See {@link QuantileOptions}.
 * @returns The summarizer, kind `quantiles/1`. Within `relativeError`.
 * @throws {@link SynthproofError} `BAD_OPTION`, `OUT_OF_RANGE`; on update `UNKNOWN_COLUMN` and `KIND_MISMATCH`.
 * @example
 * const incomes = quantileSummary({ column: 'income', probabilities: [0.5] });
 * const state = summarize(incomes, [createTable([numberColumn('income', [10, 20, 30, 40, 1000])])]);
 * Math.abs(incomes.report(state).quantiles[0].value - 30) <= 0.3; // => true
 */
export function quantileSummary(
  options: QuantileOptions,
): Summarizer<Table, SummaryState<'quantiles/1'>, QuantileReport> {
  const [column] = checkNames([options.column], 'column', 1) as [string];
  const { relativeError = 0.01, probabilities = DEFAULT_PROBABILITIES } = options;
  if (!(relativeError >= 0.0001 && relativeError <= 0.5))
    throw new SynthproofError('OUT_OF_RANGE', `relativeError: expected 0.0001 to 0.5, received ${relativeError}`, {
      argument: 'relativeError',
    });
  if (!Array.isArray(probabilities) || !probabilities.every((p: unknown) => typeof p === 'number' && p >= 0 && p <= 1))
    throw new SynthproofError('OUT_OF_RANGE', 'probabilities: expected a list of numbers from 0 to 1', {
      argument: 'probabilities',
    });
  const asked = [...(probabilities as readonly number[])];
  const logGamma = log1p(relativeError) - log1p(-relativeError);
  const largest = Math.ceil(746 / logGamma);
  return buildSummarizer(
    'quantiles/1',
    { column, relativeError },
    {
      empty: (): Sketch => ({
        n: 0,
        zeros: 0,
        minimum: Number.POSITIVE_INFINITY,
        maximum: Number.NEGATIVE_INFINITY,
        positive: new Map(),
        negative: new Map(),
        missing: 0,
        nan: 0,
        positiveInfinity: 0,
        negativeInfinity: 0,
      }),
      add(data, table) {
        const cells = finiteCells(numericCells(table, column));
        const { values, n } = cells;
        for (let i = 0; i < n; i++) {
          const x = values[i]!;
          if (x > 0) count(data.positive, Math.ceil(log(x) / logGamma) + 0, 1);
          else if (x < 0) count(data.negative, Math.ceil(log(-x) / logGamma) + 0, 1);
          else data.zeros++;
        }
        extend(data, cells);
      },
      combine(into, from) {
        for (const [index, rows] of from.positive) count(into.positive, index, rows);
        for (const [index, rows] of from.negative) count(into.negative, index, rows);
        into.zeros = addCounts(into.zeros, from.zeros);
        extend(into, from);
      },
      write: (data) => ({
        zeros: data.zeros,
        minimum: data.n === 0 ? null : writeDouble(data.minimum),
        maximum: data.n === 0 ? null : writeDouble(data.maximum),
        positive: writeBuckets(data.positive),
        negative: writeBuckets(data.negative),
        missing: data.missing,
        nan: data.nan,
        positiveInfinity: data.positiveInfinity,
        negativeInfinity: data.negativeInfinity,
      }),
      read(value) {
        const positive = readBuckets(readField(value, 'positive', '/state'), largest, '/state/positive');
        const negative = readBuckets(readField(value, 'negative', '/state'), largest, '/state/negative');
        const zeros = readCount(readField(value, 'zeros', '/state'), '/state/zeros');
        let n = zeros;
        for (const rows of positive.values()) n = addCounts(n, rows);
        for (const rows of negative.values()) n = addCounts(n, rows);
        const [missing, nan, positiveInfinity, negativeInfinity] = LEFT_OUT.map((cause) =>
          readCount(readField(value, cause, '/state'), `/state/${cause}`),
        ) as [number, number, number, number];
        let minimum = Number.POSITIVE_INFINITY;
        let maximum = Number.NEGATIVE_INFINITY;
        if (n > 0) {
          minimum = readDouble(readField(value, 'minimum', '/state'), '/state/minimum');
          maximum = readDouble(readField(value, 'maximum', '/state'), '/state/maximum');
          if (minimum > maximum) throw badSummary('/state/minimum', 'at most the maximum');
        }
        return { n, zeros, minimum, maximum, positive, negative, missing, nan, positiveInfinity, negativeInfinity };
      },
      report(data): QuantileReport {
        const { n, minimum, maximum, missing, nan, positiveInfinity, negativeInfinity } = data;
        const quantiles = asked.map((probability) => ({
          probability,
          value: n === 0 ? null : valueAt(data, Math.floor(probability * (n - 1)), logGamma, relativeError),
        }));
        return {
          column,
          relativeError,
          n,
          minimum: n === 0 ? null : minimum + 0,
          maximum: n === 0 ? null : maximum + 0,
          quantiles,
          missing,
          nan,
          positiveInfinity,
          negativeInfinity,
        };
      },
    },
  );
}

function count(buckets: Map<number, number>, index: number, rows: number): void {
  buckets.set(index, addCounts(buckets.get(index) ?? 0, rows));
}

function extend(into: Sketch, from: LeftOutNumbers & { n: number; minimum: number; maximum: number }): void {
  into.n = addCounts(into.n, from.n);
  into.minimum = Math.min(into.minimum, from.minimum);
  into.maximum = Math.max(into.maximum, from.maximum);
  for (const cause of LEFT_OUT) into[cause] = addCounts(into[cause], from[cause]);
}

function sortedBuckets(buckets: Map<number, number>): [number, number][] {
  return [...buckets].sort((a, b) => a[0] - b[0]);
}

function writeBuckets(buckets: Map<number, number>): JsonValue {
  return sortedBuckets(buckets);
}

function readBuckets(value: unknown, largest: number, path: string): Map<number, number> {
  const buckets = new Map<number, number>();
  const list = readList(value, path);
  for (let i = 0; i < list.length; i++) {
    const [index, rows] = readList(list[i], `${path}/${i}`, 2);
    if (typeof index !== 'number' || !Number.isInteger(index) || Math.abs(index) > largest)
      throw badSummary(`${path}/${i}/0`, `a whole number of at most ${largest} in size`);
    if (readCount(rows, `${path}/${i}/1`) === 0) throw badSummary(`${path}/${i}/1`, 'a count above 0');
    buckets.set(index + 0, rows as number);
  }
  return buckets;
}

/** The value of a rank from 0: the middle of its bucket, in relative terms, within the extremes. */
function valueAt(data: Sketch, rank: number, logGamma: number, relativeError: number): number {
  // 2 gamma^i / (gamma + 1) is (1 - e) gamma^i: at most the factors 1 - e and 1 + e away from the bucket's ends.
  const middle = (index: number): number => exp(index * logGamma + log1p(-relativeError));
  const within = (value: number): number => Math.max(data.minimum, Math.min(data.maximum, value)) + 0;
  let seen = 0;
  for (const [index, rows] of sortedBuckets(data.negative).reverse()) {
    seen += rows;
    if (seen > rank) return within(-middle(index));
  }
  seen += data.zeros;
  if (seen > rank) return within(0);
  for (const [index, rows] of sortedBuckets(data.positive)) {
    seen += rows;
    if (seen > rank) return within(middle(index));
  }
  return data.maximum + 0;
}
