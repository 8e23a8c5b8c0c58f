import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson, parseStrictJson } from '../../src/hash/index.ts';
import { anyRow, SUMMARIZERS, tableOf, textOf } from './support.ts';

const rows = fc.array(anyRow, { maxLength: 5 });
const RUNS = 1000;

describe('laws on canonical bytes', () => {
  test.each(Object.entries(SUMMARIZERS))('%s', (_, s) => {
    fc.assert(
      fc.property(rows, rows, rows, fc.array(fc.nat(), { minLength: 15, maxLength: 15 }), (a, b, c, order) => {
        const of = (part: typeof a) => s.update(s.init(), tableOf(part));
        const text = (state: unknown) => textOf(s, state);
        const [sa, sb, sc] = [of(a), of(b), of(c)];
        const before = text(sa);
        const ab = text(s.merge(sa, sb));
        const whole = text(s.merge(s.merge(sa, sb), sc));
        // Identity, on both sides.
        expect(text(s.merge(s.init(), sa))).toBe(before);
        expect(text(s.merge(sa, s.init()))).toBe(before);
        // Commutative, associative.
        expect(text(s.merge(sb, sa))).toBe(ab);
        expect(text(s.merge(sa, s.merge(sb, sc)))).toBe(whole);
        // Update and merge agree.
        expect(text(s.update(s.update(of(a), tableOf(b)), tableOf(c)))).toBe(whole);
        // Order of rows.
        const all = [...a, ...b, ...c];
        const shuffled = all.map((row, i) => [order[i]!, row] as const).sort((p, q) => p[0] - q[0]);
        expect(text(of(shuffled.map((pair) => pair[1])))).toBe(whole);
        // Round trip through text, also as the start of more.
        const read = s.decode(parseStrictJson(before));
        expect(text(read)).toBe(before);
        expect(text(s.merge(s.decode(JSON.parse(ab)), sc))).toBe(whole);
        expect(canonicalJson(s.report(read))).toBe(canonicalJson(s.report(sa)));
        // Merging and reporting left the parts alone.
        expect(text(sa)).toBe(before);
      }),
      { numRuns: RUNS },
    );
  });
});
