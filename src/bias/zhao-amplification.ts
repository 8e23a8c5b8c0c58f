import { SynthproofError } from '../errors.ts';

/** One (outcome, group) pair that counts towards Zhao's bias amplification. */
export interface ZhaoContribution {
  /** Row of the count tables. */
  readonly outcome: number;
  /** Column of the count tables. */
  readonly group: number;
  /** Share of the group within the outcome in the source. */
  readonly source: number;
  /** The same in the synthetic table; null when the outcome does not occur there. */
  readonly synthetic: number | null;
  /** Synthetic minus source; positive: the source's over-representation grew. */
  readonly change: number | null;
}

/** Result of {@link zhaoAmplification}. */
export interface ZhaoAmplification {
  /** Sum of the changes over the number of outcomes; null when an outcome that counts does not occur in the synthetic table. */
  readonly value: number | null;
  /** The pairs that count: over-represented in the source. */
  readonly contributions: readonly ZhaoContribution[];
  /** Why the value is null: `outcome-absent`. */
  readonly reason?: string | undefined;
}

/**
 * Mean bias amplification of Zhao et al. 2017: for each outcome, groups whose source share within the outcome exceeds
 * 1 / (number of groups) are over-represented; the figure adds up how much these shares grew, over the number of outcomes.
 *
 * Unbounded in principle, within -1 and 1 for one outcome; 0 = unchanged, positive = amplified.
 *
 * @param source - `source[outcome][group]`: rows with that outcome in that group.
 * @param synthetic - The same counts in the synthetic table (or of predictions).
 * @returns See {@link ZhaoAmplification}.
 * @throws {@link SynthproofError} `LENGTH_MISMATCH` when shapes differ, `EMPTY_INPUT` without outcomes.
 * @example
 * zhaoAmplification([[60, 40]], [[70, 30]]).value; // => 0.1
 */
export function zhaoAmplification(
  source: readonly (readonly number[])[],
  synthetic: readonly (readonly number[])[],
): ZhaoAmplification {
  if (source.length === 0)
    throw new SynthproofError('EMPTY_INPUT', 'source: expected at least one outcome', { argument: 'source' });
  if (
    synthetic.length !== source.length ||
    source.some((row, t) => row.length !== synthetic[t]!.length || row.length !== source[0]!.length)
  )
    throw new SynthproofError(
      'LENGTH_MISMATCH',
      `synthetic: expected the shape of source (${source.length} x ${source[0]!.length})`,
      {
        argument: 'synthetic',
      },
    );
  const contributions: ZhaoContribution[] = [];
  let sum = 0;
  let absent = false;
  for (let t = 0; t < source.length; t++) {
    const before = source[t]!;
    const after = synthetic[t]!;
    const beforeTotal = before.reduce((a, b) => a + b, 0);
    const afterTotal = after.reduce((a, b) => a + b, 0);
    if (beforeTotal === 0) continue;
    for (let a = 0; a < before.length; a++) {
      const b = before[a]! / beforeTotal;
      // Exactly fair shares must not count through rounding: compare counts, not quotients.
      if (before[a]! * before.length <= beforeTotal) continue;
      const now = afterTotal === 0 ? null : after[a]! / afterTotal;
      if (now === null) absent = true;
      else sum += now - b;
      contributions.push({ outcome: t, group: a, source: b, synthetic: now, change: now === null ? null : now - b });
    }
  }
  return absent
    ? { value: null, contributions, reason: 'outcome-absent' }
    : { value: sum / source.length, contributions };
}
