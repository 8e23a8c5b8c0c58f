import { SynthproofError } from '../errors.ts';
import type { TableMarkPlan } from './table-mark-plan.ts';

/** Refuses what is no table mark plan of a version that this library reads. */
export function checkPlan(plan: TableMarkPlan): void {
  if (plan?.kind !== 'synthproof-table-mark' || plan.version !== 1 || !Array.isArray(plan.columns))
    throw new SynthproofError(
      'BAD_RECORD',
      `plan: expected a table mark plan (kind 'synthproof-table-mark', version 1), received kind '${String(plan?.kind)}', version ${String(plan?.version)}; take it from planTableMark or the release's record`,
      { argument: 'plan' },
    );
}
