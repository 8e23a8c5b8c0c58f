import type { ValueSpec } from './create-value-spec.ts';
import type { Principle } from './value-spec-from-principles.ts';

/**
 * The principles that a spec states: id, description (the label where there is none), anchors as examples, weight as
 * priority. The way back of {@link valueSpecFromPrinciples}, and a readable list of any other spec.
 *
 * @param spec - Any value spec.
 * @returns One principle per value, in order.
 * @example
 * principlesOf(createValueSpec({ id: 'house', version: '1', values: ['Be kind'] })); // => [{ id: 'p1', text: 'Be kind' }]
 */
export function principlesOf(spec: ValueSpec): Principle[] {
  return spec.values.map(({ id, label, description, anchors, weight }) => ({
    id,
    text: description ?? label ?? id,
    ...(anchors === undefined
      ? {}
      : {
          examples: {
            kept: anchors.positive,
            ...(anchors.negative === undefined ? {} : { broken: anchors.negative }),
          },
        }),
    ...(weight === undefined ? {} : { priority: weight }),
  }));
}
