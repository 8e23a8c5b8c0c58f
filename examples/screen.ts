import type { Progress } from '../src/types.ts';

/** Progress and lines on the terminal; one line per stage where there is none. */
export interface Screen {
  readonly progress: (progress: Progress) => void;
  readonly line: (text: string) => void;
  /** Ends the running stage. */
  readonly done: () => void;
}

/** A screen on stdout: a bar that moves in a terminal, a line per stage elsewhere. */
export function createScreen(): Screen {
  let stage = '';
  let since = 0;
  const finish = (): void => {
    if (!stage) return;
    const seconds = ((Date.now() - since) / 1000).toFixed(1);
    if (process.stdout.isTTY) process.stdout.write('\r\x1b[K');
    console.log(`  ${stage.padEnd(24)} ${seconds} s`);
    stage = '';
  };
  return {
    progress: ({ stage: name, done, total }) => {
      if (name !== stage) {
        finish();
        stage = name;
        since = Date.now();
      }
      if (process.stdout.isTTY)
        process.stdout.write(`\r\x1b[K  ${name.padEnd(24)} ${Math.round((100 * done) / Math.max(1, total))} %`);
    },
    line: (text) => {
      finish();
      console.log(text);
    },
    done: finish,
  };
}
