import { unsafeSeededNoise } from '../../src/dp/index.ts';
import {
  cartGenerator,
  constrainGenerator,
  fingerprintModel,
  fitArf,
  fitBayesianNetwork,
  fitCart,
  fitCopula,
  fitDpTree,
  fitIndependent,
  fitNgramModel,
  fitRelational,
  fitSmote,
  sampleArf,
  sampleArfConditional,
  sampleBayesianNetwork,
  sampleCart,
  sampleCartConditional,
  sampleCopula,
  sampleCopulaConditional,
  sampleDpTree,
  sampleIndependent,
  sampleNgramText,
  sampleRelational,
  sampleSmote,
} from '../../src/generators/index.ts';
import { canonicalJson, type JsonValue } from '../../src/hash/index.ts';
import { encodeFeatures, fitBoostedTrees, fitLogistic } from '../../src/learners/index.ts';
import { tableDigest } from '../../src/lineage/index.ts';
import { dropColumns, integerColumn, replaceColumn, selectColumns, sliceRows } from '../../src/table/index.ts';
import { minHash, nearDuplicates } from '../../src/text/index.ts';
import type { IntegerColumn, Model, SampleOptions, Table } from '../../src/types.ts';

const ROWS = 400;
const SEED = 'runtimes';

/** Model and sample of every generator, of the learners and of the text kernel, as text to be hashed. */
export function generatorSections(people: Table): (readonly [string, string])[] {
  const table = sliceRows(people, 0, 2000);
  const sections: (readonly [string, string])[] = [];
  const add = <M extends Model>(name: string, model: M, sample: (model: M, options: SampleOptions) => Table): void => {
    sections.push([`${name}/fit`, fingerprintModel(model)]);
    sections.push([`${name}/sample`, tableDigest(sample(model, { rows: ROWS, seed: SEED })).digest]);
  };
  add('independent', fitIndependent(table), sampleIndependent);
  add('copula', fitCopula(table), sampleCopula);
  add(
    'copula/polychoric',
    fitCopula(selectColumns(table, ['sex', 'height', 'gold']), { latent: 'polychoric' }),
    sampleCopula,
  );
  add('bayesian-network', fitBayesianNetwork(table), sampleBayesianNetwork);
  add('arf', fitArf(table, { trees: 4, maxRounds: 2 }), sampleArf);
  add('smote', fitSmote(table, { target: 'sex' }), sampleSmote);
  add('cart/bootstrap', fitCart(table, { bootstrap: 'copy-1' }), sampleCart);
  const given = { sex: 'female' };
  const options = { rows: ROWS, seed: SEED, given };
  sections.push(
    ['cart/conditional', tableDigest(sampleCartConditional(fitCart(table), options).table).digest],
    ['copula/conditional', tableDigest(sampleCopulaConditional(fitCopula(table), options)).digest],
    ['arf/conditional', tableDigest(sampleArfConditional(fitArf(table, { trees: 4, maxRounds: 1 }), options)).digest],
  );
  const synthesize = ['sex', 'height', 'gold'];
  const keeping = { rows: ROWS, seed: SEED, kept: table };
  sections.push(
    ['cart/partial', tableDigest(sampleCart(fitCart(table, { synthesize }), keeping)).digest],
    ['copula/partial', tableDigest(sampleCopula(fitCopula(table, { synthesize }), keeping)).digest],
    ['arf/partial', tableDigest(sampleArf(fitArf(table, { synthesize, trees: 4, maxRounds: 1 }), keeping)).digest],
  );
  const release = {
    domain: [
      { name: 'sex', kind: 'category', labels: ['female', 'male'], other: null, missing: false },
      { name: 'gold', kind: 'integer', min: 0, max: 9, edges: [0, 1, 2, 10], missing: false },
    ],
    epsilon: 1,
    delta: 1e-9,
  } as const;
  const two = selectColumns(table, ['sex', 'gold']);
  const dp = fitDpTree(two, { ...release, noise: unsafeSeededNoise(SEED) });
  add('dp-tree', dp, sampleDpTree);
  const dpPartial = fitDpTree(two, { ...release, noise: unsafeSeededNoise(SEED), synthesize: ['sex'] });
  sections.push(['dp-tree/partial', tableDigest(sampleDpTree(dpPartial, keeping)).digest]);
  const rule = { kind: 'range', column: 'height', min: 1.6 } as const;
  const constrained = constrainGenerator(cartGenerator, [rule]);
  add('constrained', constrained.fit(table, {}), constrained.sample);
  const ids = integerColumn(
    'id',
    Array.from({ length: 200 }, (_, i) => i),
  );
  const parent = replaceColumn(selectColumns(sliceRows(table, 0, 200), ['sex', 'height']), ids);
  const of = integerColumn(
    'of',
    Array.from({ length: 600 }, (_, i) => (i * 7) % 200),
  );
  const child = replaceColumn(selectColumns(sliceRows(table, 0, 600), ['gold', 'sport']), of);
  const relational = fitRelational({ parent, child, key: 'id', foreignKey: 'of' });
  const drawn = sampleRelational(relational, { rows: 100, seed: SEED });
  sections.push(['relational/sample', [drawn.parent, drawn.child].map((one) => tableDigest(one).digest).join()]);

  const features = encodeFeatures(dropColumns(table, ['name', 'info']));
  const label = table.columns.find((column) => column.name === 'gold') as IntegerColumn;
  const won = label.values.map((value) => (value > 0 ? 1 : 0));
  sections.push([
    'learners/boosted-trees',
    canonicalJson(fitBoostedTrees(features.columns, won) as unknown as JsonValue),
  ]);
  const oneHot = encodeFeatures(selectColumns(table, ['sex', 'weight']), { form: 'one-hot' });
  const complete = oneHot.columns.map((column) => column.map((value) => (Number.isNaN(value) ? 0 : value)));
  sections.push(['learners/logistic', canonicalJson(fitLogistic(complete, won) as unknown as JsonValue)]);

  const texts = Array.from(
    { length: 300 },
    (_, i) => `The ${i % 7} cats of ${i % 11} towns met Ünal's dog; ${i % 3} ran.`,
  );
  sections.push(
    ['text/ngram', sampleNgramText(fitNgramModel(texts), { rows: 50, seed: SEED }).join('\n')],
    ['text/min-hash', [...minHash(texts[0]!)].join()],
    ['text/near-duplicates', canonicalJson(nearDuplicates(texts) as unknown as JsonValue)],
  );
  return sections;
}
