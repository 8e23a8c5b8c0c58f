import { auditBias } from '../bias/index.ts';
import { measureQuality } from '../quality/index.ts';
import type { Column, JobOptions, Table } from '../types.ts';
import {
  type CompareOptions,
  columnScorer,
  compareProfiles,
  type DriftReport,
  profileValues,
} from '../value-drift/index.ts';
import { detectTableMark, type TableMarkPlan } from '../watermark/index.ts';
import type { GovernMeasures, GovernOptions } from './govern-types.ts';
import { type PoolRule, poolRareLevels } from './pool-rare-levels.ts';

/** Progress of one part under the name of that part. */
export function partOf({ onProgress, signal }: JobOptions, stage: string): JobOptions {
  return { signal, onProgress: onProgress && ((progress) => onProgress({ ...progress, stage })) };
}

const isNumeric = (column: Column): boolean =>
  column.kind === 'number' || column.kind === 'integer' || column.kind === 'datetime';

/** What {@link measureGoverned} looks at. */
export interface MeasureParts {
  /** The real table. */
  readonly source: Table;
  /** The same with derived columns. */
  readonly derivedSource: Table;
  /** The synthetic table. */
  readonly table: Table;
  /** The same with derived columns. */
  readonly derived: Table;
  /** Plan of its mark. */
  readonly plan: TableMarkPlan | null;
  /** Columns of placeholders: nothing in them can be like the source. */
  readonly placeholders: readonly string[];
  /** Levels that the fit pooled: the audit compares groups as the generator saw them. */
  readonly pooled: readonly PoolRule[];
  /** Options of the run. */
  readonly options: GovernOptions;
}

const names = (table: Table): string[] => table.columns.map((column) => column.name);

/** Every measure: fidelity and mark on the tables as they are, bias and drift with the derived columns too. */
export function measureGoverned(parts: MeasureParts): GovernMeasures {
  const { source, derivedSource, table, derived, plan, placeholders, pooled, options } = parts;
  // Public, so that a verifier who has the source can repeat each figure; the run's own seed stays sealed.
  const seed = measureSeed(options.dataset);
  const { bias, mark } = options;
  const job = (stage: string): JobOptions => partOf(options, stage);
  const driftColumns =
    options.drift?.columns ??
    derivedSource.columns
      .filter((column) => isNumeric(column) && !placeholders.includes(column.name))
      .map((column) => column.name);
  const quality = measureQuality(source, table, {
    ...options.quality,
    skip: [...(options.quality?.skip ?? []), ...placeholders],
    seed,
    ...job('measure fidelity'),
  });
  const audit = bias
    ? auditBias(poolRareLevels(derivedSource, pooled), derived, {
        ...bias,
        // Placeholders stand for nothing in the source.
        columns: bias.columns ?? names(derived).filter((name) => !placeholders.includes(name)),
        seed: bias.seed ?? seed,
        ...job('measure bias'),
      })
    : null;
  const drift =
    driftColumns.length === 0
      ? null
      : compareColumns(derivedSource, derived, driftColumns, {
          seed,
          permutations: options.drift?.permutations,
          ...job('measure drift'),
        });
  const verdict = mark && plan ? detectTableMark(table, plan, { key: mark.key, ...job('detect mark') }) : null;
  return { quality, bias: audit, drift, mark: verdict };
}

/** Drift of numeric columns from source to copy. */
export function compareColumns(
  source: Table,
  synthetic: Table,
  columns: readonly string[],
  options: CompareOptions,
): DriftReport {
  const scorer = columnScorer(source, columns);
  return compareProfiles(profileValues(source, scorer), profileValues(synthetic, scorer), options);
}

/** Seed of splits and permutations: public and bound to the release. */
function measureSeed(dataset: GovernOptions['dataset']): string {
  return `measure/${dataset.name}/${dataset.version}`;
}
