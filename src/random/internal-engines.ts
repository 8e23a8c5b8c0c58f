import type { CounterEngine } from './internal-counter-rng.ts';
import { fillPhilox } from './internal-philox.ts';
import { fillThreefry } from './internal-threefry.ts';

/** Threefry4x32-20. */
export const threefryEngine: CounterEngine = {
  id: 'threefry4x32-20/1',
  keyWords: 4,
  streamPrefix: 'synthproof/rng-stream/1',
  fill(out, start, blocks, key, low, high, streamLow, streamHigh): void {
    fillThreefry(out, start, blocks, key[0]!, key[1]!, key[2]!, key[3]!, low, high, streamLow, streamHigh);
  },
};

/** Philox4x32-10. */
export const philoxEngine: CounterEngine = {
  id: 'philox4x32-10/1',
  keyWords: 2,
  streamPrefix: 'synthproof/philox-stream/1',
  fill(out, start, blocks, key, low, high, streamLow, streamHigh): void {
    fillPhilox(out, start, blocks, key[0]!, key[1]!, low, high, streamLow, streamHigh);
  },
};
