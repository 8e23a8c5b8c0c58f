import { SynthproofError } from '../../errors.ts';
import { checkWhole } from '../../stats/internal-options.ts';
import { ngrams } from '../../text/ngrams.ts';
import { segmentWords } from '../../text/segment-words.ts';
import type { ValueSpec } from '../create-value-spec.ts';
import { type AskOptions, type AskTotals, createAsker, runPool } from '../internal-ask.ts';
import type { TextItems } from '../lexicon-scorer.ts';
import type { AsyncValueScorer, ValueScorer } from '../value-scorer.ts';
import type { DocumentBrief } from './document-briefs.ts';
import { textsHash } from './internal-targets.ts';
import type { ReinforcementStep, WantedMeans } from './reinforcement-types.ts';

/** Options of {@link writeDocuments}. */
export interface WriteDocumentsOptions extends AskOptions {
  /** Scores the documents. */
  readonly scorer: ValueScorer<TextItems> | AsyncValueScorer<TextItems>;
  /** Score that a document for a value must exceed, by value id: for example the present means. Default: none is asked for. */
  readonly above?: WantedMeans | undefined;
  /** Times a brief is tried, 1 to 20. Default 2. */
  readonly tries?: number | undefined;
}

/** A document that was accepted. */
export interface WrittenDocument {
  /** Place of its brief. */
  readonly brief: number;
  /** Value it was written for. */
  readonly value: string;
  /** The document. */
  readonly text: string;
  /** Its score on that value; null where the scorer gives none. */
  readonly score: number | null;
}

/** Result of {@link writeDocuments}. JSON-safe. */
export interface WriteResult {
  /** Accepted documents, in the order of their briefs. */
  readonly documents: readonly WrittenDocument[];
  /** Answers refused: `low-score`, `names-spec` (four words of the spec in a row), `repeated` (an earlier document). */
  readonly refused: Readonly<Record<'low-score' | 'names-spec' | 'repeated', number>>;
  /** Briefs without a document. */
  readonly missing: number;
  /** What the model was asked and what it took. */
  readonly asked: AskTotals;
  /** The record of this step. */
  readonly record: ReinforcementStep;
}

/** Words in a row that a document may not share with the spec. */
const SHARED = 4;

/**
 * Has a model write documents to briefs and accepts those that live the value without quoting it: the score of the
 * brief's value lies above the bar, no four words in a row come from the spec's own wording, and no document comes twice.
 *
 * @param spec - The spec of the briefs and the scorer.
 * @param briefs - From {@link documentBriefs}.
 * @param options - See {@link WriteDocumentsOptions}.
 * @returns See {@link WriteResult}.
 * @throws {@link SynthproofError} `SPEC_MISMATCH` for a scorer of another spec; `BAD_OPTION`; `OUT_OF_RANGE`; `ABORTED`.
 * @example
 * const spec = createValueSpec({ id: 'demo', version: '1', values: [{ id: 'care', descriptors: [{ phrase: 'help*' }] }] });
 * const briefs = documentBriefs(spec, { count: 1, domains: ['work'], formats: ['letter'], personas: ['a nurse'], seed: 'demo' });
 * const model = mockTextModel(() => 'She stayed late and helped him home.');
 * const { documents } = await writeDocuments(spec, briefs, { model, scorer: lexiconScorer(spec, { minWords: 1 }), above: { care: 0 } });
 * documents.length; // => 1
 */
export async function writeDocuments(
  spec: ValueSpec,
  briefs: readonly DocumentBrief[],
  options: WriteDocumentsOptions,
): Promise<WriteResult> {
  const { scorer, above = {}, tries = 2 } = options;
  checkWhole('tries', tries, 1, 20);
  if (scorer.spec.hash !== spec.hash)
    throw new SynthproofError(
      'SPEC_MISMATCH',
      `scorer: expected a scorer of the spec "${spec.id} ${spec.version}" (${spec.hash.slice(0, 12)}), received one of "${scorer.spec.id} ${scorer.spec.version}" (${scorer.spec.hash.slice(0, 12)})`,
      { argument: 'scorer' },
    );
  const places = briefs.map((brief, i) => {
    const place = spec.values.findIndex((value) => value.id === brief.value);
    if (place < 0)
      throw new SynthproofError(
        'BAD_VALUE',
        `briefs[${i}].value: expected an id of the spec (${spec.values.map((value) => value.id).join(', ')}), received ${JSON.stringify(brief.value)}`,
        {
          argument: 'briefs',
          row: i,
        },
      );
    return place;
  });
  const wording = new Set(
    spec.values.flatMap(({ label, description }) =>
      [label ?? '', description ?? ''].flatMap((text) =>
        ngrams(segmentWords(text), SHARED).map((run) => run.join(' ')),
      ),
    ),
  );
  const asker = createAsker(options);
  const refused = { 'low-score': 0, 'names-spec': 0, repeated: 0 };
  const found: (WrittenDocument | null)[] = briefs.map(() => null);
  await runPool(briefs.length, 'write', options, async (i) => {
    const { prompt, value } = briefs[i]!;
    for (let attempt = 0; attempt < tries; attempt++) {
      const answer = await asker.ask(prompt, 'You write documents as asked.', ['write-documents/1', i, attempt]);
      if ('reason' in answer) continue;
      const text = answer.text.trim();
      if (ngrams(segmentWords(text), SHARED).some((run) => wording.has(run.join(' ')))) {
        refused['names-spec']++;
        continue;
      }
      const score = (await scorer.score([text])).columns[places[i]!]![0]!;
      if (Object.hasOwn(above, value) && !(score > above[value]!)) {
        refused['low-score']++;
        continue;
      }
      found[i] = { brief: i, value, text, score: score - score === 0 ? score : null };
      return;
    }
  });
  // After the fact and in order, so that the result does not depend on which answer came first.
  const seen = new Set<string>();
  const documents = found.filter((one): one is WrittenDocument => {
    if (one === null) return false;
    if (seen.has(one.text)) {
      refused.repeated++;
      return false;
    }
    seen.add(one.text);
    return true;
  });
  const asked = asker.totals();
  return {
    documents,
    refused,
    missing: briefs.length - documents.length,
    asked,
    record: {
      step: 'write-documents/1',
      inputHash: textsHash(briefs.map((brief) => brief.prompt)),
      settings: {
        specHash: spec.hash,
        scorerId: scorer.id,
        model: options.model.id,
        above: JSON.stringify(Object.entries(above)),
        tries,
      },
      outcome: {
        documents: documents.length,
        calls: asked.calls,
        modelIds: asked.modelIds.join('+'),
        textsHash: textsHash(documents.map((one) => one.text)),
      },
    },
  };
}
