import { expect, test } from 'vitest';
import { unsafeSeededNoise } from '../../src/dp/index.ts';
import {
  arfLogDensity,
  cartGenerator,
  constrainGenerator,
  type DpColumnDomain,
  fitArf,
  fitBayesianNetwork,
  fitCart,
  fitCopula,
  fitDpTree,
  fitIndependent,
  fitNgramModel,
  fitRelational,
  fitSmote,
  oversample,
  sampleArf,
  sampleArfConditional,
  sampleBayesianNetwork,
  sampleCart,
  sampleCartConditional,
  sampleCopula,
  sampleCopulaConditional,
  sampleDpTree,
  sampleGiven,
  sampleIndependent,
  sampleNgramText,
  sampleRelational,
  sampleSmote,
  smoteGenerator,
} from '../../src/generators/index.ts';
import { categoryColumn, createTable, integerColumn, numberColumn, selectColumns } from '../../src/table/index.ts';
import type { JobOptions, Progress } from '../../src/types.ts';
import { mixedTable } from './make-table.ts';

const source = mixedTable(400);
const three = selectColumns(source, ['group', 'age', 'member']);
const domain: DpColumnDomain[] = [
  { name: 'group', kind: 'category', labels: ['a', 'b', 'c'] },
  { name: 'age', kind: 'integer', min: 0, max: 100 },
  { name: 'member', kind: 'boolean' },
];
const range = (n: number) => Array.from({ length: n }, (_, i) => i);
const clean = createTable([
  categoryColumn(
    'c',
    range(200).map((i) => (i % 4 ? 'a' : 'b')),
  ),
  numberColumn(
    'n',
    range(200).map((i) => i % 37),
  ),
]);
const parent = createTable([
  integerColumn('id', range(60)),
  numberColumn(
    'v',
    range(60).map((i) => i % 7),
  ),
]);
const child = createTable([
  integerColumn(
    'of',
    range(200).map((i) => i % 60),
  ),
  numberColumn(
    'w',
    range(200).map((i) => i % 7),
  ),
]);
const related = { parent, child, key: 'id', foreignKey: 'of' };
const texts = range(20).map((i) => `word ${i % 5} and other words ${i % 3}`);
const dp = { domain, epsilon: 1, delta: 1e-9 };
const rows = { rows: 9, seed: 's' };
const given = { group: 'a' };
const noise = () => unsafeSeededNoise('t');

const jobs: readonly [string, (job: JobOptions) => unknown][] = [
  ['fitCart', (job) => fitCart(source, job)],
  ['sampleCart', (job) => sampleCart(fitCart(source), { ...rows, ...job })],
  ['sampleCart, donors', (job) => sampleCart(fitCart(source), { ...rows, maxDonorReuse: 5, ...job })],
  ['sampleCartConditional', (job) => sampleCartConditional(fitCart(source), { ...rows, given, ...job })],
  ['fitCopula', (job) => fitCopula(source, job)],
  ['sampleCopula', (job) => sampleCopula(fitCopula(source), { ...rows, ...job })],
  ['sampleCopulaConditional', (job) => sampleCopulaConditional(fitCopula(source), { ...rows, given, ...job })],
  ['fitBayesianNetwork', (job) => fitBayesianNetwork(source, job)],
  ['sampleBayesianNetwork', (job) => sampleBayesianNetwork(fitBayesianNetwork(source), { ...rows, ...job })],
  ['fitDpTree', (job) => fitDpTree(three, { ...dp, noise: noise(), ...job })],
  ['sampleDpTree', (job) => sampleDpTree(fitDpTree(three, { ...dp, noise: noise() }), { ...rows, ...job })],
  ['fitArf', (job) => fitArf(source, { trees: 2, ...job })],
  ['sampleArf', (job) => sampleArf(fitArf(source, { trees: 2 }), { ...rows, ...job })],
  ['sampleArfConditional', (job) => sampleArfConditional(fitArf(source, { trees: 2 }), { ...rows, given, ...job })],
  ['arfLogDensity', (job) => arfLogDensity(fitArf(source, { trees: 2 }), source, job)],
  ['fitIndependent', (job) => fitIndependent(source, job)],
  ['sampleIndependent', (job) => sampleIndependent(fitIndependent(source), { ...rows, ...job })],
  ['fitSmote', (job) => fitSmote(clean, { target: 'c', ...job })],
  ['sampleSmote', (job) => sampleSmote(fitSmote(clean, { target: 'c' }), { ...rows, ...job })],
  ['oversample', (job) => oversample(clean, { target: 'c', seed: 's', ...job })],
  [
    'sampleGiven of SMOTE',
    (job) => sampleGiven(smoteGenerator, fitSmote(clean, { target: 'c' }), { ...rows, given: { n: 8 }, ...job }),
  ],
  ['fitRelational', (job) => fitRelational(related, job)],
  ['sampleRelational', (job) => sampleRelational(fitRelational(related), { ...rows, ...job })],
  ['fitNgramModel', (job) => fitNgramModel(texts, { minTexts: 2, ...job })],
  ['sampleNgramText', (job) => sampleNgramText(fitNgramModel(texts, { minTexts: 2 }), { ...rows, ...job })],
  [
    'constrainGenerator',
    (job) => {
      const generator = constrainGenerator(cartGenerator, [{ kind: 'range', column: 'age', min: 0 }]);
      return generator.sample(generator.fit(source, {}), { ...rows, ...job } as typeof rows);
    },
  ],
];

test.each(jobs)('%s tells its progress to the end, and stops when asked', (_, run) => {
  const told: Progress[] = [];
  run({ onProgress: (progress) => told.push(progress) });
  expect(told.length).toBeGreaterThan(0);
  for (const { done, total } of told) expect(done <= total).toBe(true);
  expect(told.at(-1)!.done).toBe(told.at(-1)!.total);
  let code = 'none';
  try {
    run({ signal: { aborted: true } });
  } catch (error) {
    code = (error as { code: string }).code;
  }
  expect(code).toBe('ABORTED');
});
