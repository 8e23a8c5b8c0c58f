import { describe, expect, test } from 'vitest';
import type { BiasAuditSpec } from '../../src/bias/index.ts';
import type {
  ArfOptions,
  BayesianNetworkOptions,
  CartOptions,
  ConstrainOptions,
  Constraint,
  CopulaOptions,
  DpColumnDomain,
  DpTreeOptions,
  IndependentOptions,
  PredicateConstraint,
  RelationalTableOptions,
  SmoteOptions,
} from '../../src/generators/index.ts';
import type {
  DetectabilityOptions,
  KWayMarginalsOptions,
  MeasureQualityOptions,
  PmseOptions,
  SubgroupFidelityOptions,
  TableDistanceOptions,
  UtilityOptions,
} from '../../src/quality/index.ts';
import * as schemas from '../../src/schemas/index.ts';
import type { JobOptions } from '../../src/types.ts';
import type { ValueDefinition, ValueSpecInput } from '../../src/value-drift/index.ts';
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
const columns = { identifiers: ['b'], measurements: ['c'], rareLevelMin: 5 };
const copula: Required<CopulaOptions> = {
  ...columns,
  synthesize: ['a'],
  marginal: 'knots',
  latent: 'polychoric',
  knots: 256,
  minCell: 5,
  target: 'y',
  ordinal: { size: ['S', 'M', 'L'] },
};
const bayesianNetwork: Required<BayesianNetworkOptions> = {
  ...columns,
  maxParents: 2,
  maxBins: 32,
  minBin: 20,
  maxCells: 20_000,
  parentCandidates: 16,
  smoothing: 0,
  synthesize: ['a'],
};
const arf: Required<ArfOptions> = {
  ...columns,
  synthesize: ['a'],
  trees: 20,
  minLeaf: 5,
  maxDepth: 60,
  candidates: 3,
  maxRounds: 0,
  tolerance: 0.01,
  seed: 's',
  smoothing: 'none',
};
const smote: Required<SmoteOptions> = { ...columns, target: 'fraud', label: 'yes', k: 5, scale: 'none' };
const independent: Required<IndependentOptions> = {
  ...columns,
  synthesize: ['a'],
  minLeaf: 20,
  smoothing: 'auto',
};
const relationalTable: Required<RelationalTableOptions> = { ...columns, minLeaf: 20, smoothing: 'auto' };
/** One entry a kind of domain, every field set. */
const domain: readonly Required<DpColumnDomain>[] = [
  {
    name: 'n',
    kind: 'number',
    min: 0,
    max: 1,
    bins: 8,
    edges: [0, 0.5, 1],
    decimals: 2,
    unit: 'day',
    missing: true,
  },
  { name: 'c', kind: 'category', labels: ['a', 'b'], other: null, missing: false },
  { name: 'b', kind: 'boolean', missing: true },
  { name: 'i', kind: 'identifier' },
];
const dpTree: Required<Omit<DpTreeOptions, 'noise' | 'ledger'>> = {
  domain,
  epsilon: 1,
  delta: 1e-9,
  data: 'survey',
  publicRows: 100,
  synthesize: ['c'],
  maxCells: 20_000,
};
const constraints: readonly Required<Exclude<Constraint, PredicateConstraint>>[] = [
  { kind: 'inequality', low: 'a', high: 'b', strict: true, name: 'r' },
  { kind: 'range', column: 'a', min: 0, max: 9, name: 'r' },
  { kind: 'fixedCombinations', columns: ['a', 'b'], allowed: [['x', null, 1, true]], name: 'r' },
  { kind: 'unique', columns: ['a'], name: 'r' },
  { kind: 'sum', columns: ['a', 'b'], total: 'c', tolerance: 0.01, name: 'r' },
];
const constrain: Required<ConstrainOptions> = { maxTries: 100, onViolation: 'keep', method: 'reject' };
const twoSample = { seed: 's', skip: ['id'], level: 0.9, noiseFloor: { repeats: 0 } };
const detectability: Required<Omit<DetectabilityOptions, keyof JobOptions>> = {
  ...twoSample,
  rows: 500,
  learners: ['boosted', 'logistic'],
  folds: 3,
};
const utility: Required<Omit<UtilityOptions, keyof JobOptions>> = {
  ...twoSample,
  target: 'y',
  task: 'classification',
  positive: 'yes',
  learner: 'boosted',
  resamples: 200,
};
const pmse: Required<Omit<PmseOptions, keyof JobOptions>> = {
  ...twoSample,
  rows: 500,
  learner: 'logistic',
  realRows: 'training',
  permutations: 10,
};
const distance: Required<Omit<TableDistanceOptions, keyof JobOptions>> = { ...twoSample, rows: 500, permutations: 0 };
const kWay: Required<Omit<KWayMarginalsOptions, keyof JobOptions>> = { ...twoSample, k: 3, sets: 200, bins: 5 };
const subgroups: Required<Omit<SubgroupFidelityOptions, keyof JobOptions>> = {
  seed: 's',
  skip: ['id'],
  level: 0.9,
  groupBy: ['sex'],
  crossed: false,
  minRows: 100,
  maxRows: 5000,
  repeats: 5,
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
  columns: [],
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
const order: Required<ValueDefinition> = {
  id: 'order',
  label: 'Order',
  description: 'd',
  descriptors: [{ phrase: 'law*', weight: 2 }],
  anchors: { positive: ['They kept the law.'], negative: ['They broke it.'] },
  rubric: {
    levels: [
      { score: 0, text: 'breaks it' },
      { score: 2, text: 'keeps it' },
    ],
  },
  weight: 1,
  target: { mean: 1, min: 0, max: 2 },
};
const values: Required<ValueSpecInput> = {
  id: 'house',
  version: '1',
  values: ['Be kind', order],
  scale: { unit: 'u', min: 0, max: 9 },
};

describe('schemas know every option', () => {
  test.each([
    ['cart', schemas.cartOptionsSchema, cart],
    ['copula', schemas.copulaOptionsSchema, copula],
    ['Bayesian network', schemas.bayesianNetworkOptionsSchema, bayesianNetwork],
    ['adversarial forest', schemas.arfOptionsSchema, arf],
    ['SMOTE', schemas.smoteOptionsSchema, smote],
    ['independent', schemas.independentOptionsSchema, independent],
    ['relational', schemas.relationalOptionsSchema, { tables: [relationalTable] }],
    ['DP tree', schemas.dpTreeOptionsSchema, dpTree],
    ['DP domain', schemas.dpDomainSchema, domain],
    ['constraints', schemas.constraintsSchema, constraints],
    ['constrain', schemas.constrainOptionsSchema, constrain],
    ['detectability', schemas.detectabilityOptionsSchema, detectability],
    ['utility', schemas.utilityOptionsSchema, utility],
    ['pMSE', schemas.pmseOptionsSchema, pmse],
    ['distance', schemas.tableDistanceOptionsSchema, distance],
    ['k-way', schemas.kWayMarginalsOptionsSchema, kWay],
    ['subgroups', schemas.subgroupFidelityOptionsSchema, subgroups],
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
    [schemas.copulaOptionsSchema, { knot: 3 }, /config: unknown field knot; check the spelling/],
    [schemas.bayesianNetworkOptionsSchema, { maxParents: 3 }, /config\.maxParents: expected one of 0, 1, 2/],
    [schemas.arfOptionsSchema, { tolerance: 0.6 }, /config\.tolerance: expected at most 0\.5/],
    [schemas.smoteOptionsSchema, {}, /config\.target: expected string/],
    [schemas.relationalOptionsSchema, { tables: [{ minLeaf: 0 }] }, /config\.tables\.0\.minLeaf: expected more than 0/],
    [schemas.dpTreeOptionsSchema, { domain: [], epsilon: 1, delta: 0 }, /config\.delta: expected more than 0/],
    [
      schemas.dpTreeOptionsSchema,
      { domain: [], epsilon: 1, delta: 1e-9, noise: {} },
      /config: unknown field noise; check the spelling/,
    ],
    [schemas.dpDomainSchema, [{ name: 'a', kind: 'number', max: 3 }], /config\.0\.min: expected number/],
    [schemas.dpDomainSchema, [{ name: 'a', kind: 'text' }], /config\.0\.kind: fits none of the allowed forms/],
    [schemas.constraintsSchema, [{ kind: 'range', column: 'a', mni: 3 }], /config\.0: unknown field mni/],
    [schemas.constraintsSchema, [{ kind: 'predicate', name: 'a', columns: ['b'] }], /config\.0\.kind: fits none/],
    [schemas.detectabilityOptionsSchema, { seed: 's', learners: ['forest'] }, /config\.learners\.0: expected one of/],
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
