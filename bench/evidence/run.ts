/**
 * npm run evidence -- [AREA...] [--full]
 *
 * Measures the statistical figures that the areas promise, with fixed seeds, and prints one JSON line a figure.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Evidence } from './types.ts';

const here = dirname(fileURLToPath(import.meta.url));
const shared = resolve(here, '../../../shared/data');
const areas = readdirSync(here)
  .filter((name) => name.endsWith('.ts') && name !== 'run.ts' && name !== 'types.ts')
  .map((name) => name.slice(0, -3))
  .sort();
const args = process.argv.slice(2);
const full = args.includes('--full');
const asked = args.filter((arg) => !arg.startsWith('--'));
const unknown = asked.filter((area) => !areas.includes(area));
if (unknown.length) {
  console.error(`no evidence script for ${unknown.join(', ')}; there is: ${areas.join(', ')}`);
  process.exit(2);
}
let met = 0;
let missed = 0;
for (const area of asked.length ? asked : areas) {
  const module = (await import(pathToFileURL(join(here, `${area}.ts`)).href)) as { evidence: Evidence };
  const data = (name: string): string | null =>
    existsSync(join(shared, name)) ? readFileSync(join(shared, name), 'utf8') : null;
  for await (const figure of module.evidence({ full, data })) {
    console.log(JSON.stringify(figure));
    if (figure.ok) met++;
    else missed++;
  }
}
console.log(`${met} figures met, ${missed} missed`);
process.exitCode = missed ? 1 : 0;
