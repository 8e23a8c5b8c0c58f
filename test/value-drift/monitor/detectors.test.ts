import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRng, normal, uniform } from '../../../src/random/index.ts';
import {
  adwinDetector,
  cusumDetector,
  ddmDetector,
  ecddDetector,
  eddmDetector,
  hddmADetector,
  hddmWDetector,
  kswinDetector,
  movingAverageDetector,
  pageHinkleyDetector,
  rddmDetector,
  type StreamDetector,
  type StreamDetectorState,
} from '../../../src/value-drift/monitor/index.ts';
import { code, viaJson } from './support.ts';

const detectors: StreamDetector[] = [
  adwinDetector(),
  adwinDetector({ afterAlarm: 'restart', clock: 1, maxBuckets: 2 }),
  cusumDetector({ threshold: 3 }),
  ddmDetector(),
  ecddDetector(),
  eddmDetector(),
  hddmADetector({ twoSided: true }),
  hddmWDetector({ twoSided: true }),
  kswinDetector({ windowSize: 40, testSize: 15 }),
  movingAverageDetector({ threshold: 0.2 }),
  pageHinkleyDetector({ threshold: 3 }),
  rddmDetector({ minValues: 60, minConcept: 100, maxConcept: 200, maxWarnings: 20 }),
];

/** Errors whose rate jumps at each level. */
function errors(seed: string, levels: readonly number[], each: number): Float64Array {
  const rng = createRng(seed);
  return Float64Array.from({ length: levels.length * each }, (_, i) =>
    uniform(rng) < levels[Math.floor(i / each)]! ? 1 : 0,
  );
}

describe.each(detectors.map((detector, i) => [`${detector.kind} ${i}`, detector] as const))('%s', (_, detector) => {
  const values = errors('values', [0.1, 0.7, 0.2], 300);

  test('one by one, in parts and all at once give the same states and alarms', () => {
    const whole = detector.update(detector.init(), values);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 12 }), (cuts) => {
        let state = detector.init();
        const drifts: number[] = [];
        const warnings: number[] = [];
        let at = 0;
        for (const cut of [...cuts, values.length]) {
          const found = detector.update(viaJson(state), values.slice(at, at + cut));
          at += cut;
          state = found.state;
          drifts.push(...found.drifts);
          warnings.push(...found.warnings);
        }
        expect({ state, drifts, warnings }).toEqual(whole);
      }),
      { numRuns: 15 },
    );
  });

  test('the old state is untouched', () => {
    const { state } = detector.update(detector.init(), values.slice(0, 350));
    const before = JSON.stringify(state);
    detector.update(state, values);
    expect(JSON.stringify(state)).toBe(before);
  });

  test('a jump of the rate raises an alarm', () => {
    expect(detector.update(detector.init(), values).drifts.some((at) => at >= 300 && at < 500)).toBe(true);
  });

  test('memory stays bounded', () => {
    const { state } = detector.update(detector.init(), errors('long', [0.3], 5000));
    expect(state.memory.length).toBeLessThan(300);
    expect(state.seen).toBe(5000);
  });

  test('hostile states and values are refused', () => {
    const { state } = detector.update(detector.init(), values.slice(0, 100));
    const broken: unknown[] = [
      null,
      'state',
      {},
      { ...state, kind: 'other' },
      { ...state, version: 2 },
      { ...state, settings: [] },
      { ...state, settings: state.settings.map((x) => x + 1) },
      { ...state, seen: -1 },
      { ...state, seen: 1.5 },
      { ...state, alarmed: 1 },
      { ...state, memory: 'none' },
      { ...state, memory: new Array(100_000).fill(0) },
      { ...state, memory: state.memory.map(() => Number.NaN) },
      { ...state, memory: state.memory.map(() => null) },
    ];
    for (const one of broken) {
      expect(code(() => detector.update(one as StreamDetectorState, [0]))).toBe('BAD_MODEL');
      expect(code(() => detector.holding(one as StreamDetectorState))).toBe('BAD_MODEL');
    }
    for (const value of [Number.NaN, Infinity, -Infinity])
      expect(code(() => detector.update(state, [value]))).toBe('BAD_VALUE');
  });

  test('an empty stream has no mean, an empty batch changes nothing', () => {
    expect(detector.holding(detector.init())).toEqual({ n: 0, mean: null });
    const { state } = detector.update(detector.init(), values);
    expect(detector.update(state, [])).toEqual({ state, drifts: [], warnings: [] });
  });
});

test('impossible memories of the right length are refused', () => {
  const cases: readonly [StreamDetector, (memory: number[]) => void][] = [
    [ddmDetector(), (memory) => memory.splice(1, 1, 2)],
    [ddmDetector(), (memory) => memory.splice(0, 1, 0.5)],
    [eddmDetector(), (memory) => memory.splice(6, 1, 7)],
    [hddmADetector(), (memory) => memory.splice(2, 1, 1e9)],
    [hddmWDetector(), (memory) => memory.splice(2, 1, -1)],
    [cusumDetector(), (memory) => memory.splice(2, 1, -1)],
    [ecddDetector(), (memory) => memory.splice(1, 1, -0.1)],
    [rddmDetector(), (memory) => memory.splice(8, 1, 9)],
    [adwinDetector(), (memory) => memory.splice(0, 1, 7)],
    [adwinDetector(), (memory) => memory.splice(4, 1, 2)],
    [adwinDetector(), (memory) => memory.splice(5, 1, 6)],
  ];
  for (const [detector, spoil] of cases) {
    const { state } = detector.update(detector.init(), errors('spoil', [0.2], 100));
    const memory = state.memory.slice();
    spoil(memory);
    expect(code(() => detector.update({ ...state, memory }, [0]))).toBe('BAD_MODEL');
  }
});

test('impossible options are refused', () => {
  for (const run of [
    () => adwinDetector({ delta: 0 }),
    () => adwinDetector({ clock: 0 }),
    () => adwinDetector({ maxBuckets: 1 }),
    () => cusumDetector({ threshold: -1 }),
    () => cusumDetector({ minValues: 1.5 }),
    () => ddmDetector({ warningLevel: 4 }),
    () => ecddDetector({ runLength: 200 as 100 }),
    () => ecddDetector({ lambda: Number.NaN }),
    () => eddmDetector({ driftShare: 0.99 }),
    () => hddmADetector({ driftAlpha: 1 }),
    () => hddmWDetector({ lambda: 0 }),
    () => kswinDetector({ testSize: 60 }),
    () => movingAverageDetector({ forgetting: 2 }),
    () => pageHinkleyDetector({ delta: -1 }),
    () => rddmDetector({ minConcept: 0 }),
  ])
    expect(code(run)).toBe('OUT_OF_RANGE');
  expect(code(() => adwinDetector({ afterAlarm: 'other' as 'shrink' }))).toBe('BAD_OPTION');
});

test('errors must lie in [0, 1] for the detectors of error rates', () => {
  for (const detector of [
    ddmDetector(),
    eddmDetector(),
    hddmADetector(),
    hddmWDetector(),
    rddmDetector(),
    ecddDetector(),
  ])
    for (const value of [-0.1, 1.1]) expect(code(() => detector.update(detector.init(), [value]))).toBe('BAD_VALUE');
});

test('ADWIN keeps mean and width of what it holds, and forgets an old level', () => {
  const rng = createRng('adwin');
  const values = Float64Array.from({ length: 3000 }, (_, i) => normal(rng) + (i < 2000 ? 0 : 3));
  const shrinking = adwinDetector();
  const { state, drifts } = shrinking.update(shrinking.init(), values);
  expect(drifts[0]).toBeGreaterThanOrEqual(2000);
  const { n, mean } = shrinking.holding(state);
  expect(n).toBeLessThan(1100);
  expect(mean).toBeGreaterThan(2.5);
  const restarting = adwinDetector({ afterAlarm: 'restart' });
  expect(restarting.holding(restarting.update(restarting.init(), values).state).n).toBeLessThan(1000);
  expect(code(() => restarting.update(state, [0]))).toBe('BAD_MODEL');
});

test('ADWIN finds nothing in a constant stream, at any offset', () => {
  for (const value of [0, 0.1, -1e6]) {
    const detector = adwinDetector({ clock: 1 });
    expect(detector.update(detector.init(), new Float64Array(2000).fill(value)).drifts).toEqual([]);
  }
});

test('KSWIN draws by its seed and goes on only under it', () => {
  const values = errors('kswin', [0.2, 0.6], 200);
  const one = kswinDetector({ seed: 'a' });
  const { state } = one.update(one.init(), values);
  expect(one.update(one.init(), values).state).toEqual(state);
  const other = kswinDetector({ seed: 'b' });
  expect(code(() => other.update(state, values))).toBe('BAD_MODEL');
});

test('the examples of the documentation', () => {
  const levels = (a: number, b: number) => [...new Array(a).fill(0), ...new Array(b).fill(1)] as number[];
  const tenth = (steady: number, all: number) =>
    Array.from({ length: all }, (_, i) => (i < steady ? (i % 10 === 9 ? 1 : 0) : 1));
  const drifts = (detector: StreamDetector, values: number[]) => detector.update(detector.init(), values).drifts;
  expect(drifts(pageHinkleyDetector({ threshold: 5 }), levels(100, 20))).toEqual([105]);
  expect(drifts(cusumDetector({ threshold: 5 }), levels(100, 20))).toEqual([105]);
  expect(drifts(movingAverageDetector({ threshold: 0.3, forgetting: 0.9 }), levels(100, 20))[0]).toBe(103);
  expect(drifts(ddmDetector(), tenth(100, 130))[0]).toBe(108);
  expect(drifts(eddmDetector(), tenth(400, 500))[0]).toBe(448);
  expect(drifts(hddmADetector(), levels(100, 30))[0]).toBe(103);
  expect(drifts(hddmWDetector(), levels(100, 60))[0]).toBe(123);
  expect(drifts(rddmDetector(), tenth(200, 260))[0]).toBe(204);
  expect(drifts(ecddDetector(), tenth(100, 130))[0]).toBe(101);
  expect(drifts(adwinDetector(), levels(300, 300))[0]).toBe(351);
  const shifted = Array.from({ length: 300 }, (_, i) => ((i * 37) % 101) / 101 + (i < 200 ? 0 : 2));
  expect(drifts(kswinDetector(), shifted)[0]! < 230).toBe(true);
});

test('texts that look like numbers are refused, not joined to them', () => {
  for (const make of [adwinDetector, cusumDetector, ddmDetector, kswinDetector, rddmDetector]) {
    const detector = make();
    expect(code(() => detector.update(detector.init(), ['1'] as never))).toBe('BAD_VALUE');
  }
});
