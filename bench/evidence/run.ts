/**
 * npm run evidence -- [AREA...] [--full] [--write]
 *
 * Measures the statistical figures that the areas promise, with fixed seeds, and prints one JSON line a figure.
 * `--write` also puts the figures of the areas measured into docs/evidence.md.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { partsOf } from '../parts.ts';
import type { Evidence, Figure } from './types.ts';

const here = dirname(fileURLToPath(import.meta.url));
const shared = resolve(here, '../../../shared/data');
const args = process.argv.slice(2);
const full = args.includes('--full');
const asked = args.filter((arg) => !arg.startsWith('--'));
const measured = new Map<string, Figure[]>();
for (const area of partsOf(here, asked)) {
  const figures: Figure[] = [];
  measured.set(area, figures);
  const module = (await import(pathToFileURL(join(here, `${area}.ts`)).href)) as { evidence: Evidence };
  const data = (name: string): string | null =>
    existsSync(join(shared, name)) ? readFileSync(join(shared, name), 'utf8') : null;
  for await (const figure of module.evidence({ full, data })) {
    console.log(JSON.stringify(figure));
    figures.push(figure);
  }
}
if (args.includes('--write')) writeDocument(join(here, '../../docs/evidence.md'));
const figures = [...measured.values()].flat();
const missed = figures.filter((figure) => !figure.ok).length;
console.log(`${figures.length - missed} figures met, ${missed} missed`);
process.exitCode = missed ? 1 : 0;

/** Replaces the sections of the scripts run now; the other sections stay. */
function writeDocument(path: string): void {
  const sections = new Map<string, string>();
  if (existsSync(path))
    for (const part of readFileSync(path, 'utf8').split(/^## /m).slice(1))
      sections.set(part.split('\n')[0]!.split(' ')[0]!, part.trimEnd());
  for (const [script, figures] of measured) {
    if (figures.length === 0) continue;
    const rows = figures.map(
      (figure) =>
        `| ${figure.figure} | ${format(figure.value)} | ${figure.bound} | ${figure.ok ? 'met' : '**missed**'} |`,
    );
    const command = `npm run evidence -- ${script}.ts${full ? ' --full' : ''}`;
    sections.set(
      script,
      `${script}\n\n\`${command}\`\n\n| figure | measured | bound | |\n|---|---|---|---|\n${rows.join('\n')}`,
    );
  }
  const head = `# Evidence

What the areas promise, measured with fixed seeds by the command above each table. Figures are evidence for the
settings named, not proof for others. Written by \`npm run evidence -- --full --write\`.
`;
  const body = [...sections].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => `## ${text}\n`);
  writeFileSync(path, [head, ...body].join('\n'));
}

function format(value: Figure['value']): string {
  if (typeof value !== 'number') return String(value);
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
}
