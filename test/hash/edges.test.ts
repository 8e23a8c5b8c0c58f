import { describe, expect, test } from 'vitest';
import {
  canonicalJson,
  createCompactRange,
  createMerkleTree,
  decodeUtf8,
  fromBase64,
  fromHex,
  hkdfSha256,
  merkleConsistencyProof,
  merkleInclusionProof,
  merkleLeafHash,
  merkleRoot,
  parseStrictJson,
  sha256Hex,
  toBase64,
  toHex,
  utf8,
  verifyMerkleConsistency,
  verifyMerkleInclusion,
} from '../../src/hash/index.ts';

describe('UTF-8 at the borders of every length (RFC 3629, section 4)', () => {
  const borders: [string, string][] = [
    ['\u0000', '00'],
    ['\u007f', '7f'],
    ['\u0080', 'c280'],
    ['\u07ff', 'dfbf'],
    ['\u0800', 'e0a080'],
    ['\ud7ff', 'ed9fbf'],
    ['\ue000', 'ee8080'],
    ['\uffff', 'efbfbf'],
    ['\u{10000}', 'f0908080'],
    ['\u{10ffff}', 'f48fbfbf'],
  ];
  test.each(borders)('%j', (text, hex) => {
    expect(toHex(utf8(text))).toBe(hex);
    expect(toHex(utf8(`a${text}b`))).toBe(`61${hex}62`);
    expect(decodeUtf8(fromHex(hex))).toBe(text);
    expect(decodeUtf8(fromHex(`61${hex}62`))).toBe(`a${text}b`);
  });

  test.each(['\ud800', '\udbff', '\udc00', '\udfff', '\udfff\udc00', '\ud800\ue000', '\udbff\udbff'])(
    'a lone surrogate has no form: %j',
    (text) => {
      expect(() => utf8(`x${text}y`)).toThrow('text: lone surrogate U+');
    },
  );

  test.each([
    ['80', 0],
    ['bf', 0],
    ['c080', 0],
    ['c1bf', 0],
    ['c2', 0],
    ['61c27f', 1],
    ['c2c0', 0],
    ['e09fbf', 0],
    ['e0a0', 0],
    ['e0a07f', 0],
    ['e0a0c0', 0],
    ['eda080', 0],
    ['edbfbf', 0],
    ['f08fbfbf', 0],
    ['f09080', 0],
    ['f0908041', 0],
    ['f4908080', 0],
    ['f5808080', 0],
    ['ff', 0],
    ['6162e282', 2],
  ])('%s is refused at byte %i', (hex, at) => {
    expect(() => decodeUtf8(fromHex(hex))).toThrow(`bytes: not well-formed UTF-8 at byte ${at}`);
  });

  test('long texts whose characters straddle the chunks', () => {
    for (const length of [8190, 8191, 8192, 8193, 16384, 16385]) {
      for (const end of ['', 'a', '€', '\u{1f600}', '\u{1f600}\u{1f600}']) {
        const text = 'x'.repeat(length) + end;
        expect(decodeUtf8(utf8(text))).toBe(text);
      }
    }
    expect(decodeUtf8(new Uint8Array(0))).toBe('');
  });
});

describe('RFC 4648, section 10', () => {
  test.each([
    ['', ''],
    ['f', 'Zg=='],
    ['fo', 'Zm8='],
    ['foo', 'Zm9v'],
    ['foob', 'Zm9vYg=='],
    ['fooba', 'Zm9vYmE='],
    ['foobar', 'Zm9vYmFy'],
  ])('%j', (text, base64) => {
    expect(toBase64(utf8(text))).toBe(base64);
    expect(decodeUtf8(fromBase64(base64))).toBe(text);
  });
  test('every digit, and its neighbours in the code table', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
    for (let unit = 0; unit < 256; unit++) {
      const digit = String.fromCharCode(unit);
      const value = alphabet.indexOf(digit);
      if (value >= 0) expect(toHex(fromBase64(`AAA${digit}`))).toBe(toHex(Uint8Array.of(0, 0, value)));
      else expect(() => fromBase64(`AA${digit}A`)).toThrow('not canonical base64');
    }
  });
});

test('RFC 5869, case 2, and the ends of the length', () => {
  const bytes = (from: number): Uint8Array => Uint8Array.from({ length: 80 }, (_, i) => from + i);
  expect(toHex(hkdfSha256(bytes(0), bytes(0x60), bytes(0xb0), 82))).toBe(
    'b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87',
  );
  expect(hkdfSha256(bytes(0), bytes(0), bytes(0), 1).length).toBe(1);
  expect(hkdfSha256(bytes(0), bytes(0), bytes(0), 8160).length).toBe(8160);
});

describe('JSON', () => {
  test('what only looks like trouble is taken', () => {
    expect(canonicalJson('\\ud800')).toBe('"\\\\ud800"');
    expect(canonicalJson(['\u{1f600}\\ud800'])).toBe('["\u{1f600}\\\\ud800"]');
    expect(canonicalJson(Object.create(null))).toBe('{}');
    expect(canonicalJson([true, false, null, 'é', -0])).toBe('[true,false,null,"é",0]');
    expect(() => canonicalJson(Object.create({ inherited: 1 }))).toThrow('value: expected a plain object');
  });
  test.each([
    ['"\\u0019\\u00aF\\u00Fa"', '\u0019\u00af\u00fa'],
    ['"\\u0909"', '\u0909'],
    ['"\\ud83d\ude00"', '\u{1f600}'],
    ['"a\ud83d\ude00b\\n"', 'a\u{1f600}b\n'],
    ['"\\ue000\ud7ff"', '\ue000\ud7ff'],
    ['-1.5E+2', -150],
    ['1e-2', 0.01],
    ['0.5e1', 5],
    ['0', 0],
    ['10', 10],
    ['1.0', 1],
    ['1e300', 1e300],
    ['9007199254740993.0', 9007199254740992],
    ['\t{\r"a"\n:\t1 ,"b" : [ ] , "c":{ }\r\n}\n', { a: 1, b: [], c: {} }],
    ['[[1],\n{"a":{}} ,true,false,null]', [[1], { a: {} }, true, false, null]],
  ])('reads %j', (text, value) => {
    expect(parseStrictJson(text)).toEqual(value);
  });
  test.each(['/', ':', '@', 'G', '`', 'g', '"', ''])('no hex digit: %j', (digit) => {
    expect(() => parseStrictJson(`"\\u000${digit}"`)).toThrow('four hex digits');
    expect(() => parseStrictJson(`"\\u${digit}000"`)).toThrow(/four hex digits/);
  });
  test('siblings may repeat a key, and a key may be empty', () => {
    expect(parseStrictJson('[{"a":1},{"a":2},{"":3}]')).toEqual([{ a: 1 }, { a: 2 }, { '': 3 }]);
  });
});

describe('Merkle trees', () => {
  // Leaves and roots that the certificate transparency implementations share.
  const entries = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
  const roots = [
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ];
  const leaves = entries.map((hex) => merkleLeafHash(fromHex(hex)));
  const longer = (bytes: Uint8Array): Uint8Array => Uint8Array.of(...bytes, 0);

  test('known roots', () => {
    const range = createCompactRange();
    expect(toHex(range.root())).toBe(sha256Hex(''));
    for (let n = 1; n <= 8; n++) {
      expect(toHex(merkleRoot(leaves.slice(0, n)))).toBe(roots[n - 1]);
      range.append(leaves[n - 1]!);
      expect(toHex(range.root())).toBe(roots[n - 1]);
      // One node per binary digit 1 of the size.
      expect(range.nodes().length).toBe(n.toString(2).replaceAll('0', '').length);
    }
  });

  test('lengths of proofs', () => {
    const tree = createMerkleTree(leaves.slice(0, 7));
    expect(tree.size).toBe(7);
    expect([0, 1, 2, 3, 4, 5, 6].map((index) => tree.inclusionProof(index).length)).toEqual([3, 3, 3, 3, 3, 3, 2]);
    expect([1, 2, 3, 4, 5, 6, 7].map((size) => tree.consistencyProof(size).length)).toEqual([3, 2, 4, 1, 4, 3, 0]);
    expect(merkleInclusionProof(leaves.slice(0, 1), 0)).toEqual([]);
    expect(merkleConsistencyProof(leaves.slice(0, 1), 1)).toEqual([]);
    expect(createMerkleTree(new Uint8Array(0)).size).toBe(0);
  });

  test('a tree keeps its own copies', () => {
    const flat = new Uint8Array(64);
    const tree = createMerkleTree(flat);
    const root = toHex(tree.root);
    const proof = tree.inclusionProof(0)[0]!;
    flat.fill(9);
    tree.root.fill(1);
    proof.fill(7);
    expect(toHex(tree.inclusionProof(0)[0]!)).toBe('00'.repeat(32));
    expect(toHex(createMerkleTree(new Uint8Array(64)).root)).toBe(root);
  });

  test('an inclusion proof holds only for exactly this claim', () => {
    const root = fromHex(roots[6]!);
    for (let index = 0; index < 7; index++) {
      const proof = merkleInclusionProof(leaves.slice(0, 7), index);
      const claim = { leafHash: leaves[index]!, index, treeSize: 7, proof, root };
      expect(verifyMerkleInclusion(claim)).toBe(true);
      for (let other = -1; other <= 8; other++)
        expect(verifyMerkleInclusion({ ...claim, index: other })).toBe(other === index);
      expect(verifyMerkleInclusion({ ...claim, leafHash: longer(claim.leafHash) })).toBe(false);
      expect(verifyMerkleInclusion({ ...claim, root: longer(root) })).toBe(false);
      expect(verifyMerkleInclusion({ ...claim, treeSize: Number.NaN })).toBe(false);
      expect(verifyMerkleInclusion({ ...claim, treeSize: 0 })).toBe(false);
      expect(verifyMerkleInclusion({ ...claim, proof: proof.slice(0, -1) })).toBe(false);
      expect(verifyMerkleInclusion({ ...claim, proof: [...proof, leaves[0]!] })).toBe(false);
      for (let at = 0; at < proof.length; at++) {
        const changed = proof.map((node, i) => (i === at ? longer(node) : node));
        expect(verifyMerkleInclusion({ ...claim, proof: changed })).toBe(false);
      }
    }
    // A tree of one leaf is its leaf; still only a hash of 32 bytes counts.
    const one = { leafHash: leaves[0]!, index: 0, treeSize: 1, proof: [], root: leaves[0]! };
    expect(verifyMerkleInclusion(one)).toBe(true);
    expect(verifyMerkleInclusion({ ...one, leafHash: Uint8Array.of(1), root: Uint8Array.of(1) })).toBe(false);
    expect(verifyMerkleInclusion({ ...one, index: 1 })).toBe(false);
  });

  test('a consistency proof holds only for exactly this claim', () => {
    const root2 = fromHex(roots[6]!);
    for (let size1 = 1; size1 < 7; size1++) {
      const proof = merkleConsistencyProof(leaves.slice(0, 7), size1);
      const claim = { size1, size2: 7, root1: fromHex(roots[size1 - 1]!), root2, proof };
      expect(verifyMerkleConsistency(claim)).toBe(true);
      for (let other = -1; other <= 8; other++)
        expect(verifyMerkleConsistency({ ...claim, size1: other })).toBe(other === size1);
      expect(verifyMerkleConsistency({ ...claim, size1: size1 + 0.5 })).toBe(false);
      expect(verifyMerkleConsistency({ ...claim, size2: Number.NaN })).toBe(false);
      expect(verifyMerkleConsistency({ ...claim, root1: longer(claim.root1) })).toBe(false);
      expect(verifyMerkleConsistency({ ...claim, root2: longer(root2) })).toBe(false);
      expect(verifyMerkleConsistency({ ...claim, proof: [] })).toBe(false);
      expect(verifyMerkleConsistency({ ...claim, proof: proof.slice(0, -1) })).toBe(false);
      expect(verifyMerkleConsistency({ ...claim, proof: [...proof, leaves[0]!] })).toBe(false);
      for (let at = 0; at < proof.length; at++) {
        const changed = proof.map((node, i) => (i === at ? longer(node) : node));
        expect(verifyMerkleConsistency({ ...claim, proof: changed })).toBe(false);
      }
    }
    const same = { size1: 7, size2: 7, root1: root2, root2, proof: [] };
    expect(verifyMerkleConsistency(same)).toBe(true);
    expect(verifyMerkleConsistency({ ...same, proof: [leaves[0]!] })).toBe(false);
    expect(verifyMerkleConsistency({ ...same, root1: fromHex(roots[5]!) })).toBe(false);
    expect(verifyMerkleConsistency({ ...same, root1: Uint8Array.of(1), root2: Uint8Array.of(1) })).toBe(false);
    expect(verifyMerkleConsistency({ ...same, size1: 0, size2: 0 })).toBe(false);
  });

  test('a range takes leaves out of a longer buffer', () => {
    const buffer = new Uint8Array(70);
    buffer.set(leaves[3]!, 38);
    const range = createCompactRange(1);
    range.append(buffer, 38);
    expect(toHex(range.nodes()[0]!)).toBe(toHex(leaves[3]!));
    expect([range.begin, range.end()]).toEqual([1, 2]);
  });
});
