import { SynthproofError } from '../errors.ts';

/** Rows by attributes and tasks; attributes and tasks are yes/no columns that may overlap. */
export interface AssociationCounts {
  /** Number of rows. */
  readonly n: number;
  /** Rows with each attribute. */
  readonly attributes: readonly number[];
  /** Rows with each task (outcome). */
  readonly tasks: readonly number[];
  /** `both[task][attribute]`: rows with both. */
  readonly both: readonly (readonly number[])[];
}

/** One (attribute, task) pair of {@link directionalAmplification}. */
export interface DirectionalPair {
  /** Position of the attribute. */
  readonly attribute: number;
  /** Position of the task. */
  readonly task: number;
  /** Whether the source associates the two positively: P(a, t) > P(a) P(t). */
  readonly associated: boolean;
  /** Change of P(task | attribute), signed so that positive means amplified; null when undefined. */
  readonly attributeToTask: number | null;
  /** Change of P(attribute | task), signed alike. */
  readonly taskToAttribute: number | null;
}

/** Result of {@link directionalAmplification}. */
export interface DirectionalAmplification {
  /** Mean over pairs of the signed change of P(task | attribute); null when no pair is defined. */
  readonly attributeToTask: number | null;
  /** Mean over pairs of the signed change of P(attribute | task). */
  readonly taskToAttribute: number | null;
  /** The contributions. */
  readonly pairs: readonly DirectionalPair[];
}

/**
 * Directional bias amplification: how much the association that the source shows between each attribute and each
 * outcome grew, separately for P(outcome | attribute) and P(attribute | outcome).
 *
 * Each figure lies in [-1, 1]; 0 = unchanged, positive = amplified. Pairs whose condition never occurs are left out of
 * the mean and null in `pairs`. For synthetic data the second counts come from the synthetic rows.
 * Source: Wang & Russakovsky 2021, equations 2 and 3.
 *
 * @param source - Counts in the source.
 * @param attributeToTask - Counts where the condition is the attribute: synthetic rows, or true attributes with predicted tasks.
 * @param taskToAttribute - Counts where the condition is the task. Default: the same counts.
 * @returns See {@link DirectionalAmplification}.
 * @throws {@link SynthproofError} `LENGTH_MISMATCH` when shapes differ, `EMPTY_INPUT` when the source has no rows.
 * @example
 * const source = { n: 100, attributes: [50, 50], tasks: [50], both: [[30, 20]] };
 * const copy = { n: 100, attributes: [50, 50], tasks: [50], both: [[35, 15]] };
 * directionalAmplification(source, copy).attributeToTask; // => 0.1
 */
export function directionalAmplification(
  source: AssociationCounts,
  attributeToTask: AssociationCounts,
  taskToAttribute: AssociationCounts = attributeToTask,
): DirectionalAmplification {
  if (!(source.n > 0))
    throw new SynthproofError('EMPTY_INPUT', 'source: expected at least one row', { argument: 'source' });
  const shapeOf = (counts: AssociationCounts): string =>
    `${counts.attributes.length} attributes, ${counts.tasks.length} tasks, table ${counts.both.map((row) => row.length).join(' ')}`;
  const wanted = `${source.attributes.length} attributes, ${source.tasks.length} tasks, table ${source.tasks.map(() => source.attributes.length).join(' ')}`;
  for (const counts of [source, attributeToTask, taskToAttribute])
    if (shapeOf(counts) !== wanted)
      throw new SynthproofError('LENGTH_MISMATCH', `expected ${wanted}, received ${shapeOf(counts)}`, {
        argument: 'source',
      });
  const pairs: DirectionalPair[] = [];
  const sums = [0, 0];
  const counted = [0, 0];
  for (let t = 0; t < source.tasks.length; t++)
    for (let a = 0; a < source.attributes.length; a++) {
      const joint = source.both[t]![a]!;
      // P(a, t) > P(a) P(t), in whole numbers so that independence is recognised exactly.
      const associated = joint * source.n > source.attributes[a]! * source.tasks[t]!;
      const sign = associated ? 1 : -1;
      const forward = change(
        joint,
        source.attributes[a]!,
        attributeToTask.both[t]![a]!,
        attributeToTask.attributes[a]!,
        sign,
      );
      const backward = change(joint, source.tasks[t]!, taskToAttribute.both[t]![a]!, taskToAttribute.tasks[t]!, sign);
      pairs.push({ attribute: a, task: t, associated, attributeToTask: forward, taskToAttribute: backward });
      for (const [k, one] of [forward, backward].entries())
        if (one !== null) {
          sums[k]! += one;
          counted[k]!++;
        }
    }
  return {
    attributeToTask: counted[0] === 0 ? null : sums[0]! / counted[0]!,
    taskToAttribute: counted[1] === 0 ? null : sums[1]! / counted[1]!,
    pairs,
  };
}

function change(before: number, beforeOf: number, after: number, afterOf: number, sign: number): number | null {
  return beforeOf === 0 || afterOf === 0 ? null : sign * (after / afterOf - before / beforeOf);
}
