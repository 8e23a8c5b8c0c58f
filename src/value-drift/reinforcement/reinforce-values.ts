import { SynthproofError } from '../../errors.ts';
import { exp } from '../../math/exp.ts';
import { createRng } from '../../random/create-rng.ts';
import { permutation } from '../../random/permutation.ts';
import { sampleWithoutReplacement } from '../../random/sample-without-replacement.ts';
import { checkRange } from '../../stats/internal-options.ts';
import { vendiScoreFromVectors } from '../../text/vendi-score-from-vectors.ts';
import type { JobOptions, Rng } from '../../types.ts';
import { figure } from '../internal-words.ts';
import type { TextItems } from '../lexicon-scorer.ts';
import { profileScores } from '../profile-scores.ts';
import type { ValueProfile } from '../profile-values.ts';
import type { AsyncValueScorer, ValueScorer } from '../value-scorer.ts';
import { type CritiqueReviseOptions, critiqueRevise } from './critique-revise.ts';
import { hashedTextVectors } from './hashed-text-vectors.ts';
import { targetDrift, textsHash, type Wanted, wantedOf } from './internal-targets.ts';
import { rehearse } from './rehearse.ts';
import type { ReinforcementStep, WantedMeans } from './reinforcement-types.ts';
import { reweightToTargets } from './reweight-to-targets.ts';
import { selectDiverse } from './select-diverse.ts';
import { type ValueGap, valueGaps } from './value-gaps.ts';

/** Options of {@link reinforceValues}. */
export interface ReinforceOptions extends JobOptions {
  /** Scores texts. */
  readonly scorer: ValueScorer<TextItems> | AsyncValueScorer<TextItems>;
  /** Texts to select. */
  readonly size: number;
  /** Seed of splits and draws; any text. */
  readonly seed: string;
  /** Wanted means by value id. Default: the spec's targets. */
  readonly targets?: WantedMeans | undefined;
  /** Share of the texts kept out of every choice, to measure on, 0.05 to 0.9. Default 0.3. */
  readonly heldOutShare?: number | undefined;
  /** One vector per text for diversity. Default: {@link hashedTextVectors}. */
  readonly vectors?: ((texts: readonly string[]) => readonly ArrayLike<number>[]) | undefined;
  /** See {@link selectDiverse}. Default 1. */
  readonly diversity?: number | undefined;
  /** See {@link selectDiverse}. Default 0.95: near copies are not selected twice. */
  readonly nearDuplicate?: number | undefined;
  /** Revises the texts farthest from the targets before the selection, see {@link critiqueRevise}. Default: none. */
  readonly revise?:
    | (Omit<CritiqueReviseOptions, 'scorer' | 'targets'> & {
        /** Most texts revised. Default 100. */ readonly most?: number | undefined;
      })
    | undefined;
  /** Original texts mixed in, see {@link rehearse}. Default: none. */
  readonly rehearsal?:
    | {
        /** The originals. */
        readonly texts: readonly string[];
        /** Their share of the mix. Default 0.25. */
        readonly share?: number | undefined;
      }
    | undefined;
  /**
   * Trains on texts and gives new ones: closes the loop. It is run on the mix and, to compare, on a mix with a random
   * selection. Default: none.
   */
  readonly retrain?:
    | ((texts: readonly string[], seed: string) => readonly string[] | Promise<readonly string[]>)
    | undefined;
}

/** A distance to the targets before and after: root mean square over the wanted values, in standard deviations of the texts' scores. */
export interface DriftCut {
  /** Texts behind `after`. */
  readonly n: number;
  /** Without the intervention; null without scores. */
  readonly before: number | null;
  /** With it; null without scores. */
  readonly after: number | null;
  /** 1 - after / before; null when there was no distance. */
  readonly cut: number | null;
}

/** Result of {@link reinforceValues}. JSON-safe. */
export interface Reinforcement {
  /** The texts to train on: selection and rehearsal. */
  readonly texts: readonly string[];
  /** Rows of the selected texts among those given; a revised text counts as its row. */
  readonly rows: readonly number[];
  /** Gap analysis of the working texts before. */
  readonly gaps: readonly ValueGap[];
  /** Means of the wanted values. */
  readonly values: readonly {
    /** Id of the value. */
    readonly id: string;
    /** Name shown to readers. */
    readonly label: string;
    /** Wanted mean. */
    readonly target: number;
    /** Standard deviation of the texts' scores. */
    readonly sd: number;
    /** Mean of the working texts. */
    readonly before: number;
    /** Mean of the selection. */
    readonly after: number;
    /** Mean of what was trained on the mix; null without `retrain`. */
    readonly retrained: number | null;
  }[];
  /** The selection against the working texts. */
  readonly selection: DriftCut;
  /** Held-out texts, plain and weighted by the rule learned from the working texts: no choice was made on them. */
  readonly heldOut: DriftCut;
  /** What was trained on the mix against what was trained on a random mix; null without `retrain`. */
  readonly retrained: DriftCut | null;
  /** Effective number of different texts (Vendi). */
  readonly diversity: {
    /** Order of the score: 1, or 2 for more than 1,024 texts and dimensions. */
    readonly order: number;
    /** Of the selection. */
    readonly selected: number;
    /** Mean of three random selections of the same size. */
    readonly random: number;
    /** 1 - selected / random; below 0 = more diverse than a random selection. */
    readonly loss: number;
  };
  /** Working texts. */
  readonly working: number;
  /** The steps, in order, for a lineage record. */
  readonly steps: readonly ReinforcementStep[];
  /** What the reader must know. */
  readonly warnings: readonly string[];
}

/**
 * Value reinforcement as a closed loop, measured end to end: gap analysis, optional critique and revision, selection that
 * meets the targets and keeps diversity, optional rehearsal, optional retraining; the distance to the targets before and
 * after on texts that took part in no choice, and what the intervention cost in diversity.
 *
 * Held out: a share of the texts is set aside first. Scores of chosen texts flatter the choice; the held-out figure shows
 * whether the rule that was learned (an exponential tilt, {@link reweightToTargets}) brings texts it has not seen to the
 * targets too. Every step is given as a record of hashes and figures.
 *
 * @param texts - The texts at hand, for example generated ones that drifted.
 * @param options - See {@link ReinforceOptions}.
 * @returns See {@link Reinforcement}; {@link reinforcementReport} turns it into words and pictures.
 * @throws {@link SynthproofError} `EMPTY_INPUT` for too few texts or no targets; `OUT_OF_RANGE`; `ABORTED`; what the
 * caller's functions throw comes through.
 * @example
 * const spec = createValueSpec({ id: 'demo', version: '1', values: [{ id: 'care', descriptors: [{ phrase: 'help' }] }] });
 * const texts = Array.from({ length: 60 }, (_, i) => (i % 4 === 0 ? `we help person ${i}` : `we see person ${i}`));
 * const loop = await reinforceValues(texts, { scorer: lexiconScorer(spec, { minWords: 1 }), size: 12, seed: 'demo', targets: { care: 125 } });
 * loop.selection.cut > 0.9; // => true
 */
export async function reinforceValues(texts: readonly string[], options: ReinforceOptions): Promise<Reinforcement> {
  const { scorer, size, seed, targets, heldOutShare = 0.3, vectors = hashedTextVectors, retrain } = options;
  checkRange('heldOutShare', heldOutShare, 0.05, 0.9);
  const aside = Math.round(texts.length * heldOutShare);
  if (texts.length < 4 || texts.length - aside < 2 || aside < 1)
    throw new SynthproofError('EMPTY_INPUT', `texts: expected at least 4, received ${texts.length}`, {
      argument: 'texts',
    });
  const rng = createRng(seed).stream('reinforce-values/1');
  const order = Array.from(permutation(rng.stream('held-out'), texts.length));
  const heldRows = order.slice(0, aside).sort((a, b) => a - b);
  const workRows = order.slice(aside).sort((a, b) => a - b);
  const steps: ReinforcementStep[] = [];
  const warnings: string[] = [];
  const profileOf = async (list: readonly string[]): Promise<ValueProfile> =>
    profileScores(await scorer.score(list), scorer);
  let work = workRows.map((row) => texts[row]!);
  let profile = await profileOf(work);
  const wanted = wantedOf(profile, targets);
  const gaps = valueGaps(profile, targets === undefined ? {} : { targets });
  const plain = meansOf(profile, wanted);
  steps.push({
    step: 'reinforce-values/1',
    inputHash: textsHash(texts),
    settings: { specHash: scorer.spec.hash, scorerId: profile.scorerId, seed, size, heldOutShare },
    outcome: { working: workRows.length, heldOut: heldRows.length, driftBefore: driftOf(wanted, plain) },
  });
  // Learned before any revision: the held-out texts are plain ones.
  const tilt = reweightToTargets(profile, {
    ...(targets === undefined ? {} : { targets }),
    onInfeasible: 'nearest',
  });
  steps.push(tilt.record);
  for (const { id, target, least, greatest, reason } of tilt.blocking)
    warnings.push(
      `the target ${target} of ${id} cannot be met by weighting (${reason}; scores from ${figure(least)} to ${figure(greatest)})`,
    );
  const held = await profileOf(heldRows.map((row) => texts[row]!));
  const heldOut = cutOf(
    held.n,
    driftOf(wanted, meansOf(held, wanted)),
    driftOf(wanted, tiltedMeans(held, profile, wanted, tilt.coefficients)),
  );
  if (options.revise !== undefined) {
    const { most = 100, ...rest } = options.revise;
    const far = farthest(profile, wanted, most);
    const revised = await critiqueRevise(
      far.map((i) => work[i]!),
      { ...rest, scorer, targets: Object.fromEntries(wanted.map(({ id, target }) => [id, target])) },
    );
    steps.push(revised.record);
    const next = work.slice();
    far.forEach((i, k) => {
      next[i] = revised.revisions[k]!.text;
    });
    work = next;
    profile = await profileOf(work);
  }
  const space = vectors(work);
  const selection = selectDiverse(profile, {
    size,
    vectors: space,
    targets: Object.fromEntries(wanted.map(({ id, target }) => [id, target])),
    nearDuplicate: options.nearDuplicate ?? 0.95,
    ...(options.diversity === undefined ? {} : { diversity: options.diversity }),
    onProgress: options.onProgress,
    signal: options.signal,
  });
  steps.push(selection.record);
  if (selection.short > 0) warnings.push(`${selection.short} texts fewer than asked: the rest are near copies`);
  const selectedMeans = meansOf(profile, wanted, selection.rows);
  const chosen = selection.rows.map((i) => work[i]!);
  const diversity = compareDiversity(space, selection.rows, rng.stream('diversity'));
  const replay = originalsOf(options, chosen.length, seed, steps);
  const mix = [...chosen, ...replay];
  let retrained: DriftCut | null = null;
  let trainedMeans: readonly (number | null)[] = wanted.map(() => null);
  if (retrain !== undefined) {
    const random = sampleWithoutReplacement(rng.stream('random'), workRows.length, chosen.length);
    const control = Array.from(random.sort(), (i) => texts[workRows[i]!]!);
    const after = await profileOf(await retrain(mix, `${seed}/reinforced`));
    const before = await profileOf(await retrain([...control, ...replay], `${seed}/control`));
    trainedMeans = meansOf(after, wanted);
    retrained = cutOf(after.n, driftOf(wanted, meansOf(before, wanted)), driftOf(wanted, trainedMeans));
    steps.push({
      step: 'retrain/1',
      inputHash: textsHash(mix),
      settings: { seed },
      outcome: { texts: after.n, before: retrained.before, after: retrained.after, cut: retrained.cut },
    });
  }
  return {
    texts: mix,
    rows: selection.rows.map((i) => workRows[i]!),
    gaps,
    values: wanted.map(({ id, place, target, sd }, k) => ({
      id,
      label: profile.values[place]!.label,
      target,
      sd,
      before: plain[k]!,
      after: selectedMeans[k]!,
      retrained: trainedMeans[k]!,
    })),
    selection: cutOf(selection.rows.length, driftOf(wanted, plain), driftOf(wanted, selectedMeans)),
    heldOut,
    retrained,
    diversity,
    working: workRows.length,
    steps,
    warnings,
  };
}

function originalsOf(options: ReinforceOptions, current: number, seed: string, steps: ReinforcementStep[]): string[] {
  if (options.rehearsal === undefined) return [];
  const { texts, share = 0.25 } = options.rehearsal;
  const replay = rehearse({ originals: texts.length, current, share, seed });
  steps.push(replay.record);
  return replay.rows.map((row) => texts[row]!);
}

/** Means of the wanted values over some rows; null where none has a score. */
function meansOf(profile: ValueProfile, wanted: readonly Wanted[], rows?: readonly number[]): (number | null)[] {
  return wanted.map(({ place }) => {
    if (rows === undefined) return profile.values[place]!.mean;
    const column = profile.scores!.columns[place]!;
    const list = rows.filter((row) => column[row]! - column[row]! === 0);
    let total = 0;
    for (const row of list) total += column[row]! / list.length;
    return list.length === 0 ? null : total;
  });
}

/** Logs of the weights exp(sum of coefficient * score); NaN for items without a score. */
function logWeights(profile: ValueProfile, wanted: readonly Wanted[], coefficients: readonly number[]): Float64Array {
  const out = new Float64Array(profile.n);
  wanted.forEach(({ place }, k) => {
    const column = profile.scores!.columns[place]!;
    for (let i = 0; i < profile.n; i++) out[i] = out[i]! + coefficients[k]! * column[i]!;
  });
  return out;
}

/** Means under the learned weights, none larger than the largest of the items it was learned from: no extrapolation. */
function tiltedMeans(
  profile: ValueProfile,
  learned: ValueProfile,
  wanted: readonly Wanted[],
  coefficients: readonly number[] | null,
): (number | null)[] {
  if (coefficients === null) return meansOf(profile, wanted);
  const logits = logWeights(profile, wanted, coefficients);
  let highest = -Infinity;
  for (const logit of logWeights(learned, wanted, coefficients)) if (logit > highest) highest = logit;
  return wanted.map(({ place }) => {
    const column = profile.scores!.columns[place]!;
    let total = 0;
    let mass = 0;
    for (let i = 0; i < profile.n; i++) {
      if (logits[i]! - logits[i]! !== 0) continue;
      const weight = exp(Math.min(0, logits[i]! - highest));
      mass += weight;
      total += weight * column[i]!;
    }
    return mass === 0 ? null : total / mass;
  });
}

function driftOf(wanted: readonly Wanted[], means: readonly (number | null)[]): number | null {
  return means.some((mean) => mean === null) ? null : targetDrift(wanted, means as readonly number[]);
}

function cutOf(n: number, before: number | null, after: number | null): DriftCut {
  return { n, before, after, cut: before === null || after === null || before === 0 ? null : 1 - after / before };
}

/** Rows with the largest distance from the targets. */
function farthest(profile: ValueProfile, wanted: readonly Wanted[], most: number): number[] {
  const { columns } = profile.scores!;
  const far: { row: number; distance: number }[] = [];
  for (let row = 0; row < profile.n; row++) {
    const distance = targetDrift(
      wanted,
      wanted.map(({ place }) => columns[place]![row]!),
    );
    if (distance - distance === 0) far.push({ row, distance });
  }
  return far
    .sort((a, b) => b.distance - a.distance || a.row - b.row)
    .slice(0, most)
    .map(({ row }) => row);
}

/** Vendi scores of the selection and of random ones of the same size among texts with a direction. */
function compareDiversity(
  vectors: readonly ArrayLike<number>[],
  rows: readonly number[],
  rng: Rng,
): Reinforcement['diversity'] {
  const usable = vectors.flatMap((vector, i) => (Array.from(vector).some((x) => x !== 0) ? [i] : []));
  const order = Math.min(rows.length, vectors[0]!.length) > 1024 ? 2 : 1;
  const score = (list: readonly number[]): number =>
    vendiScoreFromVectors(
      list.map((i) => vectors[i]!),
      { order },
    ).value ?? 0;
  let random = 0;
  for (let draw = 0; draw < 3; draw++) {
    const picks = sampleWithoutReplacement(rng.stream(draw), usable.length, rows.length);
    random += score(Array.from(picks, (k) => usable[k]!)) / 3;
  }
  const selected = score(rows);
  return { order, selected, random, loss: random === 0 ? 0 : 1 - selected / random };
}
