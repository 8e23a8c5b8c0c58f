/** The memory of a {@link StreamDetector}: plain data that survives JSON to the bit. */
export interface StreamDetectorState {
  /** Detector that made it. */
  readonly kind: string;
  /** Version of the format. */
  readonly version: number;
  /** The detector's settings in a fixed order; a state goes on only under the settings that made it. */
  readonly settings: readonly number[];
  /** Values seen since the stream began. */
  readonly seen: number;
  /** Whether the last value raised an alarm, so that the next one starts anew. */
  readonly alarmed: boolean;
  /** The detector's numbers; their meaning is its own. */
  readonly memory: readonly number[];
}

/** What one call of {@link StreamDetector} `update` found. */
export interface StreamDetectorUpdate {
  /** The new state; the old one is untouched. */
  readonly state: StreamDetectorState;
  /** Positions (from 0, counted over the whole stream) of the values that raised an alarm. */
  readonly drifts: readonly number[];
  /** Positions of the values that raised a warning only. */
  readonly warnings: readonly number[];
}

/** What a detector holds at the moment. */
export interface StreamDetectorHolding {
  /** Number of values. */
  readonly n: number;
  /** Their mean; null when there are none. For EDDM the mean distance of two errors, for HDDM_W the weighted mean. */
  readonly mean: number | null;
}

/**
 * A classic change detector over a stream of numbers: data in, data out, no hidden state. Most have no stated rate of
 * false alarms; for a guarantee see {@link createMonitor}.
 */
export interface StreamDetector {
  /** Name of the method. */
  readonly kind: string;
  /** The state before the first value. */
  init(): StreamDetectorState;
  /** Feeds values in order; one by one or all at once gives the same states and alarms. */
  update(state: StreamDetectorState, values: ArrayLike<number>): StreamDetectorUpdate;
  /** What the detector holds now. */
  holding(state: StreamDetectorState): StreamDetectorHolding;
}
