import { SynthproofError } from '../../src/errors.ts';
import { createRng, uniformInt } from '../../src/random/index.ts';

/** The error code that a call throws, or `no error`. */
export function code(run: () => unknown): string {
  try {
    run();
    return 'no error';
  } catch (error) {
    if (error instanceof SynthproofError) return error.code;
    throw error;
  }
}

/** Made-up words. */
const WORDS: readonly string[] = Array.from({ length: 900 }, (_, i) => {
  const parts = ['ba', 'ke', 'li', 'mo', 'nu', 'pra', 'sto', 'ti', 'vo', 'zan'];
  return `${parts[i % 10]}${parts[Math.floor(i / 10) % 10]}${parts[Math.floor(i / 100)]}`;
});

/** Made-up texts of equal length. */
export function makeTexts(count: number, length: number, seed: string): string[] {
  const rng = createRng(seed);
  return Array.from({ length: count }, () =>
    Array.from({ length }, () => WORDS[uniformInt(rng, WORDS.length)]!).join(' '),
  );
}

/** A copy of a text with some words replaced. */
export function mutate(text: string, changes: number, seed: string): string {
  const rng = createRng(seed);
  const words = text.split(' ');
  for (let i = 0; i < changes; i++) words[uniformInt(rng, words.length)] = `new${uniformInt(rng, 1e6)}`;
  return words.join(' ');
}
