/** One measured figure that an area promises. */
export interface Figure {
  readonly area: string;
  readonly figure: string;
  readonly value: number | string | null;
  /** What is promised, for example `<= 0.057` or `[0.03, 0.07]`. */
  readonly bound: string;
  readonly ok: boolean;
}

/** How to measure. */
export interface EvidenceOptions {
  /** Full sizes; otherwise a short run with fewer repetitions. */
  readonly full: boolean;
  /** Text of a file in the folder of shared data, or null when it is not on this machine (say so and skip). */
  readonly data: (name: string) => string | null;
}

/** An area's evidence script exports `evidence` of this type. */
export type Evidence = (options: EvidenceOptions) => AsyncGenerator<Figure>;

/** A figure that must lie in [low, high]. */
export function within(area: string, figure: string, value: number, low: number, high: number): Figure {
  const bound = low === -Infinity ? `<= ${high}` : high === Infinity ? `>= ${low}` : `[${low}, ${high}]`;
  return { area, figure, value, bound, ok: value >= low && value <= high };
}
