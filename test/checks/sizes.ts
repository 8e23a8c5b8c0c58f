/** Byte ceilings: what one import costs a user, minified; built files in dist are measured. */
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { root } from '../repo/sources.ts';

interface Ceiling {
  readonly code: string;
  /** Most bytes, minified. */
  readonly bytes?: number;
  /** Most bytes, minified and gzipped. */
  readonly gzip?: number;
  /** Packages that must not be in the bundle. */
  readonly without?: readonly string[];
}

// Raise a ceiling only in the commit that explains why.
const CEILINGS: readonly Ceiling[] = [
  { code: "import 'synthproof'", bytes: 0 },
  { code: "import { mean } from 'synthproof/stats'; globalThis.x = mean", bytes: 200 },
  {
    code: "import { createRng } from 'synthproof/random'; globalThis.x = createRng",
    bytes: 8000,
    without: ['zod', 'curves'],
  },
  {
    code: "import { ksComplement } from 'synthproof/quality'; globalThis.x = ksComplement",
    bytes: 2600,
    gzip: 1400,
    without: ['zod', 'noble'],
  },
  {
    code: "import { tableDigest } from 'synthproof/lineage'; globalThis.x = tableDigest",
    gzip: 5000,
    without: ['zod', 'curves'],
  },
  {
    code: "import { verifyLineage } from 'synthproof/lineage'; globalThis.x = verifyLineage",
    gzip: 30_000,
    without: ['zod'],
  },
  { code: "import * as all from 'synthproof'; globalThis.x = all", without: ['zod', 'seedrandom'] },
  { code: "import { governConfigSchema } from 'synthproof/schemas'; globalThis.x = governConfigSchema", bytes: 27_000 },
];

let failed = 0;
for (const ceiling of CEILINGS) {
  const result = await build({
    stdin: { contents: ceiling.code, resolveDir: root, loader: 'js' },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    target: 'es2022',
    metafile: true,
    logLevel: 'silent',
  });
  const bytes = result.outputFiles[0]!.contents;
  const gzip = gzipSync(bytes).length;
  const carried = Object.entries(Object.values(result.metafile.outputs)[0]!.inputs)
    .filter(([, input]) => input.bytesInOutput > 0)
    .map(([path]) => path);
  const problems: string[] = [];
  if (ceiling.bytes !== undefined && bytes.length > ceiling.bytes)
    problems.push(`${bytes.length} bytes > ${ceiling.bytes}`);
  if (ceiling.gzip !== undefined && gzip > ceiling.gzip) problems.push(`${gzip} bytes gzipped > ${ceiling.gzip}`);
  for (const name of ceiling.without ?? []) {
    const found = carried.find(
      (path) =>
        path.includes(`node_modules/${name}`) ||
        path.includes(`node_modules/@noble/${name}`) ||
        (name === 'noble' && path.includes('@noble')),
    );
    if (found) problems.push(`carries ${found}`);
  }
  console.log(
    `${problems.length ? 'FAILED' : 'ok    '} ${String(bytes.length).padStart(7)} B ${String(gzip).padStart(6)} B gz  ${ceiling.code.split(';')[0]}${problems.length ? `  <- ${problems.join('; ')}` : ''}`,
  );
  if (problems.length) failed++;
}
process.exitCode = failed ? 1 : 0;
