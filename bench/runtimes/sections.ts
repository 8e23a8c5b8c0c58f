import { fingerprintModel, fitCart, sampleCart } from '../../src/generators/index.ts';
import { canonicalJson, sha256Hex } from '../../src/hash/index.ts';
import { ed25519PublicKey, tableDigest } from '../../src/lineage/index.ts';
import { govern, verifyGoverned } from '../../src/pipeline/index.ts';
import * as random from '../../src/random/index.ts';
import { toHtml, toMarkdown } from '../../src/report/index.ts';
import {
  bottomKSummary,
  coMomentsSummary,
  contingencySummary,
  distinctSummary,
  groupCountsSummary,
  histogramSummary,
  momentsSummary,
  multisetDigestSummary,
  quantileSummary,
  summarizeAll,
  topValuesSummary,
} from '../../src/summary/index.ts';
import { parseCsv, sliceRows, toRecords } from '../../src/table/index.ts';
import type { Table } from '../../src/types.ts';
import { generatorSections } from './generator-sections.ts';
import { mathSections } from './math-sections.ts';

const DRAWS = 20_000;

/** Name and SHA-256 of everything that must be equal on every runtime. */
export function computeSections(olympians: string): (readonly [string, string])[] {
  const sections: (readonly [string, string])[] = [...mathSections(), ...randomSections()];
  const add = (name: string, text: string): void => {
    sections.push([name, sha256Hex(text)]);
  };

  const table = parseCsv(olympians);
  add('csv/parse', canonicalJson(toRecords(sliceRows(table, 0, 500))));
  add('digest/source', tableDigest(table).digest);
  for (const [name, text] of summarySections(table)) add(`summary/${name}`, text);
  const model = fitCart(table);
  add('cart/fit', fingerprintModel(model));
  add('cart/sample', tableDigest(sampleCart(model, { rows: 3000, seed: 'runtimes' })).digest);
  for (const [name, text] of generatorSections(table)) add(name, text);

  const secretKey = new Uint8Array(32).fill(3);
  const markKey = new Uint8Array(32).fill(4);
  const governed = govern(sliceRows(table, 0, 3000), {
    dataset: { name: 'runtimes', version: '1.0.0' },
    source: { id: 'olympians', kind: 'real', personalData: true },
    seed: 'runtimes',
    salt: new Uint8Array(32).fill(5),
    bias: { sensitive: ['sex'], label: { column: 'gold', positive: '> 0' }, permutations: 199 },
    drift: { permutations: 199 },
    mark: { key: markKey, tableId: 'runtimes', candidates: 3 },
    signer: { secretKey, issuer: { name: 'runtimes' }, issuedAt: '2026-01-14T00:05:00Z' },
  });
  add('govern/csv', governed.csv);
  add('govern/measures', canonicalJson(governed.measures));
  add('govern/envelope', canonicalJson(governed.envelope));
  add('govern/croissant', canonicalJson(governed.croissant));
  add('govern/html', toHtml(governed.report));
  add('govern/markdown', toMarkdown(governed.report));
  const verdict = verifyGoverned(governed.csv, governed.envelope, {
    keys: [{ publicKey: ed25519PublicKey(secretKey) }],
    markKey,
  });
  add('verify/verdict', canonicalJson({ ok: verdict.ok, checks: verdict.checks, mark: verdict.mark }));
  return sections;
}

/** Every distribution. */
function randomSections(): (readonly [string, string])[] {
  const rng = random.createRng('runtimes/random');
  const draw: Record<string, (stream: ReturnType<typeof random.createRng>) => number> = {
    uint32: (r) => r.nextUint32(),
    uniform: random.uniform,
    uniformOpen: random.uniformOpen,
    uniformInt: (r) => random.uniformInt(r, 1_000_003),
    normal: (r) => random.normal(r),
    exponential: (r) => random.exponential(r),
    gamma: (r) => random.gamma(r, 0.7),
    beta: (r) => random.beta(r, 2.5, 0.8),
    binomial: (r) => random.binomial(r, 1000, 0.3),
    poisson: (r) => random.poisson(r, 42.5),
    philox: (() => {
      const engine = random.createPhiloxRng('runtimes');
      return () => engine.nextUint32();
    })(),
  };
  return Object.entries(draw).map(([name, run]) => {
    const stream = rng.stream(name);
    const values = Float64Array.from({ length: DRAWS }, () => run(stream));
    const bytes = new Uint8Array(DRAWS * 8);
    const view = new DataView(bytes.buffer);
    values.forEach((value, i) => {
      view.setFloat64(i * 8, value);
    });
    return [`random/${name}`, sha256Hex(bytes)] as const;
  });
}

/** Every summary over the Olympians in uneven batches, as its canonical state. */
function summarySections(table: Table): [string, string][] {
  const numbers = ['height', 'weight', 'gold'];
  const all = summarizeAll({
    moments: momentsSummary({ columns: numbers }),
    coMoments: coMomentsSummary({ columns: numbers }),
    groups: groupCountsSummary({ columns: ['sex', 'sport'] }),
    contingency: contingencySummary({ columns: ['sex', 'sport'] }),
    histogram: histogramSummary({ column: 'height', edges: [1.5, 1.7, 1.9] }),
    quantiles: quantileSummary({ column: 'height' }),
    distinct: distinctSummary({ columns: ['name'] }),
    bottomK: bottomKSummary({ columns: ['name'], key: new Uint8Array(32).fill(6) }),
    topValues: topValuesSummary({ column: 'nationality' }),
    digest: multisetDigestSummary({ columns: ['name', 'height'], key: new Uint8Array(32).fill(7) }),
  });
  const batches = [sliceRows(table, 0, 17), sliceRows(table, 17, 5000), sliceRows(table, 5000, table.rowCount)];
  let state = all.init();
  for (const batch of batches) state = all.update(state, batch);
  return [
    ['all', canonicalJson(all.encode(state))],
    ['report', canonicalJson(all.report(state))],
  ];
}
