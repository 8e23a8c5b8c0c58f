import { SynthproofError } from '../../errors.ts';
import { wilsonInterval } from '../../stats/wilson-interval.ts';
import { segmentWords } from '../../text/segment-words.ts';
import type { Finding, Interval } from '../../types.ts';
import { type PairAgreement, pairAgreement } from '../calibration/pair-agreement.ts';
import { compareProfiles } from '../compare-profiles.ts';
import type { DriftReport } from '../drift-report.ts';
import { percent } from '../internal-words.ts';
import type { TextItems } from '../lexicon-scorer.ts';
import { profileValues } from '../profile-values.ts';
import type { ValueScorer } from '../value-scorer.ts';

/** A pair to be audited. */
export interface AuditedPair {
  /** The prompt. */
  readonly prompt: string;
  /** The answer marked better. */
  readonly chosen: string;
  /** The answer marked worse. */
  readonly rejected: string;
  /** Which of the two the labeller saw first, where known. */
  readonly first?: 'chosen' | 'rejected' | undefined;
}

/** Options of {@link auditPreferences}. */
export interface PreferenceAuditOptions {
  /** Scores both answers against a spec: tells which values the pairs prefer. Default: none. */
  readonly scorer?: ValueScorer<TextItems> | undefined;
  /** A second labeller's choice per pair; null for none. */
  readonly secondLabels?: readonly ('chosen' | 'rejected' | null)[] | undefined;
  /** Confidence of intervals and tests. Default 0.95. */
  readonly level?: number | undefined;
  /** Seed of the permutations. Default `preferences`. */
  readonly seed?: string | undefined;
}

/** A share that should be one half. */
export interface HalfShare {
  /** Pairs that count. */
  readonly n: number;
  /** The share; null without pairs. */
  readonly share: number | null;
  /** Wilson interval. */
  readonly interval?: Interval | undefined;
  /** Whether the interval excludes one half. */
  readonly biased: boolean;
}

/** Result of {@link auditPreferences}. JSON-safe. */
export interface PreferenceAudit {
  /** Pairs. */
  readonly pairs: number;
  /** Share of pairs, of those with unequal lengths, whose chosen answer has more words. */
  readonly longerChosen: HalfShare;
  /** Share of pairs, of those with a known order, whose chosen answer was seen first. */
  readonly firstChosen: HalfShare;
  /** Pairs that repeat an earlier pair. */
  readonly repeated: number;
  /** Pairs that contradict an earlier one: same prompt, same answers, other choice. */
  readonly contradictions: number;
  /** Pairs of two equal answers. */
  readonly equalAnswers: number;
  /** Agreement with the second labeller; null without one. */
  readonly agreement: PairAgreement | null;
  /** Change of each value from the rejected to the chosen answers, paired; null without a scorer or pairs. */
  readonly values: DriftReport | null;
  /** What to know, most important first. */
  readonly findings: readonly Finding[];
}

/**
 * Audit of preference pairs before one trains on them: do longer answers win, does the first one shown win, are pairs
 * repeated or contradicted, do labellers agree, and which values do the pairs teach? Preference tuning moves a model's
 * values by as much as chosen and rejected answers differ in them.
 *
 * @param pairs - The pairs.
 * @param options - See {@link PreferenceAuditOptions}.
 * @returns See {@link PreferenceAudit}.
 * @throws {@link SynthproofError} `EMPTY_INPUT` without pairs; `LENGTH_MISMATCH` for labels of another number;
 * `BAD_VALUE` for a label that is neither; `OUT_OF_RANGE`.
 * @example
 * const pairs = Array.from({ length: 20 }, (_, i) => ({ prompt: `p${i}`, chosen: 'one two three', rejected: 'one two' }));
 * const audit = auditPreferences(pairs);
 * audit.longerChosen.share; // => 1
 * audit.longerChosen.biased; // => true
 */
export function auditPreferences(pairs: readonly AuditedPair[], options: PreferenceAuditOptions = {}): PreferenceAudit {
  const { scorer, secondLabels, level = 0.95, seed = 'preferences' } = options;
  if (pairs.length === 0)
    throw new SynthproofError('EMPTY_INPUT', 'pairs: expected at least one, received none', { argument: 'pairs' });
  let longer = 0;
  let unequal = 0;
  let first = 0;
  let ordered = 0;
  let repeated = 0;
  let contradictions = 0;
  let equalAnswers = 0;
  const seen = new Set<string>();
  for (const { prompt, chosen, rejected, first: shown } of pairs) {
    const a = segmentWords(chosen).length;
    const b = segmentWords(rejected).length;
    if (a !== b) unequal++;
    if (a > b) longer++;
    if (shown !== undefined) ordered++;
    if (shown === 'chosen') first++;
    if (chosen === rejected) equalAnswers++;
    else if (seen.has(JSON.stringify([prompt, rejected, chosen]))) contradictions++;
    const key = JSON.stringify([prompt, chosen, rejected]);
    if (seen.has(key)) repeated++;
    seen.add(key);
  }
  const longerChosen = half(longer, unequal, level);
  const firstChosen = half(first, ordered, level);
  const agreement = secondLabels === undefined ? null : agree(pairs.length, secondLabels);
  const values =
    scorer === undefined
      ? null
      : compareProfiles(
          profileValues(
            pairs.map((pair) => pair.rejected),
            scorer,
            { level, ids: pairs.map((_, i) => i) },
          ),
          profileValues(
            pairs.map((pair) => pair.chosen),
            scorer,
            { level, ids: pairs.map((_, i) => i) },
          ),
          { level, seed, design: 'paired' },
        );
  const audit = {
    pairs: pairs.length,
    longerChosen,
    firstChosen,
    repeated,
    contradictions,
    equalAnswers,
    agreement,
    values,
  };
  return { ...audit, findings: findingsOf(audit) };
}

function half(count: number, n: number, level: number): HalfShare {
  if (n === 0) return { n, share: null, biased: false };
  const interval = wilsonInterval(count, n, level);
  return { n, share: count / n, interval, biased: interval.lower > 0.5 || interval.upper < 0.5 };
}

function agree(pairs: number, labels: readonly ('chosen' | 'rejected' | null)[]): PairAgreement | null {
  if (labels.length !== pairs)
    throw new SynthproofError('LENGTH_MISMATCH', `secondLabels: expected ${pairs}, received ${labels.length}`, {
      argument: 'secondLabels',
    });
  const second: number[] = [];
  labels.forEach((label, row) => {
    if (label === null) return;
    if (label !== 'chosen' && label !== 'rejected')
      throw new SynthproofError(
        'BAD_VALUE',
        `secondLabels[${row}]: expected "chosen", "rejected" or null, received ${JSON.stringify(label)}`,
        {
          argument: 'secondLabels',
          row,
        },
      );
    second.push(label === 'chosen' ? 0 : 1);
  });
  return second.length === 0
    ? null
    : pairAgreement(
        second.map(() => 0),
        second,
        2,
      );
}

function findingsOf(audit: Omit<PreferenceAudit, 'findings'>): Finding[] {
  const out: Finding[] = [];
  const { longerChosen, firstChosen, agreement, values, pairs } = audit;
  const warn = (text: string): number => out.push({ level: 'warning', text });
  if (longerChosen.biased)
    warn(
      `The longer answer was chosen in ${percent(longerChosen.share!)} of ${longerChosen.n} pairs: length is taught.`,
    );
  if (firstChosen.biased)
    warn(
      `The answer shown first was chosen in ${percent(firstChosen.share!)} of ${firstChosen.n} pairs: order decides.`,
    );
  if (audit.contradictions > 0) warn(`${audit.contradictions} of ${pairs} pairs contradict an earlier one.`);
  if (audit.equalAnswers > 0) warn(`${audit.equalAnswers} of ${pairs} pairs hold two equal answers.`);
  if (audit.repeated > 0) out.push({ level: 'note', text: `${audit.repeated} of ${pairs} pairs come more than once.` });
  if (agreement !== null)
    out.push({
      level: agreement.observed < 0.7 ? 'warning' : 'note',
      text: `A second labeller agrees with ${percent(agreement.observed)} of the choices.`,
    });
  for (const value of values?.values ?? [])
    if (value.verdict === 'drift')
      out.push({
        level: value.direction === 'away' ? 'risk' : 'note',
        text: `The pairs teach ${value.delta! > 0 ? 'more' : 'less'} ${value.label}: chosen answers score ${Number(value.delta!.toPrecision(3))} ${value.delta! > 0 ? 'above' : 'below'} rejected ones.`,
      });
  if (out.length === 0) out.push({ level: 'good', text: `No bias was shown in ${pairs} pairs.` });
  return out;
}
