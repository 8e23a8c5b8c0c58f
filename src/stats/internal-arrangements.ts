import { SynthproofError } from '../errors.ts';
import { permutation } from '../random/permutation.ts';
import type { Rng } from '../types.ts';
import { requireWhole } from './internal-arrange.ts';
import { requireSameLength } from './internal-check.ts';
import type { PointBlock } from './internal-points.ts';

/** Most point numbers held for the arrangements: 1 GB of working memory stays far away. */
const MOST_MEMBERS = 60_000_000;

/** Where arrangements come from: given, or drawn. */
export interface ArrangementSource {
  readonly rng?: Rng | undefined;
  readonly permutations?: number | undefined;
  readonly arrangements?: readonly ArrayLike<number>[] | undefined;
}

/** For each arrangement the points of its smaller sample, rising. */
export function drawMembers({ count, first }: PointBlock, options: ArrangementSource): Uint32Array[] {
  const { rng, arrangements, permutations = 999 } = options;
  const small = Math.min(first, count - first);
  const from = small === first ? 0 : first;
  const draws = arrangements ? arrangements.length : permutations;
  requireWhole('permutations', draws, 1);
  if (draws * small > MOST_MEMBERS) {
    throw new SynthproofError(
      'NO_CAPACITY',
      `permutations: ${draws} arrangements of ${small} points pass ${MOST_MEMBERS} places; ask for fewer`,
      { argument: 'permutations' },
    );
  }
  if (!arrangements && !rng) {
    throw new SynthproofError('BAD_OPTION', 'rng: expected a generator when no arrangements are given', {
      argument: 'rng',
    });
  }
  const out: Uint32Array[] = [];
  for (let draw = 0; draw < draws; draw++) {
    const order = arrangements ? arrangements[draw]! : permutation(rng!, count);
    if (arrangements) checkArrangement(order, count, draw);
    const members = new Uint32Array(small);
    for (let i = 0; i < small; i++) members[i] = order[from + i]!;
    out.push(members.sort());
  }
  return out;
}

function checkArrangement(order: ArrayLike<number>, count: number, draw: number): void {
  requireSameLength(`arrangements[${draw}]`, order.length, count);
  const seen = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const point = order[i]!;
    if (!(point >= 0 && point < count && seen[point] === 0)) {
      throw new SynthproofError(
        'BAD_VALUE',
        `arrangements[${draw}]: expected each number from 0 to ${count - 1} once, received ${String(point)}`,
        { argument: 'arrangements', row: draw },
      );
    }
    seen[point] = 1;
  }
}
