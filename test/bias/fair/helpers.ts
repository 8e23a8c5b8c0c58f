import { createRng } from '../../../src/random/create-rng.ts';
import { uniform } from '../../../src/random/uniform.ts';
import { booleanColumn, categoryColumn, createTable, integerColumn } from '../../../src/table/index.ts';
import type { Table } from '../../../src/types.ts';

/** Rows with two sensitive columns, a proxy of sex, a number that tells the label, and a label that depends on all. */
export function hiringTable(rows: number, seed = 'hiring'): Table {
  const rng = createRng(seed);
  const cells = Array.from({ length: rows }, () => {
    const sex = uniform(rng) < 0.35 ? 'f' : 'm';
    const region = uniform(rng) < 0.2 ? 'east' : 'west';
    const role = uniform(rng) < (sex === 'f' ? 0.75 : 0.25) ? 'desk' : 'field';
    const skill = Math.floor(uniform(rng) * 20);
    const hired = uniform(rng) < 0.1 + 0.03 * skill + (sex === 'm' ? 0.2 : 0) - (region === 'east' ? 0.1 : 0);
    return { sex, region, role, skill, hired };
  });
  return createTable([
    categoryColumn(
      'sex',
      cells.map((cell) => cell.sex),
    ),
    categoryColumn(
      'region',
      cells.map((cell) => cell.region),
    ),
    categoryColumn(
      'role',
      cells.map((cell) => cell.role),
    ),
    integerColumn(
      'skill',
      cells.map((cell) => cell.skill),
    ),
    booleanColumn(
      'hired',
      cells.map((cell) => cell.hired),
    ),
  ]);
}
