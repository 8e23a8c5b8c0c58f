import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createValueSpec, featureScorer, profileValues } from '../../../src/value-drift/index.ts';
import {
  createMonitor,
  type MonitorOptions,
  type MonitorState,
  monitorReport,
  monitorVerdict,
  updateMonitor,
} from '../../../src/value-drift/monitor/index.ts';
import { assertJsonSafe } from '../support.ts';
import { code, draw, judge, scoresOf, spec, viaJson } from './support.ts';

const designs: readonly (readonly [string, Partial<MonitorOptions>])[] = [
  ['target', {}],
  ['target, betting interval, e-BH', { interval: 'betting', across: 'e-bh', margin: 0.2 }],
  ['target, restart', { afterAlarm: 'restart' }],
  ['target, e-SR', { guarantee: 'run-length', alpha: 0.01 }],
  ['target, e-CUSUM', { guarantee: 'run-length', statistic: 'e-cusum', alpha: 0.05 }],
  ['pairs', { against: 'pairs', interval: 'hoeffding' }],
  ['reference', { reference: scoresOf(draw('r0', 200), draw('r1', 200), draw('r2', 200)) }],
];

const make = (options: Partial<MonitorOptions> = {}) => createMonitor(spec, { scorerId: judge, ...options });

function feed(state: MonitorState, columns: readonly Float64Array[], from: number, to: number): MonitorState {
  const current = scoresOf(...columns.map((column) => column.slice(from, to)));
  if (state.settings.against !== 'pairs') return updateMonitor(state, current);
  return updateMonitor(state, current, scoresOf(...columns.map((_, v) => draw(`pair ${v}`, 600).slice(from, to))));
}

describe.each(designs)('%s', (_, options) => {
  const columns = [draw('c0', 600, 3.3), draw('c1', 600), draw('c2', 600, 2.5)];
  columns[0]![5] = Number.NaN;

  test('one by one, in parts and all at once give the same bits, through JSON too', () => {
    const whole = feed(make(options), columns, 0, 600);
    assertJsonSafe(whole);
    expect(viaJson(whole)).toEqual(whole);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 250 }), { maxLength: 8 }), (cuts) => {
        let state = make(options);
        let at = 0;
        for (const cut of [...cuts, 600]) {
          const to = Math.min(600, at + cut);
          state = feed(viaJson(state), columns, at, to);
          at = to;
        }
        expect(JSON.stringify(state)).toBe(JSON.stringify(whole));
      }),
      { numRuns: 5 },
    );
  });

  test('the first value is found, with its direction, and readouts are JSON', () => {
    const state = feed(make(options), columns, 0, 600);
    const found = monitorVerdict(state);
    assertJsonSafe(found);
    assertJsonSafe(monitorReport(state));
    expect(found.verdict).toBe('drift');
    const care = found.values[0]!;
    expect(care.verdict).toBe('drift');
    expect(care.lastAlarm!.direction).toBe('up');
    expect(care.missing).toBe(1);
    expect(found.alarms.length).toBeGreaterThan(0);
    for (const { logE } of found.alarms) expect(logE).toBeGreaterThan(1);
  });

  test('nothing has been seen at the beginning', () => {
    const found = monitorVerdict(make(options));
    expect(found.verdict).toBe('inconclusive');
    expect(found.alarms).toEqual([]);
    for (const value of found.values) expect([value.n, value.mean]).toEqual([0, null]);
    assertJsonSafe(monitorReport(make(options)));
  });
});

describe('verdicts', () => {
  test('values without a target are named, ranges are kept to', () => {
    const state = updateMonitor(make(), scoresOf(draw('a', 300), draw('b', 300, 3.5), draw('c', 300, 1)));
    const found = monitorVerdict(state);
    expect(found.unwatched).toEqual(['free']);
    expect(found.values.map(({ id }) => id)).toEqual(['care', 'order']);
    expect(found.values[1]!.range).toEqual([2, 4]);
    expect(found.verdict).toBe('inconclusive');
    expect(found.falseAlarmRate).toBe(0.05);
    expect(found.runLength).toBeNull();
  });

  test('no drift needs a margin and enough scores', () => {
    const columns = [draw('a', 3000), draw('b', 3000), draw('c', 3000)];
    expect(monitorVerdict(updateMonitor(make(), scoresOf(...columns))).verdict).toBe('inconclusive');
    const margin = make({ margin: 0.3 });
    expect(monitorVerdict(updateMonitor(margin, scoresOf(...columns))).verdict).toBe('no-drift');
    const few = scoresOf(...columns.map((column) => column.slice(0, 30)));
    expect(monitorVerdict(updateMonitor(margin, few)).verdict).toBe('inconclusive');
  });

  test('an alarm stops its value alone', () => {
    let state = updateMonitor(make(), scoresOf(draw('a', 300, 4), draw('b', 300), draw('c', 300)));
    const { n, alarms } = state.values[0]!;
    expect(alarms.length).toBe(1);
    state = updateMonitor(state, scoresOf(draw('a', 300, 1.5), draw('b2', 300), draw('c', 300)));
    expect(state.values[0]!.n).toBe(n);
    expect(state.values[0]!.alarms).toEqual(alarms);
    expect(state.values[1]!.n).toBe(600);
  });

  test('restarting finds the drift back, and keeps the newest alarms', () => {
    let state = make({ afterAlarm: 'restart' });
    for (let i = 0; i < 40; i++)
      state = updateMonitor(state, scoresOf(draw(`${i}`, 200, i % 2 ? 4 : 2), draw('b', 200), draw('c', 200)));
    const [care] = state.values;
    expect(care!.alarmCount).toBeGreaterThan(16);
    expect(care!.alarms.length).toBe(16);
    expect(care!.epoch).toBe(care!.alarmCount + 1);
    expect(new Set(care!.alarms.map(({ direction }) => direction))).toEqual(new Set(['up', 'down']));
    expect(state.values[1]!.alarmCount).toBe(0);
  });

  test('e-BH needs less evidence for many values together', () => {
    const wide = createValueSpec({
      id: 'wide',
      version: '1',
      scale: { min: 1, max: 5 },
      values: Array.from({ length: 12 }, (_, v) => ({ id: `v${v}`, target: { mean: 3 } })),
    });
    const run = (across: 'bonferroni' | 'e-bh') => {
      const state = createMonitor(wide, { scorerId: judge, across });
      const columns = Array.from({ length: 12 }, (_, v) => draw(`wide ${v}`, 400, 3.25));
      return updateMonitor(state, { specHash: wide.hash, scorerId: judge, scores: { columns } });
    };
    const last = (state: MonitorState) => Math.max(...monitorVerdict(state).alarms.map(({ item }) => item));
    expect(monitorVerdict(run('bonferroni')).alarms.length).toBe(12);
    expect(monitorVerdict(run('e-bh')).alarms.length).toBe(12);
    expect(last(run('e-bh'))).toBeLessThan(last(run('bonferroni')));
  });

  test('a late drift is found: what was not bet before is still there', () => {
    let state = updateMonitor(make(), scoresOf(draw('a', 5000), draw('b', 5000), draw('c', 5000)));
    expect(monitorVerdict(state).alarms).toEqual([]);
    state = updateMonitor(state, scoresOf(draw('a2', 400, 3.5), draw('b2', 400), draw('c2', 400)));
    expect(monitorVerdict(state).alarms.map(({ id }) => id)).toEqual(['care']);
  });

  test('the reference enters by an interval, whatever its order', () => {
    const values = draw('reference', 400);
    const interval = (column: Float64Array) => {
      const [care] = make({ reference: scoresOf(column, values, values) }).values;
      return [care!.low, care!.high];
    };
    const sorted = interval(values.slice().sort());
    const given = interval(values);
    for (const [low, high] of [sorted, given]) {
      expect(low!).toBeLessThan(3);
      expect(high!).toBeGreaterThan(3);
      expect(high! - low!).toBeLessThan(0.4);
    }
  });

  test('targets at the edge of the scale can be watched', () => {
    const edge = createValueSpec({
      id: 'edge',
      version: '1',
      scale: { min: 0, max: 1 },
      values: [
        { id: 'none', target: { mean: 0 } },
        { id: 'all', target: { mean: 1 } },
      ],
    });
    const batch = (a: number, b: number) => ({
      specHash: edge.hash,
      scorerId: judge,
      scores: { columns: [new Array(60).fill(a), new Array(60).fill(b)] },
    });
    const monitor = createMonitor(edge, { scorerId: judge });
    expect(monitorVerdict(updateMonitor(monitor, batch(0, 1))).alarms).toEqual([]);
    expect(
      monitorVerdict(updateMonitor(monitor, batch(0.2, 0.8))).alarms.map(({ id, direction }) => [id, direction]),
    ).toEqual([
      ['none', 'up'],
      ['all', 'down'],
    ]);
  });

  test('a profile will do as scores', () => {
    const scorer = featureScorer(spec);
    const rows = Array.from(draw('rows', 200, 4.2), (x) => [x, 3, 3]);
    const monitor = createMonitor(spec, { scorerId: scorer.id });
    expect(monitorVerdict(updateMonitor(monitor, profileValues(rows, scorer))).verdict).toBe('drift');
  });

  test('examples', () => {
    const house = createValueSpec({
      id: 'house',
      version: '1',
      scale: { min: 0, max: 1 },
      values: [{ id: 'care', target: { mean: 0.5 } }],
    });
    const batch = (columns: number[][]) => ({ specHash: house.hash, scorerId: judge, scores: { columns } });
    const monitor = createMonitor(house, { scorerId: judge, margin: 0.1 });
    expect(monitorVerdict(updateMonitor(monitor, batch([new Array(40).fill(0.8)]))).verdict).toBe('drift');
    const steady = Array.from({ length: 400 }, (_, i) => (i % 2 ? 0.45 : 0.55));
    expect(monitorVerdict(updateMonitor(monitor, batch([steady]))).verdict).toBe('no-drift');
    const pairs = createMonitor(house, { scorerId: judge, against: 'pairs' });
    const same = (x: number) => batch([new Array(30).fill(x)]);
    expect(updateMonitor(pairs, same(0.5), same(0.5)).items).toBe(30);
    expect(monitorVerdict(updateMonitor(pairs, same(0.75), same(0.25))).alarms.map(({ id }) => id)).toEqual(['care']);
  });
});

describe('the course', () => {
  test('stays bounded and evenly spaced', () => {
    const state = updateMonitor(make(), scoresOf(draw('a', 10_000), draw('b', 10_000), draw('c', 10_000)));
    const { stride, items } = state.trace;
    expect(items.length).toBeLessThanOrEqual(128);
    expect(items.length).toBeGreaterThan(60);
    for (let i = 1; i < items.length; i++) expect(items[i]! - items[i - 1]!).toBe(stride);
    expect(JSON.stringify(state).length).toBeLessThan(60_000);
  });

  test('the report shows evidence with its threshold, and the means', () => {
    const state = updateMonitor(make(), scoresOf(draw('a', 300, 4), draw('b', 300), draw('c', 300)));
    const report = monitorReport(state, { title: 'Watch', charts: 1 });
    expect(report.title).toBe('Watch');
    expect(report.charts.map(({ title }) => title)).toEqual(['Evidence of drift', 'Mean of Care']);
    const [evidence] = report.charts;
    if (evidence?.kind !== 'line') throw new Error('expected lines');
    expect(evidence.series.map(({ name }) => name)).toEqual(['Care', 'order', 'alarm']);
    expect(evidence.series[2]!.y[0]).toBeCloseTo(Math.log10(2 / 0.05), 10);
    expect(report.findings.map(({ text }) => text).join(' ')).toContain('Care: the scores rose; alarm at item');
    expect(report.findings.at(-1)!.text).toContain('free');
  });
});

describe('refusals', () => {
  const state = updateMonitor(make(), scoresOf(draw('a', 50), draw('b', 50), draw('c', 50)));
  const good = scoresOf(draw('a', 5), draw('b', 5), draw('c', 5));

  test('another spec, another judge', () => {
    expect(code(() => updateMonitor(state, { ...good, specHash: 'other' }))).toBe('SPEC_MISMATCH');
    expect(code(() => updateMonitor(state, { ...good, scorerId: 'judge-2' }))).toBe('SPEC_MISMATCH');
    expect(code(() => make({ reference: { ...good, scorerId: 'judge-2' } }))).toBe('SPEC_MISMATCH');
  });

  test('scores that do not fit', () => {
    expect(code(() => updateMonitor(state, { specHash: spec.hash, scorerId: judge }))).toBe('LENGTH_MISMATCH');
    expect(code(() => updateMonitor(state, scoresOf([3], [3])))).toBe('LENGTH_MISMATCH');
    expect(code(() => updateMonitor(state, scoresOf([3], [3], [3, 3])))).toBe('LENGTH_MISMATCH');
    expect(code(() => updateMonitor(state, scoresOf([3], [6], [3])))).toBe('BAD_VALUE');
    expect(code(() => updateMonitor(state, scoresOf([0.5], [3], [3])))).toBe('BAD_VALUE');
    expect(code(() => updateMonitor(state, scoresOf(['3' as unknown as number], [3], [3])))).toBe('BAD_VALUE');
    expect(code(() => updateMonitor(state, good, good))).toBe('BAD_OPTION');
    const pairs = make({ against: 'pairs' });
    expect(code(() => updateMonitor(pairs, good))).toBe('BAD_OPTION');
    expect(code(() => updateMonitor(pairs, good, scoresOf([3], [3], [3])))).toBe('LENGTH_MISMATCH');
    const named = (ids: string[]) => ({ ...good, scores: { ...good.scores!, ids } });
    expect(code(() => updateMonitor(pairs, named(['a', 'b', 'c', 'd', 'e']), named(['a', 'b', 'd', 'c', 'e'])))).toBe(
      'BAD_VALUE',
    );
  });

  test('impossible options', () => {
    const bare = createValueSpec({ id: 'bare', version: '1', values: ['Be kind'] });
    expect(code(() => createMonitor(bare, { scorerId: judge, bounds: [0, 1] }))).toBe('BAD_OPTION');
    expect(code(() => createMonitor(bare, { scorerId: judge, against: 'pairs' }))).toBe('BAD_OPTION');
    expect(code(() => make({ bounds: [1, 1] }))).toBe('BAD_OPTION');
    expect(code(() => make({ scorerId: '' }))).toBe('BAD_OPTION');
    expect(code(() => make({ scorerId: undefined as never }))).toBe('BAD_OPTION');
    expect(code(() => make({ against: 'reference' }))).toBe('BAD_OPTION');
    expect(code(() => make({ against: 'pairs', reference: good }))).toBe('BAD_OPTION');
    expect(code(() => make({ guarantee: 'always' as 'ever' }))).toBe('BAD_OPTION');
    expect(code(() => make({ alpha: 0 }))).toBe('OUT_OF_RANGE');
    expect(code(() => make({ margin: 0 }))).toBe('OUT_OF_RANGE');
    expect(code(() => make({ bounds: [3.5, 5] }))).toBe('OUT_OF_RANGE');
    expect(code(() => make({ reference: good, referenceAlpha: 0.05 }))).toBe('OUT_OF_RANGE');
    expect(code(() => make({ reference: scoresOf([Number.NaN], [3], [3]) }))).toBe('EMPTY_INPUT');
    expect(code(() => make({ reference: scoresOf([7], [3], [3]) }))).toBe('OUT_OF_RANGE');
  });

  test('states that cannot be a monitor’s', () => {
    type Spoil = (copy: any) => void;
    const spoils: Spoil[] = [
      (s) => (s.kind = 'other'),
      (s) => (s.version = 2),
      (s) => (s.specHash = 5),
      (s) => (s.items = -1),
      (s) => (s.width = 4),
      (s) => (s.settings = null),
      (s) => (s.settings.alpha = 2),
      (s) => (s.settings.statistic = 'e-sr'),
      (s) => (s.settings.max = 0),
      (s) => (s.settings.margin = -1),
      (s) => (s.values[0].epoch = 2),
      (s) => (s.values = []),
      (s) => (s.values = s.values.reverse()),
      (s) => (s.values[0] = null),
      (s) => (s.values[0].n = 1e6),
      (s) => (s.values[0].up = [1, 1]),
      (s) => (s.values[0].up[0] = -1),
      (s) => (s.values[0].up[0] = null),
      (s) => (s.values[0].down[4] = 'x'),
      (s) => s.values[0].sequence.push(0),
      (s) => (s.values[0].low = 4),
      (s) => (s.values[0].low = -40),
      (s) => (s.values[0].column = 9),
      (s) => (s.values[0].stopped = true),
      (s) => (s.values[0].alarmCount = 3),
      (s) => (s.values[0].alarms = [null]),
      (s) => (s.trace = null),
      (s) => (s.trace.stride = 0),
      (s) => (s.trace.items = [9, 3]),
      (s) => s.trace.logE.pop(),
      (s) => (s.trace.means[0][0] = [1]),
      (s) => (s.unwatched = [7]),
    ];
    for (const spoil of spoils) {
      const copy = viaJson(state);
      spoil(copy);
      expect(`${spoil} ${code(() => updateMonitor(copy, good))}`).toBe(`${spoil} BAD_MODEL`);
      expect(code(() => monitorVerdict(copy))).toBe('BAD_MODEL');
    }
    expect(code(() => updateMonitor(null as unknown as MonitorState, good))).toBe('BAD_MODEL');
    expect(code(() => updateMonitor(state, good))).toBe('no error');
  });
});
