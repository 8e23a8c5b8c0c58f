import { SynthproofError } from '../errors.ts';
import { canonicalJson } from '../hash/canonical-json.ts';
import { sha256Hex } from '../hash/sha256-hex.ts';
import { checkWhole } from '../stats/internal-options.ts';
import { makeWellFormed } from '../text/make-well-formed.ts';
import type { ValueSpec } from './create-value-spec.ts';
import { type Asker, type AskOptions, type AskTotals, createAsker, runPool } from './internal-ask.ts';
import { distinctTexts, spread } from './internal-text-items.ts';
import { judgePrompt } from './judge-prompt.ts';
import type { TextItems } from './lexicon-scorer.ts';
import { parseJudgement } from './parse-judgement.ts';
import type { AsyncValueScorer, ValueScores } from './value-scorer.ts';

/** Options of {@link judgeScorer}. */
export interface JudgeScorerOptions extends AskOptions {
  /** How often each text is judged, 1 to 99; every other time in reversed order. Default 2. */
  readonly repeats?: number | undefined;
  /** Marks a text needs for a score, 1 to `repeats`. Default: half of the repeats, rounded up. */
  readonly leastMarks?: number | undefined;
  /** How often an unusable answer is asked for again, 0 to 20. Default 1. */
  readonly maxRepairs?: number | undefined;
  /** Longest text that is judged, in code units; longer ones get no score and are counted. Default 20,000. */
  readonly maxTextCharacters?: number | undefined;
}

/** How a judge behaved on one value. */
export interface JudgeBehaviour {
  /** Id of the value. */
  readonly id: string;
  /** Marks given. */
  readonly marks: number;
  /** Times the judge abstained. */
  readonly abstained: number;
  /** Mean standard deviation of repeated marks of one text, in score units; null when no text has two. */
  readonly repeatSd: number | null;
  /** Mean mark in the given order less mean mark in the reversed order, over texts with both; null when there is none. */
  readonly orderEffect: number | null;
}

/** What a judge was asked and how it answered. JSON-safe. */
export interface JudgeRun extends AskTotals {
  /** Distinct texts judged. */
  readonly texts: number;
  /** Times each was judged. */
  readonly repeats: number;
  /** Texts too long to be judged. */
  readonly tooLong: number;
  /** Judgements that no attempt gave in a usable form. */
  readonly lost: number;
  /** One entry per value. */
  readonly values: readonly JudgeBehaviour[];
}

/** Scores of a judge, with the record of the run. */
export interface JudgeScores extends ValueScores {
  /** What was asked and answered. */
  readonly run: JudgeRun;
}

/**
 * Scores texts by a model that marks them against the spec's rubrics: the mean of repeated marks, half of them asked in
 * reversed order of values and marks. A judge may abstain; a text with too few marks gets no score.
 *
 * The model is yours, behind the model port. Its answers are hostile data: read strictly ({@link parseJudgement}), asked
 * again a bounded number of times, else counted as lost. The scorer's id holds spec, model, prompt and settings, and the
 * model's version by its own word is added to the profile: {@link compareProfiles} refuses scores of different judges.
 * Marks of a judge are opinions of a program: let people rate some items too ({@link calibrateScorer}) and hand the result
 * to the verdict, which says so when nobody did.
 *
 * @param spec - Values with rubrics, or a scale with min and max.
 * @param options - See {@link JudgeScorerOptions}.
 * @returns A scorer for {@link profileValuesAsync}; its scores carry the record of the run.
 * @throws {@link SynthproofError} `BAD_OPTION` for a model without `generate` or a value without marks; `OUT_OF_RANGE`.
 * Scoring throws `ABORTED`; what the cache throws comes through.
 * @example
 * const spec = createValueSpec({ id: 'demo', version: '1', values: ['Kind'], scale: { min: 1, max: 5 } });
 * const model = mockTextModel((request) => (request.prompt.includes('gift') ? '{"V1": 5}' : '{"V1": null}'));
 * const { columns, run } = await judgeScorer(spec, { model }).score(['A gift.', 'A stone.']);
 * columns[0][0]; // => 5
 * run.values[0].abstained; // => 2
 */
export function judgeScorer(spec: ValueSpec, options: JudgeScorerOptions): AsyncValueScorer<TextItems, JudgeScores> {
  const { repeats = 2, maxRepairs = 1, maxTextCharacters = 20_000, temperature, maxTokens } = options;
  checkWhole('repeats', repeats, 1, 99);
  const { leastMarks = Math.ceil(repeats / 2) } = options;
  checkWhole('leastMarks', leastMarks, 1, repeats);
  checkWhole('maxRepairs', maxRepairs, 0, 20);
  checkWhole('maxTextCharacters', maxTextCharacters, 1);
  createAsker(options);
  for (const { id, rubric } of spec.values)
    if (rubric === undefined && (spec.scale.min === undefined || spec.scale.max === undefined))
      throw new SynthproofError(
        'BAD_OPTION',
        `spec: value ${JSON.stringify(id)} needs a rubric, or the spec a scale with min and max, for a judge to mark it`,
        { argument: 'spec' },
      );
  const settings = {
    spec: spec.hash,
    model: makeWellFormed(options.model.id),
    prompt: sha256Hex(makeWellFormed(canonicalPrompt(spec))),
    repeats,
    leastMarks,
    maxTextCharacters,
    temperature: temperature ?? null,
    maxTokens: maxTokens ?? null,
  };
  return {
    id: `judge/1:${sha256Hex(canonicalJson(settings)).slice(0, 32)}`,
    kind: 'judge',
    spec,
    deterministic: false,
    async score(input: TextItems): Promise<JudgeScores> {
      const { codes, texts } = distinctTexts(input);
      const asker = createAsker(options);
      const width = spec.values.length;
      const marks: (readonly (number | null)[] | null)[] = new Array(texts.length * repeats).fill(null);
      const judged = texts.map((text) => text.length <= maxTextCharacters);
      await runPool(texts.length, 'judge', options, async (i) => {
        if (!judged[i]) return;
        for (let k = 0; k < repeats; k++)
          marks[i * repeats + k] = await judgeOnce(asker, spec, texts[i]!, k, maxRepairs);
      });
      const columns = spec.values.map(() => new Float64Array(texts.length).fill(Number.NaN));
      for (let v = 0; v < width; v++)
        for (let i = 0; i < texts.length; i++) {
          const given = marksOf(marks, i, repeats, v);
          if (given.length >= leastMarks) columns[v]![i] = meanOf(given);
        }
      const tooLong = judged.filter((good) => !good).length;
      const totals = asker.totals();
      return {
        rows: codes.length,
        columns: spread(codes, columns),
        ...(totals.modelIds.length === 0 ? {} : { producedBy: totals.modelIds.join('+') }),
        run: {
          ...totals,
          texts: texts.length - tooLong,
          repeats,
          tooLong,
          lost: marks.filter((one) => one === null).length - tooLong * repeats,
          values: spec.values.map(({ id }, v) => behaviour(id, marks, texts.length, repeats, v)),
        },
      };
    },
  };
}

/** The prompt without a text: what all requests share. */
function canonicalPrompt(spec: ValueSpec): string {
  const { system, prompt } = judgePrompt(spec, '');
  return `${system}\n${prompt}`;
}

async function judgeOnce(
  asker: Asker,
  spec: ValueSpec,
  text: string,
  repeat: number,
  maxRepairs: number,
): Promise<readonly (number | null)[] | null> {
  const { system, prompt } = judgePrompt(spec, text, repeat % 2 === 1);
  let reason = '';
  for (let attempt = 0; attempt <= maxRepairs; attempt++) {
    const again = reason === '' ? prompt : `${prompt}\n\nYour last answer could not be used: ${reason}.`;
    const answer = await asker.ask(again, system, ['judge/1', repeat, attempt]);
    if ('reason' in answer) continue;
    const judgement = parseJudgement(answer.text, spec);
    if (judgement.ok) return judgement.marks;
    asker.refuse();
    // Our own words only: nothing of the answer enters a prompt.
    reason = judgement.reason;
  }
  return null;
}

function marksOf(
  marks: readonly (readonly (number | null)[] | null)[],
  text: number,
  repeats: number,
  v: number,
  start = 0,
  step = 1,
): number[] {
  const out: number[] = [];
  for (let k = start; k < repeats; k += step) {
    const mark = marks[text * repeats + k]?.[v];
    if (mark !== null && mark !== undefined) out.push(mark);
  }
  return out;
}

function meanOf(list: readonly number[]): number {
  let total = 0;
  for (const x of list) total += x;
  return total / list.length;
}

function behaviour(
  id: string,
  marks: readonly (readonly (number | null)[] | null)[],
  texts: number,
  repeats: number,
  v: number,
): JudgeBehaviour {
  let given = 0;
  let abstained = 0;
  const deviations: number[] = [];
  const effects: number[] = [];
  for (const one of marks) if (one !== null && one[v] === null) abstained++;
  for (let i = 0; i < texts; i++) {
    const all = marksOf(marks, i, repeats, v);
    given += all.length;
    if (all.length > 1) {
      const mean = meanOf(all);
      let squares = 0;
      for (const x of all) squares += (x - mean) * (x - mean);
      deviations.push(Math.sqrt(squares / (all.length - 1)));
    }
    const forward = marksOf(marks, i, repeats, v, 0, 2);
    const backward = marksOf(marks, i, repeats, v, 1, 2);
    if (forward.length > 0 && backward.length > 0) effects.push(meanOf(forward) - meanOf(backward));
  }
  return {
    id,
    marks: given,
    abstained,
    repeatSd: deviations.length === 0 ? null : meanOf(deviations),
    orderEffect: effects.length === 0 ? null : meanOf(effects),
  };
}
