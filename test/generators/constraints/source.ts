import { createRng } from '../../../src/random/create-rng.ts';
import { uniform } from '../../../src/random/uniform.ts';
import { categoryColumn, createTable, datetimeColumn, integerColumn, numberColumn } from '../../../src/table/index.ts';
import type { Table } from '../../../src/types.ts';

const DAY = 86_400_000;
const CITIES = [
  ['Bern', 'CH'],
  ['Basel', 'CH'],
  ['Paris', 'FR'],
  ['Lyon', 'FR'],
  ['Turin', 'IT'],
] as const;

/** Stays with from <= to (days and hours), city and country, a bill that adds up, and a missing cell here and there. */
export function stays(rows: number, seed = 'stays'): Table {
  const rng = createRng(seed);
  const cells = Array.from({ length: rows }, () => {
    const place = CITIES[Math.floor(5 * uniform(rng) ** 2)]!;
    const start = 18_000 + Math.floor(700 * uniform(rng));
    const nights = Math.floor(1 + 6 * uniform(rng));
    const room = Math.round(nights * (50 + 100 * uniform(rng)) * 100) / 100;
    const food = Math.round(40 * uniform(rng) * 100) / 100;
    const gone = uniform(rng) < 0.05;
    return {
      city: place[0],
      country: place[1],
      start: start * DAY,
      end: uniform(rng) < 0.1 ? null : (start + nights) * DAY,
      checkin: Math.round((12 + 6 * uniform(rng)) * 10) / 10,
      checkout: Math.round((18 + 3 * uniform(rng)) * 10) / 10,
      room,
      food: gone ? null : food,
      bill: gone ? null : Math.round((room + food) * 100) / 100,
      bed: Math.floor(400 * uniform(rng)),
    };
  });
  const of = <K extends keyof (typeof cells)[number]>(key: K) => cells.map((cell) => cell[key]);
  return createTable([
    categoryColumn('city', of('city')),
    datetimeColumn('start', of('start'), 'day'),
    datetimeColumn('end', of('end'), 'day'),
    categoryColumn('country', of('country')),
    numberColumn('checkin', of('checkin')),
    numberColumn('checkout', of('checkout')),
    numberColumn('room', of('room')),
    numberColumn('food', of('food')),
    numberColumn('bill', of('bill')),
    integerColumn('bed', of('bed')),
  ]);
}
