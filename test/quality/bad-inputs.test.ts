import { describe, expect, test } from 'vitest';
import {
  kWayMarginals,
  measureDetectability,
  measureDiagnostic,
  measureQuality,
  measureUtility,
  newRowSynthesis,
  pmse,
  qualityReport,
  subgroupFidelity,
  tableEnergyDistance,
  tableMmd,
  tableStructure,
} from '../../src/quality/index.ts';
import { createTable } from '../../src/table/index.ts';
import type { Table } from '../../src/types.ts';
import {
  AWKWARD_ROWS,
  cells,
  constantColumns,
  manyLevels,
  numberLookalikes,
  plainColumns,
  withNumber,
} from '../awkward-tables.ts';

const odd: readonly [string, Table][] = [
  ['constant columns', createTable([...plainColumns(), ...constantColumns(() => true)])],
  ['constant where not missing', createTable([...plainColumns(), ...constantColumns((i) => i % 2 === 0)])],
  ['all-missing columns', createTable([...plainColumns(), ...constantColumns(() => false)])],
  ['one row', createTable(plainColumns(1))],
  ['no rows', createTable(plainColumns(0))],
  ['10,000 levels', createTable(manyLevels())],
  ['labels and names that look like numbers', createTable([...plainColumns(), ...numberLookalikes()])],
  ['NaN', withNumber(Float64Array.from(cells((i) => (i === 7 ? Number.NaN : i))))],
  ['infinities', withNumber(Float64Array.from(cells((i) => (i === 7 ? Infinity : i === 8 ? -Infinity : i))))],
];
const broken: readonly [string, Table, string][] = [
  ['duplicate names', { rowCount: AWKWARD_ROWS, columns: [...plainColumns(), ...plainColumns()] }, 'DUPLICATE_COLUMN'],
  ['unequal lengths', withNumber(new Float64Array(50)), 'LENGTH_MISMATCH'],
  ['a wrong number of rows', { rowCount: 7, columns: plainColumns() }, 'LENGTH_MISMATCH'],
];

const seed = 's';
const sound = createTable(plainColumns());
const measures: readonly [string, (real: Table, synthetic: Table) => unknown][] = [
  ['measureQuality, strict', (real, synthetic) => measureQuality(real, synthetic, { seed })],
  ['measureQuality, compat', (real, synthetic) => measureQuality(real, synthetic, { seed, mode: 'compat' })],
  ['qualityReport', (real, synthetic) => qualityReport(measureQuality(real, synthetic, { seed }))],
  ['measureDiagnostic', measureDiagnostic],
  ['tableStructure', tableStructure],
  ['measureDetectability', (real, synthetic) => measureDetectability(real, synthetic, { seed, rows: 200 })],
  ['pmse', (real, synthetic) => pmse(real, synthetic, { seed, rows: 200 })],
  ['kWayMarginals', (real, synthetic) => kWayMarginals(real, synthetic, { seed })],
  ['subgroupFidelity', (real, synthetic) => subgroupFidelity(real, synthetic, { seed, groupBy: ['y'] })],
  ['tableMmd', (real, synthetic) => tableMmd(real, synthetic, { seed, rows: 200 })],
  ['tableEnergyDistance', (real, synthetic) => tableEnergyDistance(real, synthetic, { seed, rows: 200 })],
  ['newRowSynthesis', newRowSynthesis],
];

/** Every number of a result, at any depth. */
function expectFinite(value: unknown): void {
  if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
  else if (Array.isArray(value)) for (const one of value) expectFinite(one);
  else if (value !== null && typeof value === 'object') for (const one of Object.values(value)) expectFinite(one);
}

const code = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
  return 'none';
};

describe.each(measures)('%s', (_, measure) => {
  test.each(odd)('%s: a result without NaN, against itself', (_name, table) => {
    const result = measure(table, table);
    expectFinite(result);
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });
  test.each(broken)('%s: refused on either side', (_name, table, wanted) => {
    expect(code(() => measure(table, sound))).toBe(wanted);
    expect(code(() => measure(sound, table))).toBe(wanted);
  });
});

describe('measureUtility', () => {
  const run = (table: Table): unknown =>
    measureUtility({ real: table, synthetic: table, holdout: table }, { target: 'y', seed, learner: 'logistic' });
  test.each(odd)('%s: a result without NaN, or too few classes', (name, table) => {
    if (table.rowCount < 2) expect(code(() => run(table))).toBe('BAD_OPTION');
    else if (name !== '10,000 levels') expectFinite(run(table));
  });
  test.each(broken)('%s: refused', (_, table, wanted) => expect(code(() => run(table))).toBe(wanted));
});
