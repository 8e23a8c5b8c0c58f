import { createRng, sampleWithoutReplacement } from '../../random/index.ts';
import { checkShare, checkWhole } from '../../stats/internal-options.ts';
import { DRIFT, makeDetector, QUIET } from './internal-detector.ts';
import type { StreamDetector } from './stream-detector.ts';

/** Options of {@link kswinDetector}. */
export interface KswinOptions {
  /** Level of one test. Default 0.005. */
  readonly alpha?: number | undefined;
  /** Values in the window, default 100. */
  readonly windowSize?: number | undefined;
  /** Newest values that are tested against as many drawn older ones, default 30; at most half the window. */
  readonly testSize?: number | undefined;
  /** Seed of the draws, default ''. The draw at a value depends only on the seed and the value's position. */
  readonly seed?: string | undefined;
}

/**
 * KSWIN: a Kolmogorov-Smirnov test of the newest values against a random choice of the window's older ones, at each value.
 *
 * Alarm when the exact two-sided p-value is at most `alpha` and the distance above 0.1; the older values are dropped then.
 * The level holds for one test, not for the whole stream. Source: Raab, Heusinger and Schleif 2020.
 *
 * @param options - See {@link KswinOptions}.
 * @returns The detector.
 * @throws {@link SynthproofError} `OUT_OF_RANGE` for an impossible option; `BAD_VALUE` for a value that is not finite;
 * `BAD_MODEL` for a foreign state.
 * @example
 * const detector = kswinDetector();
 * const values = Array.from({ length: 300 }, (_, i) => ((i * 37) % 101) / 101 + (i < 200 ? 0 : 2));
 * detector.update(detector.init(), values).drifts[0] < 230; // => true
 */
export function kswinDetector(options: KswinOptions = {}): StreamDetector {
  const { alpha = 0.005, windowSize = 100, testSize = 30, seed = '' } = options;
  checkShare('alpha', alpha);
  checkWhole('windowSize', windowSize, 2, 1e6);
  checkWhole('testSize', testSize, 1, Math.floor(windowSize / 2));
  const critical = criticalSteps(testSize, alpha);
  const rng = createRng(seed).stream('kswin/1');
  const keep = (memory: number[], newest: number) => memory.splice(0, memory.length - newest);
  return makeDetector({
    kind: 'kswin',
    settings: [alpha, windowSize, testSize, seedNumber(seed)],
    low: -1e300,
    high: 1e300,
    fresh: () => [],
    most: windowSize,
    sound: () => true,
    restart: (memory) => keep(memory, testSize),
    step(memory, x, seen) {
      if (memory.length === windowSize) memory.shift();
      memory.push(x);
      if (memory.length < windowSize) return QUIET;
      const older = sampleWithoutReplacement(rng.stream(seen), windowSize - testSize, testSize);
      const drawn = Float64Array.from(older, (i) => memory[i]!).sort();
      const newest = Float64Array.from(memory.slice(windowSize - testSize)).sort();
      const steps = widestGap(drawn, newest);
      return steps >= critical && steps > 0.1 * testSize ? DRIFT : QUIET;
    },
    holding: (memory) => {
      let total = 0;
      for (const x of memory) total += x / memory.length;
      return [memory.length, total];
    },
  });
}

/** Greatest distance of two empirical distributions of equal size, in steps. */
function widestGap(a: Float64Array, b: Float64Array): number {
  let i = 0;
  let j = 0;
  let widest = 0;
  while (i < a.length && j < b.length) {
    const x = Math.min(a[i]!, b[j]!);
    while (i < a.length && a[i] === x) i++;
    while (j < b.length && b[j] === x) j++;
    widest = Math.max(widest, Math.abs(i - j));
  }
  return widest;
}

/**
 * Least number of steps whose exact two-sided p-value is at most alpha; n + 1 when there is none. Gnedenko and Korolyuk:
 * P(n D >= h) = 2 sum over j >= 1 of (-1)^(j-1) C(2n, n - jh) / C(2n, n).
 */
function criticalSteps(n: number, alpha: number): number {
  for (let h = 1; h <= n; h++) {
    let p = 0;
    let sign = 2;
    for (let k = h; k <= n; k += h) {
      let ratio = 1;
      for (let i = 1; i <= k; i++) ratio *= (n - k + i) / (n + i);
      p += sign * ratio;
      sign = -sign;
    }
    if (p <= alpha) return h;
  }
  return n + 1;
}

/** The seed as a number for the settings, so that a state is not continued under another one. */
function seedNumber(seed: string): number {
  return createRng(seed).nextUint32();
}
