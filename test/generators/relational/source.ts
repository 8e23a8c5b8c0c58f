import { createRng } from '../../../src/random/create-rng.ts';
import { uniform } from '../../../src/random/uniform.ts';
import {
  booleanColumn,
  categoryColumn,
  createTable,
  datetimeColumn,
  integerColumn,
  numberColumn,
  textColumn,
} from '../../../src/table/index.ts';
import type { Table } from '../../../src/types.ts';

const DAY = 86_400_000;

/** Customers, their orders (more for members, amounts that follow the one before), and the orders' items. */
export function shop(customers: number, seed = 'shop'): { customer: Table; order: Table; item: Table } {
  const rng = createRng(seed);
  const people = Array.from({ length: customers }, (_, i) => ({
    id: 5000 + 3 * i,
    name: `Person ${i}`,
    member: uniform(rng) < 0.4,
    region: ['north', 'south', 'west'][Math.floor(3 * uniform(rng) ** 2)]!,
    age: uniform(rng) < 0.05 ? null : Math.floor(18 + 60 * uniform(rng)),
  }));
  const orders: { id: string; of: number; day: number; amount: number; way: string | null }[] = [];
  const items: { order: string; price: number; kind: string }[] = [];
  for (const person of people) {
    const count = Math.floor((person.member ? 6 : 3) * uniform(rng) ** 1.2);
    let amount = person.region === 'north' ? 200 : 50;
    let day = 19_000 + Math.floor(100 * uniform(rng));
    for (let j = 0; j < count; j++) {
      amount = Math.round((0.8 * amount + 0.2 * (20 + 200 * uniform(rng))) * 100) / 100;
      const id = `o-${person.id}-${j}`;
      orders.push({
        id,
        of: person.id,
        day: day * DAY,
        amount,
        way: uniform(rng) < 0.1 ? null : amount > 100 ? 'card' : 'cash',
      });
      day += 1 + Math.floor(20 * uniform(rng));
      const parts = 1 + Math.floor(3 * uniform(rng));
      for (let k = 0; k < parts; k++)
        items.push({
          order: id,
          price: Math.round((amount / parts) * 100) / 100,
          kind: amount > 100 ? 'big' : 'small',
        });
    }
  }
  const of = <T, K extends keyof T>(rows: readonly T[], key: K) => rows.map((row) => row[key]);
  return {
    customer: createTable([
      integerColumn('id', of(people, 'id')),
      textColumn('name', of(people, 'name')),
      booleanColumn('member', of(people, 'member')),
      categoryColumn('region', of(people, 'region')),
      integerColumn('age', of(people, 'age')),
    ]),
    order: createTable([
      textColumn('id', of(orders, 'id')),
      datetimeColumn('day', of(orders, 'day'), 'day'),
      integerColumn('of', of(orders, 'of')),
      numberColumn('amount', of(orders, 'amount')),
      categoryColumn('way', of(orders, 'way')),
    ]),
    item: createTable([
      categoryColumn('order', of(items, 'order')),
      numberColumn('price', of(items, 'price')),
      categoryColumn('kind', of(items, 'kind')),
    ]),
  };
}
