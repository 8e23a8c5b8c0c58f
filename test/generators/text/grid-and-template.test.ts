import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fillTemplate, promptTemplate, quotaCoverage, quotaGrid } from '../../../src/generators/text/index.ts';
import { code } from '../../text/support.ts';

const axes = {
  topic: ['tax', 'law', 'trade', 'health', 'school', 'sea', 'art', 'food', 'war', 'work'],
  persona: ['clerk', 'farmer', 'nurse'],
  difficulty: ['easy', 'fair', 'hard', 'odd'],
};

describe('quotaGrid', () => {
  test('every full round uses every cell once; any beginning is balanced', () => {
    const { items, coverage } = quotaGrid(axes, 120, 'demo');
    expect(coverage).toMatchObject({ items: 120, cells: 120, cellsUsed: 120, pairs: 82, pairsUsed: 82, largestGap: 0 });
    for (const n of [7, 30, 61, 100]) {
      const part = quotaCoverage(items.slice(0, n), axes);
      expect(part.cellsUsed).toBe(n);
      expect(part.largestGap).toBeLessThan(4);
    }
  });

  test('laws: repeatable, a longer list begins with the shorter one, quotas are kept', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), fc.string({ maxLength: 5 }), (n, seed) => {
        const short = quotaGrid(axes, n, seed).items;
        expect(quotaGrid(axes, n + 9, seed).items.slice(0, n)).toEqual(short);
        expect(quotaGrid(axes, n, seed).coverage.largestGap).toBeLessThan(4);
      }),
      { numRuns: 40 },
    );
    expect(quotaGrid(axes, 50, 'a').items).not.toEqual(quotaGrid(axes, 50, 'b').items);
  });

  test('weights set the quotas', () => {
    const { coverage } = quotaGrid({ topic: ['a', 'b'], level: ['x', 'y'] }, 80, 's', { weights: { topic: [3, 1] } });
    expect(coverage.axes[0]!.values).toEqual([
      { value: 'a', quota: 60, count: 60 },
      { value: 'b', quota: 20, count: 20 },
    ]);
    expect(coverage.axes[1]!.values.map(({ count }) => count)).toEqual([40, 40]);
  });

  test('bad grids', () => {
    expect(code(() => quotaGrid({}, 1, 's'))).toBe('EMPTY_INPUT');
    expect(code(() => quotaGrid({ a: [] }, 1, 's'))).toBe('EMPTY_INPUT');
    expect(code(() => quotaGrid({ '1': ['x'] }, 1, 's'))).toBe('BAD_VALUE');
    expect(code(() => quotaGrid({ a: ['x', 'x'] }, 1, 's'))).toBe('BAD_VALUE');
    expect(code(() => quotaGrid({ a: ['x'] }, -1, 's'))).toBe('OUT_OF_RANGE');
    expect(code(() => quotaGrid({ a: ['x'] }, 1, 's', { weights: { a: [1, 2] } }))).toBe('LENGTH_MISMATCH');
    expect(code(() => quotaGrid({ a: ['x'] }, 1, 's', { weights: { a: [0] } }))).toBe('BAD_NUMBER');
    expect(code(() => quotaCoverage([{ values: { a: 'z' } }], { a: ['x'] }))).toBe('BAD_VALUE');
  });
});

describe('promptTemplate and fillTemplate', () => {
  const template = promptTemplate('{{a}} and {{b}}, {{a}} again.');

  test('values go in literally, once', () => {
    expect(template.names).toEqual(['a', 'b']);
    expect(fillTemplate(template, { a: '{{b}} $& $1', b: 'x' })).toBe('{{b}} $& $1 and x, {{b}} $& $1 again.');
    expect(fillTemplate(promptTemplate('no gap }} {'), {})).toBe('no gap }} {');
  });

  test('the hash names the text', () => {
    expect(promptTemplate('x').hash).toBe(promptTemplate('x').hash);
    expect(promptTemplate('x').hash).not.toBe(promptTemplate('x ').hash);
    expect(template.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  test('missing, extra and wrong values, and gaps that are none', () => {
    expect(code(() => fillTemplate(template, { a: 'x' }))).toBe('BAD_VALUE');
    expect(code(() => fillTemplate(template, { a: 'x', b: 'y', c: 'z' }))).toBe('BAD_VALUE');
    expect(code(() => fillTemplate(template, { a: 'x', b: 1 as never }))).toBe('BAD_VALUE');
    expect(code(() => fillTemplate(promptTemplate('{{toString}}'), {}))).toBe('BAD_VALUE');
    for (const text of ['{{', '{{ a }}', '{{1}}', '{{a}', '{{__proto__}}', '{{}}'])
      expect(code(() => promptTemplate(text))).toBe('BAD_VALUE');
  });
});
