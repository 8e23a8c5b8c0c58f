import { createRequire } from 'node:module';
import { createPhiloxRng, createRng, normal, permutation, uniform } from '../../src/random/index.ts';
import { type Bench, medianMs } from './types.ts';

const AREA = 'random';
const N = 4_000_000;

export const bench: Bench = async function* () {
  const seedrandom = createRequire(import.meta.url)('seedrandom') as {
    alea(seed: string): { (): number; int32(): number; double(): number };
  };
  const alea = seedrandom.alea('bench');
  const rng = createRng('bench');
  const philox = createPhiloxRng('bench');
  const words = new Uint32Array(N);
  const doubles = new Float64Array(N);
  const aleaFill = medianMs(() => {
    for (let i = 0; i < N; i++) words[i] = alea.int32();
  });
  const fill = medianMs(() => rng.fill(words));
  yield { area: AREA, job: `fill ${N} words`, ours: fill, peer: 'seedrandom alea', theirs: aleaFill, goal: 1 };
  yield {
    area: AREA,
    job: `fill ${N} words, philox`,
    ours: medianMs(() => philox.fill(words)),
    peer: 'seedrandom alea',
    theirs: aleaFill,
  };
  const ours = medianMs(() => {
    for (let i = 0; i < N; i++) doubles[i] = uniform(rng);
  });
  const theirs = medianMs(() => {
    for (let i = 0; i < N; i++) doubles[i] = alea.double();
  });
  yield { area: AREA, job: `${N} doubles of 53 bits`, ours, peer: 'seedrandom alea.double', theirs };
  const normals = medianMs(() => {
    for (let i = 0; i < N; i++) doubles[i] = normal(rng);
  }, 3);
  const polar = medianMs(() => {
    for (let i = 0; i < N; i += 2) {
      let a = 0;
      let b = 0;
      let s = 0;
      do {
        a = 2 * Math.random() - 1;
        b = 2 * Math.random() - 1;
        s = a * a + b * b;
      } while (s >= 1 || s === 0);
      const scale = Math.sqrt((-2 * Math.log(s)) / s);
      doubles[i] = a * scale;
      doubles[i + 1] = b * scale;
    }
  }, 3);
  yield { area: AREA, job: `${N} normals`, ours: normals, peer: 'polar loop on Math.random', theirs: polar };
  const order = medianMs(() => permutation(rng, 1_000_000), 3);
  const plain = medianMs(() => {
    const out = Uint32Array.from({ length: 1_000_000 }, (_, i) => i);
    for (let i = out.length - 1; i > 0; i--) {
      const j = Math.floor(Math.random() * (i + 1));
      const kept = out[i]!;
      out[i] = out[j]!;
      out[j] = kept;
    }
  }, 3);
  yield { area: AREA, job: 'permutation of 1e6', ours: order, peer: 'plain loop on Math.random', theirs: plain };
};
