import { describe, expect, test } from 'vitest';
import { biasGenerations, findReversals, spontaneousBias } from '../../src/bias/index.ts';
import { createRng } from '../../src/random/create-rng.ts';
import { uniform } from '../../src/random/uniform.ts';
import { booleanColumn } from '../../src/table/boolean-column.ts';
import { categoryColumn } from '../../src/table/category-column.ts';
import { createTable } from '../../src/table/create-table.ts';
import { numberColumn } from '../../src/table/number-column.ts';
import { textColumn } from '../../src/table/text-column.ts';
import type { Table } from '../../src/types.ts';
import { checkJsonSafe } from './helpers.ts';

/** People whose `job` depends on `sex` by `gap`; `age` and `town` do not, `wage` depends on sex everywhere. */
function people(rows: number, gap: number, seed: string): Table {
  const rng = createRng(seed);
  const sex: string[] = [];
  const job: boolean[] = [];
  const age: (number | null)[] = [];
  const wage: number[] = [];
  const town: string[] = [];
  const id: string[] = [];
  for (let i = 0; i < rows; i++) {
    const woman = uniform(rng) < 0.45;
    sex.push(woman ? 'f' : 'm');
    job.push(uniform(rng) < 0.3 + (woman ? gap : 0));
    age.push(uniform(rng) < 0.1 ? null : Math.floor(18 + 60 * uniform(rng)));
    wage.push(1000 * uniform(rng) + (woman ? 0 : 300));
    town.push(`t${Math.floor(40 * uniform(rng) * uniform(rng))}`);
    id.push(`p${seed}${i}`);
  }
  return createTable([
    categoryColumn('sex', sex),
    booleanColumn('job', job),
    numberColumn('age', age),
    numberColumn('wage', wage),
    categoryColumn('town', town),
    textColumn('id', id),
    categoryColumn(
      'one',
      sex.map(() => 'same'),
    ),
  ]);
}

describe('spontaneousBias', () => {
  const source = people(4000, 0, 'source');

  test('a planted association is found, and named spontaneous', () => {
    const found = spontaneousBias(source, people(3000, 0.1, 'copy'), { sensitive: ['sex'], seed: 's' });
    checkJsonSafe(found);
    expect(found.pairs[0]).toMatchObject({ sensitive: 'sex', column: 'job', verdict: 'spontaneous' });
    expect(found.pairs[0]!.moved!.group).toBe('f');
    expect(Math.abs(found.pairs[0]!.moved!.change)).toBeGreaterThan(0.05);
    expect(found.pairs.filter((one) => one.column !== 'job').every((one) => one.verdict === 'unchanged')).toBe(true);
    expect(found.excluded).toEqual([
      { column: 'id', reason: 'identifier' },
      { column: 'one', reason: 'constant' },
    ]);
    // What both tables have is not spontaneous.
    expect(found.pairs.find((one) => one.column === 'wage')!.source.corrected!).toBeGreaterThan(0.2);
  });

  test('lost, and reversed in direction', () => {
    const lost = spontaneousBias(people(4000, 0.15, 'a'), people(4000, 0, 'b'), { sensitive: ['sex'], seed: 's' });
    expect(lost.pairs[0]).toMatchObject({ column: 'job', verdict: 'lost' });
    const turned = spontaneousBias(people(4000, 0.1, 'a'), people(4000, -0.1, 'b'), { sensitive: ['sex'], seed: 's' });
    expect(turned.pairs[0]).toMatchObject({ column: 'job', verdict: 'reversed' });
  });

  test('the same rows: no change at all', () => {
    const found = spontaneousBias(source, source, { sensitive: ['sex', 'town'], seed: 's', permutations: 199 });
    expect(found.changed).toBe(0);
    for (const one of found.pairs) expect([one.change, one.pValue]).toEqual([0, 1]);
    expect(found.pairs.map((one) => `${one.sensitive} ${one.column}`).sort()).toEqual([
      'sex age',
      'sex job',
      'sex town',
      'sex wage',
      'town age',
      'town job',
      'town wage',
    ]);
    expect(found.pairs.find((one) => one.column === 'town')!.pooled).toBeGreaterThan(0);
  });

  test('hostile input', () => {
    expect(() => spontaneousBias(source, source, { sensitive: [], seed: 's' })).toThrow(/sensitive/);
    expect(() => spontaneousBias(source, source, { sensitive: ['sx'], seed: 's' })).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_COLUMN' }),
    );
    expect(() => spontaneousBias(source, source, { sensitive: ['sex'], seed: 's', permutations: 10 })).toThrow(
      expect.objectContaining({ code: 'OUT_OF_RANGE' }),
    );
    const signal = { aborted: true };
    expect(() => spontaneousBias(source, source, { sensitive: ['sex'], seed: 's', signal })).toThrow(
      expect.objectContaining({ code: 'ABORTED' }),
    );
    const mixed = createTable([categoryColumn('sex', ['f', 'm']), categoryColumn('job', ['x', 'y'])]);
    const numbers = createTable([categoryColumn('sex', ['f', 'm']), numberColumn('job', [1, 2])]);
    expect(spontaneousBias(mixed, numbers, { sensitive: ['sex'], seed: 's' })).toMatchObject({
      pairs: [],
      excluded: [{ column: 'job', reason: 'kind-mismatch' }],
    });
  });
});

describe('findReversals', () => {
  test('verdicts', () => {
    const sex: string[] = [];
    const dept: string[] = [];
    const size: number[] = [];
    const yes: boolean[] = [];
    const put = (s: string, d: string, good: number, bad: number): void => {
      for (let i = 0; i < good + bad; i++) {
        sex.push(s);
        dept.push(d);
        size.push(i);
        yes.push(i < good);
      }
    };
    // Women apply to the hard department and do better in both.
    put('f', 'hard', 300, 700);
    put('f', 'easy', 90, 10);
    put('m', 'hard', 20, 80);
    put('m', 'easy', 800, 200);
    const table = createTable([
      categoryColumn('sex', sex),
      categoryColumn('dept', dept),
      numberColumn(
        'noise',
        size.map((x) => (x * 7919) % 101),
      ),
      booleanColumn('in', yes),
    ]);
    const found = findReversals(table, { sensitive: 'sex', label: { column: 'in' } });
    checkJsonSafe(found);
    expect(found.checks.map((one) => [one.stratum, one.verdict])).toEqual([
      ['dept', 'reversed'],
      ['noise', 'stands'],
    ]);
    expect(found.checks[0]!.opposed).toBe(2);
    expect(found.reversed).toBe(1);
  });

  test('one group, missing outcomes, small groups', () => {
    const table = createTable([
      categoryColumn('sex', ['f', 'f', null, 'm']),
      categoryColumn('x', ['a', 'b', 'a', 'b']),
      booleanColumn('in', [true, null, false, true]),
    ]);
    const found = findReversals(table, { sensitive: 'sex', label: { column: 'in' } });
    expect(found).toMatchObject({ checks: [], leftOut: 1, rows: 3, suppressed: ['f', 'm', '(missing)'] });
  });
});

describe('biasGenerations', () => {
  test('curves, losses and tests', () => {
    const make = (counts: Readonly<Record<string, number>>): Table => {
      const names = Object.entries(counts).flatMap(([name, n]) => Array.from({ length: n }, () => name));
      return createTable([
        categoryColumn('sex', names),
        booleanColumn(
          'y',
          names.map((name, i) => (i % 10 === 0 ? null : name === 'f' ? i % 3 === 0 : i % 2 === 0)),
        ),
      ]);
    };
    const tables = [make({ f: 400, m: 500, x: 50 }), make({ f: 300, m: 600, x: 10 }), make({ f: 200, m: 700 })];
    const found = biasGenerations(tables, { sensitive: ['sex'], label: { column: 'y' }, seed: 's', permutations: 99 });
    checkJsonSafe(found);
    expect(found.lost).toEqual([[], [], ['x']]);
    expect(found.leftOut).toEqual([95, 91, 90]);
    const share = found.curves.find((one) => one.figure === 'share' && one.group === 'f')!;
    expect(share.values.map((x) => x!.toFixed(3))).toEqual(['0.421', '0.330', '0.222']);
    expect(share.pAdjusted!).toBeLessThan(0.001);
    expect(found.curves.find((one) => one.figure === 'groups')!.values).toEqual([3, 3, 2]);
    expect(found.curves.filter((one) => one.figure === 'parityDifference')[0]!.values.every((x) => x !== null)).toBe(
      true,
    );
    expect(() => biasGenerations([tables[0]!], { sensitive: ['sex'], seed: 's' })).toThrow(/tables/);
  });
});
