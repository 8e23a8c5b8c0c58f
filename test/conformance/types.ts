/** One case of an oracle file. */
export interface OracleCase {
  readonly name: string;
  readonly fn: string;
  // Oracle inputs are foreign JSON: each mapping knows the shape of its own function's input.
  readonly input: any;
  readonly expected: any;
  readonly tolerance?: number;
}

/** An oracle file: results of a reference implementation. */
export interface OracleFile {
  readonly source: string;
  readonly tolerance: number;
  readonly cases: readonly OracleCase[];
}

/** What a mapping may use beside its input. */
export interface OracleContext {
  /** The whole file, for inputs that refer to other cases. */
  readonly file: OracleFile;
  /** Text of a data file that a case names, from the folder of shared data. */
  readonly data: (name: string) => string;
}

/** Maps an oracle's `fn` to a call of this library. */
export type FunctionTable = Record<string, (input: any, context: OracleContext) => unknown>;

/**
 * Places where the reference is provably wrong: decided from input and expected value by the definition, never by a
 * case's name. A difference there is counted and printed as disputed.
 */
export type DisputedTable = Record<
  string,
  (input: any, expected: any) => readonly { readonly path: string; readonly why: string }[]
>;
