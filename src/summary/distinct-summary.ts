import { fromBase64 } from '../hash/from-base64.ts';
import { toBase64 } from '../hash/to-base64.ts';
import { LN2 } from '../math/constants.ts';
import type { Table } from '../types.ts';
import { buildSummarizer } from './internal-build.ts';
import { hashKey, rowHash } from './internal-cell-hash.ts';
import { checkNames, checkWhole } from './internal-columns.ts';
import { addCounts, badSummary, readCount, readField, readText } from './internal-read.ts';
import type { Summarizer, SummaryState } from './summarizer.ts';

/** Options of {@link distinctSummary}. */
export interface DistinctOptions {
  /** Names of the columns whose combinations of cells are counted; at least one, of any kind. */
  readonly columns: readonly string[];
  /** 2^precision registers of one byte, 4 to 18. Relative standard error 1.04 / sqrt(2^precision). Default 14: 0.8 %. */
  readonly precision?: number | undefined;
  /** Seed of the hash, any text: change it when data might be made up to mislead the sketch. Default ''. */
  readonly seed?: string | undefined;
}

/** What {@link distinctSummary} reports. */
export interface DistinctReport {
  /** The columns, as given. */
  readonly columns: readonly string[];
  /** Estimated number of distinct combinations; 0 without rows. */
  readonly distinct: number;
  /** Relative standard error of the estimate. */
  readonly relativeError: number;
  /** Rows counted. */
  readonly rows: number;
  /** Rows in which every one of the columns is missing: not counted. */
  readonly missing: number;
}

interface Registers {
  rows: number;
  missing: number;
  registers: Uint8Array;
}

/** Bits of hash behind the register's index. */
const BITS = 64;

/**
 * A mergeable estimate of the number of distinct values or combinations, in 2^precision bytes however many there are.
 *
 * HyperLogLog on 64 hash bits beside the index, with the improved raw estimator, which needs neither bias tables nor
 * switches. Merging takes the greater register, so the state depends on the set of values alone.
 * Source: Flajolet et al. 2007; estimator of Ertl 2017 (arXiv 1702.01284), algorithm 6.
 *
 * @param options - See {@link DistinctOptions}.
 * @returns The summarizer, kind `distinct/1`.
 * @throws {@link SynthproofError} `BAD_OPTION`, `OUT_OF_RANGE`; on update `UNKNOWN_COLUMN`.
 * @example
 * const people = distinctSummary({ columns: ['id'] });
 * const rows = createTable([integerColumn('id', [7, 7, 8, 9, null])]);
 * const report = people.report(summarize(people, [rows, rows]));
 * Math.round(report.distinct); // => 3
 * report.missing; // => 2
 */
export function distinctSummary(
  options: DistinctOptions,
): Summarizer<Table, SummaryState<'distinct/1'>, DistinctReport> {
  const columns = checkNames(options.columns, 'columns', 1);
  const precision = checkWhole(options.precision ?? 14, 'precision', 4, 18);
  const { seed = '' } = options;
  const key = hashKey(seed);
  const size = 2 * (1 << (precision - 1));
  return buildSummarizer(
    'distinct/1',
    { columns, precision, seed },
    {
      empty: (): Registers => ({ rows: 0, missing: 0, registers: new Uint8Array(size) }),
      add(data, table) {
        const { registers } = data;
        const hash = rowHash(table, columns, key);
        const words = new Uint32Array(4);
        const shift = 32 - precision;
        let missing = 0;
        for (let row = 0; row < table.rowCount; row++) {
          if (!hash(words, row)) {
            missing++;
            continue;
          }
          const index = words[0]! >>> shift;
          const high = words[1]!;
          // Place of the first 1 among 64 bits, counted from 1; 65 when there is none.
          const rank = high !== 0 ? Math.clz32(high) + 1 : Math.clz32(words[2]!) + 33;
          if (rank > registers[index]!) registers[index] = rank;
        }
        data.missing = addCounts(data.missing, missing);
        data.rows = addCounts(data.rows, table.rowCount - missing);
      },
      combine(into, from) {
        into.rows = addCounts(into.rows, from.rows);
        into.missing = addCounts(into.missing, from.missing);
        for (let i = 0; i < size; i++)
          if (from.registers[i]! > into.registers[i]!) into.registers[i] = from.registers[i]!;
      },
      write: ({ rows, missing, registers }) => ({ rows, missing, registers: toBase64(registers) }),
      read(value) {
        const rows = readCount(readField(value, 'rows', '/state'), '/state/rows');
        const missing = readCount(readField(value, 'missing', '/state'), '/state/missing');
        const text = readText(readField(value, 'registers', '/state'), '/state/registers', /^[A-Za-z0-9+/]+={0,2}$/);
        const expected = `base64 of ${size} bytes up to ${BITS + 1}`;
        if (text.length !== 4 * Math.ceil(size / 3)) throw badSummary('/state/registers', expected);
        const registers = fromBase64(text);
        let used = 0;
        for (const register of registers) {
          if (register > BITS + 1) throw badSummary('/state/registers', expected);
          if (register > 0) used++;
        }
        if (registers.length !== size || used > rows || (used === 0) !== (rows === 0))
          throw badSummary('/state/registers', expected);
        return { rows, missing, registers };
      },
      report: ({ rows, missing, registers }): DistinctReport => ({
        columns,
        distinct: estimate(registers),
        relativeError: 1.04 / Math.sqrt(size),
        rows,
        missing,
      }),
    },
  );
}

/** Ertl 2017, algorithm 6. Only sums, products and square roots: the same bits everywhere. */
function estimate(registers: Uint8Array): number {
  const size = registers.length;
  const counts = new Float64Array(BITS + 2);
  for (let i = 0; i < size; i++) counts[registers[i]!]!++;
  if (counts[0] === size) return 0;
  let z = size * tau(1 - counts[BITS + 1]! / size);
  for (let k = BITS; k >= 1; k--) z = 0.5 * (z + counts[k]!);
  z += size * sigma(counts[0]! / size);
  return ((size / z) * size) / (2 * LN2);
}

/** x + sum of x^(2^k) 2^(k-1) over k from 1, for x below 1. */
function sigma(x: number): number {
  let power = x;
  let scale = 1;
  let total = x;
  for (;;) {
    power *= power;
    const before = total;
    total += power * scale;
    scale += scale;
    if (total === before) return total;
  }
}

/** (1 - x - sum of (1 - x^(2^-k))^2 2^-k over k from 1) / 3. */
function tau(x: number): number {
  if (x === 0 || x === 1) return 0;
  let root = x;
  let scale = 1;
  let total = 1 - x;
  for (;;) {
    root = Math.sqrt(root);
    const before = total;
    scale *= 0.5;
    total -= (1 - root) * (1 - root) * scale;
    if (total === before) return total / 3;
  }
}
