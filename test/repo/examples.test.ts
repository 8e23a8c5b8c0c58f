import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { firstDifference } from '../conformance/compare.ts';
import { blocksOf, examplesOf, runSnippet } from './snippets.ts';
import { filesBelow, read, root } from './sources.ts';

const exportsMap = (JSON.parse(read('package.json')) as { exports: Record<string, unknown> }).exports;
const subpaths = Object.keys(exportsMap).filter((key) => key !== './package.json');

/** A public subpath's module, from source. */
async function load(specifier: string): Promise<Record<string, unknown>> {
  if (!specifier.startsWith('synthproof')) return (await import(specifier)) as Record<string, unknown>;
  const subpath = `.${specifier.slice('synthproof'.length)}`;
  if (!subpaths.includes(subpath)) throw new Error(`${specifier} is not exported by package.json`);
  const file =
    subpath === '.'
      ? 'src/index.ts'
      : subpath.startsWith('./adapters/')
        ? `src/${subpath.slice(2)}.ts`
        : `src/${subpath.slice(2)}/index.ts`;
  return (await import(join(root, file))) as Record<string, unknown>;
}

async function scope(): Promise<Record<string, unknown>> {
  const all: Record<string, unknown> = {};
  for (const subpath of subpaths) Object.assign(all, await load(`synthproof${subpath.slice(1)}`));
  return all;
}

function check(actual: unknown, expected: unknown, line: string): void {
  const plain = (value: unknown): unknown => (ArrayBuffer.isView(value) ? Array.from(value as never) : value);
  const difference = firstDifference(plain(actual), plain(expected), { value: 1e-12, relative: false });
  expect(difference, line).toBeNull();
}

describe('examples in docstrings', async () => {
  const names = await scope();
  const snippets = filesBelow('src', '.ts').flatMap((file) => examplesOf(file, read(file)));
  test.each(snippets)('$where', async (snippet) => {
    await runSnippet(snippet, names, load, check);
  });

  test('every public function and class has an example', () => {
    const withExample = new Set(snippets.map((snippet) => snippet.where.split(' ')[1]));
    const missing = Object.entries(names)
      .filter(([name, value]) => typeof value === 'function' && !withExample.has(name))
      .map(([name]) => name);
    expect(missing).toEqual([]);
  });
});

describe('snippets in README and docs', async () => {
  const files = ['README.md', ...filesBelow('docs', '.md')];
  const snippets = files.flatMap((file) => blocksOf(file, read(file)));
  // Documents read their data as a user would; the one CSV they name is that of the sample-datasets package.
  const olympians = readFileSync(join(root, 'node_modules/@observablehq/sample-datasets/olympians.csv'), 'utf8');
  test.each(snippets)(
    '$where',
    async (snippet) => {
      const printed: unknown[] = [];
      const quiet = {
        log: (...args: unknown[]) => printed.push(args),
        error: (...args: unknown[]) => printed.push(args),
      };
      await runSnippet(
        snippet,
        { console: quiet, readFileSync: () => olympians },
        async (from) => (from === 'node:fs' ? { readFileSync: () => olympians, writeFileSync: () => {} } : load(from)),
        check,
      );
    },
    120_000,
  );
});
