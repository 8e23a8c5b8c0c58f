import { expect, test } from 'vitest';
import { filesBelow, read, withoutComments } from './sources.ts';

const PURE_FOLDERS =
  /^src\/(errors\.ts|types\.ts|math|hash|random|stats|table|summary|learners|text|dp|generators|quality|privacy|bias|value-drift|watermark|lineage|adversarial)/;

/** What makes a result depend on the engine, the machine, the clock or chance. */
const FORBIDDEN: readonly (readonly [RegExp, string])[] = [
  [/\bDate\b(?!time)/, 'Date (time is an argument)'],
  [
    /\bMath\.(random|exp|log|log2|log10|log1p|expm1|pow|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|asinh|acosh|atanh|hypot|cbrt)\b/,
    'a Math function whose bits differ between engines (use src/math)',
  ],
  [/(?<!\/)\*\*(?!\/)/, '** (engines differ; use pow of src/math or a product)'],
  [
    /\b(process|fetch|console|performance|setTimeout|setInterval|globalThis|navigator|window|Deno|Bun)\s*[.(]/,
    'the runtime (process, fetch, console ...)',
  ],
  [/\bIntl\b|\.localeCompare\(|\.toLocale\w+\(/, 'locale-dependent order or format'],
  [/\bcrypto\b\.|\brequire\(|from 'node:/, 'a runtime module'],
  [/\\p\{/, '\\p{...} (depends on the Unicode version of the engine)'],
];

/** Code with strings and templates blanked, so that error messages do not count. */
function code(text: string): string {
  return withoutComments(text).replace(/'(?:[^'\\\n]|\\.)*'/g, (match) => (match.startsWith("'node:") ? match : "''"));
}

test('layers 0 to 4 are pure', () => {
  const wrong: string[] = [];
  for (const file of filesBelow('src', '.ts')) {
    if (!PURE_FOLDERS.test(file)) continue;
    code(read(file))
      .split('\n')
      .forEach((line, index) => {
        for (const [pattern, why] of FORBIDDEN)
          if (pattern.test(line)) wrong.push(`${file}:${index + 1}: ${why}: ${line.trim()}`);
      });
  }
  expect(wrong).toEqual([]);
});

test('layer 5 has no clock, chance or console either', () => {
  const wrong: string[] = [];
  for (const file of filesBelow('src', '.ts')) {
    if (PURE_FOLDERS.test(file)) continue;
    code(read(file))
      .split('\n')
      .forEach((line, index) => {
        if (/\bMath\.random\b|\bnew Date\b|\bDate\.now\b|\bconsole\.|\bprocess\.|\bfetch\(/.test(line))
          wrong.push(`${file}:${index + 1}: ${line.trim()}`);
      });
  }
  expect(wrong).toEqual([]);
});

test('source files stay short', () => {
  const long = filesBelow('src', '.ts').filter((file) => read(file).split('\n').length > 400);
  expect(long).toEqual([]);
});
