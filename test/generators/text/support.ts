import { createRng, uniformInt } from '../../../src/random/index.ts';

/** The error code a promise is refused with, or `no error`. */
export async function codeOf(run: () => Promise<unknown>): Promise<string> {
  try {
    await run();
    return 'no error';
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}

const SUBJECTS = ['The clerk', 'A farmer', 'Our teacher', 'The old nurse', 'One pilot', 'My neighbour'];
const VERBS = ['keeps', 'counts', 'repairs', 'paints', 'forgets', 'sells'];
const OBJECTS = ['the boats', 'red apples', 'every letter', 'two clocks', 'the long road', 'small gardens'];
const ENDS = ['in London', 'at night', 'for the town', 'without a word', 'before winter', 'with great care'];

/** Made-up texts of a few sentences each. */
export function makeStories(count: number, seed: string): string[] {
  const rng = createRng(seed);
  const pick = (list: readonly string[]): string => list[uniformInt(rng, list.length)]!;
  return Array.from({ length: count }, () =>
    Array.from(
      { length: 2 + uniformInt(rng, 4) },
      () => `${pick(SUBJECTS)} ${pick(VERBS)} ${pick(OBJECTS)} ${pick(ENDS)}.`,
    ).join(' '),
  );
}
