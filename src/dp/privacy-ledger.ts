/** A mechanism's parameters: they settle its cost. */
export type PrivacyMechanism =
  | {
      /** Gaussian or discrete Gaussian noise: sensitivity^2 / (2 sigma2)-zCDP. */
      readonly kind: 'gaussian';
      /** Variance (parameter) of the noise, above 0. */
      readonly sigma2: number;
      /** l2-sensitivity of all queries answered together, above 0. */
      readonly sensitivity: number;
    }
  | {
      /** Exponential mechanism: epsilon^2 / 8-zCDP. */
      readonly kind: 'exponential';
      /** Above 0. */
      readonly epsilon: number;
    }
  | {
      /** Anything that is epsilon-DP with delta 0, discrete Laplace among them: epsilon^2 / 2-zCDP. */
      readonly kind: 'pure';
      /** Above 0. */
      readonly epsilon: number;
    }
  | {
      /** Anything whose zCDP cost is known. */
      readonly kind: 'zcdp';
      /** At least 0. */
      readonly rho: number;
    };

/** What one charge is for. */
export interface PrivacyChargeRequest {
  /** What was released, in words. */
  readonly label: string;
  /** Which data it was released from: charges on any data add up, unless declared disjoint. */
  readonly data: string;
  /** How it was released. */
  readonly mechanism: PrivacyMechanism;
  /** How often; default 1. */
  readonly times?: number | undefined;
  /**
   * The caller's word that the parts of `group` share no person: then the group costs what its dearest part costs
   * (parallel composition). Without it all charges add up.
   */
  readonly disjoint?:
    | {
        /** Name of the partition. */
        readonly group: string;
        /** Which of its parts was used. */
        readonly part: string;
      }
    | undefined;
}

/** One entry of a {@link PrivacyLedger}. */
export interface PrivacyCharge extends PrivacyChargeRequest {
  /** How often. */
  readonly times: number;
  /** Its zCDP cost, all times together. */
  readonly rho: number;
}

/** What was spent of a privacy budget, and on what. Plain data, never changed: each charge makes a new ledger. */
export interface PrivacyLedger {
  /** Neighbouring tables: one has one row more than the other. */
  readonly neighbours: 'add-remove-one-row';
  /** What may be spent. */
  readonly budget: {
    /** Bound on the privacy loss. */
    readonly epsilon: number;
    /** Chance with which the bound may fail. */
    readonly delta: number;
    /** The largest zCDP parameter that implies both. */
    readonly rho: number;
  };
  /** Charges in order. */
  readonly charges: readonly PrivacyCharge[];
  /** zCDP parameter spent, at most the budget's. */
  readonly spent: number;
}
