import type { BiasAudit } from '../bias/index.ts';
import type { JsonObject, LineageClaim } from '../lineage/index.ts';
import type { QualityResult, QualityScore } from '../quality/index.ts';
import type { DriftReport } from '../value-drift/index.ts';
import type { GovernMeasures } from './govern-types.ts';
import type { PoolRule } from './pool-rare-levels.ts';

/** The measures that make claims. */
export interface ClaimMeasures extends Pick<GovernMeasures, 'bias' | 'drift'> {
  /** Fidelity; null when it is not wanted here. */
  readonly quality: QualityResult | null;
  /** Rare levels of the source that were pooled for the audit. */
  readonly pooled: readonly PoolRule[];
}

/** The measured figures that go into the record, each with the parameters to compute it again. */
export function claimsOf(measures: ClaimMeasures, against: string, version: string): LineageClaim[] {
  return [
    ...(measures.quality ? qualityClaims(measures.quality, against, version) : []),
    ...(measures.bias ? biasClaims(measures.bias, measures.pooled, against, version) : []),
    ...(measures.drift ? driftClaims(measures.drift, against, version) : []),
  ];
}

/** Options with which a quality claim can be computed again. */
function qualityParameters(result: QualityResult): JsonObject {
  const { seed, mode, thresholds, bins, level, noiseFloor } = result;
  return {
    seed,
    mode,
    thresholds: { correlation: thresholds.correlation, association: thresholds.association },
    bins,
    level,
    repeats: noiseFloor?.repeats ?? 0,
    skip: result.skipped.filter(({ reason }) => reason === 'BY_REQUEST').map(({ column }) => column),
  };
}

function qualityClaims(result: QualityResult, against: string, version: string): LineageClaim[] {
  const parameters = qualityParameters(result);
  const method = `synthproof/quality measureQuality ${version}`;
  const claim = (metric: string, score: QualityScore): LineageClaim => ({
    kind: 'quality',
    metric,
    value: score.value,
    ...(score.interval ? { interval: score.interval } : {}),
    ...(score.reason === undefined ? {} : { reason: score.reason }),
    n: score.n,
    method,
    parameters,
    against,
  });
  const floor = result.overall.noise;
  return [
    claim('quality score', result.overall),
    claim('column shapes', result.columnShapes),
    claim('column pair trends', result.columnPairTrends),
    ...(floor && floor.gap !== null && result.noiseFloor
      ? [
          {
            kind: 'quality' as const,
            metric: 'quality gap to real data',
            value: floor.gap,
            n: result.noiseFloor.rowsPerSide,
            method,
            parameters,
            against,
          },
        ]
      : []),
  ];
}

function biasClaims(audit: BiasAudit, pooled: readonly PoolRule[], against: string, version: string): LineageClaim[] {
  const { sensitive, label, prediction, control, seed, permutations, level, minN, adjust } = audit.spec;
  const parameters: JsonObject = {
    sensitive: [...sensitive],
    label: label === null ? null : { column: label.column, positive: label.positive },
    prediction: prediction === null ? null : { column: prediction.column, positive: prediction.positive },
    control: [...control],
    seed,
    permutations,
    level,
    minN,
    adjust,
    pooled: pooled.map(({ column, label, below }) => ({ column, label, below })),
  };
  const base = { kind: 'bias' as const, method: `synthproof/bias auditBias ${version}`, parameters, against };
  const claims: LineageClaim[] = [];
  for (const { name, change } of audit.facets) {
    if (!change) continue;
    claims.push({
      ...base,
      metric: `${name}: total variation of group shares`,
      value: change.shares.totalVariation,
      n: change.rows.synthetic,
      ...noReason(change.shares.totalVariation),
    });
    for (const one of change.parity)
      claims.push({
        ...base,
        metric: `${name}: change of ${one.metric}`,
        value: one.change,
        ...(one.interval ? { interval: one.interval } : {}),
        ...(one.change === null ? { reason: one.reason ?? 'not-computable' } : {}),
        n: change.rows.synthetic,
      });
  }
  return claims;
}

/** Any number of permutations that the comparison takes. */
const EXACT_STAND_IN = 999;

function driftClaims(drift: DriftReport, against: string, version: string): LineageClaim[] {
  return [
    {
      kind: 'drift',
      metric: 'largest studentised difference of means, p-value',
      value: drift.global.pValue,
      n: drift.units.baseline + drift.units.current,
      method: `synthproof/value-drift compareProfiles ${version}`,
      parameters: {
        columns: drift.values.map((value) => value.id),
        seed: drift.global.seed,
        // A full count of all arrangements does not depend on how many random ones were asked for.
        permutations: drift.global.method === 'exact' ? EXACT_STAND_IN : drift.global.arrangements,
        verdict: drift.verdict,
      },
      against,
      ...noReason(drift.global.pValue),
    },
  ];
}

const noReason = (value: number | null): { readonly reason?: string } =>
  value === null ? { reason: 'not-computable' } : {};
