import { describe, expect, test } from 'vitest';
import {
  articleTenChecklist,
  auditBias,
  biasAmplification,
  biasGenerations,
  biasReport,
  spontaneousBias,
} from '../../src/bias/index.ts';
import { createRng } from '../../src/random/create-rng.ts';
import { uniform } from '../../src/random/uniform.ts';
import { booleanColumn } from '../../src/table/boolean-column.ts';
import { categoryColumn } from '../../src/table/category-column.ts';
import { createTable } from '../../src/table/create-table.ts';
import { integerColumn } from '../../src/table/integer-column.ts';
import { numberColumn } from '../../src/table/number-column.ts';
import { textColumn } from '../../src/table/text-column.ts';
import type { Table } from '../../src/types.ts';
import { checkJsonSafe } from './helpers.ts';

/**
 * Applicants. Women apply to the hard department more often by `apart` (so that the whole hides that they do better in each),
 * and work in `job` more often by `gap`.
 */
function applicants(rows: number, apart: number, gap: number, seed: string): Table {
  const rng = createRng(seed);
  const columns = {
    sex: [] as string[],
    dept: [] as string[],
    job: [] as string[],
    age: [] as number[],
    id: [] as string[],
  };
  const hired: boolean[] = [];
  for (let i = 0; i < rows; i++) {
    const woman = uniform(rng) < 0.5;
    const hard = uniform(rng) < (woman ? 0.5 + apart : 0.5 - apart);
    columns.sex.push(woman ? 'f' : 'm');
    columns.dept.push(hard ? 'hard' : 'easy');
    columns.job.push(uniform(rng) < 0.4 + (woman ? gap : 0) ? 'nurse' : 'clerk');
    columns.age.push(Math.floor(18 + 50 * uniform(rng)));
    columns.id.push(`${seed}${i}`);
    hired.push(uniform(rng) < (hard ? 0.2 : 0.7) + (woman ? 0.1 : 0));
  }
  return createTable([
    categoryColumn('sex', columns.sex),
    categoryColumn('dept', columns.dept),
    categoryColumn('job', columns.job),
    numberColumn('age', columns.age),
    textColumn('id', columns.id),
    booleanColumn('hired', hired),
  ]);
}

const spec = { sensitive: ['sex'], label: { column: 'hired' }, seed: 'audit', permutations: 199 };
const words = (source: Table, copy: Table | undefined): string[] =>
  biasReport(auditBias(source, copy, spec)).findings.map((one) => `${one.level}: ${one.text}`);

describe('auditBias searches the other columns', () => {
  const source = applicants(3000, 0.35, 0, 'source');
  const copy = applicants(3000, 0, 0.15, 'copy');

  test('what the copy brought in and what it lost is said in plain words, with figures', () => {
    const found = words(source, copy);
    const about = (start: string): string => found.find((one) => one.startsWith(start)) ?? '';
    expect(about('risk: sex and job')).toMatch(
      /^risk: sex and job: the synthetic copy has an association that the source does not have \(Cramer's V 0\.\d\d in the source, 0\.\d\d in the synthetic copy, change 0\.\d\d \[0\.\d\d, 0\.\d\d\]; adjusted p < 0\.001\); (nurse|clerk) among [fm]: \d+\.\d % to \d+\.\d % \(-?\d+\.\d points \[.*\]\)$/,
    );
    expect(found.some((one) => one.includes('sex and dept: the association of the source is lost'))).toBe(true);
    expect(found.find((one) => one.includes("Simpson's paradox"))).toMatch(
      /^warning: sex f: the difference in the rate of hired from all others turns round within levels of dept in the source \(Simpson's paradox: -\d+\.\d points \[.*\] over all rows, \d+\.\d points \[.*\] within levels of dept; adjusted p < 0\.001; 3000 rows\); no longer so in the synthetic copy$/,
    );
    expect(found.filter((one) => one.includes('directional amplification'))).toHaveLength(2);
    expect(found.filter((one) => one.includes("Zhao's amplification"))).toHaveLength(1);
    expect(found.some((one) => one.includes('1 column had no levels to compare: id (identifier)'))).toBe(true);
    expect(found.join('\n')).not.toMatch(/NaN|undefined|compliant/);
  });

  test('two samples of one population: nothing is called new', () => {
    const found = words(source, applicants(2500, 0.35, 0, 'again'));
    expect(found.some((one) => /^good: none of 4 associations .* changed beyond chance$/.test(one))).toBe(true);
    expect(found.filter((one) => one.startsWith('risk'))).toEqual([]);
  });

  test('plain data, the same on every call, and a column more shifts no other figure', () => {
    const audit = auditBias(source, copy, spec);
    checkJsonSafe(audit);
    expect(auditBias(source, copy, spec)).toEqual(audit);
    const quiet = auditBias(source, copy, { ...spec, columns: [] });
    expect(quiet.search).toBeNull();
    expect(quiet.facets).toEqual(audit.facets);
    const { associations, reversals } = audit.search!;
    expect(associations!.pairs.map((one) => one.column).sort()).toEqual(['age', 'dept', 'hired', 'job']);
    expect(reversals[0]!.changes.map((one) => one.stratum).sort()).toEqual(['age', 'dept', 'job']);
    for (const one of reversals[0]!.changes) {
      expect(one.change.n).toBe(6000);
      expect(one.change.interval!.lower).toBeLessThanOrEqual(one.change.value!);
      expect(one.pAdjusted).toBeGreaterThanOrEqual(one.change.pValue!);
    }
    const report = biasReport(audit);
    expect(report.tables.map((one) => one.title)).toContain('Associations with sensitive columns');
    expect(report.tables.map((one) => one.title)).toContain('Amplification of hired by sex');
    expect(report.charts.map((one) => one.title)).toContain('Change of associations with sensitive columns');
    const [facts] = articleTenChecklist({ audit }).tables[0]!.rows.filter((row) => row[0] === '10(2)(f)');
    expect(facts![3]).toMatch(
      /4 associations with sensitive columns compared.*3 comparisons within strata: 1 change sign/,
    );
  });

  test('one table alone: reversals are searched, associations are not', () => {
    const audit = auditBias(source, undefined, spec);
    checkJsonSafe(audit);
    expect(audit.search!.associations).toBeNull();
    expect(audit.search!.reversals[0]!.source.reversed).toBe(1);
    expect(words(source, undefined).some((one) => one.includes("Simpson's paradox"))).toBe(true);
    expect(auditBias(source, undefined, { ...spec, label: undefined }).search!.reversals).toEqual([]);
  });

  test('columns that the copy lacks are listed; unknown ones are refused', () => {
    const less = createTable(copy.columns.filter((column) => column.name !== 'job'));
    const audit = auditBias(source, less, spec);
    expect(audit.search!.notInSynthetic).toEqual(['job']);
    expect(biasReport(audit).findings.some((one) => one.text.includes('could not be compared: job'))).toBe(true);
    expect(spontaneousBias(source, less, { sensitive: ['sex'], seed: 's' }).excluded).toContainEqual({
      column: 'job',
      reason: 'not-in-synthetic',
    });
    expect(() => auditBias(source, copy, { ...spec, columns: ['nope'] })).toThrow(/columns: no column "nope"/);
  });

  test('codes of groups stay codes', () => {
    const coded = (table: Table): Table =>
      createTable([
        integerColumn(
          'race',
          Array.from({ length: table.rowCount }, (_, i) => 1 + (i % 9)),
        ),
        ...table.columns,
      ]);
    const audit = auditBias(coded(source), coded(copy), { ...spec, sensitive: ['race'] });
    expect(audit.search!.associations!.pairs[0]!.levels[0]).toBe(9);
    expect(new Set(audit.search!.reversals[0]!.source.checks.map((one) => one.group)).size).toBe(9);
  });

  test('across generations too', () => {
    const found = biasGenerations([source, applicants(3000, 0.35, 0, 'g1'), copy], spec);
    checkJsonSafe(found);
    const verdicts = found.searches.map(
      (one) => one!.associations!.pairs.find((pair) => pair.column === 'job')!.verdict,
    );
    expect(verdicts).toEqual(['unchanged', 'spontaneous']);
    expect(found.searches.map((one) => one!.reversals[0]!.synthetic!.reversed)).toEqual([1, 0]);
    const share = found.curves.find((one) => one.figure === 'share')!;
    const strength = found.curves.find((one) => one.figure === 'association')!;
    for (const curve of [share, strength])
      curve.values.forEach((value, g) => {
        expect(curve.intervals[g]!.lower).toBeLessThanOrEqual(value!);
        expect(curve.intervals[g]!.upper).toBeGreaterThanOrEqual(value!);
      });
    expect(biasGenerations([source, copy], { ...spec, columns: [] }).searches).toEqual([null]);
  });
});

describe('directional amplification', () => {
  test('a widened association is positive in both directions, with interval and p', () => {
    const make = (counts: readonly (readonly [string, number, number])[]): Table => {
      const rows = counts.flatMap(([sex, n, k]) => Array.from({ length: n }, (_, i) => ({ sex, y: i < k })));
      return createTable([
        categoryColumn(
          'sex',
          rows.map((row) => row.sex),
        ),
        booleanColumn(
          'y',
          rows.map((row) => row.y),
        ),
      ]);
    };
    const wide = { sensitive: ['sex'], label: { column: 'y' }, seed: 's', permutations: 199 };
    const before = make([
      ['f', 1000, 400],
      ['m', 1000, 500],
    ]);
    const after = make([
      ['f', 1000, 300],
      ['m', 1000, 600],
    ]);
    const { directional } = biasAmplification(before, after, wide);
    expect(directional!.outcomeGivenGroup.value).toBeCloseTo(0.1, 12);
    expect(directional!.groupGivenOutcome.value).toBeCloseTo(600 / 900 - 500 / 900, 12);
    for (const one of Object.values(directional!)) {
      expect(one.interval.lower).toBeGreaterThan(0);
      expect(one.pValue).toBeLessThan(0.02);
      expect(one.n).toBe(4000);
    }
    expect(biasAmplification(before, before, wide).directional!.outcomeGivenGroup).toMatchObject({ value: 0 });
    const none = biasAmplification(make([['f', 20, 0]]), make([['f', 20, 5]]), wide).directional!;
    expect(none.outcomeGivenGroup).toMatchObject({ value: null, reason: 'fewer-than-two-groups' });
    const still = make([
      ['f', 20, 0],
      ['m', 20, 0],
    ]);
    expect(biasAmplification(still, before, wide).directional!.groupGivenOutcome).toMatchObject({
      value: null,
      reason: 'no-positives',
    });
  });
});
