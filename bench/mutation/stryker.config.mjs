/** Settings of one Stryker run: the mutants of some files against the tests of their folder. `run.ts` sets the variables. */
const { MUTATION_FILES, MUTATION_OUT } = process.env;

// biome-ignore lint/style/noDefaultExport: the form that Stryker reads
export default {
  mutate: MUTATION_FILES.split(','),
  plugins: ['@stryker-mutator/vitest-runner', './bench/mutation/pick-checker.mjs'],
  testRunner: 'vitest',
  vitest: { configFile: 'bench/mutation/vitest.config.ts', related: true },
  checkers: ['pick'],
  coverageAnalysis: 'perTest',
  // A static mutant (a constant computed on loading) would need a fresh process each.
  ignoreStatic: true,
  concurrency: 1,
  // Generous, so that a busy machine does not kill what the tests let live; endless loops end by their hit count.
  timeoutMS: 30_000,
  timeoutFactor: 2,
  disableTypeChecks: false,
  reporters: ['json'],
  jsonReporter: { fileName: MUTATION_OUT },
  tempDirName: `${MUTATION_OUT}-sandbox`,
  ignorePatterns: ['dist', 'docs', 'examples', 'out'],
  allowConsoleColors: false,
  logLevel: 'warn',
};
