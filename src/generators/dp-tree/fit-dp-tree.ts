import { chargePrivacy } from '../../dp/charge-privacy.ts';
import { createPrivacyLedger } from '../../dp/create-privacy-ledger.ts';
import type { NoiseSource } from '../../dp/noise-source.ts';
import type { PrivacyLedger } from '../../dp/privacy-ledger.ts';
import { SynthproofError } from '../../errors.ts';
import type { JobOptions, Table } from '../../types.ts';
import { checkNames, checkWhole } from '../shared/internal-options.ts';
import type { DpColumnDomain } from './domain.ts';
import { planBudget } from './internal-budget.ts';
import { planDomain, undeclared } from './internal-domain.ts';
import { measureTree } from './internal-fit.ts';
import { type MatchedColumn, matchColumns } from './internal-match.ts';
import type { DpTreeModel } from './model-types.ts';

/** Options of {@link fitDpTree}. */
export interface DpTreeOptions {
  /** Public knowledge of every column of the table, from a code book or a law and never from the data. */
  readonly domain: readonly DpColumnDomain[];
  /** Bound on the privacy loss of this release, above 0. */
  readonly epsilon: number;
  /** Chance with which the bound may fail, above 0 and below 1; well below one over the number of rows. */
  readonly delta: number;
  /** Where the noise comes from: `cryptoNoise()` for a release; see {@link NoiseSource}. */
  readonly noise: NoiseSource;
  /** Earlier releases about the same people: this one is charged to it. Default: a new ledger with this release's budget. */
  readonly ledger?: PrivacyLedger | undefined;
  /** Name of the data in the ledger. Default `table`. */
  readonly data?: string | undefined;
  /** Number of rows when it is public; by default it is estimated from the noisy counts and costs nothing extra. */
  readonly publicRows?: number | undefined;
  /**
   * Partial synthesis: only these columns are replaced. The others are measured with the same noise, and their real cells are
   * handed in again at sampling: `claim` then covers the model, not the kept cells of a sample. Default: all columns.
   */
  readonly synthesize?: readonly string[] | undefined;
  /** Most cells of a two-way table after grouping; larger pairs are no edges. Default 20,000. */
  readonly maxCells?: number | undefined;
}

/**
 * Learns a table with differential privacy: noisy one-way counts of every column and noisy two-way counts along a
 * spanning tree, from which rows are drawn root to leaves (McKenna, Miklau & Sheldon 2021, "Winning the NIST contest: MST").
 *
 * A third of the budget (in zCDP) each goes to one-way counts, to the choice of the tree by the exponential mechanism, and
 * to two-way counts. Noise is exact discrete Gaussian, in whole numbers. Counts are then made consistent: inverse-variance
 * averages, projection to non-negative totals, iterative proportional fitting; that and all sampling cost nothing more.
 * Neighbouring tables differ by one row added or removed; protecting a person with k rows costs about k times epsilon.
 *
 * Nothing but counts is taken from the data. A cell outside the declared domain is counted in a fixed place (the nearest bin,
 * the level `other`), and how many there were is not reported, since that number would leak. For the same reason no cell
 * can cause an error: NaN counts as missing. What is not protected: the table's column names and kinds, the time that a fit
 * takes, and anything the caller does with the table before. The same call made twice is two releases: keep the ledger.
 *
 * @param table - Any number of rows, also none; each column must be declared.
 * @param options - See {@link DpTreeOptions}.
 * @returns Plain data that may be published, with the ledger; {@link sampleDpTree} draws from it by seed.
 * @throws {@link SynthproofError} `UNDECLARED_DOMAIN` (a column, bounds or labels not declared), `OVER_BUDGET` (before the
 * table is read), `BAD_OPTION`, `OUT_OF_RANGE` (epsilon, delta), `UNKNOWN_COLUMN`, `KIND_MISMATCH`, `LENGTH_MISMATCH`,
 * `DUPLICATE_COLUMN`, `BAD_VALUE` (a broken noise source), `ABORTED`.
 * @example
 * const table = createTable([booleanColumn('member', [true, true, false])]);
 * const noise = unsafeSeededNoise('only a test');
 * const model = fitDpTree(table, { domain: [{ name: 'member', kind: 'boolean' }], epsilon: 1, delta: 1e-9, noise });
 * [model.noiseSource, model.embedsTrainingValues]; // => ['seeded-unsafe', false]
 */
export function fitDpTree(table: Table, options: DpTreeOptions & JobOptions): DpTreeModel {
  const { epsilon, delta, noise, publicRows, data = 'table', maxCells = 20_000 } = options;
  if (options.domain === undefined)
    throw undeclared(
      'expected one entry a column; bounds, bins and labels must be public knowledge, not read from data',
    );
  if (typeof noise?.nextUint32 !== 'function' || typeof noise.source !== 'string')
    throw new SynthproofError('BAD_OPTION', 'noise: expected a NoiseSource, for example cryptoNoise()', {
      argument: 'noise',
    });
  checkWhole('maxCells', maxCells, 1);
  if (publicRows !== undefined) checkWhole('publicRows', publicRows, 0);
  // All costs are known from the declared domain, so the budget is settled before the table is looked at.
  const own = createPrivacyLedger({ epsilon, delta });
  const domain = planDomain(options.domain);
  const modelled = domain.filter((column) => column.states > 0).length;
  const budget = planBudget(modelled, own.budget.rho, data);
  const ledger = chargePrivacy(options.ledger ?? own, budget.charges);
  const columns = keepColumns(table, matchColumns(table, domain), options.synthesize);
  return measureTree(columns, { budget, ledger, epsilon, delta, noise, publicRows, maxCells }, options);
}

/** Marks the columns that are not synthesised. Looks at names and kinds only. */
function keepColumns(
  table: Table,
  matched: readonly MatchedColumn[],
  synthesize: readonly string[] | undefined,
): readonly MatchedColumn[] {
  if (synthesize === undefined) return matched;
  checkNames('synthesize', table, synthesize);
  if (synthesize.length === 0)
    throw new SynthproofError(
      'BAD_OPTION',
      'synthesize: expected at least one column, received none; leave the option out to synthesise all columns',
      { argument: 'synthesize' },
    );
  return matched.map(({ domain, column }) => {
    if (synthesize.includes(column.name)) return { domain, column };
    // Labels that are not declared are read as the level that the fit counts them in.
    const pooledCode = column.kind === 'category' && domain.states > 0 ? domain.outside : -1;
    return { domain: { ...domain, shape: { ...domain.shape, kind: column.kind, role: 'kept', pooledCode } }, column };
  });
}
