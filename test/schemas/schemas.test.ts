import { describe, expect, test } from 'vitest';
import type { BiasAuditSpec } from '../../src/bias/index.ts';
import type { CartOptions } from '../../src/generators/index.ts';
import type { MeasureQualityOptions } from '../../src/quality/index.ts';
import * as schemas from '../../src/schemas/index.ts';
import type { JobOptions } from '../../src/types.ts';
import type { ValueSpecInput } from '../../src/value-drift/index.ts';
import type { TableMarkOptions } from '../../src/watermark/index.ts';

// `Required` makes the compiler demand every field here, and the strict schemas refuse one they do not know: so a new
// option cannot be forgotten in its schema.
const cart: Required<CartOptions> = {
  minLeaf: 20,
  minSplit: 40,
  maxDepth: 30,
  complexity: 1e-8,
  visitOrder: 'auto',
  synthesize: ['a'],
  identifiers: ['b'],
  measurements: ['c'],
  rareLevelMin: 5,
  smoothing: 'auto',
  numericSplit: 'rank',
  prune: 'none',
  bootstrap: 'b',
};
const quality: Required<Omit<MeasureQualityOptions, keyof JobOptions>> = {
  seed: 's',
  mode: 'strict',
  thresholds: { correlation: 0, association: 0.3 },
  noiseFloor: { repeats: 3 },
  skip: ['id'],
  bins: 10,
  histogramBins: 20,
  level: 0.95,
};
const bias: Required<Omit<BiasAuditSpec, keyof JobOptions>> = {
  sensitive: ['sex'],
  label: { column: 'hired', positive: true },
  prediction: { column: 'score', positive: '> 0.5' },
  control: ['city'],
  reference: { sex: { f: 0.5, m: 0.5 } },
  seed: 's',
  permutations: 999,
  level: 0.95,
  minN: 10,
  intersections: true,
  adjust: 'holm',
};
const mark: Required<TableMarkOptions> = {
  tableId: 'r1',
  preset: 'select',
  label: 'y',
  locked: ['a'],
  contextOnly: ['b'],
  unlocked: ['c'],
  rows: 100,
};
const values: Required<ValueSpecInput> = {
  id: 'house',
  version: '1',
  values: [
    'Be kind',
    {
      id: 'order',
      label: 'Order',
      description: 'd',
      descriptors: [{ phrase: 'law*', weight: 2 }],
      weight: 1,
      target: { mean: 1, min: 0, max: 2 },
    },
  ],
  scale: { unit: 'u', min: 0, max: 9 },
};

describe('schemas know every option', () => {
  test.each([
    ['cart', schemas.cartOptionsSchema, cart],
    ['quality', schemas.qualityOptionsSchema, quality],
    ['bias', schemas.biasAuditSchema, bias],
    ['mark', schemas.tableMarkOptionsSchema, mark],
    ['values', schemas.valueSpecSchema, values],
    [
      'govern',
      schemas.governConfigSchema,
      {
        dataset: { name: 'n', version: '1.0.0', description: 'd', license: 'MIT' },
        source: { id: 'i', kind: 'real', license: 'MIT', personalData: true },
        seed: 's',
        rows: 5,
        cart,
        quality,
        bias,
        drift: { columns: ['a'], permutations: 99 },
      },
    ],
  ] as const)('%s', (_, schema, value) => {
    expect(schemas.parseOptions(schema as never, value, 'x')).toEqual(value);
  });
});

describe('parseOptions names the field and the remedy', () => {
  test.each([
    [schemas.cartOptionsSchema, { minleaf: 3 }, /config: unknown field minleaf; check the spelling/],
    [schemas.cartOptionsSchema, { minLeaf: 0 }, /config\.minLeaf: expected more than 0/],
    [schemas.cartOptionsSchema, { minLeaf: 'many' }, /config\.minLeaf: expected .*(int|number).*received string/],
    [schemas.cartOptionsSchema, { smoothing: 'much' }, /config\.smoothing: expected one of none, interpolate, auto/],
    [schemas.cartOptionsSchema, { identifiers: ['a', 'a'] }, /config\.identifiers: expected each name once/],
    [schemas.biasAuditSchema, { sensitive: ['sex'] }, /config\.seed: expected string/],
    [schemas.qualityOptionsSchema, { seed: 's', level: 1 }, /config\.level: expected less than 1/],
    [schemas.tableMarkOptionsSchema, { tableId: '' }, /config\.tableId: expected at least 1/],
    [schemas.valueSpecSchema, { id: 'a', version: '1', values: [] }, /config\.values: expected at least 1/],
    [schemas.governConfigSchema, null, /config: expected object/],
    [
      schemas.governConfigSchema,
      { dataset: {}, source: {}, seed: 1 },
      /config\.dataset\.name: expected string.*\(and \d+ more\)/,
    ],
  ] as const)('%#', (schema, data, message) => {
    const run = () => schemas.parseOptions(schema as never, data, 'config');
    expect(run).toThrow(message);
    expect(run).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }));
  });
});
