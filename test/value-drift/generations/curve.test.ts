import { describe, expect, test } from 'vitest';
import { createRng, normal } from '../../../src/random/index.ts';
import type { Rng } from '../../../src/types.ts';
import {
  type Generation,
  generationCurve,
  generationReport,
  inferRegime,
} from '../../../src/value-drift/generations/index.ts';
import { profileValues, type ValueProfile } from '../../../src/value-drift/index.ts';
import { assertJsonSafe, code, rowScorer } from '../support.ts';

const WIDTH = 3;
const scorer = rowScorer(WIDTH);

function rows(rng: Rng, n: number, scale = 1, shift = 0): number[][] {
  return Array.from({ length: n }, () => Array.from({ length: WIDTH }, () => shift + scale * normal(rng)));
}

function line(name: string, scales: readonly number[], shift = 0): Generation[] {
  const rng = createRng(name);
  return scales.map((scale, g) => ({ id: `g${g}`, profile: profileValues(rows(rng, 200, scale, g * shift), scorer) }));
}

const quick = { permutations: 99 };

describe('generationCurve', () => {
  test('a steady line: no drift, no alarm', () => {
    const curve = generationCurve(line('steady line', [1, 1, 1, 1, 1]), quick);
    expect(curve.points).toHaveLength(5);
    expect(curve.collapseAt).toBeNull();
    expect(curve.points.every((point) => point.fromOrigin === null || point.fromOrigin.pAdjusted > 0.05)).toBe(true);
    expect(curve.points[0]).toMatchObject({ id: 'g0', parent: null, depth: 0, varianceRatio: 1, fromOrigin: null });
    expect(curve.points[0]!.tailMass).toBeCloseTo(0.1, 1);
    expect(curve.points[3]).toMatchObject({ parent: 'g2', depth: 3, realShare: null });
    assertJsonSafe(curve);
  });

  test('a shrinking line: alarm, falling variance and tails, a trend', () => {
    const curve = generationCurve(line('shrinking', [1, 0.9, 0.8, 0.7, 0.6, 0.5]), quick);
    expect(curve.collapseAt).not.toBeNull();
    const last = curve.points[5]!;
    expect(last.collapsed).toBe(true);
    expect(last.varianceRatio).toBeGreaterThan(0.18);
    expect(last.varianceRatio).toBeLessThan(0.33);
    expect(last.varianceInterval!.lower).toBeLessThan(0.25);
    expect(last.varianceInterval!.upper).toBeGreaterThan(0.25);
    expect(last.tailMass).toBeLessThan(0.02);
    const variance = curve.trends.find(({ series }) => series === 'variance ratio')!;
    expect(variance.trend.slope).toBeLessThan(-0.1);
    expect(variance.trend.pValue).toBeLessThan(0.05);
    // The allowance of each test shrinks so that all of them share 1 - level.
    expect(curve.points.slice(1).map((point) => point.collapseThreshold)).toEqual(
      [2, 6, 12, 20, 30].map((parts) => expect.closeTo(0.05 / parts, 12)),
    );
  });

  test('a moving line: drift from the origin grows, from the parent it does not', () => {
    const curve = generationCurve(line('moving', [1, 1, 1, 1, 1], 0.4), quick);
    const fromOrigin = curve.points.slice(1).map((point) => point.fromOrigin!.size!);
    expect(fromOrigin[3]).toBeGreaterThan(1.3);
    expect(curve.points[4]!.fromOrigin!.interval!.lower).toBeGreaterThan(1);
    expect(curve.points[4]!.fromOrigin!.interval!.upper).toBeLessThan(2.2);
    expect(curve.points[4]!.fromParent!.size).toBeLessThan(0.7);
    expect(curve.points[4]!.fromOrigin!.verdict).toBe('drift');
  });

  test('yesterday stays: an added generation changes no earlier alarm', () => {
    const all = line('longer', [1, 0.9, 0.8, 0.75, 0.7]);
    const short = generationCurve(all.slice(0, 4), quick);
    const long = generationCurve(all, quick);
    expect(long.points.slice(0, 4).map((point) => [point.collapseP, point.collapsed])).toEqual(
      short.points.map((point) => [point.collapseP, point.collapsed]),
    );
  });

  test('branches have their parents and no regime', () => {
    const [a, b, c] = line('branch', [1, 1, 1]) as [Generation, Generation, Generation];
    const curve = generationCurve([a, b, { ...c, parent: 'g0' }], quick);
    expect(curve.points[2]).toMatchObject({ parent: 'g0', depth: 1 });
    expect(curve.regime).toBeNull();
    expect(curve.points[2]!.fromParent).toEqual(curve.points[2]!.fromOrigin);
  });

  test('figures as given, and of texts', () => {
    const base = line('given', [1, 1, 1]);
    const given = generationCurve(
      base.map((g, i) => ({
        ...g,
        diversity: 10 - i,
        novelty: i === 0 ? null : { metric: 'm', value: 0.5, range: [0, 1], goal: 'none', n: 3 },
        realShare: 1 / (i + 1),
      })),
      quick,
    );
    expect(given.points.map((point) => point.diversity)).toEqual([10, 9, 8]);
    expect(given.points.map((point) => point.novelty)).toEqual([null, 0.5, 0.5]);
    expect(given.points.map((point) => point.realShare)).toEqual([1, 0.5, 1 / 3]);

    const words = (g: number, i: number): string => `the ${g} cat number ${i} sat on mat ${i % 7} near the ${g} door`;
    const texts = base.map((generation, g) => ({
      ...generation,
      texts: Array.from({ length: 200 }, (_, i) => (g === 2 ? words(1, i % 3) : words(g, i))),
    }));
    const curve = generationCurve(texts, quick);
    expect(curve.points[0]!.novelty).toBeNull();
    expect(curve.points[1]!.novelty).toBeGreaterThan(0.3);
    expect(curve.points[2]!.novelty).toBe(0);
    expect(curve.points[2]!.texts!.duplicates).toBe(1);
    expect(curve.points[1]!.texts!.duplicates).toBe(0);
    expect(curve.points[2]!.diversity).toBeLessThan(curve.points[0]!.diversity!);
    expect(curve.points[0]!.texts!.logLength).toBe(0);
    assertJsonSafe(curve);
    assertJsonSafe(generationReport(curve));
    expect(generationReport(curve).tables.map(({ title }) => title)).toEqual(['Curve', 'Texts', 'Trends']);
  });

  test('a value that dies out and one that was never there', () => {
    const rng = createRng('dead');
    const items = (g: number): (number | null)[][] =>
      Array.from({ length: 60 }, () => [g === 0 ? normal(rng) : 1, 5, null]);
    const curve = generationCurve(
      [0, 1, 2].map((g) => ({ id: `g${g}`, profile: profileValues(items(g), scorer) })),
      quick,
    );
    expect(curve.points[1]).toMatchObject({ varianceRatio: 0, collapseP: 0, collapsed: true });
    assertJsonSafe(curve);
    const constant = generationCurve(
      [0, 1].map((g) => ({
        id: `g${g}`,
        profile: profileValues(
          [
            [1, 1, 1],
            [1, 1, 1],
          ],
          scorer,
        ),
      })),
      quick,
    );
    expect(constant.points[1]).toMatchObject({ varianceRatio: null, collapseP: null, collapsed: false });
    assertJsonSafe(constant);
  });

  test('clusters widen the interval of the variance', () => {
    const rng = createRng('clusters');
    const clustered = (clusters: boolean): ValueProfile => {
      const own = createRng('items');
      const items = Array.from({ length: 30 }, (_, c) => {
        const row = rows(own, 1)[0]!;
        return Array.from({ length: 8 }, () => ({ c, row: row.map((x) => x + 0.1 * normal(rng)) }));
      }).flat();
      return profileValues(
        items.map(({ row }) => row),
        scorer,
        clusters ? { clusters: items.map(({ c }) => c) } : {},
      );
    };
    const width = (clusters: boolean): number => {
      const curve = generationCurve(
        [
          { id: 'a', profile: clustered(clusters) },
          { id: 'b', profile: clustered(clusters) },
        ],
        quick,
      );
      const { lower, upper } = curve.points[1]!.varianceInterval!;
      return upper / lower;
    };
    expect(width(true)).toBeGreaterThan(1.5 * width(false));
  });

  test('refusals', () => {
    const base = line('bad', [1, 1]);
    const [a, b] = base as [Generation, Generation];
    expect(code(() => generationCurve([a], quick))).toBe('EMPTY_INPUT');
    expect(code(() => generationCurve([a, { ...b, id: 'g0' }], quick))).toBe('BAD_VALUE');
    expect(code(() => generationCurve([a, { ...b, parent: 'none' }], quick))).toBe('BAD_VALUE');
    expect(code(() => generationCurve([{ ...a, parent: 'g1' }, b], quick))).toBe('BAD_VALUE');
    expect(code(() => generationCurve([a, { ...b, realShare: 2 }], quick))).toBe('OUT_OF_RANGE');
    expect(code(() => generationCurve([a, { ...b, texts: ['x'] }], quick))).toBe('LENGTH_MISMATCH');
    expect(code(() => generationCurve([a, { ...b, diversity: Number.NaN }], quick))).toBe('BAD_NUMBER');
    expect(
      code(() => generationCurve([a, { ...b, profile: profileValues([[1, 2, 3]], scorer, { keepScores: false }) }])),
    ).toBe('BAD_VALUE');
    expect(code(() => generationCurve([a, { ...b, profile: profileValues([[1, 2]], rowScorer(2)) }], quick))).toBe(
      'SPEC_MISMATCH',
    );
    expect(code(() => generationCurve(base, { ...quick, tolerance: 1 }))).toBe('OUT_OF_RANGE');
    expect(code(() => generationCurve(base, { ...quick, signal: { aborted: true } }))).toBe('ABORTED');
  });

  test('reports progress', () => {
    const steps: number[] = [];
    generationCurve(line('progress', [1, 1, 1]), { ...quick, onProgress: ({ done }) => steps.push(done) });
    expect(steps).toEqual([1, 2, 3]);
  });
});

describe('generationReport', () => {
  test('says collapse first, as a risk, and draws the curve', () => {
    const report = generationReport(generationCurve(line('shrinking', [1, 0.8, 0.6, 0.5]), quick), { title: 'Line' });
    expect(report.title).toBe('Line');
    expect(report.findings[0]).toMatchObject({ level: 'risk', text: expect.stringContaining('Collapse alarm at g') });
    expect(report.charts.map(({ kind }) => kind)).toEqual(['line', 'line']);
    expect(report.tables[0]!.rows).toHaveLength(4);
  });

  test('a steady line is a note, never a promise', () => {
    const report = generationReport(generationCurve(line('steady', [1, 1, 1]), quick));
    expect(report.findings[0]!.level).toBe('note');
    expect(JSON.stringify(report)).not.toMatch(/safe|compliant/i);
  });
});

describe('inferRegime', () => {
  const lineage = (name: string, keep: boolean): ValueProfile[] => {
    const rng = createRng(name);
    let data = rows(rng, 100);
    const out = [profileValues(data, scorer)];
    for (let t = 0; t < 10; t++) {
      const means = [0, 1, 2].map((v) => data.reduce((total, row) => total + row[v]!, 0) / data.length);
      const next = rows(rng, 100).map((row) => row.map((x, v) => x + means[v]!));
      out.push(profileValues(next, scorer));
      data = keep ? [...data, ...next] : next;
    }
    return out;
  };

  test('tells replace from accumulate', () => {
    for (const seed of ['a', 'b', 'c']) {
      expect(inferRegime(lineage(seed, false)).verdict).not.toBe('accumulate');
      expect(inferRegime(lineage(seed, true)).verdict).not.toBe('replace');
    }
    expect(inferRegime(lineage('d', false))).toMatchObject({ verdict: 'replace', generations: 9 });
  });

  test('a value given twice counts once', () => {
    const scorerOfTwo = rowScorer(2);
    const single = lineage('e', false).map((p) =>
      profileValues(
        Array.from(p.scores!.columns[0]!, (x) => [x]),
        rowScorer(1),
      ),
    );
    const double = lineage('e', false).map((p) =>
      profileValues(
        Array.from(p.scores!.columns[0]!, (x) => [x, x]),
        scorerOfTwo,
      ),
    );
    expect(inferRegime(double).effectiveValues).toBeCloseTo(1, 10);
    expect(inferRegime(double).logRatio).toBeCloseTo(inferRegime(single).logRatio, 8);
  });

  test('refusals', () => {
    const two = lineage('f', true).slice(0, 2);
    expect(code(() => inferRegime(two))).toBe('EMPTY_INPUT');
    expect(code(() => inferRegime([...two, profileValues([[1]], rowScorer(1))]))).toBe('SPEC_MISMATCH');
    expect(
      inferRegime(
        [1, 2, 3].map(() =>
          profileValues(
            [
              [1, 1, 1],
              [1, 1, 1],
            ],
            scorer,
          ),
        ),
      ),
    ).toEqual({
      verdict: 'undecided',
      logRatio: 0,
      generations: 1,
      effectiveValues: 0,
    });
  });
});
