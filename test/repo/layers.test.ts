import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';
import { filesBelow, read, withoutComments } from './sources.ts';

/** Lower layers never look up; areas see each other's types only. */
const LAYER: Record<string, number> = {
  'errors.ts': 0,
  'types.ts': 0,
  'version.ts': 0,
  math: 1,
  hash: 1,
  random: 2,
  stats: 2,
  table: 3,
  summary: 3,
  learners: 3,
  text: 3,
  dp: 3,
  generators: 4,
  quality: 4,
  privacy: 4,
  bias: 4,
  'value-drift': 4,
  watermark: 4,
  lineage: 4,
  adversarial: 4,
  schemas: 5,
  report: 5,
  adapters: 5,
  pipeline: 5,
  'index.ts': 6,
};
const AREAS = 4;
/** Within a layer, who may import whom (beside the own folder): an order, so that no circle can close. */
const SAME_LAYER: Record<string, readonly string[]> = {
  'types.ts': [],
  'errors.ts': [],
  'version.ts': [],
  stats: ['random'],
  summary: ['table'],
  pipeline: ['schemas', 'report', 'adapters'],
};
const PACKAGES: Record<string, RegExp> = {
  '@noble/hashes': /^src\/hash\//,
  '@noble/curves': /^src\/lineage\//,
  zod: /^src\/schemas\//,
  'simple-statistics': /^src\/table\/bin-edges\.ts$/,
  seedrandom: /^src\/adapters\//,
};
const IMPORT =
  /^\s*(?:import|export)\s+(type\s)?[^;'"]*?from\s+'([^']+)'|^\s*import\s+'([^']+)'|import\(\s*'([^']+)'\s*\)/gm;

const folderOf = (path: string): string => path.split('/')[1]!;

test('imports point down the layers', () => {
  const wrong: string[] = [];
  for (const file of filesBelow('src', '.ts')) {
    const folder = folderOf(file);
    const layer = LAYER[folder];
    if (layer === undefined) wrong.push(`${file}: the folder ${folder} has no layer`);
    for (const match of withoutComments(read(file)).matchAll(IMPORT)) {
      const target = match[2] ?? match[3] ?? match[4]!;
      if (!target.startsWith('.')) {
        const name = target.startsWith('@') ? target.split('/').slice(0, 2).join('/') : target.split('/')[0]!;
        if (!PACKAGES[name]?.test(file)) wrong.push(`${file}: must not import the package ${target}`);
        if (name === 'zod' && target !== 'zod/mini') wrong.push(`${file}: zod only as zod/mini`);
        continue;
      }
      if (!target.endsWith('.ts')) wrong.push(`${file}: relative import without .ts: ${target}`);
      const other = folderOf(normalize(join(dirname(file), target)));
      if (other === folder) continue;
      const otherLayer = LAYER[other]!;
      if (otherLayer < layer!) continue;
      if (layer === AREAS && otherLayer === AREAS && match[1]) continue;
      if (otherLayer === layer && SAME_LAYER[folder]?.includes(other)) continue;
      if (layer === 0) continue;
      wrong.push(`${file} (layer ${layer}) imports ${target} (layer ${otherLayer})`);
    }
  }
  expect(wrong).toEqual([]);
});

test('the root index re-exports layers 0 to 4 and nothing of 5', () => {
  const targets = [...read('src/index.ts').matchAll(/from '\.\/([^/']+)/g)].map((match) => match[1]!);
  expect(targets.filter((name) => LAYER[name]! > AREAS)).toEqual([]);
  const folders = new Set(filesBelow('src', '.ts').map(folderOf));
  for (const folder of folders) if (LAYER[folder]! <= AREAS) expect(targets).toContain(folder);
});
