import { describe, expect, test } from 'vitest';
import { gaussianCollapse, type MixingOptions, planMixing } from '../../../src/value-drift/generations/index.ts';
import { assertJsonSafe, code } from '../support.ts';

const base: MixingOptions = { realItems: 500, generations: 10, syntheticItems: 100, chains: 200 };

describe('planMixing', () => {
  test('accumulates by default, with a fifth of real items', () => {
    const plan = planMixing({ ...base, syntheticItems: 1000 });
    expect(plan).toMatchObject({
      verdict: 'ok',
      regime: 'accumulate',
      setBy: 'floor',
      requiredRealShare: 0.2,
      realItems: 500,
    });
    // 500 real items allow 2,000 synthetic ones in the last of nine additions.
    expect(plan.syntheticItems).toBe(222);
    expect(plan.steps[9]!.realShare).toBeGreaterThanOrEqual(0.2);
    expect(plan.steps[0]).toMatchObject({ generation: 1, real: 500, synthetic: 0, realShare: 1 });
    assertJsonSafe(plan);
  });

  test('expected variance equals the closed forms of the Gaussian chain', () => {
    const replace = planMixing({ ...base, regime: 'replace', realShareFloor: 0, maxDecay: 1 });
    const { replaceBiased } = gaussianCollapse({ items: 100, generations: Array.from({ length: 10 }, (_, t) => t) });
    expect(replace.realItems).toBe(0);
    replace.steps.forEach((step, t) => {
      expect(step.varianceRatio).toBeCloseTo(replaceBiased[t]!, 12);
    });
    // Equal batches that are all kept: refit k sees k n items, the real ones being the first.
    const keep = planMixing({ ...base, realItems: 100, realShareFloor: 0, maxDecay: 1 });
    const { accumulate } = gaussianCollapse({ items: 100, generations: Array.from({ length: 10 }, (_, t) => t + 1) });
    keep.steps.forEach((step, t) => {
      expect(step.varianceRatio).toBeCloseTo(accumulate[t]! / accumulate[0]!, 12);
    });
  });

  test('a stricter bound asks for more real items', () => {
    const at = (maxDecay: number): number =>
      planMixing({ ...base, regime: 'replace', realShareFloor: 0, syntheticItems: 50, generations: 30, maxDecay })
        .requiredRealShare!;
    expect(at(0.5)).toBe(0);
    expect(at(0.1)).toBeGreaterThan(0);
    expect(at(0.03)).toBeGreaterThan(at(0.1));
    for (const maxDecay of [0.1, 0.03]) {
      const plan = planMixing({
        ...base,
        regime: 'replace',
        realShareFloor: 0,
        syntheticItems: 50,
        generations: 30,
        maxDecay,
      });
      expect(plan.setBy).toBe('decay');
      expect(plan.expectedDecay).toBeLessThanOrEqual(maxDecay + 1e-9);
    }
  });

  test('a generator that pushes a value is bounded by drift', () => {
    const plan = planMixing({
      ...base,
      syntheticItems: 300,
      realShareFloor: 0.05,
      shift: { value: 0.1, standardError: 0.01 },
    });
    expect(plan).toMatchObject({ verdict: 'ok', setBy: 'drift' });
    expect(plan.steps[9]!.drift).toBeLessThanOrEqual(0.2 + 1e-9);
    expect(plan.steps[9]!.drift).toBeGreaterThan(0.15);
    expect(plan.steps[9]!.driftInterval.lower).toBeLessThan(plan.steps[9]!.drift);
  });

  test('says what cannot be reached, and what then happens', () => {
    const plan = planMixing({ ...base, keeps: { value: 0.8, standardError: 0 } });
    expect(plan).toMatchObject({
      verdict: 'unreachable',
      requiredRealShare: null,
      setBy: 'unreachable',
      syntheticItems: 100,
    });
    expect(plan.expectedDecay).toBeGreaterThan(0.1);
    expect(planMixing({ ...base, realItems: 2, realShareFloor: 0.9 }).verdict).toBe('unreachable');
  });

  test('few real items limit how much may replace', () => {
    const plan = planMixing({ ...base, realItems: 30, regime: 'replace', realShareFloor: 0.5 });
    expect(plan).toMatchObject({ realItems: 30, syntheticItems: 30 });
  });

  test('one generation needs no plan; intervals hold the expectation; the seed decides', () => {
    const one = planMixing({ ...base, generations: 1 });
    expect(one.steps).toHaveLength(1);
    expect(one).toMatchObject({ verdict: 'ok', expectedDecay: 0 });
    const plan = planMixing(base);
    for (const { drift, driftInterval, varianceRatio, varianceInterval } of plan.steps) {
      expect(driftInterval.lower).toBeLessThan(drift);
      expect(driftInterval.upper).toBeGreaterThan(drift);
      expect(varianceInterval.lower).toBeLessThan(varianceRatio);
      expect(varianceInterval.upper).toBeGreaterThan(varianceRatio);
    }
    expect(planMixing(base)).toEqual(plan);
    expect(planMixing({ ...base, seed: 'other' }).decayInterval).not.toEqual(plan.decayInterval);
  });

  test('refusals', () => {
    expect(code(() => planMixing({ ...base, realItems: 1 }))).toBe('OUT_OF_RANGE');
    expect(code(() => planMixing({ ...base, generations: 0 }))).toBe('OUT_OF_RANGE');
    expect(code(() => planMixing({ ...base, realShareFloor: 1 }))).toBe('OUT_OF_RANGE');
    expect(code(() => planMixing({ ...base, maxDecay: -1 }))).toBe('OUT_OF_RANGE');
    expect(code(() => planMixing({ ...base, keeps: { value: 0, standardError: 0 } }))).toBe('OUT_OF_RANGE');
    expect(code(() => planMixing({ ...base, regime: 'mix' as 'replace' }))).toBe('BAD_OPTION');
    expect(code(() => planMixing({ ...base, signal: { aborted: true } }))).toBe('ABORTED');
  });
});
