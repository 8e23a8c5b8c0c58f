import { checkWhole } from '../../stats/internal-options.ts';
import { checkCategories, checkPaired } from './internal-check.ts';

/** Result of {@link pairAgreement}. JSON-safe; a coefficient is null when chance alone would agree in full. */
export interface PairAgreement {
  /** Items. */
  readonly n: number;
  /** Share of items with equal categories, 0 to 1. */
  readonly observed: number;
  /** Cohen's kappa. */
  readonly cohen: number | null;
  /** Kappa with linear weights: categories in order, distance |i - j|. */
  readonly linear: number | null;
  /** Kappa with quadratic weights: distance (i - j)^2. */
  readonly quadratic: number | null;
  /** Scott's pi: both raters share one set of marginals. */
  readonly scottPi: number | null;
  /** Gwet's AC1, which stays sensible when one category is rare, where kappa drops although raters agree. */
  readonly gwetAC1: number | null;
}

/**
 * Agreement of two raters over the same items, beyond chance, by five coefficients.
 *
 * (observed - chance) / (1 - chance); 1 is full agreement, 0 what chance gives. They differ in what they take chance to be.
 * Source: Cohen 1960 and 1968; Scott 1955; Gwet 2008.
 *
 * @param a - Categories given by the first rater, whole numbers from 0.
 * @param b - Categories given by the second rater to the same items.
 * @param categories - Number of categories, at least 2.
 * @returns See {@link PairAgreement}.
 * @throws {@link SynthproofError} `LENGTH_MISMATCH`, `EMPTY_INPUT`, `OUT_OF_RANGE`, `BAD_VALUE` for an unknown category.
 * @example
 * pairAgreement([0, 0, 1, 1], [0, 0, 1, 0], 2).cohen; // => 0.5
 */
export function pairAgreement(a: ArrayLike<number>, b: ArrayLike<number>, categories: number): PairAgreement {
  checkWhole('categories', categories, 2, 10_000);
  checkPaired('b', a, b, 1);
  checkCategories('a', a, categories);
  checkCategories('b', b, categories);
  const n = a.length;
  const first = new Float64Array(categories);
  const second = new Float64Array(categories);
  let equal = 0;
  let linear = 0;
  let quadratic = 0;
  for (let i = 0; i < n; i++) {
    const gap = Math.abs(a[i]! - b[i]!);
    if (gap === 0) equal++;
    linear += gap;
    quadratic += gap * gap;
    first[a[i]!]! += 1;
    second[b[i]!]! += 1;
  }
  let same = 0;
  let pooledSame = 0;
  let spread = 0;
  let linearChance = 0;
  let quadraticChance = 0;
  for (let c = 0; c < categories; c++) {
    const pooled = (first[c]! + second[c]!) / (2 * n);
    same += (first[c]! * second[c]!) / (n * n);
    pooledSame += pooled * pooled;
    spread += pooled * (1 - pooled);
    if (first[c] === 0) continue;
    for (let k = 0; k < categories; k++) {
      const weight = (first[c]! * second[k]!) / n;
      linearChance += weight * Math.abs(c - k);
      quadraticChance += weight * (c - k) * (c - k);
    }
  }
  const observed = equal / n;
  const beyond = (chance: number) => (chance === 1 ? null : (observed - chance) / (1 - chance));
  return {
    n,
    observed,
    cohen: beyond(same),
    linear: linearChance === 0 ? null : 1 - linear / linearChance,
    quadratic: quadraticChance === 0 ? null : 1 - quadratic / quadraticChance,
    scottPi: beyond(pooledSame),
    gwetAC1: beyond(spread / (categories - 1)),
  };
}
