/**
 * npm run bench -- [AREA...]
 *
 * Times ours against the plain loop and against named peers in one run; the ratio is what counts.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Bench } from './speed/types.ts';

const here = dirname(fileURLToPath(import.meta.url));
const shared = resolve(here, '../../shared/data');
const folder = join(here, 'speed');
const areas = readdirSync(folder)
  .filter((name) => name.endsWith('.ts') && name !== 'types.ts')
  .map((name) => name.slice(0, -3))
  .sort();
const asked = process.argv.slice(2).filter((arg) => !arg.startsWith('--'));
const unknown = asked.filter((area) => !areas.includes(area));
if (unknown.length) {
  console.error(`no bench for ${unknown.join(', ')}; there is: ${areas.join(', ')}`);
  process.exit(2);
}
const data = (name: string): string | null =>
  existsSync(join(shared, name)) ? readFileSync(join(shared, name), 'utf8') : null;
for (const area of asked.length ? asked : areas) {
  const { bench } = (await import(pathToFileURL(join(folder, `${area}.ts`)).href)) as { bench: Bench };
  for await (const row of bench({ data })) {
    const ratio = row.theirs === null ? null : row.ours / row.theirs;
    const verdict = ratio === null || row.goal === undefined ? '' : ratio <= row.goal ? 'met' : 'MISSED';
    const theirs =
      row.peer === 'none'
        ? ''
        : row.theirs === null
          ? `, ${row.peer}: not installed (npm ci --prefix bench)`
          : `, ${row.peer} ${row.theirs.toFixed(2)} ms, ratio ${ratio!.toFixed(2)}`;
    const goal = row.goal === undefined ? '' : ` (goal <= ${row.goal}) ${verdict}`;
    console.log(`${row.area} · ${row.job}: ours ${row.ours.toFixed(2)} ms${theirs}${goal}`);
  }
}
