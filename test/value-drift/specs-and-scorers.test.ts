import { describe, expect, test } from 'vitest';
import {
  booleanColumn,
  categoryColumn,
  createTable,
  integerColumn,
  numberColumn,
  textColumn,
} from '../../src/table/index.ts';
import { segmentWords } from '../../src/text/index.ts';
import {
  columnScorer,
  createValueSpec,
  featureScorer,
  lexiconScorer,
  schwartzLexicon,
  type ValueDefinition,
  type ValueSpec,
  valueSpecFromPrinciples,
} from '../../src/value-drift/index.ts';
import { assertJsonSafe, code } from './support.ts';

function lexicon(...phrases: (string | [string, number])[]): ValueSpec {
  const descriptors = phrases.map((p) => (typeof p === 'string' ? { phrase: p } : { phrase: p[0], weight: p[1] }));
  return createValueSpec({ id: 'lexicon', version: '1', values: [{ id: 'a', descriptors }] });
}

function count(spec: ValueSpec, text: string, options = {}): number {
  const scores = lexiconScorer(spec, { minWords: 1, ...options }).score([text]).columns[0]!;
  return (scores[0]! * segmentWords(text).length) / 1000;
}

describe('createValueSpec', () => {
  test('the hash follows the content, not the order of keys or absent options', () => {
    const a = createValueSpec({ id: 's', version: '1', values: [{ id: 'x', label: 'X' }] });
    const b = createValueSpec({
      values: [{ label: 'X', id: 'x', weight: undefined }],
      version: '1',
      id: 's',
      scale: {},
    });
    expect(b).toEqual(a);
    const others = [
      createValueSpec({ id: 't', version: '1', values: [{ id: 'x', label: 'X' }] }),
      createValueSpec({ id: 's', version: '2', values: [{ id: 'x', label: 'X' }] }),
      createValueSpec({ id: 's', version: '1', values: [{ id: 'x', label: 'Y' }] }),
      createValueSpec({ id: 's', version: '1', values: [{ id: 'x', label: 'X', weight: 2 }] }),
      createValueSpec({ id: 's', version: '1', values: [{ id: 'x', label: 'X' }], scale: { min: 0 } }),
    ];
    expect(new Set([a, ...others].map((spec) => spec.hash)).size).toBe(6);
    assertJsonSafe(a);
    expect(JSON.parse(JSON.stringify(a))).toEqual(a);
  });

  test('frozen hash: a change here breaks every stored profile', () => {
    expect(createValueSpec({ id: 's', version: '1', values: ['Be kind'] }).hash).toMatchInlineSnapshot(
      `"23d7a68972a02e588a4cc58d39ad09b21d1494c07cb0a74ff78b02fcb5b9838f"`,
    );
  });

  test('bad specs are refused', () => {
    const make = (values: readonly (ValueDefinition | string)[]) =>
      code(() => createValueSpec({ id: 's', version: '1', values }));
    expect(make([])).toBe('EMPTY_INPUT');
    expect(make([''])).toBe('BAD_VALUE');
    expect(make([{ id: ' ' }])).toBe('BAD_VALUE');
    expect(make([{ id: 'a' }, { id: 'a' }])).toBe('BAD_VALUE');
    expect(make([{ id: 'p1' }, 'x', { id: 'p2' }])).toBe('BAD_VALUE');
    expect(make([{ id: 'a', weight: -1 }])).toBe('OUT_OF_RANGE');
    expect(make([{ id: 'a', weight: Number.NaN }])).toBe('OUT_OF_RANGE');
    expect(make([{ id: 'a', descriptors: [{ phrase: '' }] }])).toBe('BAD_VALUE');
    expect(make([{ id: 'a', descriptors: [{ phrase: 'x', weight: Infinity }] }])).toBe('OUT_OF_RANGE');
    expect(make([{ id: 'a', target: { mean: Number.NaN } }])).toBe('BAD_VALUE');
    expect(make([{ id: 'a', target: { min: 2, max: 1 } }])).toBe('BAD_VALUE');
    expect(make([{ id: 'a', target: { min: 2, mean: 1 } }])).toBe('BAD_VALUE');
    expect(make([{ id: 'a', target: { min: 1, mean: 1, max: 1 } }])).toBe('no error');
    expect(code(() => createValueSpec({ id: '', version: '1', values: ['x'] }))).toBe('BAD_VALUE');
    expect(code(() => createValueSpec({ id: 's', version: '1', values: ['x'], scale: { min: 1, max: 1 } }))).toBe(
      'BAD_VALUE',
    );
  });
});

describe('lexiconScorer', () => {
  test('rates are per 1000 words, and short or missing texts have no score', () => {
    const scorer = lexiconScorer(lexicon('law*'), { minWords: 4 });
    const [scores] = scorer.score([
      'the law of lawful men',
      'law law law',
      null,
      undefined,
      '',
      'no such word here at all',
    ]).columns;
    expect(Array.from(scores!)).toEqual([400, NaN, NaN, NaN, NaN, 0]);
  });

  test.each<[string, ValueSpec, string, number]>([
    ['exact words do not match longer ones', lexicon('law'), 'laws outlaw law', 1],
    ['stems match from the start', lexicon('free*'), 'free freedom unfree FREELY', 3],
    ['phrases need neighbours', lexicon('human right*'), 'human rights, right human, Human   RIGHT', 2],
    ['the longest phrase wins', lexicon('law', 'law and order'), 'law and order', 1],
    ['a stem and a word count once', lexicon('free*', 'freedom'), 'freedom', 1],
    ['a word beats a stem', lexicon(['free*', 1], ['freedom', 5]), 'freedom', 5],
    ['a longer stem beats a shorter', lexicon(['fre*', 1], ['freed*', 7]), 'freedom', 7],
    ['matches do not overlap', lexicon('a b', 'b c'), 'a b c', 1],
    ['the next match starts after the last', lexicon('a b', 'b c'), 'a b b c', 2],
    ['a stem in the middle of a phrase', lexicon('human* right*'), 'humane rights', 1],
    ['weights add and cancel', lexicon(['good', 2], ['bad', -1.5]), 'good bad bad', -1],
    ['a failed long phrase falls back', lexicon('a b c', 'a'), 'a b d', 1],
    ['hyphens part words in phrases too', lexicon('self-reliance'), 'self reliance and self-reliance', 2],
    ['decomposed letters match composed ones', lexicon('caf\u00e9'), 'cafe\u0301', 1],
    ['ideographs match as runs', lexicon('自由'), '我要自由和自由', 2],
  ])('%s', (_, spec, text, expected) => {
    expect(count(spec, text)).toBeCloseTo(expected, 10);
  });

  test('values count independently', () => {
    const spec = createValueSpec({
      id: 's',
      version: '1',
      values: [
        { id: 'a', descriptors: [{ phrase: 'x y' }] },
        { id: 'b', descriptors: [{ phrase: 'y' }] },
        { id: 'none' },
      ],
    });
    expect(
      lexiconScorer(spec, { minWords: 1 })
        .score(['x y'])
        .columns.map((c) => c[0]),
    ).toEqual([500, 500, 0]);
  });

  test('negation is dropped or flipped within its window', () => {
    const spec = lexicon('kind');
    expect(count(spec, 'he is not very kind')).toBe(1);
    expect(count(spec, 'he is not very kind', { negation: 'drop' })).toBe(0);
    expect(count(spec, 'he is not very kind', { negation: 'flip' })).toBe(-1);
    expect(count(spec, 'he isn\u2019t kind', { negation: 'flip' })).toBe(-1);
    expect(count(spec, 'not a b c kind', { negation: 'flip' })).toBe(1);
    expect(count(spec, 'not a b c kind', { negation: 'flip', negationWindow: 4 })).toBe(-1);
    expect(count(spec, 'nie kind', { negation: 'flip', negationWords: ['nie'] })).toBe(-1);
    expect(count(spec, "isn't kind", { negation: 'flip', negationWords: ['nie'] })).toBe(1);
  });

  test('columns score like lists', () => {
    const texts = ['law and law again', null, 'peace', 'law and law again'];
    const scorer = lexiconScorer(lexicon('law'), { minWords: 1 });
    const list = scorer.score(texts);
    expect(scorer.score(textColumn('t', texts))).toEqual(list);
    expect(scorer.score(categoryColumn('t', texts))).toEqual(list);
    expect(code(() => scorer.score(numberColumn('n', [1])))).toBe('KIND_MISMATCH');
    // @ts-expect-error a number is no text
    expect(code(() => scorer.score([1]))).toBe('BAD_VALUE');
  });

  test('the id binds spec and settings', () => {
    const spec = lexicon('law');
    const ids = [
      lexiconScorer(spec).id,
      lexiconScorer(spec, { minWords: 5 }).id,
      lexiconScorer(spec, { negation: 'drop' }).id,
      lexiconScorer(spec, { negation: 'flip' }).id,
      lexiconScorer(spec, { negation: 'flip', negationWindow: 2 }).id,
      lexiconScorer(spec, { negation: 'flip', negationWords: ['no'] }).id,
      lexiconScorer(lexicon('laws')).id,
    ];
    expect(new Set(ids).size).toBe(ids.length);
    expect(lexiconScorer(spec, { minWords: 10, negation: 'ignore', negationWindow: 9 }).id).toBe(ids[0]);
  });

  test('bad lexicons and options are refused', () => {
    expect(code(() => lexiconScorer(createValueSpec({ id: 's', version: '1', values: ['x'] })))).toBe('EMPTY_INPUT');
    for (const phrase of ['*', '...', 'a*b', 'x **', '- -'])
      expect(code(() => lexiconScorer(lexicon(phrase)))).toBe('BAD_VALUE');
    expect(code(() => lexiconScorer(lexicon('Law', 'law')))).toBe('BAD_VALUE');
    expect(code(() => lexiconScorer(lexicon('law'), { minWords: 0 }))).toBe('OUT_OF_RANGE');
    expect(code(() => lexiconScorer(lexicon('law'), { negationWindow: 0.5 }))).toBe('OUT_OF_RANGE');
    // @ts-expect-error no such mode
    expect(code(() => lexiconScorer(lexicon('law'), { negation: 'maybe' }))).toBe('BAD_OPTION');
  });

  test('the Schwartz lexicon compiles, and each group finds its own words', () => {
    const spec = schwartzLexicon();
    assertJsonSafe(spec);
    expect(spec.values.map((value) => value.id)).toEqual([
      'self-direction',
      'stimulation',
      'hedonism',
      'achievement',
      'power',
      'security',
      'conformity',
      'tradition',
      'benevolence',
      'universalism',
    ]);
    for (const value of spec.values) expect(value.descriptors!.length).toBeGreaterThanOrEqual(22);
    const samples = [
      'We choose freely and think independently.',
      'A bold new adventure and a thrilling challenge.',
      'They enjoyed the feast and laughed happily.',
      'Ambitious and capable, she achieved success.',
      'He controls the wealth and commands authority.',
      'Guards protect our safety against danger.',
      'Obey the rules and do your duty.',
      'Our ancestors prayed to the sacred gods.',
      'Help your friends and care for your family.',
      'Equality and justice for all humanity and nature.',
    ];
    const { columns } = lexiconScorer(spec, { minWords: 1 }).score(samples);
    samples.forEach((_, row) => {
      const scores = columns.map((column) => column[row]!);
      expect(scores.indexOf(Math.max(...scores))).toBe(row);
    });
  });
});

describe('columnScorer and featureScorer', () => {
  test('numeric kinds come by default, with booleans as 0 and 1', () => {
    const table = createTable([
      numberColumn('x', [1.5, null]),
      textColumn('name', ['a', 'b']),
      integerColumn('n', [3, 4]),
      booleanColumn('b', [true, null]),
    ]);
    const scorer = columnScorer(table);
    expect(scorer.spec.values.map((value) => value.id)).toEqual(['x', 'n', 'b']);
    expect(scorer.score(table).columns.map((c) => Array.from(c))).toEqual([
      [1.5, NaN],
      [3, 4],
      [1, NaN],
    ]);
    expect(columnScorer(table, ['n', 'x']).spec.hash).not.toBe(columnScorer(table, ['x', 'n']).spec.hash);
    expect(code(() => columnScorer(table, ['name']))).toBe('KIND_MISMATCH');
    expect(code(() => columnScorer(table, ['none']))).toBe('UNKNOWN_COLUMN');
    expect(code(() => columnScorer(table, []))).toBe('EMPTY_INPUT');
    expect(code(() => scorer.score(createTable([textColumn('x', ['a'])])))).toBe('KIND_MISMATCH');
  });

  test('rows must be as wide as the spec', () => {
    const scorer = featureScorer(createValueSpec({ id: 's', version: '1', values: ['a', 'b'] }));
    expect(code(() => scorer.score([[1]]))).toBe('LENGTH_MISMATCH');
    expect(code(() => featureScorer(scorer.spec, ''))).toBe('BAD_OPTION');
    expect(
      scorer
        .score([
          [1, null],
          [undefined, 2],
        ])
        .columns.map((c) => Array.from(c)),
    ).toEqual([
      [1, NaN],
      [NaN, 2],
    ]);
  });
});

test('parts of a spec that are no objects or lists are refused by name', () => {
  const of = (value: unknown) => () => createValueSpec({ id: 'a', version: '1', values: [value as never] });
  for (const [run, where] of [
    [() => createValueSpec(null as never), 'input'],
    [of(null), 'values[0]'],
    [of(7), 'values[0]'],
    [of({ id: 'x', descriptors: 'law' }), 'values[0].descriptors'],
    [of({ id: 'x', descriptors: [null] }), 'values[0].descriptors[0]'],
    [of({ id: 'x', anchors: null }), 'values[0].anchors'],
    [of({ id: 'x', anchors: { positive: ['a'], negative: 'b' } }), 'values[0].anchors.negative'],
    [of({ id: 'x', rubric: null }), 'values[0].rubric'],
    [of({ id: 'x', rubric: { levels: [null, null] } }), 'values[0].rubric.levels[0]'],
    [of({ id: 'x', target: null }), 'values[0].target'],
  ] as const) {
    expect(code(run)).toBe('BAD_VALUE');
    expect(run).toThrow(`${where}: expected`);
  }
  expect(code(() => valueSpecFromPrinciples({ id: 'a', version: '1', principles: [null as never] }))).toBe('BAD_VALUE');
  const scorer = lexiconScorer(schwartzLexicon());
  expect(() => scorer.score('one text' as never)).toThrow('items: expected a list of texts or a text column');
});
