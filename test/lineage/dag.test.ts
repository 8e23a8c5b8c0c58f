import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  estimateEnergy,
  type LineageDagNode,
  lineageDagMetrics,
  softwareCarbonIntensity,
} from '../../src/lineage/index.ts';

const real = (id: string): LineageDagNode => ({ id, kind: 'real', parents: [] });
const made = (id: string, ...parents: string[]): LineageDagNode => ({
  id,
  kind: 'generated',
  parents: parents.map((parent) => ({ id: parent, weight: 1 / parents.length })),
});

describe('lineageDagMetrics', () => {
  test('accumulated data have harmonic mean depth', () => {
    const nodes: LineageDagNode[] = [real('r')];
    let pool = 'r';
    for (let k = 1; k <= 4; k++) {
      nodes.push(made(`s${k}`, pool));
      nodes.push({
        id: `p${k}`,
        kind: 'merge',
        parents: [
          { id: pool, weight: k / (k + 1) },
          { id: `s${k}`, weight: 1 / (k + 1) },
        ],
      });
      pool = `p${k}`;
    }
    const result = lineageDagMetrics(nodes);
    const depths = result.ok
      ? result.metrics.filter(({ id }) => id.startsWith('p')).map(({ meanDepth }) => meanDepth)
      : [];
    const expected = [1 / 2, 1 / 2 + 1 / 3, 1 / 2 + 1 / 3 + 1 / 4, 1 / 2 + 1 / 3 + 1 / 4 + 1 / 5];
    depths.forEach((depth, i) => {
      expect(depth).toBeCloseTo(expected[i]!, 12);
    });
  });

  test('long chains and long pools stay quick, without recursion', () => {
    const chain = [real('0'), ...Array.from({ length: 100_000 }, (_, i) => made(String(i + 1), String(i)))];
    const result = lineageDagMetrics(chain.reverse());
    expect(result.ok && result.metrics[0]).toMatchObject({
      maxDepth: 100_000,
      meanDepth: 100_000,
      ancestors: 100_000,
      syntheticAncestors: 99_999,
    });
    const pool: LineageDagNode[] = [real('p0')];
    for (let k = 1; k <= 20_000; k++) {
      pool.push(made(`s${k}`, `p${k - 1}`));
      pool.push({
        id: `p${k}`,
        kind: 'merge',
        parents: [
          { id: `p${k - 1}`, weight: 0.5 },
          { id: `s${k}`, weight: 0.5 },
        ],
      });
    }
    const last = lineageDagMetrics(pool);
    expect(last.ok && last.metrics[40_000]).toMatchObject({
      ancestors: 40_000,
      syntheticAncestors: 20_000,
      maxDepth: 20_000,
    });
  });

  test('masses and fractions are shares; ancestors are what a plain search finds', () => {
    const graph = fc.array(
      fc.tuple(
        fc.constantFrom('real', 'unknown', 'generated', 'merge', 'transform'),
        fc.array(fc.nat(), { maxLength: 4 }),
      ),
      { minLength: 1, maxLength: 15 },
    );
    fc.assert(
      fc.property(graph, (items) => {
        const nodes = items.map(([kind, picks], i): LineageDagNode => {
          const parents = i === 0 ? [] : [...new Set(picks.map((pick) => String(pick % i)))];
          const rooted = kind === 'real' || kind === 'unknown' || (parents.length === 0 && kind !== 'generated');
          return rooted
            ? { id: String(i), kind: kind === 'unknown' ? 'unknown' : 'real', parents: [] }
            : { ...made(String(i), ...parents), kind: kind as 'merge' };
        });
        const result = lineageDagMetrics(nodes);
        expect(result.ok).toBe(true);
        if (!result.ok) return;
        result.metrics.forEach((m, i) => {
          expect(m.realRootMass + m.unknownMass).toBeCloseTo(1, 9);
          expect(m.syntheticFraction).toBeGreaterThanOrEqual(0);
          expect(m.syntheticFraction).toBeLessThanOrEqual(1 + 1e-9);
          expect(m.meanDepth).toBeLessThanOrEqual(m.maxDepth + 1e-9);
          const found = new Set<string>();
          const walk = (id: string) => {
            for (const parent of nodes[Number(id)]!.parents) {
              found.add(parent.id);
              walk(parent.id);
            }
          };
          walk(String(i));
          expect(m.ancestors).toBe(found.size);
          expect(m.syntheticAncestors).toBe([...found].filter((id) => nodes[Number(id)]!.kind === 'generated').length);
        });
      }),
      { numRuns: 300 },
    );
  });

  test.each<[string, string, LineageDagNode[]]>([
    ['duplicate-id', 'r', [real('r'), real('r')]],
    ['cycle', 'a', [made('a', 'a')]],
    ['missing-parent', 'a', [made('a', 'b')]],
    ['cycle', 'a', [real('r'), made('a', 'c'), made('b', 'a'), made('c', 'b')]],
    ['no-parents', 'm', [{ id: 'm', kind: 'merge', parents: [] }]],
    ['bad-weights', 'm', [real('r'), { id: 'm', kind: 'merge', parents: [{ id: 'r', weight: 0.5 }] }]],
    ['bad-weights', 'm', [real('r'), { id: 'm', kind: 'merge', parents: [{ id: 'r', weight: Number.NaN }] }]],
    [
      'time-order',
      'g',
      [
        { ...real('r'), generatedAt: '2026-02-01T00:00:00Z' },
        { ...made('g', 'r'), generatedAt: '2026-01-01T00:00:00Z' },
      ],
    ],
  ])('%s at %s', (code, id, nodes) => {
    expect(lineageDagMetrics(nodes)).toEqual({ ok: false, code, id });
  });

  test('no datasets', () => {
    expect(lineageDagMetrics([])).toEqual({ ok: true, metrics: [] });
  });
});

describe('energy', () => {
  test('refuses figures that cannot be', () => {
    const good = { durationS: 1, cpuW: 1, gCO2PerKWh: 1 };
    for (const change of [
      { durationS: -1 },
      { cpuW: Number.NaN },
      { pue: 0.9 },
      { cpuUtil: 1.1 },
      { gCO2PerKWh: Number.POSITIVE_INFINITY },
    ])
      expect(() => estimateEnergy({ ...good, ...change })).toThrow(expect.objectContaining({ code: 'OUT_OF_RANGE' }));
    const sci = {
      energyKWh: 1,
      gCO2PerKWh: 1,
      totalEmbodied: 1,
      timeReserved: 1,
      expectedLifespan: 1,
      resourcesReserved: 1,
      totalResources: 1,
      units: 1,
    };
    expect(softwareCarbonIntensity(sci)).toEqual({ embodied: 1, intensity: 2 });
    for (const change of [{ units: 0 }, { totalResources: 0 }, { energyKWh: -1 }])
      expect(() => softwareCarbonIntensity({ ...sci, ...change })).toThrow(
        expect.objectContaining({ code: 'OUT_OF_RANGE' }),
      );
  });
});
