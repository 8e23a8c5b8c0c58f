import { describe, expect, test } from 'vitest';
import { mockTextModel } from '../../../src/generators/text/index.ts';
import {
  calibrateScorer,
  compareProfiles,
  createMonitor,
  createValueSpec,
  type DriftReport,
  generationCurve,
  generationReport,
  judgeScorer,
  monitorReport,
  monitorVerdict,
  profileValues,
  profileValuesAsync,
  type ScorerCalibration,
  updateMonitor,
  type ValueProfile,
  valueDriftReport,
} from '../../../src/value-drift/index.ts';
import { assertJsonSafe, code, rowScorer } from '../support.ts';

const spec = createValueSpec({
  id: 'house',
  version: '1',
  scale: { min: 0, max: 9 },
  values: ['Kind', 'Honest', 'Calm'],
});

/** A judge that reads its marks from the text: one digit per value. */
function judge(id = 'mock', modelId = 'v1') {
  const model = mockTextModel((request) => {
    const [, marks] = /MARKS (\d\d\d)/.exec(request.prompt)!;
    return { text: JSON.stringify({ V1: +marks![0]!, V2: +marks![1]!, V3: +marks![2]! }), modelId };
  }, id);
  return judgeScorer(spec, { model, repeats: 1 });
}

const texts = (n: number, of: (i: number) => readonly [number, number, number]): string[] =>
  Array.from({ length: n }, (_, i) => `item ${i} MARKS ${of(i).join('')}`);
const before = texts(80, (i) => [i % 5, (i * 3) % 5, (i * 7) % 5]);
const after = texts(80, (i) => [(i % 5) + 3, ((i * 3) % 5) + 3, (i * 7) % 5]);
const sample = texts(40, (i) => [i % 5, (i * 3) % 5, (i * 7) % 5]);
const agreeing = Array.from({ length: 40 }, (_, i) => i % 5);
const opposed = Array.from({ length: 40 }, (_, i) => 4 - ((i * 3) % 5));
const third = Array.from({ length: 40 }, (_, i) => (i * 7) % 5);

const profile = (items: readonly string[]): Promise<ValueProfile> => profileValuesAsync(items, judge());
const profiles = async () => [await profile(before), await profile(after), await profile(sample)] as const;
const words = (drift: DriftReport): string =>
  valueDriftReport(drift)
    .findings.map(({ text }) => text)
    .join('\n');

describe('a judge that disagrees with people can only yield inconclusive', () => {
  test('value by value, with the reason in the result and in the words', async () => {
    const [a, b, rated] = await profiles();
    const free = compareProfiles(a, b);
    expect(free.values.map((value) => value.verdict)).toEqual(['drift', 'drift', 'inconclusive']);
    const calibration = calibrateScorer(rated, [agreeing, opposed, third]);
    expect(calibration.values.map(({ id, usable }) => [id, usable])).toEqual([
      ['p1', true],
      ['p2', false],
      ['p3', true],
    ]);
    const drift = compareProfiles(a, b, { calibration });
    assertJsonSafe(drift);
    expect(drift.values.map((value) => value.verdict)).toEqual(['drift', 'inconclusive', 'inconclusive']);
    expect(drift.verdict).toBe('drift');
    expect(drift.values.map((value) => value.limited?.verdict)).toEqual([undefined, 'drift', undefined]);
    expect(drift.values[1]!.limited!.reason).toMatch(/does not agree with people.*alpha -0\.\d+ of 40 items.*0\.667/);
    expect(drift.warnings[0]).toMatch(/decide on Honest \(alpha/);
    // Nothing but verdicts, words and the calibration itself differs.
    const figures = ({ verdict: _, limited: __, ...rest }: DriftReport['values'][number]) => rest;
    expect(drift.values.map(figures)).toEqual(free.values.map(figures));
    expect(drift.global).toEqual(free.global);
    const report = valueDriftReport(drift);
    expect(report.findings.some(({ level, text }) => level === 'warning' && text.includes('decide on Honest'))).toBe(
      true,
    );
    expect(report.tables[0]!.rows[1]!.at(-1)).toBe('inconclusive (scores alone: drift)');
    expect(report.tables[1]!.title).toBe('Agreement of the scorer with people');
    expect(words(drift)).not.toContain('Honest rose');
  });

  test('no value usable: inconclusive, also where the scores would say no drift', async () => {
    const [a, b, rated] = await profiles();
    const nobody = calibrateScorer(rated, [null, opposed, null]);
    for (const [x, y, alone] of [
      [a, b, 'drift'],
      [a, a, 'no-drift'],
    ] as const) {
      expect(compareProfiles(x, y, { margin: 1 }).verdict).toBe(alone);
      const drift = compareProfiles(x, y, { calibration: nobody, margin: 1 });
      expect(drift.verdict).toBe('inconclusive');
      expect(drift.values.every((value) => value.limited !== undefined)).toBe(true);
      expect(words(drift)).toMatch(/Inconclusive: the scores alone do not decide/);
      expect(words(drift)).toMatch(/nobody rated it/);
      expect(words(drift)).not.toMatch(/not ruled out/);
    }
  });

  test('a judge that nobody checked is told of; a lexicon or a checked judge is not', async () => {
    const [a, b, rated] = await profiles();
    expect(compareProfiles(a, b).warnings[0]).toMatch(/not calibrated against people/);
    const calibration = calibrateScorer(rated, [agreeing, agreeing.map((_, i) => (i * 3) % 5), third]);
    expect(compareProfiles(a, b, { calibration }).warnings).toEqual([]);
    const plain = profileValues([[1], [2], [3]], rowScorer(1));
    expect(compareProfiles(plain, plain).warnings).toEqual([]);
    const own = profileValues([[1], [2], [3]], { ...rowScorer(1), kind: 'judge', id: 'my own' });
    expect(compareProfiles(own, own).warnings[0]).toMatch(/not calibrated/);
  });

  test('few ratings decide, but are told of', async () => {
    const [a, b] = await profiles();
    const few = await profile(sample.slice(0, 8));
    const near = [0, 1, 2, 3, 4, 2, 1, 2];
    const calibration = calibrateScorer(few, [near, near.map((_, i) => (i * 3) % 5), third.slice(0, 8)]);
    expect(calibration.values[0]!.usable).toBe(true);
    const { warnings, values } = compareProfiles(a, b, { calibration });
    expect(values[0]!.verdict).toBe('drift');
    expect(warnings[0]).toMatch(/itself not certain for Kind \(alpha 0\.\d+ of 8 items.*interval from/);
  });

  test('bound to one judge and one spec', async () => {
    const [a, b, rated] = await profiles();
    const calibration = calibrateScorer(rated, [agreeing, opposed, third]);
    const compare = (changed: unknown) => code(() => compareProfiles(a, b, { calibration: changed as never }));
    const of = async (id: string, modelId: string): Promise<ScorerCalibration> =>
      calibrateScorer(await profileValuesAsync(sample, judge(id, modelId)), [agreeing, opposed, third]);
    expect(compare(await of('other', 'v1'))).toBe('SPEC_MISMATCH');
    expect(compare(await of('mock', 'v2'))).toBe('SPEC_MISMATCH');
    expect(compare({ ...calibration, specHash: 'another' })).toBe('SPEC_MISMATCH');
    expect(compare(JSON.parse(JSON.stringify(calibration)))).toBe('no error');
    expect(compare({ ...calibration, values: calibration.values.slice(1) })).toBe('BAD_MODEL');
    expect(compare({ ...calibration, values: undefined })).toBe('BAD_MODEL');
    expect(compare({ ...calibration, values: calibration.values.map((value) => ({ ...value, usable: true })) })).toBe(
      'BAD_MODEL',
    );
    expect(compare({ ...calibration, values: [null, ...calibration.values] })).toBe('BAD_MODEL');
  });

  test('ratings that do not fit are refused with a remedy', async () => {
    const [, , rated] = await profiles();
    const { scores: _, ...bare } = rated;
    for (const [run, expected] of [
      [() => calibrateScorer(bare, [agreeing, opposed, third]), 'BAD_VALUE'],
      [() => calibrateScorer(rated, [agreeing]), 'LENGTH_MISMATCH'],
      [() => calibrateScorer(rated, [agreeing, opposed, [1]]), 'LENGTH_MISMATCH'],
      [() => calibrateScorer(rated, undefined as never), 'LENGTH_MISMATCH'],
      [() => calibrateScorer(rated, [agreeing, opposed, third.map(String) as never]), 'BAD_VALUE'],
      [() => calibrateScorer(rated, [agreeing, opposed, third], { least: 2 }), 'OUT_OF_RANGE'],
    ] as const)
      expect(code(run)).toBe(expected);
  });

  test('generations: the curve and its words', async () => {
    const [a, b, rated] = await profiles();
    const line = [
      { id: 'real', profile: a },
      { id: 'copy', profile: b },
    ];
    const free = generationCurve(line);
    expect(free.points[1]!.fromOrigin!.verdict).toBe('drift');
    expect(free.warnings[0]).toMatch(/^copy: the judge was not calibrated/);
    const curve = generationCurve(line, { calibration: calibrateScorer(rated, [null, null, null]) });
    expect(curve.points[1]!.fromOrigin).toMatchObject({ verdict: 'inconclusive', limited: true });
    const text = generationReport(curve)
      .findings.map((finding) => finding.text)
      .join('\n');
    expect(text).toMatch(/In copy the scores alone differ/);
    expect(text).not.toMatch(/Values differ/);
  });

  test('monitor: the verdict and its words', async () => {
    const [, b, rated] = await profiles();
    const wanted = createValueSpec({
      ...spec,
      values: spec.values.map((value) => ({ ...value, target: { mean: 1 } })),
    });
    const { scorerId } = b;
    const scores = { specHash: wanted.hash, scorerId, scores: b.scores };
    let monitor = createMonitor(wanted, { scorerId });
    for (let k = 0; k < 4; k++) monitor = updateMonitor(monitor, scores);
    expect(monitorVerdict(monitor).verdict).toBe('drift');
    expect(monitorVerdict(monitor).warnings[0]).toMatch(/not calibrated/);
    const calibration = calibrateScorer({ ...rated, specHash: wanted.hash }, [opposed, opposed, opposed.map(() => 1)]);
    const found = monitorVerdict(monitor, { calibration });
    assertJsonSafe(found);
    expect(found.verdict).toBe('inconclusive');
    expect(found.values[0]).toMatchObject({ verdict: 'inconclusive', limited: { verdict: 'drift' } });
    const report = monitorReport(monitor, { calibration });
    expect(report.findings[0]!.text).toMatch(/raised an alarm, but the scorer does not agree/);
    expect(report.tables[0]!.rows[0]![1]).toBe('inconclusive (scores alone: drift)');
    expect(code(() => monitorVerdict(monitor, { calibration: { ...calibration, scorerId: 'x' } }))).toBe(
      'SPEC_MISMATCH',
    );
  });
});
