import { SynthproofError } from '../../errors.ts';
import { canonicalJson } from '../../hash/canonical-json.ts';
import type { JsonValue } from '../../hash/parse-strict-json.ts';
import { sha256Hex } from '../../hash/sha256-hex.ts';
import { makeWellFormed } from '../../text/make-well-formed.ts';
import { finiteValues, momentsOf } from '../internal-moments.ts';
import { requireScores } from '../internal-profiles.ts';
import type { ValueProfile } from '../profile-values.ts';
import type { WantedMeans } from './reinforcement-types.ts';

/** A value with a wanted mean. */
export interface Wanted {
  /** Place in the spec. */
  readonly place: number;
  readonly id: string;
  readonly target: number;
  /** Standard deviation of the scores: the unit of gaps; 1 for constant scores. */
  readonly sd: number;
}

/** The wanted means: those given, else the spec's (the nearest point of a range to the present mean). */
export function wantedOf(profile: ValueProfile, targets: WantedMeans | undefined): Wanted[] {
  const scores = requireScores('profile', profile);
  if (targets !== undefined)
    for (const id of Object.keys(targets))
      if (!profile.values.some((value) => value.id === id))
        throw new SynthproofError(
          'BAD_VALUE',
          `targets: expected ids of the spec (${profile.values.map((value) => value.id).join(', ')}), received ${JSON.stringify(id)}`,
          { argument: 'targets' },
        );
  const out: Wanted[] = [];
  profile.values.forEach(({ id, mean }, place) => {
    let target: number | undefined;
    if (targets !== undefined) target = Object.hasOwn(targets, id) ? targets[id] : undefined;
    else {
      const range = profile.targets[place] ?? null;
      if (range !== null && mean !== null)
        target = Math.max(range.lower ?? -Infinity, Math.min(range.upper ?? Infinity, mean));
    }
    if (target === undefined) return;
    if (!Number.isFinite(target))
      throw new SynthproofError('BAD_NUMBER', `targets.${id}: expected a finite mean, received ${String(target)}`, {
        argument: 'targets',
      });
    const { sd } = momentsOf(finiteValues(scores.columns[place]!));
    out.push({ place, id, target, sd: sd > 0 ? sd : 1 });
  });
  if (out.length === 0)
    throw new SynthproofError(
      'EMPTY_INPUT',
      'targets: expected at least one wanted mean, received none; give targets, or a spec with targets',
      { argument: 'targets' },
    );
  return out;
}

/** Rows with a score of every wanted value. */
export function completeRows(profile: ValueProfile, wanted: readonly Wanted[]): number[] {
  const { columns } = requireScores('profile', profile);
  const rows: number[] = [];
  for (let i = 0; i < profile.n; i++)
    if (wanted.every(({ place }) => columns[place]![i]! - columns[place]![i]! === 0)) rows.push(i);
  return rows;
}

/** Distance of means from their targets: root mean square over the wanted values, in standard deviations. */
export function targetDrift(wanted: readonly Wanted[], means: readonly number[]): number {
  let total = 0;
  wanted.forEach(({ target, sd }, k) => {
    const gap = (means[k]! - target) / sd;
    total += gap * gap;
  });
  return Math.sqrt(total / wanted.length);
}

/** Effective number of items behind weights, (sum w)^2 / sum w^2. */
export function effectiveSize(weights: ArrayLike<number>): number {
  let total = 0;
  let squares = 0;
  for (let i = 0; i < weights.length; i++) {
    total += weights[i]!;
    squares += weights[i]! * weights[i]!;
  }
  return squares === 0 ? 0 : (total * total) / squares;
}

/** SHA-256 of the canonical JSON. */
export function hashOf(value: unknown): string {
  return sha256Hex(canonicalJson(value as JsonValue));
}

/** SHA-256 of a list of texts. */
export function textsHash(texts: readonly string[]): string {
  return hashOf(texts.map((text) => sha256Hex(makeWellFormed(text))));
}

/** SHA-256 of scores; missing ones are null. */
export function scoresHash(columns: readonly Float64Array[]): string {
  return hashOf(columns.map((column) => Array.from(column, (x) => (x - x === 0 ? x : null))));
}
