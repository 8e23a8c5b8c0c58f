import type { PlannedColumn } from '../shared/internal-plan.ts';
import { quantileBins } from '../shared/internal-quantile-bins.ts';
import type { Variable } from './internal-information.ts';

/** A column cut into states. */
export interface BinnedColumn extends Variable {
  /** Whether the last state is "missing". */
  readonly missing: boolean;
  /** Where the bins of a numeric column start among its distinct values, and once more the end; empty otherwise. */
  readonly bins: readonly number[];
  /** Rows of each distinct value of a numeric column. */
  readonly counts: Int32Array;
}

const NO_COUNTS = /* @__PURE__ */ new Int32Array(0);

/** States of a planned column; null when it plays no part in the network. */
export function binColumn(planned: PlannedColumn, maxBins: number, minBin: number): BinnedColumn | null {
  const { encoded } = planned;
  if (planned.role === 'identifier')
    return planned.missing && { codes: planned.missing, size: 2, missing: true, bins: [], counts: NO_COUNTS };
  if (!encoded || planned.role === 'allMissing') return null;
  const { codes, size } = encoded;
  const missing = codes.includes(size);
  if (!encoded.numeric) return { codes, size: size + (missing ? 1 : 0), missing, bins: [], counts: NO_COUNTS };
  if (size === 0) return null;
  const counts = new Int32Array(size + 1);
  for (let i = 0; i < codes.length; i++) counts[codes[i]!]!++;
  const bins = quantileBins(counts.subarray(0, size), maxBins, minBin);
  const stateOf = new Int32Array(size + 1);
  for (let b = 0; b + 1 < bins.length; b++) stateOf.fill(b, bins[b]!, bins[b + 1]!);
  stateOf[size] = bins.length - 1;
  const states = new Int32Array(codes.length);
  for (let i = 0; i < states.length; i++) states[i] = stateOf[codes[i]!]!;
  return {
    codes: states,
    size: bins.length - 1 + (missing ? 1 : 0),
    missing,
    bins,
    counts: counts.slice(0, size),
  };
}
