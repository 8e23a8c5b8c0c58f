import { readdirSync } from 'node:fs';

/** The areas of layers 1 to 3 together. */
const KERNEL = ['math', 'hash', 'random', 'stats', 'table', 'summary'];

/** Names of the scripts in a folder, in order. */
function scripts(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && name !== 'run.ts' && name !== 'types.ts')
    .map((name) => name.slice(0, -3))
    .sort();
}

/**
 * Scripts of the areas asked for: `generators` stands for `generators.ts` and every `generators-*.ts`, `kernel` for layers
 * 1 to 3, and `generators.ts` for that script alone.
 */
export function partsOf(folder: string, asked: readonly string[]): string[] {
  const all = scripts(folder);
  if (asked.length === 0) return all;
  const chosen = new Set<string>();
  for (const area of asked) {
    const areas = area === 'kernel' ? KERNEL : [area];
    const found = all.filter((name) =>
      areas.some((one) => name === one || `${name}.ts` === one || name.startsWith(`${one}-`)),
    );
    if (found.length === 0) {
      console.error(`no script for ${area}; there is: kernel, ${all.join(', ')}`);
      process.exit(2);
    }
    for (const name of found) chosen.add(name);
  }
  return [...chosen];
}
