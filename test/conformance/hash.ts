import {
  canonicalJson,
  createCompactRange,
  createMerkleTree,
  fromHex,
  merkleLeafHash,
  merkleRoot,
  parseStrictJson,
  sha256Hex,
  toHex,
  utf8,
  verifyMerkleConsistency,
  verifyMerkleInclusion,
} from '../../src/hash/index.ts';
import type { FunctionTable, OracleContext } from './types.ts';

/** 'reject' when the call throws, as the oracle writes a refusal. */
function orReject(run: () => unknown): unknown {
  try {
    return run();
  } catch {
    return 'reject';
  }
}

function double(bits: string): number {
  return new DataView(fromHex(bits).slice().buffer).getFloat64(0);
}

/** Leaf hashes of the case that an input names. */
function leavesOf(ref: string, context: OracleContext): Uint8Array[] {
  const target = context.file.cases.find((item) => item.name === ref);
  if (target === undefined) throw new Error(`no case ${ref}`);
  return target.input.leavesHex.map((leaf: string) => merkleLeafHash(fromHex(leaf)));
}

export const hashFunctions: FunctionTable = {
  'jcs.numbers': (input: string[]) => input.map((bits) => orReject(() => canonicalJson(double(bits)))),
  'jcs.canonicalize': (input: string) =>
    orReject(() => {
      const bytes = utf8(canonicalJson(parseStrictJson(input)));
      return { utf8Hex: toHex(bytes), sha256: sha256Hex(bytes) };
    }),
  'strictParse.mustReject': (input: string) =>
    orReject(() => {
      parseStrictJson(input);
      return 'accept';
    }),
  'merkle.root': (input, context) => {
    const leaves: Uint8Array[] = input.leavesHex.map((leaf: string) => merkleLeafHash(fromHex(leaf)));
    const range = createCompactRange();
    for (const leaf of leaves) range.append(leaf);
    const rootHex = toHex(merkleRoot(leaves));
    if (toHex(range.root()) !== rootHex) throw new Error('compact range and tree disagree');
    // The oracle leaves the leaf hashes of its larger trees out and writes null.
    const target = context.file.cases.find((item) => item.input === input);
    return { rootHex, leafHashesHex: target?.expected.leafHashesHex === null ? null : leaves.map(toHex) };
  },
  'merkle.inclusionProof': (input, context) => ({
    proofHex: createMerkleTree(leavesOf(input.ref, context)).inclusionProof(input.index).map(toHex),
  }),
  'merkle.consistencyProof': (input, context) => {
    const leaves = leavesOf(input.ref, context);
    return {
      root1Hex: toHex(merkleRoot(leaves.slice(0, input.size1))),
      proofHex: createMerkleTree(leaves).consistencyProof(input.size1).map(toHex),
    };
  },
  'merkle.verifyInclusion': (input) =>
    verifyMerkleInclusion({
      leafHash: fromHex(input.leafHashHex),
      index: input.index,
      treeSize: input.treeSize,
      proof: input.proofHex.map(fromHex),
      root: fromHex(input.rootHex),
    }),
  'merkle.verifyConsistency': (input) =>
    verifyMerkleConsistency({
      size1: input.size1,
      size2: input.size2,
      root1: fromHex(input.root1Hex),
      root2: fromHex(input.root2Hex),
      proof: input.proofHex.map(fromHex),
    }),
};
