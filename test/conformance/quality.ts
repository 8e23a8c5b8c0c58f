import {
  boundaryAdherence,
  categoryAdherence,
  categoryCoverage,
  contingencySimilarity,
  correlationSimilarity,
  ksComplement,
  measureDiagnostic,
  measureQuality,
  missingValueSimilarity,
  newRowSynthesis,
  type QualityResult,
  rangeCoverage,
  statisticSimilarity,
  tvComplement,
} from '../../src/quality/index.ts';
import { booleanColumn } from '../../src/table/boolean-column.ts';
import { categoryColumn } from '../../src/table/category-column.ts';
import { createTable } from '../../src/table/create-table.ts';
import { datetimeColumn } from '../../src/table/datetime-column.ts';
import { numberColumn } from '../../src/table/number-column.ts';
import { parseCsv } from '../../src/table/parse-csv.ts';
import { sliceRows } from '../../src/table/slice-rows.ts';
import { textColumn } from '../../src/table/text-column.ts';
import type { Column, Table } from '../../src/types.ts';
import type { FunctionTable } from './types.ts';

type Cells = readonly (number | string | boolean | null)[];
type Frame = Readonly<Record<string, Cells>>;

const compat = { mode: 'compat' } as const;

/** The reference spells what JSON cannot hold as text. */
const asNumber = (cell: Cells[number]): number | null =>
  cell === null || cell === 'NaN'
    ? null
    : cell === 'Infinity'
      ? Infinity
      : cell === '-Infinity'
        ? -Infinity
        : Number(cell);

const asText = (cell: Cells[number]): string | null => (cell === null ? null : String(cell));

const numbers = (cells: Cells, name = 'x'): Column => numberColumn(name, cells.map(asNumber));

/** Numbers as a number column, everything else as levels. */
function guessed(cells: Cells, name = 'x'): Column {
  const isNumeric =
    cells.every((cell) => cell === null || typeof cell === 'number') && cells.some((cell) => cell !== null);
  return isNumeric ? numbers(cells, name) : categoryColumn(name, cells.map(asText));
}

const levels = (cells: Cells, name = 'x'): Column => categoryColumn(name, cells.map(asText));

function typed(cells: Cells, name: string, sdtype: string): Column {
  switch (sdtype) {
    case 'numerical':
      return numbers(cells, name);
    case 'categorical':
      return levels(cells, name);
    case 'boolean':
      return booleanColumn(name, cells as readonly (boolean | null)[]);
    case 'datetime':
      return datetimeColumn(
        name,
        cells.map((cell) => (cell === null ? null : typeof cell === 'number' ? cell : Date.parse(String(cell)))),
      );
    default:
      return textColumn(name, cells.map(asText));
  }
}

interface Metadata {
  readonly columns: Readonly<Record<string, { readonly sdtype: string }>>;
}

const frame = (data: Frame, metadata: Metadata): Table =>
  createTable(Object.entries(metadata.columns).map(([name, { sdtype }]) => typed(data[name]!, name, sdtype)));

const metricName = (metric: string): string =>
  metric.startsWith('ks')
    ? 'KSComplement'
    : metric.startsWith('tv')
      ? 'TVComplement'
      : metric.charAt(0).toUpperCase() + metric.slice(1);

/** The reference refuses a correlation with such a column, whatever the threshold. */
function isConstant(table: Table, name: string): boolean {
  const column = table.columns.find((candidate) => candidate.name === name)!;
  if (column.kind !== 'number' && column.kind !== 'datetime') return false;
  return new Set(column.values.filter((value) => !Number.isNaN(value))).size === 1;
}

function reportOf(real: Table, synthetic: Table, result: QualityResult): unknown {
  const { thresholds } = result;
  return {
    overall: result.overall.value,
    properties: { 'Column Shapes': result.columnShapes.value, 'Column Pair Trends': result.columnPairTrends.value },
    details: {
      'Column Shapes': result.columns.map(({ column, shape }) => ({
        Column: column,
        Metric: metricName(shape.metric),
        Score: shape.value,
      })),
      'Column Pair Trends': result.pairs.map((pair) => {
        // Here the reference raises, and leaves everything it knows about the pair empty.
        const refused = [real, synthetic].some(
          (table) => isConstant(table, pair.first) || isConstant(table, pair.second),
        );
        const raised =
          pair.trend.reason === 'TOO_FEW_VALUES' || (pair.trend.metric === 'correlationSimilarity' && refused);
        return {
          'Column 1': pair.first,
          'Column 2': pair.second,
          Metric: metricName(pair.trend.metric),
          Score: pair.trend.value,
          'Real Correlation': raised ? null : pair.realCorrelation,
          'Synthetic Correlation': raised ? null : pair.syntheticCorrelation,
          // The reference leaves the association out when no threshold asks for it.
          'Real Association': thresholds.association > 0 ? pair.realAssociation : null,
          'Meets Threshold?': raised ? null : pair.meetsThreshold,
        };
      }),
    },
  };
}

function compatReport(real: Table, synthetic: Table, correlation: number, association: number): unknown {
  const thresholds = { correlation, association };
  const options = { ...compat, seed: 'conformance', noiseFloor: { repeats: 0 }, thresholds };
  return reportOf(real, synthetic, measureQuality(real, synthetic, options));
}

const constant = (cells: Cells): boolean => new Set(cells.filter((cell) => cell !== null)).size === 1;

export const qualityFunctions: FunctionTable = {
  ksComplement: ({ real, synthetic }) => ksComplement(numbers(real), numbers(synthetic), compat).value,
  tvComplement: ({ real, synthetic }) => {
    const measure = tvComplement(levels(real), levels(synthetic), compat);
    return measure.value === null ? { error: 'IncomputableMetricError' } : measure.value;
  },
  rangeCoverage: ({ real, synthetic }) => rangeCoverage(numbers(real), numbers(synthetic)).value,
  boundaryAdherence: ({ real, synthetic }) => boundaryAdherence(numbers(real), numbers(synthetic), compat).value,
  categoryCoverage: ({ real, synthetic }) => {
    const measure = categoryCoverage(levels(real), levels(synthetic));
    return measure.value === null ? { error: 'ZeroDivisionError' } : measure.value;
  },
  categoryAdherence: ({ real, synthetic }) => categoryAdherence(levels(real), levels(synthetic)).value,
  missingValueSimilarity: ({ real, synthetic }) => missingValueSimilarity(guessed(real), guessed(synthetic)).value,
  statisticSimilarity: ({ real, synthetic, statistic }) =>
    statisticSimilarity(numbers(real), numbers(synthetic), { statistic }).value,
  correlationSimilarity: ({ real, synthetic, coefficient, realCorrelationThreshold }) => {
    const names = Object.keys(real);
    if (names.some((name) => constant(real[name]) || constant(synthetic[name]))) return { error: 'ConstantInputError' };
    const pair = (data: Frame): [Column, Column] => [
      numbers(data[names[0]!]!, names[0]),
      numbers(data[names[1]!]!, names[1]),
    ];
    const measure = correlationSimilarity(pair(real), pair(synthetic), {
      ...compat,
      coefficient: coefficient?.toLowerCase(),
      realCorrelationThreshold,
    });
    if (measure.reason === 'TOO_FEW_VALUES' && measure.coefficient === 'pearson') return { error: 'ValueError' };
    return { score: measure.value, real: measure.real, synthetic: measure.synthetic };
  },
  contingencySimilarity: ({ real, synthetic, continuousColumns, bins, realAssociationThreshold }) => {
    const names = Object.keys(real);
    const column = (data: Frame, name: string): Column =>
      continuousColumns?.includes(name) ? numbers(data[name]!, name) : levels(data[name]!, name);
    const pair = (data: Frame): [Column, Column] => [column(data, names[0]!), column(data, names[1]!)];
    const measure = contingencySimilarity(pair(real), pair(synthetic), { bins, realAssociationThreshold });
    return { score: measure.value, real_association: realAssociationThreshold > 0 ? measure.realAssociation : null };
  },
  newRowSynthesis: ({ real, synthetic, metadata, numericalMatchTolerance }) => {
    const measure = newRowSynthesis(frame(real, metadata), frame(synthetic, metadata), { numericalMatchTolerance });
    return { score: measure.value, num_new_rows: measure.newRows, num_matched_rows: measure.matchedRows };
  },
  qualityReport: ({ real, synthetic, metadata, realCorrelationThreshold, realAssociationThreshold }) =>
    compatReport(frame(real, metadata), frame(synthetic, metadata), realCorrelationThreshold, realAssociationThreshold),
  qualityReportFile: ({ file, split, numerical, realCorrelationThreshold, realAssociationThreshold }, context) => {
    const text = context.data(file);
    const header = text.slice(0, text.indexOf('\n')).trim().split(',');
    const table = parseCsv(text, {
      schema: {
        columns: header.map((name) => ({ name, kind: numerical.includes(name) ? 'number' : 'category' }) as const),
      },
    });
    const [from1, to1, from2, to2] = (split as string).match(/\d+/g)!.map(Number);
    const [real, synthetic] = [sliceRows(table, from1!, to1! + 1), sliceRows(table, from2!, to2! + 1)];
    return compatReport(real, synthetic, realCorrelationThreshold, realAssociationThreshold);
  },
  diagnosticReport: ({ real, synthetic, metadata }) => {
    const result = measureDiagnostic(frame(real, metadata), frame(synthetic, metadata), compat);
    return {
      overall: result.overall.value,
      properties: { 'Data Validity': result.dataValidity.value, 'Data Structure': result.dataStructure.value },
      details: {
        'Data Validity': result.columns.map(({ column, validity }) => ({
          Column: column,
          Metric: metricName(validity.metric),
          Score: validity.value,
        })),
        'Data Structure': [{ Metric: 'TableStructure', Score: result.dataStructure.value }],
      },
    };
  },
};
