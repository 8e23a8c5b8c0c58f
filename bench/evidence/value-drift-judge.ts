import { binomial, createRng, uniform } from '../../src/random/index.ts';
import { wilsonInterval } from '../../src/stats/index.ts';
import type { Interval } from '../../src/types.ts';
import {
  calibrateScorer,
  compareProfiles,
  correctedShare,
  createValueSpec,
  featureScorer,
  predictionPoweredMean,
  profileValues,
  type ValueProfile,
} from '../../src/value-drift/index.ts';
import { type Evidence, within } from './types.ts';

const AREA = 'value-drift';
const SENSITIVITY = 0.8;
const SPECIFICITY = 0.7;
const ITEMS = 1000;
const LABELLED = 300;

const covers = ({ lower, upper }: Interval, truth: number) => (lower <= truth && truth <= upper ? 1 : 0);

/** What people and a judge of the stated rates say of one item. */
function item(rng: ReturnType<typeof createRng>, truth: number): readonly [human: number, judge: number] {
  const human = uniform(rng) < truth ? 1 : 0;
  const judge = uniform(rng) < (human === 1 ? SENSITIVITY : 1 - SPECIFICITY) ? 1 : 0;
  return [human, judge];
}

/** Figures of issue 6 that concern the judge. */
export const evidence: Evidence = async function* ({ full }) {
  const runs = full ? 5000 : 1000;
  for (const truth of [0.1, 0.3, 0.5]) {
    let corrected = 0;
    let powered = 0;
    let naive = 0;
    for (let run = 0; run < runs; run++) {
      const rng = createRng(`judge ${truth}/${run}`);
      const human = new Float64Array(LABELLED);
      const judged = new Float64Array(LABELLED);
      for (let i = 0; i < LABELLED; i++) [human[i], judged[i]] = item(rng, truth) as [number, number];
      const rest = Float64Array.from({ length: ITEMS }, () => item(rng, truth)[1]);
      powered += covers(predictionPoweredMean(human, judged, rest).interval, truth);
      const positives = rest.reduce((a, b) => a + b);
      naive += covers(wilsonInterval(positives, ITEMS), truth);
      const found = correctedShare({
        items: ITEMS,
        positives,
        truePositives: 150,
        hits: binomial(rng, 150, SENSITIVITY),
        trueNegatives: 150,
        rejections: binomial(rng, 150, SPECIFICITY),
      });
      corrected += covers(found.interval!, truth);
    }
    const setting = `judge with se .8, sp .7, true share ${truth}, ${ITEMS} items, ${LABELLED} labelled (${runs} runs)`;
    // Short runs leave a standard error of .007.
    const [low, high] = full ? [0.93, 0.97] : [0.92, 0.98];
    yield within(AREA, `coverage of the corrected share, ${setting}`, corrected / runs, low, high);
    yield within(AREA, `coverage of the prediction-powered mean, ${setting}`, powered / runs, low, high);
    yield within(AREA, `coverage of the naive interval, ${setting}`, naive / runs, 0, 0.2);
  }
  const runsOfJudge = full ? 500 : 60;
  for (const [who, guesses] of [
    ['guesses three marks of five', 0.6],
    ['guesses one mark of ten', 0.1],
  ] as const) {
    let barred = 0;
    let found = 0;
    for (let run = 0; run < runsOfJudge; run++) {
      const rng = createRng(`careless/${guesses}/${run}`);
      const [rated, people] = judged(rng, 200, 0, guesses);
      const [before] = judged(rng, 200, 0, guesses);
      // Two thirds of the texts moved up: a drift that either judge sees in its own marks.
      const [after] = judged(rng, 200, 0.67, guesses);
      const calibration = calibrateScorer(rated, [people], { draws: 1 });
      const { verdict } = compareProfiles(before, after, { calibration, permutations: 99 });
      if (verdict === 'inconclusive') barred++;
      if (verdict === 'drift') found++;
    }
    const setting = `judge that ${who} (200 rated items, a true drift, ${runsOfJudge} runs)`;
    yield guesses > 0.5
      ? within(AREA, `share of inconclusive verdicts, ${setting}`, barred / runsOfJudge, 0.99, 1)
      : within(AREA, `share of drift verdicts, ${setting}`, found / runsOfJudge, 0.95, 1);
  }
};

const SPEC = createValueSpec({ id: 'marks', version: '1', scale: { min: 1, max: 5 }, values: ['Kind'] });

/** Items of which a share was pulled to the upper marks, as a careless judge marks them, and people's own marks. */
function judged(
  rng: ReturnType<typeof createRng>,
  n: number,
  moved: number,
  guesses: number,
): readonly [ValueProfile, number[]] {
  const people: number[] = [];
  const marks: number[][] = [];
  for (let i = 0; i < n; i++) {
    const mark = uniform(rng) < moved ? 4 + Math.floor(2 * uniform(rng)) : 1 + Math.floor(5 * uniform(rng));
    people.push(mark);
    marks.push([uniform(rng) < guesses ? 1 + Math.floor(5 * uniform(rng)) : mark]);
  }
  return [profileValues(marks, featureScorer(SPEC, 'judge')), people];
}
