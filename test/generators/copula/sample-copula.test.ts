import { describe, expect, test } from 'vitest';
import { copulaGenerator } from '../../../src/generators/copula/copula-generator.ts';
import { fitCopula } from '../../../src/generators/copula/fit-copula.ts';
import { fillNormals, normalOfWord, quantileTable } from '../../../src/generators/copula/internal-normals.ts';
import { sampleCopula } from '../../../src/generators/copula/sample-copula.ts';
import { normalQuantile } from '../../../src/math/normal-quantile.ts';
import { spearman } from '../../../src/stats/spearman.ts';
import { concatRows, getColumn, missingCount, toRecords } from '../../../src/table/index.ts';
import type { CategoryColumn, IntegerColumn, NumberColumn } from '../../../src/types.ts';
import { mixedTable } from '../make-table.ts';

const table = mixedTable(600);
const model = fitCopula(table);

describe('sampleCopula', () => {
  test.each([1, 2, 7, 64])('%i shards give the same rows', (count) => {
    const whole = toRecords(sampleCopula(model, { rows: 700, seed: 's' }));
    const parts = Array.from({ length: count }, (_, k) => {
      const start = Math.floor((700 * k) / count);
      const rows = Math.floor((700 * (k + 1)) / count) - start;
      return sampleCopula(model, { rows, seed: 's', offset: start });
    });
    expect(toRecords(concatRows(parts))).toEqual(whole);
  });

  test('keeps names, kinds, order, missing shares and constants', () => {
    const drawn = sampleCopula(model, { rows: 4000, seed: 'a' });
    expect(drawn.columns.map((column) => [column.name, column.kind])).toEqual(
      table.columns.map((column) => [column.name, column.kind]),
    );
    for (const column of table.columns) {
      const share = missingCount(getColumn(drawn, column.name)) / 4000;
      expect(Math.abs(share - missingCount(column) / 600), column.name).toBeLessThan(0.03);
    }
    expect(toRecords(drawn).every((row) => row.one === 'same' && row.none === null)).toBe(true);
  });

  test('keeps marginals and dependence', () => {
    const drawn = sampleCopula(model, { rows: 6000, seed: 'b' });
    const age = (getColumn(drawn, 'age') as IntegerColumn).values;
    const score = (getColumn(drawn, 'score') as NumberColumn).values;
    const both = Array.from(age.keys()).filter((i) => !Number.isNaN(age[i]!) && !Number.isNaN(score[i]!));
    expect(
      spearman(
        both.map((i) => age[i]!),
        both.map((i) => score[i]!),
      ),
    ).toBeGreaterThan(0.85);
    const group = getColumn(drawn, 'group') as CategoryColumn;
    const real = getColumn(table, 'group') as CategoryColumn;
    for (let code = 0; code < 3; code++) {
      const shareOf = (codes: Int32Array): number => codes.filter((c) => c === code).length / codes.length;
      expect(Math.abs(shareOf(group.codes) - shareOf(real.codes))).toBeLessThan(0.03);
    }
    for (const value of age) if (!Number.isNaN(value)) expect(Number.isInteger(value) && value >= 10).toBe(true);
    for (const value of score) if (!Number.isNaN(value)) expect(Number(value.toFixed(2))).toBe(value);
    for (const value of (getColumn(drawn, 'born') as NumberColumn).values)
      if (!Number.isNaN(value)) expect(value % 86_400_000).toBe(0);
  });

  test('a model read back from JSON gives the same rows, another seed others', () => {
    const again = JSON.parse(JSON.stringify(model));
    const rows = toRecords(sampleCopula(model, { rows: 20, seed: 'x' }));
    expect(toRecords(copulaGenerator.sample(again, { rows: 20, seed: 'x' }))).toEqual(rows);
    expect(toRecords(sampleCopula(model, { rows: 20, seed: 'y' }))).not.toEqual(rows);
  });

  test('no rows, and rows beyond 2^32', () => {
    expect(sampleCopula(model, { rows: 0, seed: 's' }).rowCount).toBe(0);
    const far = sampleCopula(model, { rows: 3, seed: 's', offset: 2 ** 33 });
    const near = sampleCopula(model, { rows: 3, seed: 's', offset: 0 });
    expect(toRecords(far)[0]!.seen).not.toBe(toRecords(near)[0]!.seen);
  });

  test('damaged models are refused', () => {
    const damage = (change: (copy: any) => void): (() => void) => {
      const copy = JSON.parse(JSON.stringify(model));
      change(copy);
      return () => sampleCopula(copy, { rows: 1, seed: 's' });
    };
    const age = 3;
    for (const change of [
      (m: any) => (m.kind = 'cart'),
      (m: any) => (m.version = 2),
      (m: any) => (m.columns = null),
      (m: any) => m.correlation.pop(),
      (m: any) => (m.correlation[1] = 2),
      (m: any) => (m.correlation[0] = null),
      (m: any) => (m.rows = 0),
      (m: any) => (m.columns[age].latent = 0),
      (m: any) => (m.columns[age].latent = 99),
      (m: any) => (m.columns[age].marginal = null),
      (m: any) => m.columns[age].marginal.ends.reverse(),
      (m: any) => m.columns[age].marginal.low.pop(),
      (m: any) => (m.columns[age].marginal.high[0] = null),
      (m: any) => (m.columns[age].missingRows = 601),
      (m: any) => (m.columns[2].marginal.codes[0] = 9),
      (m: any) => (m.columns[2].role = 'constant'),
      (m: any) => (m.correlation = m.correlation.map((_: number, i: number) => (i % 10 === 0 ? 1 : 0.999))),
    ])
      expect(damage(change)).toThrow(expect.objectContaining({ code: 'BAD_MODEL' }));
  });

  test('aborts and tells its progress', () => {
    expect(() => sampleCopula(model, { rows: 1, seed: 's', signal: { aborted: true } })).toThrow(
      expect.objectContaining({ code: 'ABORTED' }),
    );
    const seen: number[] = [];
    sampleCopula(model, { rows: 600, seed: 's', onProgress: ({ done }) => seen.push(done) });
    expect(seen).toEqual([512, 600]);
  });
});

describe('normals', () => {
  test('the table follows the quantile to 1e-7', () => {
    const quantiles = quantileTable();
    for (let k = 0; k < 4000; k++) {
      const word = Math.imul(k, 0x9e3779b1) >>> 0;
      expect(Math.abs(normalOfWord(word, quantiles) - normalQuantile((word + 0.5) / 2 ** 32))).toBeLessThan(1e-7);
    }
    expect(normalOfWord(0, quantiles)).toBe(-normalOfWord(0xffffffff, quantiles));
  });

  test('mean 0 and deviation 1', () => {
    const out = new Float64Array(5 * 4000);
    fillNormals(out, 5, 4000, 0, Uint32Array.of(1, 2, 3, 4), quantileTable());
    const mean = out.reduce((sum, z) => sum + z, 0) / out.length;
    const square = out.reduce((sum, z) => sum + z * z, 0) / out.length;
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(square - 1)).toBeLessThan(0.04);
  });
});
