import { type ConstrainOptions, type Constraint, constrainGenerator } from '../generators/index.ts';
import type { JsonValue } from '../hash/index.ts';
import type { JobOptions, Model } from '../types.ts';
import type { GeneratorChoice } from './choose-generator.ts';

/**
 * A generator choice whose every row keeps the constraints, so that {@link govern} runs it and records them.
 *
 * The record holds the constraints among the parameters and, for each that is plain data, a claim of how many rows of the
 * published table violate it, which {@link verifyGoverned} counts again. A predicate is the caller's code: its name
 * and columns are recorded, nothing is claimed of it, and nothing is stated of repeatability.
 *
 * @param choice - From {@link chooseGenerator}.
 * @param constraints - See `Constraint`.
 * @param options - As for `constrainGenerator`.
 * @returns A choice with the id of the given one and `+constraints`.
 * @throws `SynthproofError` `BAD_OPTION` for a malformed constraint or option.
 * @example
 * const rule = { kind: 'range', column: 'age', min: 18 };
 * constrainChoice(chooseGenerator(cartGenerator, {}), [rule]).id; // => 'cart+constraints'
 */
export function constrainChoice(
  choice: GeneratorChoice,
  constraints: readonly Constraint[],
  options: ConstrainOptions = {},
): GeneratorChoice {
  const inner = {
    id: choice.id,
    facts: { family: choice.family, version: choice.version, repeatable: choice.repeatable },
    fit: (table: Parameters<GeneratorChoice['fit']>[0], job: JobOptions): Model => choice.fit(table, job),
    sample: choice.sample,
  };
  const generator = constrainGenerator(inner, constraints, options);
  const { family, version, repeatable } = generator.facts!;
  return {
    family,
    version,
    repeatable,
    id: generator.id,
    parameters: {
      ...(choice.parameters as { readonly [name: string]: JsonValue }),
      constraints: constraints.map((one) => withoutFunction(one)),
      constrain: { ...options } as { readonly [name: string]: JsonValue },
    },
    fit: (table, job) => generator.fit(table, job),
    sample: (model, sampling) => generator.sample(model as ReturnType<typeof generator.fit>, sampling),
  };
}

function withoutFunction(constraint: Constraint): JsonValue {
  const fields = Object.entries(constraint).filter(([name, value]) => name !== 'holds' && value !== undefined);
  return Object.fromEntries(fields) as JsonValue;
}
