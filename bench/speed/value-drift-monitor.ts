import { createRng, normal, uniform } from '../../src/random/index.ts';
import { createValueSpec } from '../../src/value-drift/index.ts';
import { adwinDetector, createMonitor, updateMonitor } from '../../src/value-drift/monitor/index.ts';
import { type Bench, medianMs } from './types.ts';

const AREA = 'value-drift';
const POINTS = 1_000_000;
/** river 0.21 (Cython) on a 2-core machine, milliseconds: quoted, for it does not run in JavaScript. */
const RIVER = 1250;

/** What one would write first: bets on one value, with Math.log, nothing kept for charts or intervals. */
function plainBets(values: Float64Array, mean: number): number {
  let up = 0;
  let down = 0;
  let total = 0.5;
  let squares = 0.25;
  for (let i = 0; i < values.length; i++) {
    const x = values[i]!;
    const t = i + 1;
    const bet = Math.sqrt((2 * Math.log(40)) / (Math.log(t + 1) * squares));
    up += Math.log(1 + Math.min(bet, 0.5 / mean) * (x - mean));
    down += Math.log(1 - Math.min(bet, 0.5 / (1 - mean)) * (x - mean));
    total += x;
    squares += (x - total / (t + 1)) ** 2;
  }
  return Math.max(up, down);
}

export const bench: Bench = async function* () {
  const rng = createRng('monitor speed');
  const steady = Float64Array.from({ length: POINTS }, () => uniform(rng));
  const moving = Float64Array.from({ length: POINTS }, (_, i) => normal(rng) + Math.floor(i / 50_000));
  const detector = adwinDetector();
  for (const [name, values] of [
    ['steady', steady],
    ['20 levels', moving],
  ] as const)
    yield {
      area: AREA,
      job: `ADWIN, ${POINTS} values, ${name}`,
      ours: medianMs(() => detector.update(detector.init(), values), 3),
      peer: 'river 0.21 (quoted)',
      theirs: RIVER,
      goal: 0.2,
    };
  const spec = createValueSpec({
    id: 'speed',
    version: '1',
    scale: { min: 0, max: 1 },
    values: [{ id: 'value', target: { mean: 0.5 } }],
  });
  const monitor = createMonitor(spec, { scorerId: 'judge' });
  const batch = { specHash: spec.hash, scorerId: 'judge', scores: { columns: [steady] } };
  yield {
    area: AREA,
    job: `monitor of one value, ${POINTS} items`,
    ours: medianMs(() => updateMonitor(monitor, batch), 3),
    peer: 'plain loop',
    theirs: medianMs(() => plainBets(steady, 0.5), 3),
  };
};
