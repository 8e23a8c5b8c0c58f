import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

// Stryker has neither samples nor "only those that survived the last run". A checker may refuse a mutant before any
// test runs: `run.ts` knows those refused here by their status, as no other checker is in use.
const LEFT_OUT = { status: 'compileError', reason: 'left out' };

/** Place and replacement of a mutant, the same in every run over the same source. Lines and columns from 0. */
export function mutantKey({ start, end }, replacement) {
  return `${start.line}:${start.column}-${end.line}:${end.column} ${replacement}`;
}

/** Whether a mutant belongs to the sample: a fixed draw by its name, each mutant on its own. */
export function isInSample(file, key, share) {
  const draw = createHash('sha256').update(`${file}:${key}`).digest().readUInt32BE(0);
  return draw < share * 2 ** 32;
}

class PickChecker {
  async init() {
    const { MUTATION_FILES, MUTATION_SHARE, MUTATION_DONE } = process.env;
    this.files = MUTATION_FILES.split(',');
    this.share = Number(MUTATION_SHARE);
    /** Keys of the mutants killed before, by file. */
    this.done = JSON.parse(readFileSync(MUTATION_DONE, 'utf8'));
  }

  async check(mutants) {
    return Object.fromEntries(
      mutants.map((mutant) => [mutant.id, this.isPicked(mutant) ? { status: 'passed' } : LEFT_OUT]),
    );
  }

  isPicked({ fileName, location, replacement }) {
    const file = this.files.find((one) => fileName.replaceAll('\\', '/').endsWith(`/${one}`));
    const key = mutantKey(location, replacement);
    return !this.done[file]?.includes(key) && isInSample(file, key, this.share);
  }
}

export const strykerPlugins = [{ kind: 'Checker', name: 'pick', injectableClass: PickChecker }];
