/** Wanted mean score by value id. Values that are not named are free. */
export type WantedMeans = Readonly<Record<string, number>>;

/** One step of a reinforcement, as plain JSON for a lineage record: it holds hashes and figures, never texts. */
export interface ReinforcementStep {
  /** What was done, with its version, for example `select-diverse/1`. */
  readonly step: string;
  /** SHA-256 of the canonical JSON of what went in. */
  readonly inputHash: string;
  /** Settings that the result depends on. */
  readonly settings: Readonly<Record<string, string | number | boolean | null>>;
  /** What came out, in figures. */
  readonly outcome: Readonly<Record<string, string | number | boolean | null>>;
}
