import { SynthproofError } from '../errors.ts';
import { binomial } from '../random/binomial.ts';
import { createRng } from '../random/create-rng.ts';
import type { JobOptions, Rng, Table } from '../types.ts';
import type { OutcomeSpec } from './internal-encode.ts';
import { checkRng } from './internal-encode.ts';
import { readScanCells, searchSubgroup } from './internal-scan.ts';

/** What {@link scanSubgroups} searches. */
export interface ScanSubgroupsSpec {
  /** Columns whose levels define subgroups. */
  readonly columns: readonly string[];
  /** The observed outcome. */
  readonly outcome: OutcomeSpec;
  /** Column of expected probabilities, between 0 and 1; default: the outcome's overall rate for every row. */
  readonly expected?: string | undefined;
  /** `positive`: subgroups where the outcome is more frequent than expected; `negative`: less frequent. */
  readonly direction: 'positive' | 'negative';
  /** Subtracted from the score per level that the subgroup names, at least 0: larger for simpler subgroups. Default 0.5. */
  readonly penalty?: number | undefined;
}

/** Options of {@link scanSubgroups}. */
export interface ScanSubgroupsOptions extends JobOptions {
  /** Random restarts of the search. Default 5. */
  readonly restarts?: number | undefined;
  /** Simulated outcomes for the p-value; 0 for none. Default 99. */
  readonly simulations?: number | undefined;
  /** Stream of restarts and simulations. Default: a fixed public one. */
  readonly rng?: Rng | undefined;
}

/** Result of {@link scanSubgroups}. */
export interface SubgroupScan {
  /** The subgroup that deviates most: per column that it restricts, the levels it holds; empty means all rows. */
  readonly subgroup: readonly {
    /** Column. */
    readonly column: string;
    /** Levels, in label order. */
    readonly levels: readonly string[];
  }[];
  /** Rows of the subgroup. */
  readonly n: number;
  /** Rows of it with the outcome. */
  readonly observed: number;
  /** Sum of the expected probabilities in it. */
  readonly expected: number;
  /** Penalised log-likelihood ratio, >= 0; 0 when nothing deviates in this direction. */
  readonly score: number;
  /** Factor on the odds at which the likelihood is greatest. */
  readonly oddsFactor: number;
  /** Share of searches over simulated outcomes (and this one) that score as high: controls for the search itself. Null without simulations. */
  readonly pValue: number | null;
  /** Rows left out because a column, the outcome or the expectation is missing. */
  readonly leftOut: number;
}

/**
 * Bias scan: the subgroup, over all combinations of levels of all columns, in which the outcome deviates most from what
 * was expected, with a p-value that accounts for having searched.
 *
 * Source: Zhang & Neill 2017 (multi-dimensional subset scan): coordinate ascent over columns; for each column the best
 * set of levels among exponentially many is found by sweeping the odds factor.
 *
 * @param table - The rows.
 * @param spec - See {@link ScanSubgroupsSpec}.
 * @param options - See {@link ScanSubgroupsOptions}.
 * @returns See {@link SubgroupScan}. The search is a heuristic: a higher-scoring subgroup may exist.
 * @throws {@link SynthproofError} `UNKNOWN_COLUMN`, `BAD_OPTION`, `BAD_VALUE` for expectations outside (0, 1), `EMPTY_INPUT`, `ABORTED`.
 * @example
 * const job = ['a', 'a', 'a', 'a', 'b', 'b', 'b', 'b'];
 * const rows = createTable([categoryColumn('job', job), booleanColumn('hit', job.map((one) => one === 'a'))]);
 * const scan = scanSubgroups(rows, { columns: ['job'], outcome: { column: 'hit' }, direction: 'positive' });
 * scan.subgroup; // => [{ column: 'job', levels: ['a'] }]
 */
export function scanSubgroups(table: Table, spec: ScanSubgroupsSpec, options: ScanSubgroupsOptions = {}): SubgroupScan {
  const { penalty = 0.5 } = spec;
  const { restarts = 5, simulations = 99 } = options;
  if (spec.direction !== 'positive' && spec.direction !== 'negative')
    throw new SynthproofError(
      'BAD_OPTION',
      `direction: expected 'positive' or 'negative', received ${spec.direction}`,
      {
        argument: 'direction',
      },
    );
  if (!(penalty >= 0 && penalty < Number.POSITIVE_INFINITY))
    throw new SynthproofError('OUT_OF_RANGE', `penalty: expected a number of at least 0, received ${penalty}`, {
      argument: 'penalty',
    });
  for (const [argument, count] of [
    ['restarts', restarts],
    ['simulations', simulations],
  ] as const)
    if (!(Number.isSafeInteger(count) && count >= 0))
      throw new SynthproofError('BAD_OPTION', `${argument}: expected a whole number of at least 0, received ${count}`, {
        argument,
      });
  const rng = options.rng ?? createRng('synthproof/bias-scan');
  checkRng(rng, 'rng');
  const cells = readScanCells(table, spec);
  const search = { cells, penalty, up: spec.direction === 'positive', restarts, signal: options.signal };
  const best = searchSubgroup(search, cells.hits, rng.stream('search'));
  let atLeast = 1;
  const draws = rng.stream('simulations');
  for (let k = 0; k < simulations; k++) {
    const stream = draws.stream(k);
    const simulated = Float64Array.from(cells.n, (n, cell) => binomial(stream, n, cells.rates[cells.rateOf[cell]!]!));
    if (searchSubgroup(search, simulated, stream.stream('search')).score >= best.score) atLeast++;
    options.onProgress?.({ stage: 'scanSubgroups', done: k + 1, total: simulations });
  }
  let n = 0;
  let observed = 0;
  let expected = 0;
  for (let cell = 0; cell < cells.n.length; cell++) {
    if (!best.chosen.every((levels, c) => levels[cells.codes[c]![cell]!] === 1)) continue;
    n += cells.n[cell]!;
    observed += cells.hits[cell]!;
    expected += cells.n[cell]! * cells.rates[cells.rateOf[cell]!]!;
  }
  return {
    subgroup: spec.columns.flatMap((column, c) => {
      const levels = cells.labels[c]!.filter((_, level) => best.chosen[c]![level] === 1);
      return levels.length === cells.labels[c]!.length ? [] : [{ column, levels }];
    }),
    n,
    observed,
    expected,
    score: best.score,
    oddsFactor: best.q,
    pValue: simulations === 0 ? null : atLeast / (simulations + 1),
    leftOut: table.rowCount - cells.rows,
  };
}
