import { canonicalJson } from '../hash/canonical-json.ts';
import { sha256Hex } from '../hash/sha256-hex.ts';
import type { Model } from '../types.ts';

/**
 * SHA-256 of a model's canonical JSON (RFC 8785), as hex: names the model in a lineage record.
 *
 * @param model - Any model, ours or a caller's, that is plain JSON-safe data.
 * @returns 64 hex digits, equal for the model and for its copy read back from JSON.
 * @throws {@link SynthproofError} `BAD_JSON` when the model is not JSON-safe.
 * @example
 * const model = { kind: 'mine', version: 1, embedsTrainingValues: false };
 * fingerprintModel(model) === fingerprintModel(JSON.parse(JSON.stringify(model))); // => true
 */
export function fingerprintModel(model: Model): string {
  return sha256Hex(canonicalJson(model));
}
