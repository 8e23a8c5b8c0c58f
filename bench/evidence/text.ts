import {
  fitNgramModel,
  generateTexts,
  memoryTextCache,
  mockTextModel,
  ngramTextModel,
  promptTemplate,
  quotaGrid,
  sampleNgramText,
  synthesizeTexts,
} from '../../src/generators/text/index.ts';
import { createRng, uniformInt } from '../../src/random/index.ts';
import {
  findPersonalData,
  lempelZivRatio,
  minHash,
  minHashSimilarity,
  nearDuplicates,
  normalizeText,
  segmentWords,
  selfBleu,
  shingleJaccard,
  splitSentences,
} from '../../src/text/index.ts';
import { type Evidence, within } from './types.ts';

const AREA = 'text';

/** Made-up texts: words drawn with falling shares from a made-up vocabulary. */
function makeTexts(count: number, length: number, seed: string): string[] {
  const rng = createRng(seed);
  return Array.from({ length: count }, () =>
    Array.from({ length }, () => `w${Math.min(uniformInt(rng, 5000), uniformInt(rng, 5000))}`).join(' '),
  );
}

/** The text with some words replaced. */
function mutate(text: string, changes: number, seed: string): string {
  const rng = createRng(seed);
  const words = text.split(' ');
  for (let i = 0; i < changes; i++) words[uniformInt(rng, words.length)] = `x${uniformInt(rng, 1e9)}`;
  return words.join(' ');
}

export const evidence: Evidence = async function* ({ full }) {
  const pairs = full ? 4000 : 400;
  const base = makeTexts(pairs, 100, 'text/base');

  // MinHash: is the estimate unbiased, and is its spread that of independent draws?
  let difference = 0;
  let squares = 0;
  let expected = 0;
  base.forEach((text, i) => {
    const other = mutate(text, i % 16, `text/minhash/${i}`);
    const jaccard = shingleJaccard(text, other);
    const error = minHashSimilarity(minHash(text), minHash(other)) - jaccard;
    difference += error;
    squares += error * error;
    expected += (jaccard * (1 - jaccard)) / 128;
  });
  const bias = difference / Math.sqrt(expected);
  yield within(AREA, `MinHash bias in standard errors, ${pairs} pairs`, bias, -4, 4);
  yield within(AREA, 'MinHash variance over J (1 - J) / 128', squares / expected, 0.8, 1.2);

  // Planted near-duplicates: recall at Jaccard .8 and above, and no text dropped without one.
  const copies = base.map((text, i) => mutate(text, 1 + (i % 3), `text/near/${i}`));
  const result = nearDuplicates([...base, ...copies]);
  const found = new Map(result.dropped.map(({ index, duplicateOf }) => [index - pairs, duplicateOf]));
  let planted = 0;
  let hits = 0;
  let wrong = 0;
  copies.forEach((copy, i) => {
    const close = shingleJaccard(copy, base[i]!) >= 0.8;
    if (close) planted++;
    if (close && found.get(i) === i) hits++;
    if (!close && found.has(i)) wrong++;
  });
  yield within(AREA, `near-duplicate recall at Jaccard >= .8, ${planted} planted`, hits / planted, 0.95, 1);
  yield within(AREA, 'texts dropped below the threshold', wrong, 0, 0);

  // The pipeline: offline, repeatable, nothing asked on a rerun.
  const stories = makeTexts(300, 40, 'text/fit').map((text) => `${text.replaceAll(/w(\d)\d*/g, 'w$1')}.`);
  const model = fitNgramModel(stories);
  const cache = memoryTextCache();
  const options = {
    axes: { topic: ['a', 'b', 'c', 'd'], persona: ['p', 'q', 'r'], difficulty: ['easy', 'hard'] },
    template: promptTemplate('{{topic}} {{persona}} {{difficulty}}'),
    count: full ? 600 : 120,
    seed: 'text/run',
    model: ngramTextModel(model),
    cache,
  };
  const first = await synthesizeTexts(options);
  const again = await synthesizeTexts({ ...options, concurrency: 1 });
  yield within(AREA, 'model calls of a rerun with the cache', again.batch.calls, 0, 0);
  const equal = JSON.stringify(again.texts) === JSON.stringify(first.texts);
  yield within(AREA, 'rerun gives the same texts and origins (1 = yes)', equal ? 1 : 0, 1, 1);

  // Bounded repair: an answer that is bad with chance 1/2 is usable after 3 attempts with chance 7/8.
  const { items } = quotaGrid({ topic: ['a', 'b'] }, full ? 4000 : 800, 'text/repair');
  const coin = createRng('text/coin');
  const batch = await generateTexts(items, {
    model: mockTextModel(() => (coin.nextUint32() & 1 ? 'good' : 'bad')),
    template: promptTemplate('{{topic}}'),
    maxRepairs: 2,
    validate: (text) => (text === 'good' ? { ok: true, value: null } : { ok: false, reason: 'bad' }),
  });
  const share = batch.texts.length / items.length;
  yield within(AREA, 'usable after at most 2 repairs when half the answers are bad (7/8)', share, 0.83, 0.92);

  // Quota grid: cells used when as many items are asked for as there are cells.
  const values = (prefix: string, n: number): string[] => Array.from({ length: n }, (_, i) => `${prefix}${i}`);
  const { coverage } = quotaGrid({ a: values('a', 20), b: values('b', 10), c: values('c', 5) }, 1000, 'text/grid');
  yield within(AREA, 'share of grid cells used at n = cells (independent draws: .63)', coverage.cellsUsed / 1000, 1, 1);

  // The n-gram model: no name of one or two texts comes out; how many texts are copies.
  const named = stories.map((text, i) => `${text} Person${i} Surname${i} wrote this.`);
  const samples = sampleNgramText(fitNgramModel(named), { rows: full ? 5000 : 1000, seed: 'text/names' });
  const leaks = samples.filter((text) => /person\d|surname\d/i.test(text)).length;
  yield within(AREA, 'n-gram samples with a name of fewer than 3 texts', leaks, 0, 0);
  const source = new Set(named);
  const copied = samples.filter((text) => source.has(text)).length / samples.length;
  yield within(AREA, 'n-gram samples that are copies of a training text', copied, 0, 0.005);

  // Hostile megabytes: the slowest of all kernels on all inputs, in milliseconds of processor time (best of two).
  let slowest = 0;
  let where = '';
  const kernels: readonly (readonly [string, (text: string) => unknown])[] = [
    ['normalizeText', normalizeText],
    ['splitSentences', splitSentences],
    ['segmentWords', segmentWords],
    ['findPersonalData', findPersonalData],
    ['lempelZivRatio', (text) => lempelZivRatio([text])],
    ['minHash', (text) => minHash(text)],
    ['minHash of characters', (text) => minHash(text, { unit: 'character' })],
    ['nearDuplicates', (text) => nearDuplicates([text, `${text} b`])],
    ['selfBleu', (text) => selfBleu([segmentWords(text), ['a']])],
  ];
  const inputs = ['a', 'a ', '@a.', '1 ', 'a\u0301', '\ud800', '."', '\n ', 'GB82 '];
  for (const piece of [...inputs, makeTexts(1, 200_000, 'text/mb')[0]!]) {
    const text = piece.repeat(Math.ceil(1_000_000 / piece.length)).slice(0, 1_000_000);
    for (const [name, run] of kernels) {
      let best = Number.POSITIVE_INFINITY;
      for (let turn = 0; turn < 2 && best > 500; turn++) {
        const start = process.cpuUsage();
        run(text);
        const { user, system } = process.cpuUsage(start);
        best = Math.min(best, (user + system) / 1000);
      }
      if (best > slowest) {
        slowest = best;
        where = `${name} of ${JSON.stringify(piece.slice(0, 8))}`;
      }
    }
  }
  yield within(AREA, `slowest kernel on a hostile megabyte, processor ms (${where})`, Math.round(slowest), 0, 1000);
};
