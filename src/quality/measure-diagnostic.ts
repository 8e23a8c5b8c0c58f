import type { ColumnKind, Table } from '../types.ts';
import { boundaryAdherence } from './boundary-adherence.ts';
import { categoryAdherence } from './category-adherence.ts';
import { isContinuous } from './internal-columns.ts';
import { checkTable } from './internal-match-columns.ts';
import { checkedOptions, computed, notComputed } from './internal-measure.ts';
import { meanOfPresent } from './internal-quality-scores.ts';
import type { QualityMeasure, QualityMeasureOptions } from './quality-measure.ts';
import type { SkippedColumn } from './quality-result.ts';
import { tableStructure } from './table-structure.ts';

/** Result of {@link measureDiagnostic}: plain JSON-safe data. */
export interface DiagnosticResult {
  /** Mean of the two parts that can be computed. */
  readonly overall: QualityMeasure;
  /** Mean of the columns' figures: values inside the real bounds, levels that the real column has. */
  readonly dataValidity: QualityMeasure;
  /** Same columns and kinds. */
  readonly dataStructure: QualityMeasure;
  /** Per column, in the real table's order. */
  readonly columns: readonly {
    /** Column name. */
    readonly column: string;
    /** Kind in the real table. */
    readonly kind: ColumnKind;
    /** `boundaryAdherence` or `categoryAdherence`. */
    readonly validity: QualityMeasure;
  }[];
  /** Columns that were not checked, and why. */
  readonly skipped: readonly SkippedColumn[];
}

/**
 * Checks whether a synthetic table is well formed beside the real one: values in bounds, known levels, same columns.
 *
 * Figures run from 0 to 1, larger is better; 1 is what a generator should reach, it does not mean that the data are
 * alike. Source: SDMetrics 0.29, DiagnosticReport (single table, without keys).
 *
 * @param real - Real table.
 * @param synthetic - Synthetic table.
 * @param options - See {@link QualityMeasureOptions}.
 * @returns See {@link DiagnosticResult}.
 * @throws {@link SynthproofError} `KIND_MISMATCH` when a column has another kind in the synthetic table;
 * `LENGTH_MISMATCH`, `DUPLICATE_COLUMN` for a malformed table; `BAD_OPTION`, `OUT_OF_RANGE` for options.
 * @example
 * const real = createTable([integerColumn('age', [20, 30, 40, 50])]);
 * const result = measureDiagnostic(real, createTable([integerColumn('age', [20, 30, 40, 90])]));
 * result.dataValidity.value; // => 0.75
 * result.overall.value; // => 0.875
 */
export function measureDiagnostic(
  real: Table,
  synthetic: Table,
  options: QualityMeasureOptions = {},
): DiagnosticResult {
  checkedOptions(options);
  checkTable(real, 'real');
  checkTable(synthetic, 'synthetic');
  const columns: DiagnosticResult['columns'][number][] = [];
  const skipped: SkippedColumn[] = [];
  const realNames = new Set<string>();
  for (const column of real.columns) {
    const { name, kind } = column;
    realNames.add(name);
    const other = synthetic.columns.find((candidate) => candidate.name === name);
    if (!other) skipped.push({ column: name, kind, reason: 'NOT_IN_SYNTHETIC' });
    else if (kind === 'text') skipped.push({ column: name, kind, reason: 'TEXT' });
    else {
      const measure = isContinuous(kind) ? boundaryAdherence : categoryAdherence;
      columns.push({ column: name, kind, validity: measure(column, other, options) });
    }
  }
  for (const { name, kind } of synthetic.columns)
    if (!realNames.has(name)) skipped.push({ column: name, kind, reason: 'NOT_IN_REAL' });
  const structure = tableStructure(real, synthetic);
  const validity = meanOfPresent(columns.map((entry) => entry.validity.value));
  const overall = meanOfPresent([validity, structure.value]);
  const joined = (metric: string, value: number | null): QualityMeasure =>
    value === null
      ? notComputed(metric, 'NOTHING_TO_AVERAGE', real.rowCount, synthetic.rowCount)
      : computed(metric, value, real.rowCount, synthetic.rowCount);
  return {
    overall: joined('diagnosticScore', overall),
    dataValidity: joined('dataValidity', validity),
    dataStructure: structure,
    columns,
    skipped,
  };
}
