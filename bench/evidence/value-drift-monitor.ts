import { betaQuantile } from '../../src/math/index.ts';
import { createRng, normal, uniform } from '../../src/random/index.ts';
import type { Rng } from '../../src/types.ts';
import { createValueSpec } from '../../src/value-drift/index.ts';
import {
  adwinDetector,
  betaBinomialEProcess,
  bettingMartingale,
  createMonitor,
  cusumDetector,
  ddmDetector,
  ecddDetector,
  eddmDetector,
  hddmADetector,
  hddmWDetector,
  kswinDetector,
  type MonitorOptions,
  type MonitorState,
  monitorVerdict,
  movingAverageDetector,
  pageHinkleyDetector,
  rddmDetector,
  updateMonitor,
} from '../../src/value-drift/monitor/index.ts';
import { type Evidence, type Figure, within } from './types.ts';

const AREA = 'value-drift';
const ALPHA = 0.05;
const judge = 'judge-1';
const spec = createValueSpec({
  id: 'evidence',
  version: '1',
  scale: { min: 0, max: 1 },
  values: [{ id: 'value', target: { mean: 0.5 } }],
});
const wide = createValueSpec({
  id: 'evidence',
  version: '10',
  scale: { min: 0, max: 1 },
  values: Array.from({ length: 10 }, (_, v) => ({ id: `v${v}`, target: { mean: 0.5 } })),
});

/** Beta(4, 4) in 4,096 equal parts: mean 1/2 exactly, sd .167. */
const PARTS = 4096;
const POOL = Float64Array.from({ length: PARTS }, (_, i) => {
  const p = (Math.min(i, PARTS - 1 - i) + 0.5) / PARTS;
  const x = betaQuantile(p, 4, 4);
  return i < PARTS / 2 ? x : 1 - x;
});

function scores(rng: Rng, n: number, shift = 0): Float64Array {
  const words = rng.fill(new Uint32Array(n));
  const out = new Float64Array(n);
  for (let i = 0; i < n; i++) out[i] = Math.min(1, POOL[words[i]! % PARTS]! + shift);
  return out;
}

const batch = (...columns: Float64Array[]) => ({
  specHash: columns.length === 1 ? spec.hash : wide.hash,
  scorerId: judge,
  scores: { columns },
});

/** Upper limit of a share whose truth is alpha: two standard errors. */
const limit = (runs: number, alpha = ALPHA) => alpha + 2 * Math.sqrt((alpha * (1 - alpha)) / runs);

function share(runs: number, seed: string, outcome: (rng: Rng) => boolean): number {
  let count = 0;
  for (let run = 0; run < runs; run++) if (outcome(createRng(`${seed}/${run}`))) count++;
  return count / runs;
}

const alarmed = (state: MonitorState) => monitorVerdict(state).verdict === 'drift';

function falseAlarms(steps: number, name: string, options: Partial<MonitorOptions>, reference?: number) {
  return (runs: number): number =>
    share(runs, name, (rng) => {
      const monitor = createMonitor(spec, {
        scorerId: judge,
        ...options,
        ...(reference === undefined ? {} : { reference: batch(scores(rng.stream('reference'), reference)) }),
      });
      const current = batch(scores(rng, steps));
      return alarmed(
        options.against === 'pairs'
          ? updateMonitor(monitor, current, batch(scores(rng.stream('pair'), steps)))
          : updateMonitor(monitor, current),
      );
    });
}

/** Median item of the first alarm after the clean items, over runs without a false one; the steps count where there is none. */
function medianDelay(
  runs: number,
  name: string,
  options: Partial<MonitorOptions>,
  shift: number,
  clean = 0,
  reference?: number,
): number {
  const steps = 3000;
  const delays: number[] = [];
  for (let run = 0; run < runs; run++) {
    const rng = createRng(`${name}/${run}`);
    let monitor = createMonitor(spec, {
      scorerId: judge,
      ...options,
      ...(reference === undefined ? {} : { reference: batch(scores(rng.stream('reference'), reference)) }),
    });
    const pairs = options.against === 'pairs';
    const feed = (n: number, by: number) => {
      const reference = pairs ? batch(scores(rng.stream(`pair ${by}`), n)) : undefined;
      monitor = updateMonitor(monitor, batch(scores(rng.stream(`current ${by}`), n, by)), reference);
    };
    if (clean > 0) feed(clean, 0);
    feed(steps, shift);
    const [first] = monitorVerdict(monitor).alarms;
    if (first === undefined) delays.push(steps);
    else if (first.item > clean) delays.push(first.item - clean);
  }
  delays.sort((a, b) => a - b);
  return delays[delays.length >> 1]!;
}

/** Share of steady streams of errors at rate .3 in which a classic raises any alarm. */
function* classics(runs: number, steps: number): Generator<Figure> {
  const streams = Array.from({ length: runs }, (_, run) => {
    const rng = createRng(`classics/${run}`);
    return Float64Array.from({ length: steps }, () => (uniform(rng) < 0.3 ? 1 : 0));
  });
  const detectors = [
    ecddDetector(),
    eddmDetector(),
    hddmWDetector(),
    rddmDetector(),
    hddmADetector(),
    ddmDetector(),
    kswinDetector(),
    movingAverageDetector({ threshold: 0.1 }),
    cusumDetector({ threshold: 50 }),
    pageHinkleyDetector(),
    adwinDetector(),
  ];
  for (const detector of detectors) {
    // Redrawing the window at each value makes KSWIN slow.
    const some = detector.kind === 'kswin' ? streams.slice(0, Math.ceil(runs / 20)) : streams;
    const hits = some.filter((values) => detector.update(detector.init(), values).drifts.length > 0).length;
    const figure = `any false alarm of ${detector.kind} in ${steps} steady errors of rate .3 (${some.length} runs)`;
    yield { area: AREA, figure, value: hits / some.length, bound: 'none promised', ok: true };
  }
  const rate = createValueSpec({
    id: 'rate',
    version: '1',
    scale: { min: 0, max: 1 },
    values: [{ id: 'error', target: { mean: 0.3 } }],
  });
  const ours = streams.filter((values) =>
    alarmed(
      updateMonitor(createMonitor(rate, { scorerId: judge }), {
        specHash: rate.hash,
        scorerId: judge,
        scores: { columns: [values] },
      }),
    ),
  ).length;
  yield within(
    AREA,
    `any false alarm of our monitor in ${steps} steady errors of rate .3 (${runs} runs)`,
    ours / runs,
    0,
    limit(runs),
  );
  const beta = streams.filter((values) =>
    betaBinomialEProcess(values, 0.3).some((logE) => logE >= Math.log(20)),
  ).length;
  yield within(
    AREA,
    `any false alarm of the beta-binomial e-process in ${steps} steady errors of rate .3 (${runs} runs)`,
    beta / runs,
    0,
    limit(runs),
  );
}

/** Mean number of items to an alarm without drift; streams that outlast the steps count with the steps. */
function meanRunLength(runs: number, statistic: 'e-sr' | 'e-cusum', alpha: number): number {
  const steps = Math.ceil(100 / alpha);
  let total = 0;
  for (let run = 0; run < runs; run++) {
    const rng = createRng(`run length ${statistic}/${run}`);
    let monitor = createMonitor(spec, {
      scorerId: judge,
      guarantee: 'run-length',
      statistic,
      alpha,
      afterAlarm: 'stop',
    });
    while (monitor.items < steps && monitor.values[0]!.alarmCount === 0)
      monitor = updateMonitor(monitor, batch(scores(rng, 500)));
    total += monitor.values[0]!.alarms[0]?.item ?? steps;
  }
  return total / runs;
}

/** Any alarm among ten correlated values without drift. */
function familyAlarms(runs: number, steps: number, across: 'bonferroni' | 'e-bh'): number {
  return share(runs, `family ${across}`, (rng) => {
    const columns = Array.from({ length: 10 }, () => new Float64Array(steps));
    for (let i = 0; i < steps; i++) {
      const common = normal(rng);
      for (const column of columns)
        column[i] = Math.min(1, Math.max(0, 0.5 + 0.12 * (common + normal(rng)) * Math.SQRT1_2));
    }
    return alarmed(updateMonitor(createMonitor(wide, { scorerId: judge, across }), batch(...columns)));
  });
}

/** Figures of issue 6 that concern the monitor. */
export const evidence: Evidence = async function* ({ full }) {
  const runs = full ? 10_000 : 150;
  const steps = full ? 5000 : 2000;
  const tell = (design: string) => `any false alarm ever, ${design}, alpha .05 (${runs} runs x ${steps} steps)`;
  yield within(AREA, tell('known target'), falseAlarms(steps, 'target', {})(runs), 0, limit(runs));
  for (const n of [200, 1000]) {
    const rate = falseAlarms(steps, `reference ${n}`, {}, n)(runs);
    yield within(AREA, tell(`reference of ${n}`), rate, 0, limit(runs));
  }
  yield within(AREA, tell('pairs'), falseAlarms(steps, 'pairs', { against: 'pairs' })(runs), 0, limit(runs));
  for (const n of [200, 1000, 5000]) {
    const some = full ? 1000 : 100;
    const naive = share(some, `naive ${n}`, (rng) => {
      const reference = scores(rng.stream('reference'), n);
      const mean = reference.reduce((a, b) => a + b) / n;
      return bettingMartingale(scores(rng, steps), mean).some((logE) => logE >= Math.log(1 / ALPHA));
    });
    const figure = `the mistake of a reference mean taken as known, n = ${n}: any false alarm (${some} runs x ${steps} steps)`;
    yield { area: AREA, figure, value: naive, bound: 'shown as a warning', ok: true };
  }
  const many = full ? 2000 : 200;
  for (const across of ['bonferroni', 'e-bh'] as const) {
    const rate = familyAlarms(many / 4, 2000, across);
    const figure = `any false alarm ever among 10 correlated values, ${across} (${many / 4} runs x 2000 steps)`;
    yield within(AREA, figure, rate, 0, limit(many / 4));
  }
  yield within(
    AREA,
    `median items to an alarm, known target, shift .05 (sd .167)`,
    medianDelay(many, 'delay', {}, 0.05),
    1,
    110,
  );
  yield within(
    AREA,
    `median pairs to an alarm, two-sample, shift .05 (sd .167)`,
    medianDelay(many, 'pair delay', { against: 'pairs' }, 0.05),
    1,
    300,
  );
  yield within(
    AREA,
    `median items to an alarm, known target, shift .05 after 1,000 clean items (ADWIN: 1,207)`,
    medianDelay(many, 'late delay', {}, 0.05, 1000),
    1,
    400,
  );
  for (const n of [200, 1000]) {
    const delay = medianDelay(many, `reference delay ${n}`, {}, 0.1, 0, n);
    yield within(AREA, `median items to an alarm, reference of ${n}, shift .10 (sd .167)`, delay, 1, 300);
  }
  for (const statistic of ['e-sr', 'e-cusum'] as const) {
    const options = { guarantee: 'run-length', statistic, alpha: 1e-4, afterAlarm: 'stop' } as const;
    const figure = `median items to an alarm, known target, shift .05 after 1,000 clean items, ${statistic} with 10,000 items between false alarms`;
    yield within(AREA, figure, medianDelay(many, `late ${statistic}`, options, 0.05, 1000), 1, 300);
  }
  for (const statistic of ['e-sr', 'e-cusum'] as const) {
    const length = meanRunLength(full ? 400 : 40, statistic, 0.01);
    yield within(
      AREA,
      `mean items between false alarms, ${statistic}, alpha .01 (at most 10,000 counted)`,
      length,
      100,
      Infinity,
    );
  }
  yield* classics(full ? 1000 : 60, 3000);
};
