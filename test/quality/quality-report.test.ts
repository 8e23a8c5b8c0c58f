import { describe, expect, test } from 'vitest';
import { measureQuality } from '../../src/quality/measure-quality.ts';
import { qualityReport } from '../../src/quality/quality-report.ts';
import { createRng } from '../../src/random/create-rng.ts';
import { normal } from '../../src/random/normal.ts';
import { categoryColumn } from '../../src/table/category-column.ts';
import { createTable } from '../../src/table/create-table.ts';
import { numberColumn } from '../../src/table/number-column.ts';
import { textColumn } from '../../src/table/text-column.ts';
import type { Report, Table } from '../../src/types.ts';

function table(seed: string, rows: number, shift = 0, missing = 0): Table {
  const rng = createRng(seed);
  const x = Array.from({ length: rows }, () => normal(rng));
  return createTable([
    numberColumn(
      'height',
      x.map((value) => value + shift),
    ),
    numberColumn(
      'weight',
      x.map((value, i) => (i < missing ? null : value + normal(rng))),
    ),
    categoryColumn(
      'group',
      x.map((value) => (value > -0.5 ? 'high' : 'low')),
    ),
    textColumn(
      'name',
      x.map((_, i) => String(i)),
    ),
  ]);
}

/** All words of a report. */
const wordsOf = (report: Report): string => JSON.stringify(report);

describe('qualityReport', () => {
  const real = table('a', 1000);

  test('a fresh sample: findings in words with interval and floor, nothing called safe', () => {
    const report = qualityReport(measureQuality(real, table('b', 1000), { seed: 's' }));
    const column = report.findings.find((finding) => finding.text.startsWith('Column "height"'))!;
    expect(column.text).toMatch(
      /^Column "height": KS complement 0\.\d{3} \[0\.\d{3} to \d\.\d{3}\]; at equal size 0\.\d{3} beside a noise floor of 0\.\d{3} \(0\.\d{3} to 0\.\d{3}\): /,
    );
    expect(report.findings[0]!.text).toMatch(/^Overall, 1000 synthetic beside 1000 real rows: score 0\.9/);
    expect(report.findings.some((finding) => finding.level === 'warning')).toBe(false);
    expect(report.findings.at(-1)!.text).toMatch(/nothing about privacy/);
    expect(wordsOf(report)).not.toMatch(/\bsafe\b|anonymous|compliant|NaN|Infinity|undefined/);
    expect(report.tables.map((entry) => entry.title)).toEqual([
      'Scores',
      'Columns',
      'Column pairs',
      'Columns that were not scored',
    ]);
    for (const { columns, rows } of report.tables) for (const row of rows) expect(row).toHaveLength(columns.length);
  });

  test('a shifted column with missing cells is warned of first', () => {
    const report = qualityReport(measureQuality(real, table('b', 1000, 1, 200), { seed: 's' }));
    const warnings = report.findings.filter((finding) => finding.level === 'warning').map((finding) => finding.text);
    expect(warnings[0]).toMatch(/^Overall/);
    expect(
      warnings.some((text) => /^Column "height": KS complement .*clearly below the floor, gap \+0\.\d{3}/.test(text)),
    ).toBe(true);
    expect(warnings).toContain('Column "weight": 0.0 % of the real and 20.0 % of the synthetic cells are missing.');
    const columns = report.findings.filter(
      (finding) => finding.text.startsWith('Column "') && finding.text.includes('complement'),
    );
    expect(columns[0]!.text).toMatch(/^Column "height"/);
  });

  test('charts: bars beside the floor, heatmap, one overlay per column', () => {
    const report = qualityReport(measureQuality(real, table('b', 1000), { seed: 's' }));
    const [bars, heat, ...overlays] = report.charts;
    expect(bars).toMatchObject({
      kind: 'bar',
      series: [{ name: 'real against synthetic', x: ['height', 'weight', 'group'] }, {}],
    });
    if (heat?.kind !== 'heatmap') throw new Error('expected a heatmap');
    expect(heat.values).toHaveLength(3);
    expect(heat.values[0]![0]).toBeNull();
    expect(heat.values[0]![1]).toBe(heat.values[1]![0]);
    expect(overlays.map((chart) => chart.title)).toEqual([
      'height: real and synthetic',
      'weight: real and synthetic',
      'group: real and synthetic',
    ]);
    expect(overlays[2]).toMatchObject({
      kind: 'bar',
      xLabel: 'group',
      series: [{ name: 'real', x: ['high', 'low'] }, { name: 'synthetic' }],
    });
  });

  test('limits are stated, never silent', () => {
    const result = measureQuality(real, table('b', 1000, 1), { seed: 's' });
    const report = qualityReport(result, { title: 'Mine', pairsShown: 1, columnsPictured: 1 });
    expect(report.title).toBe('Mine');
    expect(report.tables[2]!.rows).toHaveLength(1);
    expect(report.tables[2]!.note).toMatch(/2 more pairs are not shown; 0 pairs do not count/);
    expect(report.charts).toHaveLength(3);
    // The worst column keeps its picture.
    expect(report.charts[2]!.title).toBe('height: real and synthetic');
    expect(wordsOf(report)).toMatch(/2 columns have no picture of their own/);
    expect(() => qualityReport(result, { pairsShown: -1 })).toThrowError(
      expect.objectContaining({ code: 'OUT_OF_RANGE' }),
    );
  });

  test('without floor, without columns, with figures that cannot be computed', () => {
    const bare = qualityReport(measureQuality(real, table('b', 1000), { seed: 's', noiseFloor: { repeats: 0 } }));
    expect(wordsOf(bare)).toMatch(/no noise floor to read it by/);
    expect(wordsOf(bare)).toMatch(/cannot be told from sampling noise/);
    const empty = createTable([]);
    const none = qualityReport(measureQuality(empty, empty, { seed: 's' }));
    expect(none.charts).toEqual([]);
    expect(none.findings[0]!.text).toMatch(/no figure, because no figure could be computed/);
    const gone = qualityReport(
      measureQuality(real, createTable([numberColumn('height', [null, null])]), { seed: 's' }),
    );
    expect(wordsOf(gone)).toMatch(
      /Missing from the synthetic table and not part of any score: \\"weight\\", \\"group\\", \\"name\\"/,
    );
    expect(wordsOf(gone)).toMatch(/the synthetic column holds no value/);
    expect(wordsOf(gone)).not.toMatch(/NaN|Infinity/);
  });
});
