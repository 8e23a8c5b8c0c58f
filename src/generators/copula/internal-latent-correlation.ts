import { polychoric } from '../../stats/polychoric.ts';
import { polyserial } from '../../stats/polyserial.ts';
import { pairwiseCorrelation } from './internal-correlation.ts';
import type { Latent } from './internal-latent.ts';

/** Most classes of a variable in a polychoric table; neighbouring classes are joined to as many of about equal mass. */
const MOST_CLASSES = 20;

/** Fewest rows that both variables of a pair need. */
const FEWEST_ROWS = 2;

/**
 * Correlations of the normal variables behind ordered classes: polychoric for two of them, polyserial (two-step) for one and
 * a continuous variable, Pearson's for two continuous ones.
 */
export function latentCorrelation(latents: readonly Latent[]): { matrix: Float64Array; unseen: number } {
  const { matrix, unseen } = pairwiseCorrelation(latents);
  const d = latents.length;
  const classes = latents.map((latent) => (latent.discrete ? joinClasses(latent) : null));
  for (let i = 0; i < d; i++) {
    for (let j = 0; j < i; j++) {
      const a = latents[i]!;
      const b = latents[j]!;
      if (a.column === b.column || (!a.discrete && !b.discrete)) continue;
      let r: number | null;
      if (a.discrete && b.discrete) r = tableCorrelation(classes[i]!, classes[j]!);
      else r = a.discrete ? mixedCorrelation(b, classes[i]!) : mixedCorrelation(a, classes[j]!);
      matrix[i * d + j] = r ?? 0;
      matrix[j * d + i] = r ?? 0;
    }
  }
  return { matrix, unseen };
}

/** Classes numbered from 0 without gaps, at most MOST_CLASSES; -1 where there is none. */
function joinClasses({ codes, counts }: Latent): Int32Array {
  let total = 0;
  for (let k = 0; k < counts.length; k++) total += counts[k]!;
  const joined = new Int32Array(counts.length);
  let below = 0;
  let last = -1;
  let next = -1;
  for (let k = 0; k < counts.length; k++) {
    const cell = counts.length <= MOST_CLASSES ? k : Math.floor(((below + counts[k]! / 2) / total) * MOST_CLASSES);
    if (cell !== last) next++;
    last = cell;
    joined[k] = next;
    below += counts[k]!;
  }
  return codes.map((code) => (code < 0 ? -1 : joined[code]!));
}

function tableCorrelation(a: Int32Array, b: Int32Array): number | null {
  const table: number[][] = [];
  const height = a.reduce((most, code) => Math.max(most, code + 1), 0);
  const width = b.reduce((most, code) => Math.max(most, code + 1), 0);
  for (let i = 0; i < height; i++) table.push(new Array<number>(width).fill(0));
  let rows = 0;
  for (let i = 0; i < a.length; i++) {
    if (a[i]! < 0 || b[i]! < 0) continue;
    table[a[i]!]![b[i]!]!++;
    rows++;
  }
  return rows < FEWEST_ROWS ? null : polychoric(table);
}

function mixedCorrelation(continuous: Latent, classes: Int32Array): number | null {
  const x: number[] = [];
  const levels: number[] = [];
  for (let i = 0; i < classes.length; i++) {
    if (classes[i]! < 0 || continuous.codes[i]! < 0) continue;
    x.push(continuous.scores[i]!);
    levels.push(classes[i]!);
  }
  return x.length < FEWEST_ROWS ? null : polyserial(x, levels, { method: 'moments' });
}
