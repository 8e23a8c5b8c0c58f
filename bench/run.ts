/**
 * npm run bench -- [AREA...]
 *
 * Times ours against the plain loop and against named peers in one run; the ratio is what counts.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { partsOf } from './parts.ts';
import type { Bench } from './speed/types.ts';

const here = dirname(fileURLToPath(import.meta.url));
const shared = resolve(here, '../../shared/data');
const folder = join(here, 'speed');
const asked = process.argv.slice(2).filter((arg) => !arg.startsWith('--'));
const data = (name: string): string | null =>
  existsSync(join(shared, name)) ? readFileSync(join(shared, name), 'utf8') : null;
for (const area of partsOf(folder, asked)) {
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
