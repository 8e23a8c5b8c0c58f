import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createCompactRange,
  createMerkleTree,
  merkleConsistencyProof,
  merkleInclusionProof,
  merkleLeafHash,
  merkleRoot,
  sha256,
  toHex,
  utf8,
  verifyMerkleConsistency,
  verifyMerkleInclusion,
} from '../../src/hash/index.ts';

const leavesOf = (count: number, tag = 'leaf') =>
  Array.from({ length: count }, (_, i) => merkleLeafHash(utf8(`${tag}${i}`)));

/** RFC 9162, section 2.1.1, word by word. */
function rootByDefinition(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return sha256(new Uint8Array(0));
  if (leaves.length === 1) return leaves[0]!;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return sha256(Uint8Array.of(1, ...rootByDefinition(leaves.slice(0, k)), ...rootByDefinition(leaves.slice(k))));
}

describe('trees and proofs', () => {
  test('the root is the definition, for every size to 70', () => {
    for (let n = 0; n <= 70; n++) expect(toHex(merkleRoot(leavesOf(n)))).toBe(toHex(rootByDefinition(leavesOf(n))));
  });

  test('every inclusion and consistency proof to size 33 verifies', () => {
    for (let n = 1; n <= 33; n++) {
      const leaves = leavesOf(n);
      const tree = createMerkleTree(leaves);
      const { root } = tree;
      for (let i = 0; i < n; i++) {
        const claim = { leafHash: leaves[i]!, index: i, treeSize: n, proof: tree.inclusionProof(i), root };
        expect(verifyMerkleInclusion(claim)).toBe(true);
      }
      for (let m = 1; m <= n; m++) {
        const root1 = merkleRoot(leaves.slice(0, m));
        const claim = { size1: m, size2: n, root1, root2: root, proof: tree.consistencyProof(m) };
        expect(verifyMerkleConsistency(claim)).toBe(true);
      }
    }
  });

  test('no altered inclusion proof verifies', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(), fc.nat(), fc.nat({ max: 6 }), (n, at, noise, kind) => {
        const leaves = leavesOf(n);
        const index = at % n;
        const proof = merkleInclusionProof(leaves, index);
        const root = merkleRoot(leaves);
        const good = { leafHash: leaves[index]!, index, treeSize: n, proof, root };
        const flip = (bytes: Uint8Array) =>
          bytes.map((byte, i) => (i === noise % 32 ? byte ^ (1 << (noise % 8)) : byte));
        const bad = [
          { ...good, leafHash: flip(good.leafHash) },
          { ...good, root: flip(root) },
          { ...good, proof: [...proof, leaves[0]!] },
          { ...good, index: n + (noise % 5) },
          proof.length > 0 ? { ...good, proof: proof.slice(1) } : { ...good, index: -1 },
          proof.length > 0
            ? { ...good, proof: proof.map((p, i) => (i === noise % proof.length ? flip(p) : p)) }
            : { ...good, treeSize: 2 },
          { ...good, index: index + 0.5 },
        ][kind]!;
        expect(verifyMerkleInclusion(bad)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  test('no altered consistency proof verifies', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 40 }), fc.nat(), fc.nat(), fc.nat({ max: 5 }), (n, at, noise, kind) => {
        const leaves = leavesOf(n);
        const m = 1 + (at % (n - 1));
        const good = {
          size1: m,
          size2: n,
          root1: merkleRoot(leaves.slice(0, m)),
          root2: merkleRoot(leaves),
          proof: merkleConsistencyProof(leaves, m),
        };
        const flip = (bytes: Uint8Array) => bytes.map((byte, i) => (i === noise % 32 ? byte ^ 1 : byte));
        const bad = [
          { ...good, root1: flip(good.root1) },
          { ...good, root2: flip(good.root2) },
          { ...good, proof: [...good.proof, leaves[0]!] },
          { ...good, proof: good.proof.slice(1) },
          { ...good, size1: 0 },
          { ...good, proof: good.proof.map((p, i) => (i === noise % good.proof.length ? flip(p) : p)) },
        ][kind]!;
        expect(verifyMerkleConsistency(bad)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  // Under mutation the instrumented core would take minutes for it.
  test.skipIf(process.env['MUTATION_FOLDER'])('a proof of a million leaves has 20 hashes', () => {
    const flat = new Uint8Array(32_000_000);
    for (let i = 0; i < 1_000_000; i++) flat[i * 32] = i;
    const tree = createMerkleTree(flat);
    const proof = tree.inclusionProof(654_321);
    expect(proof.length).toBe(20);
    const leafHash = flat.slice(654_321 * 32, 654_321 * 32 + 32);
    expect(verifyMerkleInclusion({ leafHash, index: 654_321, treeSize: 1_000_000, proof, root: tree.root })).toBe(true);
  });

  test('hostile sizes and arguments', () => {
    const leaves = leavesOf(3);
    for (const index of [-1, 3, 1.5, Number.NaN])
      expect(() => merkleInclusionProof(leaves, index)).toThrow(expect.objectContaining({ code: 'OUT_OF_RANGE' }));
    for (const size1 of [0, 4, 0.5])
      expect(() => merkleConsistencyProof(leaves, size1)).toThrow(expect.objectContaining({ code: 'OUT_OF_RANGE' }));
    expect(() => merkleInclusionProof([], 0)).toThrow(expect.objectContaining({ code: 'OUT_OF_RANGE' }));
    expect(() => merkleRoot([new Uint8Array(31)])).toThrow(expect.objectContaining({ code: 'LENGTH_MISMATCH' }));
    expect(() => createMerkleTree(new Uint8Array(33))).toThrow(expect.objectContaining({ code: 'LENGTH_MISMATCH' }));
    const endless = { leafHash: leaves[0]!, index: 0, treeSize: 2 ** 53 - 1, proof: leavesOf(1000), root: leaves[1]! };
    expect(verifyMerkleInclusion(endless)).toBe(false);
    expect(verifyMerkleInclusion({ ...endless, index: 2 ** 60, treeSize: 2 ** 61 })).toBe(false);
  });

  test('sizes beyond 2^31 keep working', () => {
    // One leaf on the right edge of a tree of 2^40 + 1 leaves: its sibling is the whole left half.
    const left = sha256(utf8('left'));
    const leaf = merkleLeafHash(utf8('last'));
    const root = sha256(Uint8Array.of(1, ...left, ...leaf));
    expect(verifyMerkleInclusion({ leafHash: leaf, index: 2 ** 40, treeSize: 2 ** 40 + 1, proof: [left], root })).toBe(
      true,
    );
  });
});

describe('compact ranges', () => {
  test('any partition into any number of shards merges to the root of one pass', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 120 }),
        fc.array(fc.nat({ max: 120 }), { maxLength: 7 }),
        fc.nat(),
        (n, cuts, pick) => {
          const leaves = leavesOf(n);
          const borders = [0, ...cuts.map((cut) => Math.min(cut, n)).sort((a, b) => a - b), n];
          let ranges = borders.slice(1).map((end, i) => {
            const range = createCompactRange(borders[i]!);
            for (let k = borders[i]!; k < end; k++) range.append(leaves[k]!);
            return range;
          });
          // Neighbours merge in any order.
          let state = pick;
          while (ranges.length > 1) {
            const at = state % (ranges.length - 1);
            state = Math.floor(state / 7) + 13;
            ranges = [...ranges.slice(0, at), ranges[at]!.merge(ranges[at + 1]!), ...ranges.slice(at + 2)];
          }
          expect(toHex(ranges[0]!.root())).toBe(toHex(merkleRoot(leaves)));
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('merging changes neither part', () => {
    const left = createCompactRange();
    left.append(leavesOf(1)[0]!);
    const right = createCompactRange(1);
    right.append(leavesOf(2)[1]!);
    const before = [toHex(left.root()), right.nodes().map(toHex).join()];
    left.merge(right);
    expect([toHex(left.root()), right.nodes().map(toHex).join()]).toEqual(before);
    expect([left.end(), right.begin, right.end()]).toEqual([1, 1, 2]);
  });

  test('refuses gaps, short hashes, and the root of a part', () => {
    const range = createCompactRange(5);
    expect(() => range.root()).toThrow(expect.objectContaining({ code: 'OUT_OF_RANGE' }));
    expect(() => range.merge(createCompactRange(6))).toThrow(expect.objectContaining({ code: 'OUT_OF_RANGE' }));
    expect(() => range.append(new Uint8Array(31))).toThrow(expect.objectContaining({ code: 'LENGTH_MISMATCH' }));
    for (const begin of [-1, 0.5, Number.NaN, 2 ** 53])
      expect(() => createCompactRange(begin)).toThrow(expect.objectContaining({ code: 'OUT_OF_RANGE' }));
  });

  test('far from zero', () => {
    const begin = 2 ** 52 - 3;
    const range = createCompactRange(begin);
    for (const leaf of leavesOf(6)) range.append(leaf);
    expect(range.end()).toBe(begin + 6);
    expect(range.nodes().length).toBe(4);
  });
});
