export { createLineage } from './create-lineage.ts';
export { createStatement } from './create-statement.ts';
export { dssePae } from './dsse-pae.ts';
export { ed25519PublicKey } from './ed25519-public-key.ts';
export { ed25519Scheme } from './ed25519-scheme.ts';
export type { DigestCell, EncodeCellOptions } from './encode-cell.ts';
export { encodeCell } from './encode-cell.ts';
export type { EnergyEstimate, EnergyInput } from './estimate-energy.ts';
export { estimateEnergy } from './estimate-energy.ts';
export { firstDifferingRow } from './first-differing-row.ts';
export { keyCommitment } from './key-commitment.ts';
export { keyId } from './key-id.ts';
export type { LineageDagMetrics, LineageDagNode, LineageDagResult } from './lineage-dag-metrics.ts';
export { lineageDagMetrics } from './lineage-dag-metrics.ts';
export { openKeyCommitment } from './open-key-commitment.ts';
export { p256Scheme } from './p256-scheme.ts';
export type { TableRowProof } from './prove-table-row.ts';
export { proveTableRow } from './prove-table-row.ts';
export type { SignDsseOptions } from './sign-dsse.ts';
export { signDsse } from './sign-dsse.ts';
export type { SignLineageOptions } from './sign-lineage.ts';
export { signLineage } from './sign-lineage.ts';
export { signLineageWith } from './sign-lineage-with.ts';
export type { CarbonIntensity, CarbonIntensityInput } from './software-carbon-intensity.ts';
export { softwareCarbonIntensity } from './software-carbon-intensity.ts';
export type { SourceFromStatementOptions } from './source-from-statement.ts';
export { sourceFromStatement } from './source-from-statement.ts';
export { statementSha256 } from './statement-sha256.ts';
export { tableDigest } from './table-digest.ts';
export type { TableDigestOptions } from './table-leaf-hashes.ts';
export { tableLeafHashes } from './table-leaf-hashes.ts';
export type { ToCroissantOptions } from './to-croissant.ts';
export { toCroissant } from './to-croissant.ts';
export type {
  DigestColumnType,
  DsseEnvelope,
  DsseSignature,
  JsonObject,
  LineageAgent,
  LineageAncestry,
  LineageClaim,
  LineageColumnOrigin,
  LineageCost,
  LineageDataset,
  LineageDatasetInput,
  LineageFile,
  LineageGeneration,
  LineageGenerationInput,
  LineageGenerator,
  LineageInput,
  LineageMarking,
  LineageMarkingInput,
  LineageOrigin,
  LineageOriginKind,
  LineageRecord,
  LineageRowOrigin,
  LineageSigner,
  LineageSource,
  LineageStatement,
  LineageUse,
  LineageWatermark,
  SignatureScheme,
  StatementSubject,
  TableDescriptor,
  TableDigest,
  TrustedKey,
} from './types.ts';
export type { CroissantRemark, CroissantVerdict } from './validate-croissant.ts';
export { validateCroissant } from './validate-croissant.ts';
export type { DsseFaultCode, DsseRefusal, DsseVerdict, VerifyDsseOptions } from './verify-dsse.ts';
export { verifyDsse } from './verify-dsse.ts';
export { verifyLineage } from './verify-lineage.ts';
export { verifyTableRow } from './verify-table-row.ts';
export type {
  LineageCheck,
  LineageFaultCode,
  LineageRequirements,
  LineageVerdict,
  RefusedLineage,
  VerifiedLineage,
  VerifyLineageOptions,
} from './verify-types.ts';
