import { createRng, normal } from '../../src/random/index.ts';
import { segmentWords } from '../../src/text/index.ts';
import {
  compareProfiles,
  createValueSpec,
  featureScorer,
  lexiconScorer,
  profileValues,
  schwartzLexicon,
} from '../../src/value-drift/index.ts';
import { type Bench, medianMs } from './types.ts';

const AREA = 'value-drift';
const WIDTH = 10;
const ROWS = 10_000;
const DRAWS = 999;

/** What one would write first: shuffle a label array and sum every column anew. */
function plainPermutations(columns: readonly Float64Array[], n: number, draws: number): number {
  const total = columns[0]!.length;
  const order = Uint32Array.from({ length: total }, (_, i) => i);
  let top = 0;
  for (let d = 0; d < draws; d++) {
    for (let i = total - 1; i > 0; i--) {
      const j = Math.floor(Math.random() * (i + 1));
      const kept = order[i]!;
      order[i] = order[j]!;
      order[j] = kept;
    }
    for (const column of columns) {
      let s = 0;
      let q = 0;
      let s2 = 0;
      let q2 = 0;
      for (let i = 0; i < n; i++) {
        const x = column[order[i]!]!;
        s += x;
        q += x * x;
      }
      for (let i = n; i < total; i++) {
        const x = column[order[i]!]!;
        s2 += x;
        q2 += x * x;
      }
      const m = total - n;
      const se = Math.sqrt((q / n - (s / n) ** 2) / n + (q2 / m - (s2 / m) ** 2) / m);
      top = Math.max(top, Math.abs(s / n - s2 / m) / se);
    }
  }
  return top;
}

export const bench: Bench = async function* () {
  const rng = createRng('bench');
  const spec = createValueSpec({ id: 'bench', version: '1', values: Array.from({ length: WIDTH }, (_, v) => `v${v}`) });
  const scorer = featureScorer(spec);
  const draw = () => Array.from({ length: ROWS }, () => Array.from({ length: WIDTH }, () => normal(rng)));
  const a = profileValues(draw(), scorer);
  const b = profileValues(draw(), scorer);
  const columns = a.scores!.columns.map((column, v) => Float64Array.of(...column, ...b.scores!.columns[v]!));
  yield {
    area: AREA,
    job: `compare ${WIDTH} values, n = m = ${ROWS}, ${DRAWS} permutations`,
    ours: medianMs(() => compareProfiles(a, b, { permutations: DRAWS }), 3),
    peer: 'plain loop',
    theirs: medianMs(() => plainPermutations(columns, ROWS, DRAWS), 3),
    goal: 1,
  };
  const words = schwartzLexicon()
    .values.flatMap((value) => value.descriptors!.map((d) => d.phrase.replace('*', 'ing')))
    .concat(new Array(800).fill('the'), new Array(400).fill('quick'), new Array(400).fill('Brown'));
  const texts = Array.from({ length: 2000 }, (_, i) =>
    Array.from({ length: 150 }, (_, k) => words[(i * 7919 + k * 104_729) % words.length]!).join(', '),
  );
  const lexicon = lexiconScorer(schwartzLexicon());
  yield {
    area: AREA,
    job: 'lexicon scores of 2,000 texts of 150 words',
    ours: medianMs(() => lexicon.score(texts), 3),
    peer: 'cutting the words alone, by /[\\p{L}\\p{N}]+/gu',
    theirs: medianMs(
      () =>
        texts.map((text) =>
          text
            .normalize('NFC')
            .toLowerCase()
            .match(/[\p{L}\p{N}]+/gu),
        ),
      3,
    ),
  };
  const segmenter = new Intl.Segmenter('en', { granularity: 'word' });
  yield {
    area: AREA,
    job: 'words of 2,000 texts of 150 words',
    ours: medianMs(() => texts.map((text) => segmentWords(text)), 3),
    peer: 'Intl.Segmenter',
    theirs: medianMs(() => texts.map((text) => [...segmenter.segment(text)].filter((part) => part.isWordLike)), 3),
  };
};
