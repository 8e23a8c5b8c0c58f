/** One comparison in one run. */
export interface BenchRow {
  readonly area: string;
  readonly job: string;
  /** Median milliseconds of ours. */
  readonly ours: number;
  /** Name of what it is compared with: `plain loop`, or a peer package. */
  readonly peer: string;
  /** Median milliseconds of the peer; null when it is not installed. */
  readonly theirs: number | null;
  /** Wanted: ours / theirs at most this. */
  readonly goal?: number;
}

/** An area's bench script exports `bench` of this type. */
export type Bench = (options: { readonly data: (name: string) => string | null }) => AsyncGenerator<BenchRow>;

/** Median wall milliseconds of a function over some runs after one warm-up. */
export function medianMs(run: () => unknown, runs = 5): number {
  run();
  const times: number[] = [];
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    run();
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return times[times.length >> 1]!;
}
