import { SynthproofError } from '../../errors.ts';
import { checkPositive, checkRange, checkWhole } from '../../stats/internal-options.ts';
import type { JobOptions } from '../../types.ts';
import { type ItemLabels, labelTexts } from '../internal-labels.ts';
import { requireScores } from '../internal-profiles.ts';
import type { ValueProfile } from '../profile-values.ts';
import { createPicker, type Picker } from './internal-picker.ts';
import { completeRows, hashOf, scoresHash, targetDrift, wantedOf } from './internal-targets.ts';
import type { ReinforcementStep, WantedMeans } from './reinforcement-types.ts';

/** Options of {@link selectDiverse}. */
export interface SelectDiverseOptions extends JobOptions {
  /** Items to select, from 1. */
  readonly size: number;
  /** One vector per item, for the similarity (cosine) of items: an embedder's, or {@link hashedTextVectors}. */
  readonly vectors: readonly ArrayLike<number>[];
  /** Wanted means by value id. Default: the spec's targets. */
  readonly targets?: WantedMeans | undefined;
  /**
   * How much sameness costs beside missing the targets: the sum of squared misses in standard deviations, plus this times
   * the inverse of the selection's Vendi score of order 2. 0 = targets only. Default 1.
   */
  readonly diversity?: number | undefined;
  /** Items with a cosine above this to one already selected are not selected. Default 1 (only exact direction twins). */
  readonly nearDuplicate?: number | undefined;
  /** Group of each item, for `mostPerGroup`. */
  readonly groups?: ItemLabels | undefined;
  /** Most items of one group. Default: no limit. */
  readonly mostPerGroup?: number | undefined;
  /** Rounds of exchange after the greedy choice, 0 to 20. Default 2. */
  readonly exchanges?: number | undefined;
}

/** Result of {@link selectDiverse}. JSON-safe. */
export interface SelectionResult {
  /** Rows selected, in rising order; fewer than asked when limits leave no more. */
  readonly rows: readonly number[];
  /** The wanted values. */
  readonly values: readonly {
    /** Id of the value. */
    readonly id: string;
    /** Wanted mean. */
    readonly target: number;
    /** Mean of all candidates. */
    readonly before: number;
    /** Mean of the selection. */
    readonly after: number;
  }[];
  /** Distance of all candidates from the targets: root mean square, in standard deviations. */
  readonly driftBefore: number;
  /** The same of the selection. */
  readonly driftAfter: number;
  /** Vendi score of order 2 of the selection: effective number of different items. */
  readonly vendi2: number;
  /** Candidates left out: without a score of a wanted value or without direction. */
  readonly leftOut: number;
  /** Items fewer than asked. */
  readonly short: number;
  /** The record of this step. */
  readonly record: ReinforcementStep;
}

/**
 * Selects items whose mean scores meet the targets and which differ from each other: greedy, then improved by exchanges.
 *
 * Keeping the items with the best scores also moves the means, but it keeps items that are alike (curation alone makes
 * diversity collapse, Ferbach et al. 2024); here the selection matches the wanted means instead of outdoing them, and
 * sameness has a price: the mean squared cosine of all pairs, which is the inverse of the Vendi score of order 2
 * (Pasarkar and Dieng 2024). Deterministic: ties go to the earlier row. Work grows with candidates * size * dimensions.
 *
 * @param profile - Profile of the candidates, with scores.
 * @param options - See {@link SelectDiverseOptions}.
 * @returns See {@link SelectionResult}.
 * @throws {@link SynthproofError} `EMPTY_INPUT` without targets or candidates; `LENGTH_MISMATCH` for vectors or groups of
 * another number; `BAD_NUMBER`; `OUT_OF_RANGE`; `BAD_VALUE`; `ABORTED`.
 * @example
 * const scorer = featureScorer(createValueSpec({ id: 'demo', version: '1', values: ['Kind'] }));
 * const profile = profileValues([[0], [1], [1], [2]], scorer);
 * const vectors = [[1, 0], [1, 0.1], [0, 1], [0.1, 1]];
 * selectDiverse(profile, { size: 2, vectors, targets: { p1: 1 } }).rows; // => [1, 2]
 */
export function selectDiverse(profile: ValueProfile, options: SelectDiverseOptions): SelectionResult {
  const { size, vectors, diversity = 1, nearDuplicate = 1, mostPerGroup, exchanges = 2 } = options;
  check(profile, options);
  const wanted = wantedOf(profile, options.targets);
  const { columns } = requireScores('profile', profile);
  const groups = options.groups === undefined ? null : labelTexts('groups', options.groups, profile.n);
  const directed = completeRows(profile, wanted).filter((row) => hasDirection(vectors[row]!, row));
  if (directed.length === 0)
    throw new SynthproofError(
      'EMPTY_INPUT',
      `profile: expected items with scores of all wanted values and a vector that is not zero, received none among ${profile.n}`,
      {
        argument: 'profile',
      },
    );
  const picker = createPicker({
    rows: directed,
    features: wanted.map(({ place, sd, target }) =>
      Float64Array.from(directed, (row) => (columns[place]![row]! - target) / sd),
    ),
    vectors,
    groups: groups === null ? null : directed.map((row) => groups[row]!),
    mostPerGroup: mostPerGroup ?? Infinity,
    diversity,
    nearDuplicate,
  });
  run(picker, Math.min(size, directed.length), exchanges, options);
  const rows = picker.chosen().sort((a, b) => a - b);
  const mean = (place: number, list: readonly number[]): number => {
    let total = 0;
    for (const row of list) total += columns[place]![row]! / list.length;
    return total;
  };
  const values = wanted.map(({ id, place, target }) => ({
    id,
    target,
    before: mean(place, directed),
    after: mean(place, rows),
  }));
  const driftBefore = targetDrift(
    wanted,
    values.map((value) => value.before),
  );
  const driftAfter = targetDrift(
    wanted,
    values.map((value) => value.after),
  );
  const vendi2 = picker.vendi2();
  return {
    rows,
    values,
    driftBefore,
    driftAfter,
    vendi2,
    leftOut: profile.n - directed.length,
    short: size - rows.length,
    record: {
      step: 'select-diverse/1',
      inputHash: scoresHash(columns),
      settings: {
        specHash: profile.specHash,
        scorerId: profile.scorerId,
        targets: JSON.stringify(wanted.map(({ id, target }) => [id, target])),
        size,
        diversity,
        nearDuplicate,
        mostPerGroup: mostPerGroup ?? null,
        exchanges,
      },
      outcome: { rowsHash: hashOf(rows), selected: rows.length, driftBefore, driftAfter, vendi2 },
    },
  };
}

function run(picker: Picker, size: number, exchanges: number, job: JobOptions): void {
  const total = size * (1 + exchanges);
  let done = 0;
  const step = (): void => {
    if (job.signal?.aborted === true)
      throw new SynthproofError('ABORTED', 'selectDiverse: stopped by the signal', { argument: 'signal' });
    if ((done++ & 15) === 0) job.onProgress?.({ stage: 'select', done, total });
  };
  for (let k = 0; k < size; k++) {
    step();
    if (!picker.add()) break;
  }
  for (let round = 0; round < exchanges; round++) {
    let changed = false;
    for (let k = 0; k < picker.size(); k++) {
      step();
      if (picker.exchange(k)) changed = true;
    }
    if (!changed) break;
  }
}

function check(profile: ValueProfile, options: SelectDiverseOptions): void {
  const { size, vectors, diversity = 1, nearDuplicate = 1, mostPerGroup, exchanges = 2 } = options;
  checkWhole('size', size, 1);
  if (mostPerGroup !== undefined) checkWhole('mostPerGroup', mostPerGroup, 1);
  checkWhole('exchanges', exchanges, 0, 20);
  checkRange('diversity', diversity, 0);
  checkPositive('nearDuplicate', nearDuplicate, 1);
  if (mostPerGroup !== undefined && options.groups === undefined)
    throw new SynthproofError('BAD_OPTION', 'mostPerGroup: expected groups with it, received none', {
      argument: 'mostPerGroup',
    });
  if (vectors.length !== profile.n)
    throw new SynthproofError('LENGTH_MISMATCH', `vectors: expected ${profile.n}, received ${vectors.length}`, {
      argument: 'vectors',
    });
}

function hasDirection(vector: ArrayLike<number>, row: number): boolean {
  let largest = 0;
  for (let j = 0; j < vector.length; j++) {
    const size = Math.abs(vector[j]!);
    if (!(size < Infinity))
      throw new SynthproofError(
        'BAD_NUMBER',
        `vectors[${row}][${j}]: expected a finite number, received ${vector[j]}`,
        {
          argument: 'vectors',
          row,
        },
      );
    if (size > largest) largest = size;
  }
  return largest > 0;
}
