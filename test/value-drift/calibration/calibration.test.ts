import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRng, uniform, uniformInt } from '../../../src/random/index.ts';
import {
  type AgreementMetric,
  calibrate,
  calibrateJudge,
  calibrationCurve,
  correctedShare,
  fleissKappa,
  judgeReport,
  krippendorffAlpha,
  limitVerdict,
  pairAgreement,
  predictionPoweredMean,
  rankAgreement,
  roganGladen,
} from '../../../src/value-drift/calibration/index.ts';
import { assertJsonSafe, code } from '../support.ts';

const METRICS: readonly AgreementMetric[] = ['nominal', 'ordinal', 'interval', 'ratio'];
const marks = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 3, maxLength: 40 });

describe('agreement', () => {
  test('full agreement is 1, and the order of raters and units does not count', () => {
    fc.assert(
      fc.property(
        marks,
        fc.array(fc.option(fc.integer({ min: 0, max: 4 })), { minLength: 3, maxLength: 3 }),
        (a, b) => {
          for (const metric of METRICS) {
            const same = krippendorffAlpha([a, a], { metric });
            expect(same.alpha === null ? same.reason : same.alpha).toBe(new Set(a).size === 1 ? 'one-category' : 1);
            const first = [a.slice(0, 3), b];
            const turned = first.map((rater) => rater.slice().reverse()).reverse();
            const here = krippendorffAlpha(first, { metric }).alpha;
            const there = krippendorffAlpha(turned, { metric }).alpha;
            if (here === null) expect(there).toBeNull();
            else expect(there).toBeCloseTo(here, 12);
          }
        },
      ),
    );
  });

  test('nominal and ordinal alpha see labels and order alone', () => {
    const a = [1, 2, 3, 3, 2, 1, 2];
    const b = [1, 2, 3, 2, 2, 1, 1];
    const stretched = (x: number[]) => x.map((mark) => mark * mark * 10);
    for (const metric of ['nominal', 'ordinal'] as const)
      expect(krippendorffAlpha([stretched(a), stretched(b)], { metric }).alpha).toBe(
        krippendorffAlpha([a, b], { metric }).alpha,
      );
  });

  test('units with one rating are left out and counted', () => {
    expect(
      krippendorffAlpha([
        [1, 2, null, 3],
        [1, 2, 3, Number.NaN],
      ]),
    ).toEqual({
      alpha: 1,
      units: 2,
      unitsLeftOut: 2,
      ratings: 4,
    });
    expect(
      krippendorffAlpha([
        [1, null],
        [null, 1],
      ]).reason,
    ).toBe('no-pairs');
  });

  test('kappa falls when one category is rare, AC1 does not', () => {
    const a = new Array(100).fill(0);
    const b = new Array(100).fill(0);
    a[0] = 1;
    b[1] = 1;
    const { observed, cohen, gwetAC1 } = pairAgreement(a, b, 2);
    expect(observed).toBe(0.98);
    expect(cohen!).toBeLessThan(0);
    expect(gwetAC1!).toBeGreaterThan(0.97);
  });

  test('coefficients that are not defined are null', () => {
    expect(pairAgreement([0, 0], [0, 0], 2)).toEqual({
      n: 2,
      observed: 1,
      cohen: null,
      linear: null,
      quadratic: null,
      scottPi: null,
      gwetAC1: 1,
    });
    expect(
      fleissKappa([
        [2, 2],
        [2, 2],
      ]),
    ).toBeNull();
    expect(rankAgreement([1, 1], [1, 2])).toEqual({ n: 2, spearman: null, kendallTauB: null, pearson: null });
  });

  test('Fleiss of two raters is Scott’s pi', () => {
    fc.assert(
      fc.property(marks, marks, (a, b) => {
        const n = Math.min(a.length, b.length);
        const pi = pairAgreement(a.slice(0, n), b.slice(0, n), 5).scottPi;
        const fleiss = fleissKappa(Array.from({ length: n }, (_, i) => [a[i]!, b[i]!]));
        if (pi === null) expect(fleiss).toBeNull();
        else expect(fleiss).toBeCloseTo(pi, 10);
      }),
    );
  });
});

describe('corrected means and shares', () => {
  test('a perfect judge leaves the share as it is', () => {
    expect(roganGladen(0.3, 1, 1)).toBeCloseTo(0.3, 12);
    expect(roganGladen(0.1, 0.9, 0.8)).toBe(0);
    expect(roganGladen(0.5, 0.75, 0.75)).toBe(0.5);
    expect(roganGladen(0.5, 0.5, 0.5)).toBeNull();
  });

  test('the interval holds the point and narrows with more labels', () => {
    const counts = { items: 1000, positives: 500, truePositives: 100, hits: 80, trueNegatives: 100, rejections: 70 };
    const few = correctedShare(counts);
    const many = correctedShare({ ...counts, truePositives: 1000, hits: 800, trueNegatives: 1000, rejections: 700 });
    const width = (m: typeof few) => m.interval!.upper - m.interval!.lower;
    expect(few.value).toBeCloseTo(0.4, 12);
    expect(few.interval!.lower).toBeLessThan(0.4);
    expect(few.interval!.upper).toBeGreaterThan(0.4);
    expect(width(many)).toBeLessThan(width(few));
    assertJsonSafe(few);
    expect(correctedShare({ ...counts, hits: 30 })).toMatchObject({ value: null, reason: 'no-better-than-chance' });
  });

  test('people alone and a useless judge give the mean of the labels', () => {
    const human = [1, 0, 1, 1, 0];
    const mean = 0.6;
    expect(predictionPoweredMean(human, [0, 1, 0, 1, 1], [1, 0, 1], { weight: 0 }).estimate).toBeCloseTo(mean, 12);
    const constant = predictionPoweredMean(human, [1, 1, 1, 1, 1], [1, 1, 1]);
    expect(constant.weight).toBe(0);
    expect(constant.estimate).toBeCloseTo(mean, 12);
  });

  test('a good judge narrows the interval, and a constant bias drops out', () => {
    const rng = createRng('powered');
    const human = Float64Array.from({ length: 60 }, () => uniform(rng));
    const judged = human.map((x) => x + 0.2 + 0.02 * uniform(rng));
    const rest = Float64Array.from({ length: 2000 }, () => uniform(rng) + 0.2 + 0.02 * uniform(rng));
    const tuned = predictionPoweredMean(human, judged, rest);
    const alone = predictionPoweredMean(human, judged, rest, { weight: 0 });
    const width = (m: typeof tuned) => m.interval.upper - m.interval.lower;
    expect(width(tuned)).toBeLessThan(width(alone) / 2);
    expect(Math.abs(tuned.estimate - 0.5)).toBeLessThan(0.05);
    expect(tuned.judgeMean).toBeGreaterThan(0.65);
    expect(predictionPoweredMean([1, 0, 1, 1], [1, 0, 1, 1], [1, 1, 0, 0, 1, 0], { weight: 1 }).estimate).toBe(0.5);
  });
});

describe('calibration curve', () => {
  test('the rising line rises, keeps the mean, and is idempotent', () => {
    const pairs = fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.boolean()), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(pairs, (drawn) => {
        const p = drawn.map(([x]) => x / 20);
        const y = drawn.map(([, one]) => (one ? 1 : 0));
        const curve = calibrationCurve(p, y);
        assertJsonSafe(curve);
        const mended = p.map((x) => calibrate(curve, x));
        const total = (values: number[]) => values.reduce((a, b) => a + b, 0);
        expect(total(mended)).toBeCloseTo(total(y), 9);
        for (let k = 1; k < curve.isotonic.length; k++)
          expect(curve.isotonic[k]![1]).toBeGreaterThanOrEqual(curve.isotonic[k - 1]![1]);
        expect(
          calibrationCurve(
            mended.map((x) => Math.min(1, x)),
            y,
          ).brier,
        ).toBeLessThanOrEqual(curve.brier + 1e-12);
        expect(curve.bins.reduce((n, bin) => n + bin.n, 0)).toBe(p.length);
      }),
    );
  });

  test('bins are closed on the right, the first on both sides', () => {
    const { bins } = calibrationCurve([0, 0.1, 0.3, 0.7, 1], [0, 0, 1, 1, 1]);
    expect(bins.map(({ n }) => n)).toEqual([2, 0, 1, 0, 0, 0, 1, 0, 0, 1]);
  });

  test('examples', () => {
    const curve = calibrationCurve([0.2, 0.2, 0.8, 0.8], [0, 0, 1, 1]);
    expect([curve.brier < 0.0401, curve.auc]).toEqual([true, 1]);
    expect(calibrationCurve([0.5], [1]).auc).toBeNull();
    expect(calibrate(calibrationCurve([0.2, 0.2, 0.8, 0.8], [0, 1, 1, 1]), 0.5)).toBe(0.75);
  });
});

describe('a judge', () => {
  const rng = createRng('judge');
  const human = Array.from({ length: 150 }, () => 1 + uniformInt(rng, 5));

  test('that agrees with people may decide, with its bias told', () => {
    const judge = human.map((x) => Math.min(5, x + (uniform(rng) < 0.3 ? 1 : 0)));
    const calibration = calibrateJudge(human, judge, { judgeId: 'judge-7' });
    assertJsonSafe(calibration);
    expect(calibration.usable).toBe(true);
    expect(calibration.bias!).toBeGreaterThan(0);
    expect(calibration.agreement.interval!.lower).toBeLessThan(calibration.agreement.value!);
    expect(limitVerdict('drift', calibration)).toBe('drift');
    const report = judgeReport(calibration, { verdict: 'drift', curve: calibrationCurve([0.2, 0.9], [0, 1]) });
    assertJsonSafe(report);
    expect(report.findings[0]!.text).toContain('judge-7 agrees with people');
    expect(report.charts.length).toBe(1);
    expect(calibrateJudge(human, judge).agreement).toEqual(calibrateJudge(human, judge).agreement);
  });

  test('that does not, or of whom it is not known, can only yield inconclusive', () => {
    const random = calibrateJudge(
      human,
      human.map(() => 1 + uniformInt(rng, 5)),
    );
    const unknown = calibrateJudge([1, 1, null], [1, 1, 2]);
    expect(unknown.agreement).toMatchObject({ value: null, reason: 'one-category' });
    expect(unknown.leftOut).toBe(1);
    const empty = calibrateJudge([null], [3]);
    expect([empty.bias, empty.ranks, empty.agreement.reason]).toEqual([null, null, 'no-pairs']);
    for (const calibration of [random, unknown, empty]) {
      assertJsonSafe({ ...calibration, ranks: null });
      expect(calibration.usable).toBe(false);
      for (const verdict of ['drift', 'no-drift', 'inconclusive'] as const)
        expect(limitVerdict(verdict, calibration)).toBe('inconclusive');
      const { findings } = judgeReport(calibration, { verdict: 'drift' });
      expect(findings.slice(0, 2).map(({ level }) => level)).toEqual(['risk', 'warning']);
      expect(
        judgeReport(calibration, { verdict: 'inconclusive' }).findings.some(({ level }) => level === 'warning'),
      ).toBe(false);
    }
  });

  test('examples', () => {
    const calibration = calibrateJudge([1, 2, 3, 4, 5], [1, 2, 3, 4, 5]);
    expect([calibration.usable, calibration.bias]).toEqual([true, 0]);
    expect(calibrateJudge([1, 2, 3, 4, 5], [5, 4, 3, 2, 1]).usable).toBe(false);
    expect(
      krippendorffAlpha([
        [1, 2, 3, 3],
        [1, 2, 3, 3],
      ]).alpha,
    ).toBe(1);
    expect(pairAgreement([0, 0, 1, 1], [0, 0, 1, 0], 2).cohen).toBe(0.5);
    expect(
      fleissKappa([
        [0, 0, 0],
        [1, 1, 1],
      ]),
    ).toBe(1);
    expect(rankAgreement([1, 2, 3], [10, 20, 90]).spearman).toBeCloseTo(1, 12);
  });
});

test('hostile input is refused with its code', () => {
  const curve = calibrationCurve([0.5], [1]);
  for (const [run, expected] of [
    [() => krippendorffAlpha([[1]]), 'EMPTY_INPUT'],
    [() => krippendorffAlpha([[1], [1, 2]]), 'LENGTH_MISMATCH'],
    [() => krippendorffAlpha([[Infinity], [1]]), 'BAD_VALUE'],
    [() => krippendorffAlpha([[-1], [1]], { metric: 'ratio' }), 'OUT_OF_RANGE'],
    [() => pairAgreement([0], [0, 1], 2), 'LENGTH_MISMATCH'],
    [() => pairAgreement([], [], 2), 'EMPTY_INPUT'],
    [() => pairAgreement([0], [2], 2), 'BAD_VALUE'],
    [() => pairAgreement([0], [0], 1), 'OUT_OF_RANGE'],
    [() => fleissKappa([[1]]), 'EMPTY_INPUT'],
    [() => fleissKappa([[1, 1], [1]]), 'LENGTH_MISMATCH'],
    [() => fleissKappa([[1, 0.5]]), 'BAD_VALUE'],
    [() => rankAgreement([1], [1]), 'EMPTY_INPUT'],
    [() => rankAgreement([1, Number.NaN], [1, 2]), 'BAD_VALUE'],
    [() => predictionPoweredMean([1, 0], [1], [1, 0]), 'LENGTH_MISMATCH'],
    [() => predictionPoweredMean([1, 0], [1, 0], [1]), 'EMPTY_INPUT'],
    [() => predictionPoweredMean([1, 0], [1, 0], [1, Number.NaN]), 'BAD_VALUE'],
    [() => predictionPoweredMean([1, 0], [1, 0], [1, 1], { weight: 2 }), 'OUT_OF_RANGE'],
    [() => roganGladen(2, 1, 1), 'OUT_OF_RANGE'],
    [
      () => correctedShare({ items: 0, positives: 0, truePositives: 1, hits: 1, trueNegatives: 1, rejections: 1 }),
      'EMPTY_INPUT',
    ],
    [
      () => correctedShare({ items: 1, positives: 2, truePositives: 1, hits: 1, trueNegatives: 1, rejections: 1 }),
      'OUT_OF_RANGE',
    ],
    [() => calibrationCurve([0.5], [0.5]), 'BAD_VALUE'],
    [() => calibrationCurve([1.5], [1]), 'BAD_VALUE'],
    [() => calibrationCurve([], []), 'EMPTY_INPUT'],
    [() => calibrationCurve([0.5], [1], { bins: 0 }), 'OUT_OF_RANGE'],
    [() => calibrate(curve, 2), 'OUT_OF_RANGE'],
    [() => calibrate({ isotonic: [] }, 0.5), 'BAD_MODEL'],
    [
      () =>
        calibrate(
          {
            isotonic: [
              [0.5, 1],
              [0.5, 0],
            ],
          },
          0.5,
        ),
      'BAD_MODEL',
    ],
    [() => calibrateJudge([1], [1, 2]), 'LENGTH_MISMATCH'],
    [() => calibrateJudge([1], [1], { least: 1 }), 'OUT_OF_RANGE'],
    [() => calibrateJudge([1], [1], { draws: 0 }), 'OUT_OF_RANGE'],
    [() => calibrateJudge([1, 2], [1, 2], { signal: { aborted: true } }), 'ABORTED'],
    [() => krippendorffAlpha([[1], [1]], { metric: 'x' as 'ordinal' }), 'BAD_OPTION'],
    [() => krippendorffAlpha([[1e200], [1]]), 'BAD_VALUE'],
    [() => rankAgreement(['1', '2'] as never, [1, 2]), 'BAD_VALUE'],
    [() => calibrate({ isotonic: [null as never] }, 0.5), 'BAD_MODEL'],
  ] as const)
    expect(code(run)).toBe(expected);
});
