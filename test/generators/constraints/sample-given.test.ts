import { describe, expect, test } from 'vitest';
import { unsafeSeededNoise } from '../../../src/dp/index.ts';
import {
  arfGenerator,
  bayesianNetworkGenerator,
  cartGenerator,
  copulaGenerator,
  dpTreeGenerator,
  fitDpTree,
  independentGenerator,
  outsideGenerator,
  sampleGiven,
} from '../../../src/generators/index.ts';
import { tableDigest } from '../../../src/lineage/index.ts';
import { createRng, uniform } from '../../../src/random/index.ts';
import { concatRows, fromColumns, toRecords } from '../../../src/table/index.ts';
import type { Generator, Model } from '../../../src/types.ts';
import { codeOf } from '../../code-of.ts';

const rng = createRng('given');
const sex = Array.from({ length: 600 }, () => (uniform(rng) < 0.4 ? 'f' : 'm'));
const job = sex.map((one) => (uniform(rng) < (one === 'f' ? 0.7 : 0.2) ? 'a' : 'b'));
const pay = sex.map((one) => (uniform(rng) < 0.1 ? null : Math.floor(20 * uniform(rng)) + (one === 'f' ? 0 : 10)));
const table = fromColumns({ sex, job, pay });

const own: readonly (readonly [string, Generator<never, Model>])[] = [
  ['bayesian-network', bayesianNetworkGenerator as never],
  ['cart', cartGenerator as never],
  ['copula', copulaGenerator as never],
  ['independent', independentGenerator as never],
  ['arf', arfGenerator as never],
];

describe('sampleGiven', () => {
  test.each(own)('%s: every row holds the cells, and shards agree', (_, generator) => {
    const model = generator.fit(table, {} as never);
    const given = { sex: 'f', pay: null };
    const whole = sampleGiven(generator, model, { given, rows: 40, seed: 's' });
    for (const row of toRecords(whole)) expect(row).toMatchObject(given);
    const shards = [0, 7, 20].map((offset, k) =>
      sampleGiven(generator, model, { given, rows: [7, 13, 20][k]!, offset, seed: 's' }),
    );
    expect(tableDigest(concatRows(shards)).digest).toBe(tableDigest(whole).digest);
  });

  test('the other columns follow the distribution given the cells', () => {
    const model = bayesianNetworkGenerator.fit(table, {});
    const share = (rows: readonly Record<string, unknown>[]): number =>
      rows.filter((row) => row['job'] === 'a').length / rows.length;
    const given = toRecords(
      sampleGiven(bayesianNetworkGenerator, model, { given: { sex: 'f' }, rows: 4000, seed: 'x' }),
    );
    const picked = toRecords(bayesianNetworkGenerator.sample(model, { rows: 10_000, seed: 'y' })).filter(
      (row) => row['sex'] === 'f',
    );
    expect(Math.abs(share(given) - share(picked))).toBeLessThan(0.04);
  });

  test('works for the private tree and for an outside table', () => {
    const model = fitDpTree(table, {
      domain: [
        { name: 'sex', kind: 'category', labels: ['f', 'm'], other: null, missing: false },
        { name: 'job', kind: 'category', labels: ['a', 'b'], other: null, missing: false },
        { name: 'pay', kind: 'integer', min: 0, max: 30, edges: [0, 10, 20, 31] },
      ],
      epsilon: 5,
      delta: 1e-6,
      noise: unsafeSeededNoise('test'),
    });
    const rows = toRecords(sampleGiven(dpTreeGenerator, model, { given: { job: 'a' }, rows: 20, seed: 's' }));
    expect(rows.every((row) => row['job'] === 'a')).toBe(true);
    const outside = outsideGenerator({ id: 'ctgan', table });
    const drawn = () =>
      sampleGiven(outside, outside.fit(table, undefined as never), { given: { job: 'z' }, rows: 5, seed: 's' });
    expect(codeOf(drawn)).toBe('CONSTRAINT_UNMET');
  });

  test('says the acceptance rate instead of giving a shorter table, and refuses bad input', () => {
    const model = independentGenerator.fit(table, {});
    const ask = (given: Record<string, never>, rest = {}) =>
      sampleGiven(independentGenerator, model, { given, rows: 5, seed: 's', ...rest });
    expect(() => ask({ job: 'never' as never }, { maxTries: 3 })).toThrow(/given: 5 of 5 rows .* acceptance rate 0/);
    expect(codeOf(() => ask({}))).toBe('BAD_OPTION');
    expect(codeOf(() => ask({ jobb: 'a' as never }))).toBe('UNKNOWN_COLUMN');
    expect(codeOf(() => ask({ job: 'a' as never }, { maxTries: 0 }))).toBe('BAD_OPTION');
    expect(codeOf(() => ask({ job: 'a' as never }, { signal: { aborted: true } }))).toBe('ABORTED');
  });
});
