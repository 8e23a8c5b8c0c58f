import { threefryBlock } from '../../random/threefry-block.ts';
import { fraction } from '../shared/internal-uniform.ts';

/** First counter word of each use, so that no two uses share a block. */
export const FIT_STREAMS = { bootstrap: 0, candidates: 1, marginals: 2, leaves: 3, donors: 4 } as const;

/** One block of a fit: addressed by use, by tree or column, and by row or node, so that the order of work does not matter. */
export function fitWords(key: Uint32Array, use: number, stream: number, item: number, out: Uint32Array): void {
  threefryBlock(key[0]!, key[1]!, key[2]!, key[3]!, use, stream, item, 0, out);
}

/** How often a bootstrap sample of all rows holds each of them. */
export function bootstrapCounts(key: Uint32Array, stream: number, rows: number): Int32Array {
  const counts = new Int32Array(rows);
  const words = new Uint32Array(4);
  for (let i = 0; i < rows; i += 2) {
    fitWords(key, FIT_STREAMS.bootstrap, stream, i >> 1, words);
    counts[Math.floor(fraction(words[0]!, words[1]!) * rows)]!++;
    if (i + 1 < rows) counts[Math.floor(fraction(words[2]!, words[3]!) * rows)]!++;
  }
  return counts;
}

/** Writes a random order of the columns for each node of one tree. */
export function candidateOrders(key: Uint32Array, stream: number): (order: Int32Array, node: number) => void {
  const [k0, k1, k2, k3] = key as unknown as [number, number, number, number];
  const words = new Uint32Array(4);
  return (order, node) => {
    for (let i = 0; i < order.length; i++) order[i] = i;
    for (let i = 0; i + 1 < order.length; i++) {
      if ((i & 3) === 0) threefryBlock(k0, k1, k2, k3, FIT_STREAMS.candidates, stream, node, i >> 2, words);
      const j = i + Math.floor((words[i & 3]! / 4_294_967_296) * (order.length - i));
      const held = order[i]!;
      order[i] = order[j]!;
      order[j] = held;
    }
  };
}
