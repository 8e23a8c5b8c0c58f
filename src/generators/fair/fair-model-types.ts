import type { FairTarget } from '../../bias/fair/fair-target-types.ts';
import type { ColumnKind, JobOptions, Model, SampleOptions } from '../../types.ts';

/** A fitted model with the target its rows are tilted to. */
export interface FairModel<M extends Model = Model> extends Model {
  /** Discriminant. */
  readonly kind: 'fair';
  /** Format and sampling algorithm. */
  readonly version: 1;
  /** Id of the wrapped generator. */
  readonly generator: string;
  /** Where the tilt acts: the target's columns are set first and the rest drawn given them, or rows are chosen from a pool. */
  readonly method: 'conditional' | 'pool';
  /** The wrapped generator's model. */
  readonly inner: M;
  /** The target of the fit; a sample may name another over the same columns. */
  readonly target: FairTarget;
  /** Columns that the tilt sets, with the form of their cells. */
  readonly columns: readonly {
    /** Name. */
    readonly name: string;
    /** Kind in the source, and in every sample. */
    readonly kind: ColumnKind;
    /** Labels of a category column; empty otherwise. */
    readonly labels: readonly string[];
  }[];
}

/** Options of a sample of {@link fairGenerator}. */
export interface FairSampleOptions extends SampleOptions, JobOptions {
  /** Rows of all shards together, of which the quotas are met exactly. Default `offset + rows`: name it when you draw shards. */
  readonly total?: number | undefined;
  /** Another target over the same columns, for example of another strength: no new fit is needed. Default: the model's. */
  readonly target?: FairTarget | undefined;
  /** `pool`: pool rows per row wanted, 1 or more. Default twice the target's greatest weight, between 3 and 50. */
  readonly poolFactor?: number | undefined;
}
