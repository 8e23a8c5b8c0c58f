import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Known answers, refusals and frozen results first, then small files: most mutants die there within milliseconds. */
class QuickFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => (/known-answers|refusals|frozen/.test(moduleId) ? 0 : 1);
    const bySize = (await super.sort(files)).reverse();
    return bySize.sort((a, b) => rank(a) - rank(b));
  }
}

// The tests of one folder, without the type tests: what a mutant of that folder has to get past.
// biome-ignore lint/style/noDefaultExport: the form that vitest reads
export default defineConfig({
  test: {
    include: [`test/${process.env['MUTATION_FOLDER']}/**/*.test.ts`],
    setupFiles: ['test/setup.ts'],
    testTimeout: 60_000,
    // The source keeps no state, so that one worker may serve file after file.
    isolate: false,
    sequence: { sequencer: QuickFirst },
  },
});
