import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { filesBelow, read, root } from '../repo/sources.ts';

test('every picture of a document is there, and small', () => {
  const pictures = filesBelow('docs', '.md').flatMap((file) =>
    [...read(file).matchAll(/\]\(((?:images\/)[^)]+\.svg)\)/g)].map((match) => join(dirname(file), match[1]!)),
  );
  expect(pictures.length).toBeGreaterThanOrEqual(8);
  for (const picture of pictures) {
    expect(statSync(join(root, picture)).size, picture).toBeLessThan(60_000);
    const svg = read(picture);
    expect(svg.startsWith('<svg '), picture).toBe(true);
    expect(svg, picture).not.toMatch(/<script|href=|NaN|undefined/);
  }
});

test('no picture is left over', () => {
  const text = filesBelow('docs', '.md').map(read).join('\n');
  for (const picture of filesBelow('docs/images', '.svg'))
    expect(text, picture).toContain(`(${picture.slice('docs/'.length)})`);
});
