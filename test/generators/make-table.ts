import { createRng } from '../../src/random/create-rng.ts';
import { uniform } from '../../src/random/uniform.ts';
import {
  booleanColumn,
  categoryColumn,
  createTable,
  datetimeColumn,
  integerColumn,
  numberColumn,
  textColumn,
} from '../../src/table/index.ts';
import type { Table } from '../../src/types.ts';

const DAY = 86_400_000;

/** A table of every kind with dependent columns, missing cells in most, and names and ids. */
export function mixedTable(rows: number, seed = 'mixed'): Table {
  const rng = createRng(seed);
  const cells = Array.from({ length: rows }, (_, i) => {
    const group = uniform(rng) < 0.3 ? 'a' : uniform(rng) < 0.6 ? 'b' : 'c';
    const base = group === 'a' ? 10 : group === 'b' ? 50 : 90;
    const age = Math.round(base + 10 * uniform(rng));
    return {
      id: 1000 + 7 * i,
      name: uniform(rng) < 0.1 ? null : `Person ${i}`,
      group: uniform(rng) < 0.05 ? null : group,
      age: uniform(rng) < 0.1 ? null : age,
      score: group === 'a' && uniform(rng) < 0.5 ? null : Math.round(age * 100 + 300 * uniform(rng)) / 100,
      member: uniform(rng) < 0.1 ? null : age > 50,
      born: uniform(rng) < 0.1 ? null : (10_000 - 300 * Math.floor(age / 3)) * DAY,
      seen: 1_600_000_000_000 + Math.floor(1e9 * uniform(rng)),
      one: 'same',
      none: null as number | null,
    };
  });
  return createTable([
    integerColumn(
      'id',
      cells.map((cell) => cell.id),
    ),
    textColumn(
      'name',
      cells.map((cell) => cell.name),
    ),
    categoryColumn(
      'group',
      cells.map((cell) => cell.group),
    ),
    integerColumn(
      'age',
      cells.map((cell) => cell.age),
    ),
    numberColumn(
      'score',
      cells.map((cell) => cell.score),
    ),
    booleanColumn(
      'member',
      cells.map((cell) => cell.member),
    ),
    datetimeColumn(
      'born',
      cells.map((cell) => cell.born),
      'day',
    ),
    datetimeColumn(
      'seen',
      cells.map((cell) => cell.seen),
    ),
    categoryColumn(
      'one',
      cells.map((cell) => cell.one),
    ),
    numberColumn(
      'none',
      cells.map((cell) => cell.none),
    ),
  ]);
}
