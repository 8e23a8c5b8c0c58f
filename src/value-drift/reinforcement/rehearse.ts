import { createRng } from '../../random/create-rng.ts';
import { sampleWithoutReplacement } from '../../random/sample-without-replacement.ts';
import { checkRange, checkWhole } from '../../stats/internal-options.ts';
import { type ItemLabels, labelTexts } from '../internal-labels.ts';
import { hashOf } from './internal-targets.ts';
import type { ReinforcementStep } from './reinforcement-types.ts';

/** Options of {@link rehearse}. */
export interface RehearsalOptions {
  /** Original items at hand. */
  readonly originals: number;
  /** New items, all of which are kept. */
  readonly current: number;
  /** Share of originals in the mix, 0 up to below 1. Default 0.25. */
  readonly share?: number | undefined;
  /** Group of each original item: the replay keeps the groups' shares. Default: none. */
  readonly groups?: ItemLabels | undefined;
  /** Seed; any text. */
  readonly seed: string;
}

/** Result of {@link rehearse}. JSON-safe. */
export interface Rehearsal {
  /** Original rows to replay, in rising order. */
  readonly rows: readonly number[];
  /** Share of originals that the mix has. */
  readonly share: number;
  /** Originals asked for beyond those at hand. */
  readonly short: number;
  /** Replayed rows by group, in code-unit order; null for items without one. Empty without groups. */
  readonly groups: readonly {
    /** Name of the group. */
    readonly group: string | null;
    /** Originals in it. */
    readonly available: number;
    /** Of those, replayed. */
    readonly replayed: number;
  }[];
  /** The record of this step. */
  readonly record: ReinforcementStep;
}

/**
 * Rehearsal: which original items to mix into new data, so that a model trained on the mix does not forget them. A share
 * of real data in every round is also what keeps a chain of generations from collapsing (Gerstgrasser et al. 2024).
 *
 * Drawn without replacement, stratified by group: each group gets its share of the replay, rounded by largest remainder.
 *
 * @param options - See {@link RehearsalOptions}.
 * @returns See {@link Rehearsal}.
 * @throws {@link SynthproofError} `OUT_OF_RANGE`; `LENGTH_MISMATCH` for groups of another number.
 * @example
 * const { rows, share } = rehearse({ originals: 100, current: 30, share: 0.25, seed: 'demo' });
 * rows.length; // => 10
 * share; // => 0.25
 */
export function rehearse(options: RehearsalOptions): Rehearsal {
  const { originals, current, share = 0.25, seed } = options;
  checkWhole('originals', originals, 0);
  checkWhole('current', current, 0);
  checkRange('share', share, 0, 0.999999);
  const wanted = Math.round((current * share) / (1 - share));
  const total = Math.min(wanted, originals);
  const labels = options.groups === undefined ? null : labelTexts('groups', options.groups, originals);
  const byGroup = new Map<string | null, number[]>();
  for (let row = 0; row < originals; row++) {
    const group = labels === null ? null : labels[row]!;
    const rows = byGroup.get(group);
    if (rows === undefined) byGroup.set(group, [row]);
    else rows.push(row);
  }
  const names = [...byGroup.keys()].sort((a, b) => (a === null ? 1 : b === null ? -1 : a < b ? -1 : a > b ? 1 : 0));
  const sizes = names.map((name) => byGroup.get(name)!.length);
  const parts = apportion(sizes, total);
  const rng = createRng(seed).stream('rehearse/1');
  const rows: number[] = [];
  names.forEach((name, g) => {
    const list = byGroup.get(name)!;
    for (const k of sampleWithoutReplacement(rng.stream(g), list.length, parts[g]!)) rows.push(list[k]!);
  });
  rows.sort((a, b) => a - b);
  const reached = current + rows.length === 0 ? 0 : rows.length / (current + rows.length);
  return {
    rows,
    share: reached,
    short: wanted - total,
    groups: labels === null ? [] : names.map((group, g) => ({ group, available: sizes[g]!, replayed: parts[g]! })),
    record: {
      step: 'rehearse/1',
      inputHash: hashOf({ originals, current, labels }),
      settings: { share, seed },
      outcome: { replayed: rows.length, share: reached, short: wanted - total, rowsHash: hashOf(rows) },
    },
  };
}

/** Whole parts in proportion to the sizes with the given total: largest remainders, ties to the earlier group. */
function apportion(sizes: readonly number[], total: number): number[] {
  let all = 0;
  for (const size of sizes) all += size;
  if (all === 0) return sizes.map(() => 0);
  const exact = sizes.map((size) => (size * total) / all);
  const parts = exact.map((x) => Math.floor(x));
  let left = total;
  for (const part of parts) left -= part;
  const order = sizes.map((_, g) => g).sort((a, b) => exact[b]! - parts[b]! - (exact[a]! - parts[a]!) || a - b);
  for (const g of order) {
    if (left === 0) break;
    if (parts[g]! < sizes[g]!) {
      parts[g] = parts[g]! + 1;
      left--;
    }
  }
  return parts;
}
