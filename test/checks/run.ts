/**
 * npm run check [-- NAME...]
 *
 * Every check that fails the build, one line each. Checks whose heavy tool is not installed
 * (`npm ci --prefix bench`) are skipped with a message; in CI that is a failure.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../repo/sources.ts';

interface Check {
  readonly name: string;
  readonly command: readonly string[];
  /** A file that must exist for the check to run. */
  readonly needs?: string;
}

const bin = (name: string): string => join(root, 'node_modules/.bin', name);
const deno = join(root, 'bench/node_modules/.bin/deno');
const checks: readonly Check[] = [
  { name: 'types', command: [bin('tsc'), '-p', 'tsconfig.json'] },
  { name: 'types of tests', command: [bin('tsc'), '-p', 'tsconfig.test.json'] },
  { name: 'biome', command: [bin('biome'), 'check', '--error-on-warnings'] },
  { name: 'build', command: ['npm', 'run', '--silent', 'build'] },
  { name: 'publint', command: [bin('publint'), '--strict'] },
  { name: 'attw', command: [bin('attw'), '--pack', '.', '--profile', 'esm-only'] },
  { name: 'knip', command: [bin('knip')] },
  { name: 'sizes', command: [bin('tsx'), 'test/checks/sizes.ts'] },
  { name: 'docs', command: ['npm', 'run', '--silent', 'docs'] },
  { name: 'deno publish', command: [deno, 'publish', '--dry-run', '--allow-dirty'], needs: deno },
];

const asked = process.argv.slice(2);
let failed = 0;
for (const check of checks) {
  if (asked.length && !asked.includes(check.name)) continue;
  if (check.needs && !existsSync(check.needs)) {
    const inCi = process.env['CI'] === 'true';
    console.log(`${inCi ? 'FAILED ' : 'skipped'}  ${check.name}: not installed; run: npm ci --prefix bench`);
    if (inCi) failed++;
    continue;
  }
  const start = Date.now();
  const result = spawnSync(check.command[0]!, check.command.slice(1), {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  if (result.status === 0) console.log(`ok       ${check.name} (${seconds} s)`);
  else {
    failed++;
    console.log(
      `FAILED   ${check.name} (${seconds} s)\n${`${result.stdout ?? ''}${result.stderr ?? ''}${result.error ?? ''}`.slice(-6000)}`,
    );
  }
}
console.log(failed ? `${failed} checks failed` : 'all checks passed');
process.exitCode = failed ? 1 : 0;
