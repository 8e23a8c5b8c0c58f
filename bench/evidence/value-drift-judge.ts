import { binomial, createRng, uniform } from '../../src/random/index.ts';
import { wilsonInterval } from '../../src/stats/index.ts';
import type { Interval } from '../../src/types.ts';
import {
  calibrateJudge,
  correctedShare,
  limitVerdict,
  predictionPoweredMean,
} from '../../src/value-drift/calibration/index.ts';
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
  let passed = 0;
  const careless = full ? 500 : 100;
  for (let run = 0; run < careless; run++) {
    const rng = createRng(`careless/${run}`);
    const human: number[] = [];
    const judge: number[] = [];
    for (let i = 0; i < 200; i++) {
      const mark = 1 + Math.floor(5 * uniform(rng));
      human.push(mark);
      judge.push(uniform(rng) < 0.4 ? mark : 1 + Math.floor(5 * uniform(rng)));
    }
    if (limitVerdict('drift', calibrateJudge(human, judge, { draws: 1 })) !== 'inconclusive') passed++;
  }
  yield within(
    AREA,
    `verdicts let through of a judge that guesses three marks of five (200 items, ${careless} runs)`,
    passed / careless,
    0,
    0,
  );
};
