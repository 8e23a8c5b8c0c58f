import { SynthproofError } from '../../errors.ts';
import { canonicalJson } from '../../hash/canonical-json.ts';
import { takeRows } from '../../table/take-rows.ts';
import type { Cell, Generator, GeneratorFacts, JobOptions, Model, SampleOptions, Table } from '../../types.ts';
import { checkTable, checkWhole } from '../shared/internal-options.ts';
import { checkSampleOptions } from '../shared/internal-uniform.ts';
import { checkConstraints } from './check-constraints.ts';
import type { ConstrainedModel, Constraint, ConstraintStep, StoredConstraint } from './constraint-types.ts';
import { attemptSeed, drawConstrained } from './internal-draw-rows.ts';
import { decodeTable, encodeTable } from './internal-recode.ts';
import { combinationKey, combinationsOf, rowRule } from './internal-rules.ts';
import { planSteps } from './internal-steps.ts';
import { checkAgainst, checkForm, constraintName } from './internal-validate.ts';

/** Options of {@link constrainGenerator}. */
export interface ConstrainOptions {
  /** Most draws per row, the first included. Default 100. */
  readonly maxTries?: number | undefined;
  /**
   * What becomes of source rows that violate a constraint. `drop`: they are left out of the fit; `keep`: they are
   * learnt, and such draws are rejected; `error`: `BAD_VALUE`. They are counted in the model's report in each case.
   * Repeats under a unique rule are learnt unless it is `error`. Default `drop`.
   */
  readonly onViolation?: 'drop' | 'keep' | 'error' | undefined;
  /** `learn` changes the columns that are fitted, so that fewer draws are rejected; `reject` leaves them as they are (for partial synthesis). Default `learn`. */
  readonly method?: 'learn' | 'reject' | undefined;
}

/**
 * Wraps any generator so that every row of every sample satisfies the constraints, or an error states the acceptance rate.
 *
 * Fixed combinations are learnt as one column; of `a <= b` the difference `b - a` is learnt, of a sum the parts; what is
 * left is met by drawing rows again. Attempt t of row i is row i of the wrapped generator under the seed of attempt t, so
 * row i depends only on (model, seed, i) and shards agree. A unique rule is a matter of the whole table: row i is drawn
 * again while an earlier row has its cells. Shards still agree, but a shard that starts at row o draws the o rows before
 * it too: for large unique tables make the key an identifier column instead.
 *
 * Options of the wrapped generator that name columns mean the columns it learns: a fused column is called `a & b`, a
 * computed total is not there. Rows with rare combinations that the generator pooled are drawn again, never shown.
 * Fixed combinations and the range of `b` are read from the source: that is outside a differentially private guarantee.
 *
 * @param generator - Any generator, ours or a caller's.
 * @param constraints - See {@link Constraint}.
 * @param options - See {@link ConstrainOptions}.
 * @returns A generator with the facts of the wrapped one and its id with `+constraints`. Its `fit` throws `BAD_OPTION`,
 * `UNKNOWN_COLUMN`, `KIND_MISMATCH`, `EMPTY_INPUT`, `BAD_VALUE`; its `sample` `CONSTRAINT_UNMET`, `BAD_MODEL`, `ABORTED`
 * and what the wrapped generator throws.
 * @throws {@link SynthproofError} `BAD_OPTION` for a malformed constraint or option.
 * @example
 * const source = fromColumns({ start: [1, 2, 3, 4], end: [2, 2, 5, 9] });
 * const rule = { kind: 'inequality', low: 'start', high: 'end' };
 * const generator = constrainGenerator(cartGenerator, [rule]);
 * const model = generator.fit(source, { minLeaf: 1 });
 * checkConstraints(generator.sample(model, { rows: 50, seed: 'demo' }), [rule]).ok; // => true
 */
export function constrainGenerator<Options, M extends Model>(
  generator: Generator<Options, M>,
  constraints: readonly Constraint[],
  options: ConstrainOptions = {},
): Generator<Options, ConstrainedModel<M>> {
  const { maxTries = 100, onViolation = 'drop', method = 'learn' } = options;
  checkWhole('maxTries', maxTries, 1);
  checkForm(constraints);
  if (!['drop', 'keep', 'error'].includes(onViolation) || !['learn', 'reject'].includes(method))
    throw new SynthproofError(
      'BAD_OPTION',
      `options: expected onViolation drop, keep or error and method learn or reject, received ${onViolation} and ${method}; mend them`,
      { argument: 'options' },
    );
  const stored = constraints.map(store);
  return {
    id: `${generator.id}+constraints`,
    facts: factsOf(generator.facts, constraints),
    fit(table: Table, inner: Options): ConstrainedModel<M> {
      const source = checkTable(table, 1);
      checkAgainst(constraints, source);
      const allowed = constraints.map((constraint) => allowedOf(constraint, source));
      const found = checkConstraints(source, constraints, { source });
      const faulty = found.constraints.find((one) => one.violations > 0);
      if (faulty !== undefined && onViolation === 'error')
        throw new SynthproofError(
          'BAD_VALUE',
          `table: ${faulty.violations} rows violate "${faulty.constraint}", the first is row ${faulty.rows[0]}; mend them, or set onViolation to drop or keep`,
          { argument: 'table', row: faulty.rows[0] },
        );
      const kept = onViolation === 'drop' ? goodRows(source, constraints, allowed) : source;
      const { steps, methods } =
        method === 'learn'
          ? planSteps(constraints, kept)
          : { steps: [], methods: constraints.map(() => 'rejection' as const) };
      const fitted = generator.fit(encodeTable(kept, steps), inner);
      return {
        kind: 'constrained',
        version: 1,
        embedsTrainingValues:
          fitted.embedsTrainingValues ||
          constraints.some((one) => one.kind === 'fixedCombinations' && one.allowed === undefined),
        generator: generator.id,
        inner: fitted,
        constraints: stored,
        allowed,
        columns: source.columns.map((column) => ({
          name: column.name,
          kind: column.kind,
          unit: column.kind === 'datetime' ? column.unit : null,
        })),
        steps,
        report: {
          rows: source.rowCount,
          dropped: source.rowCount - kept.rowCount,
          violations: found.constraints,
          methods,
        },
      };
    },
    sample(model: ConstrainedModel<M>, sampling: SampleOptions & JobOptions): Table {
      checkModel(model, generator.id, stored);
      const offset = checkSampleOptions(sampling);
      const allowed = model.allowed.map((cells) => (cells === null ? null : new Set(cells.map(combinationKey))));
      const draw = (attempt: number, from: number, rows: number) => {
        const seed = attemptSeed(sampling.seed, attempt);
        // Kept columns and whatever else the wrapped generator takes are passed on; progress is told once per round.
        const passed = { ...sampling, rows, seed, offset: from, onProgress: undefined };
        return decodeTable(generator.sample(model.inner, passed), model.columns, model.steps, allowed);
      };
      return drawConstrained(
        { argument: 'constraints', constraints, allowed, maxTries, draw },
        offset,
        sampling.rows,
        sampling,
      );
    },
  };
}

/** As of the wrapped generator; of a caller's predicate nobody knows whether it always answers alike. */
function factsOf(facts: GeneratorFacts | undefined, constraints: readonly Constraint[]): GeneratorFacts | undefined {
  if (facts === undefined || !constraints.some((one) => one.kind === 'predicate')) return facts;
  const { repeatable: _, ...rest } = facts;
  return rest;
}

/** A constraint without its function and without fields that are undefined, which JSON cannot hold. */
function store(constraint: Constraint): StoredConstraint {
  const fields = Object.entries(constraint).filter(([key, value]) => key !== 'holds' && value !== undefined);
  return Object.fromEntries(fields) as unknown as StoredConstraint;
}

function allowedOf(constraint: Constraint, source: Table): readonly (readonly Cell[])[] | null {
  if (constraint.kind !== 'fixedCombinations') return null;
  return constraint.allowed ?? combinationsOf(source, constraint.columns);
}

/** The rows that satisfy every rule of one row. */
function goodRows(
  table: Table,
  constraints: readonly Constraint[],
  allowed: readonly (readonly (readonly Cell[])[] | null)[],
): Table {
  const rules = constraints.map((constraint, c) => {
    const list = allowed[c]!;
    return rowRule(constraint, table, list === null ? null : new Set(list.map(combinationKey)));
  });
  const rows: number[] = [];
  for (let row = 0; row < table.rowCount; row++) if (rules.every((rule) => rule === null || rule(row))) rows.push(row);
  if (rows.length === 0)
    throw new SynthproofError(
      'EMPTY_INPUT',
      `table: each of its ${table.rowCount} rows violates a constraint (${constraints.map(constraintName).join('; ')}); mend the constraints, or set onViolation to keep`,
      { argument: 'table' },
    );
  return rows.length === table.rowCount ? table : takeRows(table, rows);
}

function checkModel(model: ConstrainedModel<Model>, id: string, stored: readonly StoredConstraint[]): void {
  let what = '';
  if (model.kind !== 'constrained' || model.version !== 1)
    what = `expected kind "constrained" version 1, received "${model.kind}" version ${model.version}`;
  else if (model.generator !== id) what = `it was made with the generator "${model.generator}", this one is "${id}"`;
  else if (!Array.isArray(model.columns) || !Array.isArray(model.steps) || !Array.isArray(model.allowed))
    what = 'expected the fields columns, steps and allowed';
  else if (canonicalJson(model.constraints) !== canonicalJson(stored)) what = 'it was made with other constraints';
  else if (!model.allowed.every((cells) => cells === null || (Array.isArray(cells) && cells.every(Array.isArray))))
    what = 'its lists of combinations are damaged';
  else if (!model.steps.every((step) => soundStep(step, model))) what = 'its steps are damaged';
  if (what !== '')
    throw new SynthproofError(
      'BAD_MODEL',
      `model: ${what}; sample it with the generator that made it, with the same constraints`,
      { argument: 'model' },
    );
}

/** Whether a step names columns that are there, and has what it needs. */
function soundStep(step: ConstraintStep, model: ConstrainedModel<Model>): boolean {
  const known = (names: readonly string[]): boolean =>
    Array.isArray(names) && names.every((name) => model.columns.some((column) => column.name === name));
  if (step.step === 'fused') return known(step.columns) && Array.isArray(model.allowed[step.constraint]);
  const decimals = step.decimals >= 0 && step.decimals <= 100;
  if (step.step === 'difference') return known([step.column, step.low]) && decimals;
  return step.step === 'total' && known([step.column]) && known(step.plus) && known(step.minus) && decimals;
}
