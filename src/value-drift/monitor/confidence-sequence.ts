/** A confidence sequence: bounds of the mean at each score that hold for all scores at once. */
export interface ConfidenceSequence {
  /** Lower bound after each score, 0 to 1. */
  readonly lower: Float64Array<ArrayBuffer>;
  /** Upper bound after each score, 0 to 1. */
  readonly upper: Float64Array<ArrayBuffer>;
}
