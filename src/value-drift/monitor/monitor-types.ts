/** Scores of items as a monitor takes them; a {@link ValueProfile} with scores will do. */
export interface MonitorScores {
  /** Hash of the value spec the items were scored against. */
  readonly specHash: string;
  /** The scorer or judge, with its settings. */
  readonly scorerId: string;
  /** The single scores. */
  readonly scores?: MonitorColumns | undefined;
}

/** The single scores of {@link MonitorScores}. */
export interface MonitorColumns {
  /** One array per value of the spec, in its order, one score per item in order of time. NaN: no score. */
  readonly columns: readonly ArrayLike<number>[];
  /** Names of the items. Where both sides of a pair have them, they must agree. */
  readonly ids?: readonly string[] | undefined;
}

/** How a monitor decides; fixed when it is made. */
export interface MonitorSettings {
  /** What the scores are held against: the spec's targets, a reference sample, or the other score of each pair. */
  readonly against: 'target' | 'reference' | 'pairs';
  /** `ever`: a false alarm at any time has probability at most alpha. `run-length`: false alarms come on average at least 1 / alpha items apart. */
  readonly guarantee: 'ever' | 'run-length';
  /** Statistic of `run-length`; `e-process` under `ever`. */
  readonly statistic: 'e-process' | 'e-sr' | 'e-cusum';
  /** Error rate of the evidence over all values together. */
  readonly alpha: number;
  /** Error rate of the reference intervals over all values together; 0 without a reference. */
  readonly referenceAlpha: number;
  /** How many values are watched at once. `bonferroni`: every single alarm counts. `e-bh`: the expected share of false ones among the alarms is at most alpha. */
  readonly across: 'bonferroni' | 'e-bh';
  /** What an alarm does to its value: `stop` freezes it, `restart` starts its evidence anew. */
  readonly afterAlarm: 'stop' | 'restart';
  /** Method of the running confidence sequence of the mean. */
  readonly interval: 'empirical-bernstein' | 'hoeffding' | 'betting';
  /** Change that does not matter, in score units; null: none is given, so `no-drift` is never said. */
  readonly margin: number | null;
  /** Least possible score. */
  readonly min: number;
  /** Greatest possible score. */
  readonly max: number;
}

/** One alarm. */
export interface MonitorAlarm {
  /** Item at which it came, counted from 1. */
  readonly item: number;
  /** Which way the evidence points. */
  readonly direction: 'up' | 'down';
  /** Natural log of the evidence. */
  readonly logE: number;
}

/** The memory of one watched value. */
export interface MonitorValueState {
  /** Id of the value. */
  readonly id: string;
  /** Name shown to readers. */
  readonly label: string;
  /** Its place among the columns of scores. */
  readonly column: number;
  /** Least mean that is no drift, in score units (for pairs: of the difference). */
  readonly low: number;
  /** Greatest mean that is no drift. */
  readonly high: number;
  /** Scores taken since the evidence last began. */
  readonly n: number;
  /** Items without a score. */
  readonly missing: number;
  /** Which beginning this is, from 1. */
  readonly epoch: number;
  /** Whether the value is frozen after an alarm. */
  readonly stopped: boolean;
  /** Capital of each bet on a rise. */
  readonly up: readonly number[];
  /** Capital of each bet on a fall. */
  readonly down: readonly number[];
  /** Memory of the confidence sequence. */
  readonly sequence: readonly number[];
  /** Number of alarms. */
  readonly alarmCount: number;
  /** The newest alarms, at most 16, oldest first. */
  readonly alarms: readonly MonitorAlarm[];
}

/** What a monitor remembers of its course, for charts: at most 128 points, thinned by halves. */
export interface MonitorTrace {
  /** Items between two points; doubles when the trace is full. */
  readonly stride: number;
  /** Items seen at each point. */
  readonly items: readonly number[];
  /** For each watched value, natural log of the evidence at each point; null: none yet. */
  readonly logE: readonly (readonly (number | null)[])[];
  /** For each watched value, mean, lower and upper bound at each point, in score units. */
  readonly means: readonly (readonly (readonly [mean: number | null, lower: number, upper: number])[])[];
}

/** A monitor: plain data of bounded size that survives JSON to the bit. */
export interface MonitorState {
  /** Discriminant. */
  readonly kind: 'value-monitor';
  /** Version of the format. */
  readonly version: 1;
  /** Hash of the value spec; an update under another one is refused. */
  readonly specHash: string;
  /** Name and version of the spec, for readers. */
  readonly spec: string;
  /** The scorer or judge; an update by another one is refused. */
  readonly scorerId: string;
  /** Number of values of the spec. */
  readonly width: number;
  /** How it decides. */
  readonly settings: MonitorSettings;
  /** Items seen. */
  readonly items: number;
  /** The watched values, in the order of the spec. */
  readonly values: readonly MonitorValueState[];
  /** Ids of values that are not watched because they have no target. */
  readonly unwatched: readonly string[];
  /** The course so far. */
  readonly trace: MonitorTrace;
}
