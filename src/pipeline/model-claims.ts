import { achievedTilt, type FairTarget } from '../bias/index.ts';
import {
  chargePrivacy,
  createPrivacyLedger,
  type PrivacyBudget,
  type PrivacyChargeRequest,
  privacySpent,
} from '../dp/index.ts';
import { SynthproofError } from '../errors.ts';
import { type Constraint, checkConstraints, type FairModel } from '../generators/index.ts';
import type { JsonObject, LineageClaim } from '../lineage/index.ts';
import type { Table } from '../types.ts';
import { SYNTHPROOF_VERSION } from '../version.ts';
import type { ModelFacts } from './model-facts.ts';

const PRIVACY = `synthproof/dp privacySpent ${SYNTHPROOF_VERSION}`;
const CONSTRAINTS = `synthproof/generators checkConstraints ${SYNTHPROOF_VERSION}`;
const TILT = `synthproof/bias achievedTilt ${SYNTHPROOF_VERSION}`;

/** What the model claims of itself: the privacy that its ledger adds up to, the constraints that the rows keep, the label gap it was steered to. */
export function modelClaims(facts: ModelFacts, table: Table, source: Table, against: string): LineageClaim[] {
  return [
    ...privacyClaims(facts),
    ...facts.tilts.map((tilt) => tiltClaim(tilt, table)),
    ...facts.constraints.flatMap((constraint) => constraintClaims(constraint as Constraint, table, source, against)),
  ];
}

/** What the ledger says after the fit, all its charges together, and nothing more. */
function privacyClaims({ privacy, privacyGap }: ModelFacts): LineageClaim[] {
  if (!privacy) return [];
  const { ledger, epsilon, delta, neighbours, noiseSource, claim, report } = privacy;
  const { budget, charges } = ledger;
  const parameters = {
    statement: privacyGap === null ? claim : `no privacy claim: ${privacyGap}`,
    neighbours,
    noiseSource,
    release: { epsilon, delta },
    budget: { epsilon: budget.epsilon, delta: budget.delta },
    charges,
    covers: 'the model and any rows drawn from it',
    notCovered: 'figures of this record that were measured on the source, its number of rows and its digest',
  } as unknown as JsonObject;
  const value = privacyGap === null ? spentBy(parameters) : null;
  return [
    {
      kind: 'privacy',
      metric: `differential privacy: epsilon at delta ${budget.delta}`,
      value,
      ...(privacyGap === null ? {} : { reason: privacyGap }),
      n: report.rows,
      method: PRIVACY,
      parameters,
      threshold: budget.epsilon,
      ...(value === null ? {} : { pass: value <= budget.epsilon }),
    },
  ];
}

/** The label gap that a steered generator reached in the published rows, with its target, strength and effective share. */
function tiltClaim({ target, method, generator }: FairModel, table: Table): LineageClaim {
  const { labelGap, largestLabelError, rows } = achievedTilt(table, target, { direction: 'feature', seed: '' });
  return {
    kind: 'bias',
    metric: `label gap in the data by ${target.sensitive.join(', ')}`,
    value: labelGap.achieved,
    ...(labelGap.achieved === null ? { reason: 'a group or the label is missing in the published rows' } : {}),
    n: rows,
    method: TILT,
    parameters: {
      target,
      steering: {
        generator,
        method,
        strength: target.strength,
        effectiveShare: target.effectiveShare,
        maxWeight: target.maxWeight,
        sourceGap: labelGap.source,
        wantedGap: labelGap.target,
        largestLabelError,
      },
    } as unknown as JsonObject,
  };
}

/** The claim's figure, counted again in the table. */
function gapIn(parameters: JsonObject, table: Table): number | null {
  try {
    const target = parameters['target'] as unknown as FairTarget;
    return achievedTilt(table, target, { direction: 'feature', seed: '' }).labelGap.achieved;
  } catch (error) {
    if (error instanceof SynthproofError || error instanceof TypeError) return null;
    throw error;
  }
}

function constraintClaims(constraint: Constraint, table: Table, source: Table, against: string): LineageClaim[] {
  // A predicate is the caller's code, which no record can hold.
  if (constraint.kind === 'predicate') return [];
  const { constraints, rows } = checkConstraints(table, [constraint], { source, maxRows: 0 });
  const { constraint: name, violations } = constraints[0]!;
  return [
    {
      kind: 'quality',
      metric: `rows that violate "${name}"`,
      value: violations,
      n: rows,
      method: CONSTRAINTS,
      parameters: { constraint } as unknown as JsonObject,
      ...(readsSource(constraint) ? { against } : {}),
      threshold: 0,
      pass: violations === 0,
    },
  ];
}

/** Whether the rule is settled by the source alone. */
function readsSource(constraint: Constraint): boolean {
  return constraint.kind === 'fixedCombinations' && constraint.allowed === undefined;
}

/** Whether {@link recomputeModelClaim} can compute a claim again without the source. */
export function needsNoSource(claim: LineageClaim): boolean {
  return [PRIVACY, CONSTRAINTS, TILT].includes(claim.method) && claim.against === undefined;
}

/**
 * Computes a claim of the model again: from the record's own charges, or by counting in the table. Undefined for other
 * claims; null, which differs from every figure, when the parameters do not give one.
 */
export function recomputeModelClaim(
  claim: LineageClaim,
  table: Table,
  source: Table | null,
): number | null | undefined {
  const { parameters } = claim;
  if (!parameters || ![PRIVACY, CONSTRAINTS, TILT].includes(claim.method)) return undefined;
  // A claim of no privacy needs no figure to hold it against.
  if (claim.method === PRIVACY) return claim.value === null ? undefined : spentBy(parameters);
  if (claim.method === TILT) return claim.value === null ? undefined : gapIn(parameters, table);
  const constraint = parameters['constraint'] as unknown as Constraint;
  try {
    if (!source && readsSource(constraint)) return undefined;
    return checkConstraints(table, [constraint], { source: source ?? undefined, maxRows: 0 }).constraints[0]!
      .violations;
  } catch (error) {
    if (error instanceof SynthproofError || error instanceof TypeError) return null;
    throw error;
  }
}

/** Epsilon that the charges amount to at the budget's delta; null when they are none, pass the budget, or noise can come again. */
function spentBy(parameters: JsonObject): number | null {
  const { budget, charges, noiseSource } = parameters as unknown as {
    readonly budget: PrivacyBudget;
    readonly charges: readonly PrivacyChargeRequest[];
    readonly noiseSource: string;
  };
  if (noiseSource === 'seeded-unsafe') return null;
  try {
    return privacySpent(chargePrivacy(createPrivacyLedger(budget), charges)).epsilon;
  } catch (error) {
    if (error instanceof SynthproofError || error instanceof TypeError) return null;
    throw error;
  }
}
