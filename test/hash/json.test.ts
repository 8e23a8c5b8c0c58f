import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson, parseStrictJson } from '../../src/hash/index.ts';

const bad = expect.objectContaining({ code: 'BAD_JSON' });
const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

describe('canonicalJson', () => {
  test('RFC 8785, section 3.2.2 example', () => {
    const value = parseStrictJson(
      '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}',
    );
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  test('RFC 8785, section 3.2.3: keys by UTF-16 code unit', () => {
    const value = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1f600}': 5, '\u0080': 6, '\u00f6': 7 };
    expect(canonicalJson(value)).toBe('{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\u{1f600}":5,"\ufb33":3}');
  });

  test('numbers are those of JSON.stringify', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(canonicalJson(value)).toBe(JSON.stringify(value));
      }),
      { numRuns: 2000 },
    );
  });

  test('key order does not matter, and the text reads back', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        let text: string;
        try {
          text = canonicalJson(value);
          expect(canonicalJson(parseStrictJson(text))).toBe(text);
        } catch (error) {
          // __proto__ keys, integers beyond 2^53 and lone surrogates have no strict form.
          expect(error).toEqual(bad);
          return;
        }
        const reversed = JSON.parse(text, (_key, item) =>
          item !== null && typeof item === 'object' && !Array.isArray(item)
            ? Object.fromEntries(Object.entries(item).reverse())
            : item,
        );
        expect(canonicalJson(reversed)).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['undefined', undefined],
    ['NaN', Number.NaN],
    ['infinity', [Number.POSITIVE_INFINITY]],
    ['bigint', 1n],
    ['function', () => 1],
    ['symbol', Symbol('x')],
    ['undefined field', { a: undefined }],
    ['hole', new Array(2)],
    ['lone surrogate', '\ud800'],
    ['lone surrogate in a key', { '\udc00': 1 }],
    ['map', new Map()],
    ['typed array', new Uint8Array(2)],
    ['date', { d: new Date(0) }],
    [
      'class',
      new (class Point {
        x = 1;
      })(),
    ],
  ])('refuses %s', (_name, value) => {
    expect(() => canonicalJson(value)).toThrow(bad);
  });

  test('refuses cycles and more than 512 levels, takes 512', () => {
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    expect(() => canonicalJson(cycle)).toThrow(bad);
    expect(canonicalJson(parseStrictJson(nested(512)))).toBe(nested(512));
    let deep: unknown = [];
    for (let i = 0; i < 512; i++) deep = [deep];
    expect(() => canonicalJson(deep)).toThrow(bad);
  });

  test('names the place', () => {
    expect(() => canonicalJson({ a: [1, { b: Number.NaN }] })).toThrow('value/a/1/b');
  });
});

describe('parseStrictJson', () => {
  test('equals JSON.parse on what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false }), fc.constantFrom(undefined, 1, '\t'), (json, indent) => {
        const text = JSON.stringify(JSON.parse(json), null, indent);
        let value: unknown;
        try {
          value = parseStrictJson(text);
        } catch (error) {
          expect(error).toEqual(bad);
          expect(/__proto__|\\ud|\d{16}/i.test(text)).toBe(true);
          return;
        }
        expect(value).toEqual(JSON.parse(text));
      }),
      { numRuns: 1000 },
    );
  });

  test('never accepts what JSON.parse refuses', () => {
    const piece = fc.constantFrom(
      ...'{}[],:"\\ue1-+.0 \n\tntf',
      'true',
      'null',
      '"a"',
      '1e5',
      '\\u00',
      '\ufeff',
      '/**/',
      "'",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 9 }), (pieces) => {
        const text = pieces.join('');
        let value: unknown;
        try {
          value = parseStrictJson(text);
        } catch (error) {
          expect(error).toEqual(bad);
          return;
        }
        expect(value).toEqual(JSON.parse(text));
      }),
      { numRuns: 5000 },
    );
  });

  test.each([
    '',
    ' ',
    '{',
    '[',
    '"',
    '"a',
    '"\\',
    '"\\u12',
    '"\\u12G4"',
    '"\\x"',
    '-',
    '1.',
    '.5',
    '1e',
    '1e+',
    '01',
    '-01',
    '+1',
    '0x10',
    'tru',
    'nul',
    'True',
    'NaN',
    'Infinity',
    '-Infinity',
    '[1,]',
    '[,1]',
    '{"a":1,}',
    '{,}',
    '{a:1}',
    "{'a':1}",
    '{"a"}',
    '{"a":}',
    '[1 2]',
    '1 2',
    '{}{}',
    '\ufeff1',
    '1//',
    '/**/1',
    '"\t"',
    '"\n"',
    '"\u0000"',
    '\u00a01',
    '1\u2028',
    '{"a":1,"a":1}',
    '{"a":1,"\\u0061":2}',
    '{"x":{"k":1,"k":1}}',
    '{"__proto__":1}',
    '{"\\u005f_proto__":1}',
    '"\\ud800"',
    '"\\udc00"',
    '"\\ud800\\ud800"',
    '"\\ud83dx"',
    '"\ud800"',
    '{"\\ud800":1}',
    '"\\ud83d\\u0041"',
    '9007199254740992',
    '-9007199254740992',
    '9007199254740993',
    '1e400',
    '-1e400',
    '100000000000000000000',
    nested(513),
    `${'{"a":'.repeat(513)}1${'}'.repeat(513)}`,
    '['.repeat(1_000_000),
  ])('refuses %.40j', (text) => {
    expect(() => parseStrictJson(text)).toThrow(bad);
  });

  test.each([
    ['9007199254740991', 9007199254740991],
    ['-0', -0],
    ['1e300', 1e300],
    ['9007199254740993.5', 9007199254740994],
    ['"\\ud83d\\ude00"', '😀'],
    ['"\ud83d\\ude00"', '😀'],
    ['"\\b\\f\\n\\r\\t\\"\\\\\\/"', '\b\f\n\r\t"\\/'],
    [' \t\r\n[ ] ', []],
    [nested(512), JSON.parse(nested(512))],
  ])('reads %.40j', (text, value) => {
    expect(parseStrictJson(text)).toEqual(value);
  });

  test('keys such as constructor and toString are plain own properties', () => {
    const value = parseStrictJson('{"constructor":1,"toString":2,"hasOwnProperty":3}') as Record<string, unknown>;
    expect(Object.keys(value)).toEqual(['constructor', 'toString', 'hasOwnProperty']);
    expect(value['constructor']).toBe(1);
  });

  // Under mutation the instrumented parser would take minutes for it.
  test.skipIf(process.env['MUTATION_FOLDER'])('a megabyte of hostile input ends', () => {
    for (const text of [
      '"'.padEnd(1_000_000, '\\'),
      `[${'1,'.repeat(500_000)}`,
      '{"a":'.repeat(200_000),
      `"${'\\ud83d'.repeat(160_000)}"`,
      '-'.repeat(1_000_000),
    ])
      expect(() => parseStrictJson(text)).toThrow(bad);
    expect((parseStrictJson(`[${'1,'.repeat(499_999)}1]`) as unknown[]).length).toBe(500_000);
  });
});
