import { exp } from '../math/exp.ts';
import { log } from '../math/log.ts';
import { normalUpperTail } from '../math/normal-upper-tail.ts';
import type { Interval } from '../types.ts';
import { wilsonEnds, zFor } from './internal-rates.ts';
import { twoProportionP } from './internal-tests.ts';

/** One group's share and how it compares with the reference. */
export interface GroupShare {
  /** The group's levels joined with ' × '; `(pooled small groups)` for the pool. */
  readonly group: string;
  /** The group's levels; empty for the pool. */
  readonly values: readonly string[];
  /** Number of rows. */
  readonly n: number;
  /** Share of all rows, 0 to 1. */
  readonly share: number;
  /** Wilson interval of the share. */
  readonly interval: Interval;
  /** Rows of the group in the reference; null when the reference has no counts. */
  readonly referenceN: number | null;
  /** Share of the group in the reference; null without a reference. */
  readonly referenceShare: number | null;
  /** Share minus reference share; null without a reference. */
  readonly difference: number | null;
  /** Interval of the difference: Newcombe's for two samples, the shifted Wilson interval for given shares. */
  readonly differenceInterval: Interval | null;
  /** Share over reference share; null without a reference or when its share is 0. */
  readonly ratio: number | null;
  /** Interval of the ratio: Katz's with half a case added, or the scaled Wilson interval. */
  readonly ratioInterval: Interval | null;
  /** p-value that the shares are equal (Fisher or score test). */
  readonly pValue: number | null;
  /** `absent`: no row here though the reference has some; `new`: rows here, none in the reference. */
  readonly note: 'absent' | 'new' | null;
}

/** Label of the pool of suppressed groups. */
export const POOLED: string = '(pooled small groups)';

/** Counts to compare. */
export interface ShareInput {
  readonly group: string;
  readonly values: readonly string[];
  readonly n: number;
  readonly referenceN: number | null;
  readonly referenceShare: number | null;
}

/** Newcombe's interval of p1 - p2 from two proportions with effective sizes. */
export function newcombeEnds(p1: number, n1: number, p2: number, n2: number, z: number): [number, number] {
  const [l1, u1] = wilsonEnds(p1, n1, z);
  const [l2, u2] = wilsonEnds(p2, n2, z);
  const d = p1 - p2;
  return [
    Math.max(-1, d - Math.sqrt((p1 - l1) * (p1 - l1) + (u2 - p2) * (u2 - p2))),
    Math.min(1, d + Math.sqrt((u1 - p1) * (u1 - p1) + (p2 - l2) * (p2 - l2))),
  ];
}

/** One group's share against its reference. */
export function shareOf(input: ShareInput, n: number, referenceTotal: number | null, level: number): GroupShare {
  const z = zFor(level);
  const share = n === 0 ? 0 : input.n / n;
  const ends = wilsonEnds(share, n, z);
  const interval: Interval = { lower: ends[0], upper: ends[1], level, method: 'wilson' };
  const base = { ...input, share, interval };
  const r = input.referenceShare;
  if (r === null)
    return {
      ...base,
      difference: null,
      differenceInterval: null,
      ratio: null,
      ratioInterval: null,
      pValue: null,
      note: null,
    };
  const note = input.n === 0 && r > 0 ? 'absent' : input.n > 0 && r === 0 ? 'new' : null;
  const ratio = r === 0 ? null : share / r;
  if (input.referenceN === null || referenceTotal === null) {
    const sd = Math.sqrt((r * (1 - r)) / Math.max(1, n));
    return {
      ...base,
      difference: share - r,
      differenceInterval: { lower: ends[0] - r, upper: ends[1] - r, level, method: 'wilson' },
      ratio,
      ratioInterval: r === 0 ? null : { lower: ends[0] / r, upper: ends[1] / r, level, method: 'wilson' },
      pValue:
        n === 0 ? null : sd === 0 ? (share === r ? 1 : 0) : Math.min(1, 2 * normalUpperTail(Math.abs(share - r) / sd)),
      note,
    };
  }
  const d = newcombeEnds(share, n, r, referenceTotal, z);
  const centre = log((input.n + 0.5) / (n + 0.5)) - log((input.referenceN + 0.5) / (referenceTotal + 0.5));
  const half =
    z *
    Math.sqrt(
      Math.max(0, 1 / (input.n + 0.5) - 1 / (n + 0.5) + 1 / (input.referenceN + 0.5) - 1 / (referenceTotal + 0.5)),
    );
  return {
    ...base,
    difference: share - r,
    differenceInterval: { lower: d[0], upper: d[1], level, method: 'newcombe' },
    ratio,
    ratioInterval:
      ratio === null
        ? null
        : {
            lower: Math.min(ratio, exp(centre - half)),
            upper: Math.max(ratio, exp(centre + half)),
            level,
            method: 'katz-adjusted',
          },
    pValue: twoProportionP(share, n, r, referenceTotal),
    note,
  };
}
