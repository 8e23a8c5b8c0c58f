import { describe, expect, test } from 'vitest';
import type { SynthproofErrorCode } from '../../src/errors.ts';
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
  merkleRoot,
  parseStrictJson,
  utf8,
} from '../../src/hash/index.ts';
import { refusal } from '../math/refusal.ts';

const empty = new Uint8Array(0);
const leaf = new Uint8Array(32);

describe('a refusal names the argument, what was expected and what came', () => {
  test.each<[SynthproofErrorCode, string, string, () => unknown]>([
    ['BAD_TEXT', 'text', ': expected an even number of lowercase hex digits', () => fromHex('abc')],
    ['BAD_TEXT', 'text', ': expected an even number of lowercase hex digits', () => fromHex('AB')],
    [
      'BAD_TEXT',
      'text',
      ': not canonical base64; expected a length that is a multiple of 4, received 3',
      () => fromBase64('AAA'),
    ],
    [
      'BAD_TEXT',
      'text',
      ': not canonical base64; expected only A-Z a-z 0-9 + / and closing padding, received code unit 45',
      () => fromBase64('AAAAAA-A'),
    ],
    [
      'BAD_TEXT',
      'text',
      ': not canonical base64; expected unused bits that are zero, received other bits',
      () => fromBase64('AB=='),
    ],
    [
      'OUT_OF_RANGE',
      'length',
      ': expected a whole number from 1 to 8160, received 8161',
      () => hkdfSha256(empty, empty, empty, 8161),
    ],
    [
      'BAD_TEXT',
      'text',
      ': lone surrogate U+DC00 at index 1; remove or repair it, it has no UTF-8 form',
      () => utf8('x\udc00'),
    ],
    ['BAD_TEXT', 'bytes', ': not well-formed UTF-8 at byte 3', () => decodeUtf8(Uint8Array.of(97, 0xc2, 0x80, 0xff))],
    [
      'LENGTH_MISMATCH',
      'leafHashes',
      ': expected 32 bytes a hash, received 33 in all',
      () => createMerkleTree(new Uint8Array(33)),
    ],
    [
      'OUT_OF_RANGE',
      'index',
      ': expected a whole number from 0 to 1, received 2',
      () => merkleInclusionProof([leaf, leaf], 2),
    ],
    [
      'OUT_OF_RANGE',
      'size1',
      ': expected a whole number from 1 to 2, received 0',
      () => merkleConsistencyProof([leaf, leaf], 0),
    ],
    ['OUT_OF_RANGE', 'begin', ': expected a whole number from 0, received -1', () => createCompactRange(-1)],
    [
      'OUT_OF_RANGE',
      'begin',
      ': only a range from 0 has a root, this one begins at 5',
      () => createCompactRange(5).root(),
    ],
    [
      'OUT_OF_RANGE',
      'next',
      ': expected a range that begins at 5, received 6',
      () => createCompactRange(5).merge(createCompactRange(6)),
    ],
    [
      'LENGTH_MISMATCH',
      'bytes',
      ': expected 32 bytes from 2, received 31',
      () => createCompactRange().append(new Uint8Array(33), 2),
    ],
    ['BAD_JSON', 'value', ': expected a finite number or null, received NaN', () => canonicalJson(Number.NaN)],
    [
      'BAD_JSON',
      'value',
      '/a/0: expected a JSON value; leave absent fields out, received undefined',
      () => canonicalJson({ a: [undefined] }),
    ],
    [
      'BAD_JSON',
      'value',
      '/b/0: expected a plain object, received an object of a class',
      () => canonicalJson({ a: [1, { c: 2 }], b: [new Map()] }),
    ],
    [
      'BAD_JSON',
      'value',
      '/a: expected well-formed text, received a lone surrogate',
      () => canonicalJson({ a: '\ud800' }),
    ],
  ])('%s, %s%s', (code, argument, message, run) => {
    expect(run).toThrow(refusal(code, argument, argument + message));
  });

  test('a cycle ends after 512 levels, and the message shows only the first eight', () => {
    const cycle: unknown[] = [];
    cycle.push(cycle);
    expect(() => canonicalJson(cycle)).toThrow(
      refusal(
        'BAD_JSON',
        'value',
        `value${'/0'.repeat(8)}: expected at most 512 levels and no cycle, received more than 512 levels`,
      ),
    );
  });

  test('a leaf hash of another length is named by its index', () => {
    expect(() => merkleRoot([leaf, new Uint8Array(31)])).toThrow(
      expect.objectContaining({
        code: 'LENGTH_MISMATCH',
        message: 'leafHashes: expected 32 bytes at index 1, received 31; hash rows with merkleLeafHash',
        place: { argument: 'leafHashes', row: 1 },
      }),
    );
  });
});

describe('parseStrictJson says what is wrong and where', () => {
  test.each([
    ['', 'text ends where a value is expected', 0],
    ['[1,', 'text ends where a value is expected', 3],
    ['-', 'text ends where a value is expected', 0],
    ['-a', 'expected a value', 0],
    [' x', 'expected a value', 1],
    ['\f1', 'expected a value', 0],
    ['[1 2]', 'expected "," or "]"', 3],
    ['[1', 'expected "," or "]"', 2],
    ['[,1]', 'expected a value', 1],
    ['{"a" 1}', 'expected ":"', 5],
    ['{"a":1 "b"}', 'expected "," or "}"', 7],
    ['{a:1}', 'expected a key in double quotes', 1],
    ['{ "a":1, }', 'expected a key in double quotes', 9],
    ['{"__proto__":1}', 'the key "__proto__"', 1],
    ['{"a":{"b":1,"b":2}}', 'duplicate key "b"', 12],
    [`{"${'k'.repeat(80)}":1,"${'k'.repeat(80)}":2}`, `duplicate key "${'k'.repeat(60)}"`, 86],
    ['"abc', 'text ends inside a string', 4],
    ['"a\u001f"', 'control character in a string', 2],
    ['"a\\x"', 'unknown escape', 2],
    ['"\\u12G4"', 'expected four hex digits after \\u', 5],
    ['"\\ud800"', 'lone surrogate', 7],
    ['"\\ud800a"', 'lone surrogate', 8],
    ['"\\udc00"', 'lone surrogate', 7],
    [' tru', 'expected true', 1],
    ['falze', 'expected false', 0],
    ['nul', 'expected null', 0],
    ['01', 'leading zero in a number', 0],
    ['[-01]', 'leading zero in a number', 1],
    ['1.', 'expected a digit after "."', 2],
    ['1.e5', 'expected a digit after "."', 2],
    ['1e', 'expected a digit in the exponent', 2],
    ['1E-', 'expected a digit in the exponent', 3],
    ['1e*5', 'expected a digit in the exponent', 2],
    ['[9007199254740992]', 'integer beyond 2^53 - 1; write it as a string', 1],
    ['1e400', 'number too large for a double', 0],
    ['1 2', 'trailing data after the document', 2],
    ['1/', 'trailing data after the document', 1],
    ['1:', 'trailing data after the document', 1],
    ['['.repeat(513), 'more than 512 levels', 512],
    ['{"a":'.repeat(513), 'more than 512 levels', 5 * 512],
  ])('%.30j', (text, fault, index) => {
    expect(() => parseStrictJson(text)).toThrow(refusal('BAD_JSON', 'text', `text: ${fault} at index ${index}`));
  });
});
