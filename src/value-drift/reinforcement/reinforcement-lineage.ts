import type { JsonObject, LineageClaim } from '../../lineage/index.ts';
import type { DriftCut, Reinforcement } from './reinforce-values.ts';

/** Parts of a lineage record that {@link reinforcementLineage} makes. JSON-safe. */
export interface ReinforcementLineage {
  /** For `generation.parameters`: the steps of the loop in order, with hashes, settings and outcomes, and the targets. */
  readonly parameters: JsonObject;
  /** For `claims`: the distance to the targets in the selection, in held-out texts, after retraining, and the loss of diversity. */
  readonly claims: readonly LineageClaim[];
}

/**
 * A reinforcement loop as parts of a lineage record: every step goes under the generation's parameters, what was measured
 * before and after under the claims. Texts stay out; whoever has them can repeat each step and compare the hashes.
 *
 * @param loop - From {@link reinforceValues}.
 * @returns Parts for {@link createLineage}.
 * @example
 * const spec = createValueSpec({ id: 'demo', version: '1', values: [{ id: 'care', descriptors: [{ phrase: 'help' }] }] });
 * const texts = Array.from({ length: 60 }, (_, i) => (i % 4 === 0 ? `we help person ${i}` : `we see person ${i}`));
 * const loop = await reinforceValues(texts, { scorer: lexiconScorer(spec, { minWords: 1 }), size: 12, seed: 'demo', targets: { care: 125 } });
 * const { parameters, claims } = reinforcementLineage(loop);
 * parameters.steps.length; // => 3
 * claims[0].value === loop.selection.after; // => true
 */
export function reinforcementLineage(loop: Reinforcement): ReinforcementLineage {
  const { steps, values, selection, heldOut, retrained, diversity } = loop;
  const first = steps[0];
  const base = {
    kind: 'value',
    method: 'synthproof/value-drift reinforce-values/1',
    ...(first === undefined ? {} : { against: first.inputHash }),
  } as const;
  const targets = Object.fromEntries(values.map(({ id, target }) => [id, target]));
  const distance = (where: string, { n, before, after, cut }: DriftCut): LineageClaim => ({
    ...base,
    metric: `distance to value targets, ${where}`,
    value: after,
    n,
    parameters: { before, cut, targets },
    ...(after === null ? { reason: 'no-scores' } : {}),
  });
  return {
    parameters: {
      targets,
      steps: steps.map(({ step, inputHash, settings, outcome }) => ({ step, inputHash, settings, outcome })),
    },
    claims: [
      distance('selection', selection),
      distance('held out', heldOut),
      ...(retrained === null ? [] : [distance('retrained', retrained)]),
      {
        ...base,
        metric: 'loss of diversity against a random selection',
        value: diversity.loss,
        n: selection.n,
        parameters: { order: diversity.order, selected: diversity.selected, random: diversity.random },
      },
    ],
  };
}
