import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unsafeSeededNoise } from '../../src/dp/index.ts';
import {
  arfGenerator,
  bayesianNetworkGenerator,
  cartGenerator,
  constrainGenerator,
  copulaGenerator,
  type DpColumnDomain,
  dpTreeGenerator,
  fitArf,
  fitCart,
  fitCopula,
  fitDpTree,
  independentGenerator,
  sampleArfConditional,
  sampleCopulaConditional,
  sampleDpTree,
  sampleGiven,
  sampleOrigin,
  withOrigin,
} from '../../src/generators/index.ts';
import {
  booleanColumn,
  categoryColumn,
  concatRows,
  createTable,
  getColumn,
  integerColumn,
  numberColumn,
  replaceColumn,
  selectColumns,
  sliceRows,
  toRecords,
} from '../../src/table/index.ts';
import type { Generator, JobOptions, Model, SampleOptions, Table } from '../../src/types.ts';
import { mixedTable } from './make-table.ts';

const DAY = 86_400_000;
const domain: readonly DpColumnDomain[] = [
  { name: 'id', kind: 'identifier' },
  { name: 'name', kind: 'identifier' },
  { name: 'group', kind: 'category', labels: ['a', 'b', 'c'] },
  { name: 'age', kind: 'integer', min: 0, max: 110 },
  { name: 'score', kind: 'number', min: 0, max: 110 },
  { name: 'member', kind: 'boolean' },
  { name: 'born', kind: 'datetime', unit: 'day', min: 0, max: 12_000 * DAY },
  { name: 'seen', kind: 'datetime', min: 1_600_000_000_000, max: 1_601_000_000_000 },
  { name: 'one', kind: 'category', labels: ['same'] },
  { name: 'none', kind: 'number', min: 0, max: 1 },
];

type Options = Record<string, unknown>;
/** A generator of any kind, with the options of its fit. */
interface Entry {
  readonly name: string;
  readonly generator: Generator<Options, Model>;
  readonly options: Options;
  /** Whether drawn cells depend on the kept ones. */
  readonly informed: boolean;
}
const entry = (name: string, generator: unknown, options: Options = {}, informed = true): Entry => ({
  name,
  generator: generator as Generator<Options, Model>,
  options,
  informed,
});
const entries: readonly Entry[] = [
  entry('cart', cartGenerator),
  entry('independent', independentGenerator, {}, false),
  entry('bayesian network', bayesianNetworkGenerator),
  entry('copula', copulaGenerator),
  entry('copula, polychoric and empirical', copulaGenerator, { latent: 'polychoric', marginal: 'empirical' }),
  entry('copula, normal', copulaGenerator, { marginal: 'normal' }),
  entry('arf', arfGenerator, { trees: 5, maxRounds: 1 }),
  entry('dp tree', dpTreeGenerator, { domain, epsilon: 100, delta: 1e-6 }),
];
const learn = ({ generator, options, name }: Entry, table: Table, synthesize: readonly string[]): Model =>
  generator.fit(table, {
    ...options,
    ...(name === 'dp tree' ? { noise: unsafeSeededNoise('test') } : {}),
    synthesize,
  });
const sample = (one: Entry, model: Model, options: SampleOptions & JobOptions & { kept?: Table | undefined }): Table =>
  one.generator.sample(model, options);

const source = mixedTable(900);
const names = source.columns.map((column) => column.name);
const code = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'none';
};

describe.each(entries)('$name', (one) => {
  const drawnNames = ['score', 'member'];
  const keptNames = names.filter((name) => !drawnNames.includes(name));
  const model = learn(one, source, drawnNames);
  const whole = sample(one, model, { rows: 900, seed: 's', kept: source });

  test('kept cells are equal to the byte, the others are drawn given them', () => {
    for (const name of keptNames) expect(getColumn(whole, name)).toEqual(getColumn(source, name));
    expect(whole.columns.map((column) => column.name)).toEqual(names);
    for (const name of drawnNames) {
      expect(getColumn(whole, name)).not.toEqual(getColumn(source, name));
      expect(getColumn(whole, name).kind).toBe(getColumn(source, name).kind);
    }
    const known = toRecords(whole).filter((record) => record['age'] !== null && record['member'] !== null);
    const right = known.filter((record) => (record['age'] as number) > 50 === record['member']).length;
    if (one.informed) expect(right / known.length).toBeGreaterThan(0.8);
    else expect(right / known.length).toBeLessThan(0.65);
    expect((model as { report?: { kept?: readonly string[] } }).report?.kept).toEqual(keptNames);
    expect(sampleOrigin(model)).toBe('partial');
    const origins = toRecords(withOrigin(whole, sampleOrigin(model))).map((record) => record['origin']);
    expect(origins.every((origin) => origin === 'partial')).toBe(true);
  });

  test.each([1, 2, 7, 64])('%i shards', (shards) => {
    const parts: Table[] = [];
    for (let s = 0; s < shards; s++) {
      const from = Math.floor((900 * s) / shards);
      const to = Math.floor((900 * (s + 1)) / shards);
      parts.push(sample(one, model, { rows: to - from, seed: 's', offset: from, kept: source }));
    }
    expect(toRecords(concatRows(parts))).toEqual(toRecords(whole));
  });

  test('a model read back from JSON, and a table with the kept columns only', () => {
    const again = JSON.parse(JSON.stringify(model)) as Model;
    const kept = selectColumns(source, keptNames);
    expect(sample(one, again, { rows: 900, seed: 's', kept })).toEqual(whole);
  });

  test('labels, numbers and missing cells that training never saw', () => {
    const rows = 60;
    const odd = replaceColumn(
      replaceColumn(
        sliceRows(source, 0, rows),
        categoryColumn(
          'group',
          Array.from({ length: rows }, (_, i) => (i % 3 === 0 ? 'new' : i % 3 === 1 ? 'a' : null)),
        ),
      ),
      integerColumn(
        'age',
        Array.from({ length: rows }, (_, i) => [-1e9, 1e9, 37, null][i % 4]!),
      ),
    );
    const never = replaceColumn(odd, categoryColumn('one', new Array<string | null>(rows).fill(null)));
    for (const kept of [odd, never]) {
      const out = sample(one, model, { rows, seed: 's', kept });
      for (const name of keptNames) expect(getColumn(out, name)).toEqual(getColumn(kept, name));
      for (const record of toRecords(out)) {
        const score = record['score'];
        expect(score === null || Number.isFinite(score)).toBe(true);
      }
    }
  });

  test('law: kept cells are equal whatever is kept', () => {
    fc.assert(
      fc.property(fc.subarray(names, { minLength: 1, maxLength: names.length }), fc.nat(99), (synthesize, row) => {
        const table = sliceRows(source, 0, 150);
        const partial = learn(one, table, synthesize);
        const out = sample(one, partial, { rows: 20, seed: 'p', offset: row, kept: table });
        const part = sliceRows(table, row, row + 20);
        for (const name of names)
          if (!synthesize.includes(name)) expect(getColumn(out, name)).toEqual(getColumn(part, name));
        expect(out.columns.map(({ name }) => name)).toEqual(names);
        expect(sampleOrigin(partial)).toBe(synthesize.length === names.length ? 'synthetic' : 'partial');
      }),
      { numRuns: 12, seed: 5 },
    );
  });

  test('refusals', () => {
    expect(code(() => learn(one, source, []))).toBe('BAD_OPTION');
    expect(code(() => learn(one, source, ['nobody']))).toBe('UNKNOWN_COLUMN');
    expect(code(() => learn(one, source, ['age', 'age']))).toBe('BAD_OPTION');
    expect(code(() => sample(one, model, { rows: 5, seed: 's' }))).toBe('BAD_OPTION');
    expect(code(() => sample(one, model, { rows: 901, seed: 's', kept: source }))).toBe('LENGTH_MISMATCH');
    const less = selectColumns(source, ['id']);
    expect(code(() => sample(one, model, { rows: 5, seed: 's', kept: less }))).toBe('UNKNOWN_COLUMN');
    const wrong = replaceColumn(source, categoryColumn('age', new Array(900).fill('x')));
    expect(code(() => sample(one, model, { rows: 5, seed: 's', kept: wrong }))).toBe('KIND_MISMATCH');
    const signal = { aborted: true };
    expect(code(() => sample(one, model, { rows: 5, seed: 's', kept: source, signal }))).toBe('ABORTED');
  });
});

describe('what is drawn follows the model', () => {
  /** Two thirds of the "x" rows are 1, one third of the "y" rows. */
  const rows = 3000;
  const pair = createTable([
    categoryColumn(
      'a',
      Array.from({ length: rows }, (_, i) => (i % 2 === 0 ? 'x' : 'y')),
    ),
    booleanColumn(
      'b',
      Array.from({ length: rows }, (_, i) => (i % 2 === 0 ? i % 3 > 0 : i % 3 === 0)),
    ),
  ]);
  const share = (table: Table, label: string): number => {
    const of = toRecords(table).filter((record) => record['a'] === label);
    return of.filter((record) => record['b'] === true).length / of.length;
  };
  test.each(entries.filter(({ informed, name }) => informed && !name.startsWith('copula')))(
    '$name: shares given the kept cell',
    (one) => {
      const domain: DpColumnDomain[] = [
        { name: 'a', kind: 'category', labels: ['x', 'y'], other: null, missing: false },
        { name: 'b', kind: 'boolean', missing: false },
      ];
      const options = one.name === 'dp tree' ? { domain, epsilon: 100, delta: 1e-6 } : one.options;
      const model = learn({ ...one, options }, pair, ['b']);
      const out = sample(one, model, { rows, seed: 's', kept: pair });
      expect(Math.abs(share(out, 'x') - 2 / 3)).toBeLessThan(0.04);
      expect(Math.abs(share(out, 'y') - 1 / 3)).toBeLessThan(0.04);
    },
  );

  test('dp tree: a kept cell below a drawn one informs it, and one that two steps away does', () => {
    const chain = createTable([
      categoryColumn(
        'top',
        Array.from({ length: 4000 }, (_, i) => (i % 4 < 2 ? 'x' : 'y')),
      ),
      categoryColumn(
        'middle',
        Array.from({ length: 4000 }, (_, i) => (i % 4 < 2 ? (i % 40 === 0 ? 'q' : 'p') : i % 40 === 2 ? 'p' : 'q')),
      ),
      categoryColumn(
        'end',
        Array.from({ length: 4000 }, (_, i) => (i % 4 < 2 !== (i % 36 === 0) ? 'e' : 'f')),
      ),
    ]);
    const names = ['top', 'middle', 'end'];
    const labels = [
      ['x', 'y'],
      ['p', 'q'],
      ['e', 'f'],
    ];
    const domain = names.map(
      (name, k): DpColumnDomain => ({ name, kind: 'category', labels: labels[k]!, other: null, missing: false }),
    );
    for (const keep of names) {
      const synthesize = names.filter((name) => name !== keep);
      const noise = unsafeSeededNoise('t');
      const model = fitDpTree(chain, { domain, epsilon: 100, delta: 1e-6, noise, synthesize });
      const out = toRecords(sampleDpTree(model, { rows: 4000, seed: 's', kept: chain }));
      const real = toRecords(chain);
      const together = (records: typeof out): number =>
        records.filter((r) => (r['top'] === 'x') === (r['middle'] === 'p') && (r['top'] === 'x') === (r['end'] === 'e'))
          .length / 4000;
      expect(Math.abs(together(out) - together(real))).toBeLessThan(0.03);
      expect(model.claim).toMatch(/no privacy claim/);
    }
  });

  test('dp tree: the claim says that kept cells are not covered; whole models are as before', () => {
    const table = createTable([booleanColumn('a', [true, false]), booleanColumn('b', [true, false])]);
    const domain: DpColumnDomain[] = [
      { name: 'a', kind: 'boolean' },
      { name: 'b', kind: 'boolean' },
    ];
    const noise = { ...unsafeSeededNoise('x'), source: 'crypto' };
    const { nextUint32 } = unsafeSeededNoise('x');
    const options = { domain, epsilon: 1, delta: 1e-9, noise: { ...noise, nextUint32 } };
    expect(fitDpTree(table, { ...options, synthesize: ['a'] }).claim).toMatch(/kept cells .* not covered$/);
    expect(fitDpTree(table, options).claim).not.toMatch(/kept/);
    expect('kept' in fitDpTree(table, options).report).toBe(false);
  });

  test('arf: the leaf is drawn given kept ranges of a number', () => {
    const table = createTable([
      numberColumn(
        'x',
        Array.from({ length: 2000 }, (_, i) => i / 10),
      ),
      numberColumn(
        'y',
        Array.from({ length: 2000 }, (_, i) => i / 10 + ((i * 7) % 10)),
      ),
    ]);
    const model = fitArf(table, { trees: 8, synthesize: ['y'] });
    const out = arfGenerator.sample(model, { rows: 2000, seed: 's', kept: table } as SampleOptions);
    const gaps = toRecords(out).map((record) => Math.abs((record['y'] as number) - (record['x'] as number) - 4.5));
    gaps.sort((a, b) => a - b);
    expect(gaps[1000]!).toBeLessThan(8);
  });
});

test('conditional samplers refuse a model that keeps columns; sampleGiven and constraints pass the kept table on', () => {
  const copula = fitCopula(source, { synthesize: ['member'] });
  const arf = fitArf(source, { synthesize: ['member'], trees: 2, maxRounds: 0 });
  const given = { member: true };
  expect(code(() => sampleCopulaConditional(copula, { given, rows: 2, seed: 's' }))).toBe('BAD_OPTION');
  expect(code(() => sampleArfConditional(arf, { given, rows: 2, seed: 's' }))).toBe('BAD_OPTION');
  const young = createTable(sliceRows(source, 0, 900).columns);
  const options = { given: { member: null }, rows: 50, seed: 's', kept: young };
  const out = sampleGiven(copulaGenerator, copula, options);
  expect(toRecords(out).every((record) => record['member'] === null)).toBe(true);
  expect(getColumn(out, 'age')).toEqual(getColumn(sliceRows(source, 0, 50), 'age'));

  const rule = { kind: 'range', column: 'score', min: 0, max: 60 } as const;
  const constrained = constrainGenerator(cartGenerator, [rule], { method: 'reject', onViolation: 'keep' });
  const model = constrained.fit(source, { synthesize: ['score'] });
  expect(sampleOrigin(model)).toBe('partial');
  expect(sampleOrigin(fitCart(source))).toBe('synthetic');
});
