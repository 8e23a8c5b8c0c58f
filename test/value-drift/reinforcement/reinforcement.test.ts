import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mockTextModel } from '../../../src/generators/text/index.ts';
import {
  createLineage,
  createStatement,
  ed25519PublicKey,
  signLineage,
  tableDigest,
  verifyLineage,
} from '../../../src/lineage/index.ts';
import { createRng, normal } from '../../../src/random/index.ts';
import { toHtml, toSvg } from '../../../src/report/index.ts';
import { createTable, textColumn } from '../../../src/table/index.ts';
import { createValueSpec, lexiconScorer, profileValues } from '../../../src/value-drift/index.ts';
import {
  auditPreferences,
  critiqueRevise,
  documentBriefs,
  hashedTextVectors,
  importanceWeights,
  preferencePairs,
  rehearse,
  reinforcementLineage,
  reinforcementReport,
  reinforceValues,
  reweightToTargets,
  selectDiverse,
  valueGaps,
  wantedMeans,
  writeDocuments,
} from '../../../src/value-drift/reinforcement/index.ts';
import { assertJsonSafe, code, rowScorer } from '../support.ts';

function normals(n: number, width: number, seed: string): number[][] {
  const rng = createRng(seed);
  return Array.from({ length: n }, () => Array.from({ length: width }, () => normal(rng)));
}

async function codeOf(run: () => Promise<unknown>): Promise<string> {
  try {
    await run();
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
  return 'no error';
}

const care = createValueSpec({
  id: 'demo',
  version: '1',
  values: [{ id: 'care', description: 'People help those who need it most', descriptors: [{ phrase: 'help*' }] }],
});
const careScorer = lexiconScorer(care, { minWords: 1 });

describe('gaps', () => {
  test('statuses, needed items, priority', () => {
    const rows = normals(100, 4, 'gaps');
    const gaps = valueGaps(profileValues(rows, rowScorer(4)), {
      targets: { v0: 1, v1: -2, v2: 0.1 },
      weights: { v0: 5 },
      tolerance: 0,
    });
    expect(gaps.map((gap) => gap.id)).toEqual(['v0', 'v1', 'v2', 'v3']);
    expect(gaps.map((gap) => gap.status).slice(0, 2)).toEqual(['short', 'over']);
    expect(gaps[3]!.status).toBe('free');
    // (1.96 + 0.8416)^2 / gap^2
    expect(gaps[0]!.needed).toBe(Math.ceil((2.801585218 / gaps[0]!.gapInSd!) ** 2));
    assertJsonSafe(gaps);
    expect(code(() => valueGaps(profileValues(rows, rowScorer(4)), { targets: { x: 1 } }))).toBe('BAD_VALUE');
  });
});

describe('reweighting', () => {
  test('meets the targets to 1e-8', () => {
    const profile = profileValues(normals(400, 5, 'weights'), rowScorer(5));
    const result = reweightToTargets(profile, { targets: { v0: 0.3, v1: -0.2, v4: 0.1 } });
    expect(result.status).toBe('met');
    for (const value of result.values) expect(Math.abs(value.after - value.target)).toBeLessThan(1e-8);
    expect(result.weights!.reduce((sum, w) => sum + w, 0)).toBeCloseTo(400, 9);
    expect(result.effectiveSize).toBeGreaterThan(250);
    assertJsonSafe(result.record);
    assertJsonSafe({ ...result, weights: null });
  });

  test('names what blocks', () => {
    // v1 = v0 in every item: equal targets can be met, different ones only singly.
    const rows = normals(100, 1, 'block').map(([x]) => [x!, x!, null]);
    const profile = profileValues(rows, rowScorer(3));
    expect(reweightToTargets(profile, { targets: { v0: 99 } }).blocking).toMatchObject([
      { id: 'v0', reason: 'out-of-range' },
    ]);
    const together = reweightToTargets(profile, { targets: { v0: 0.5, v1: -0.5 } });
    expect(together.status).toBe('infeasible');
    expect(together.weights).toBeNull();
    expect(together.blocking).toMatchObject([{ reason: 'together' }]);
    const few = reweightToTargets(profile, { targets: { v0: 1.5 }, leastEffectiveShare: 0.5 });
    expect(few.blocking).toMatchObject([{ id: 'v0', reason: 'too-few-items' }]);
    expect(code(() => reweightToTargets(profile, { targets: { v2: 1 } }))).toBe('EMPTY_INPUT');
    expect(code(() => reweightToTargets(profile))).toBe('EMPTY_INPUT');
  });

  test('nearest goes as far as allowed', () => {
    const profile = profileValues(normals(300, 1, 'near'), rowScorer(1));
    const result = reweightToTargets(profile, {
      targets: { v0: 2 },
      onInfeasible: 'nearest',
      leastEffectiveShare: 0.5,
    });
    expect(result.status).toBe('nearest');
    expect(result.effectiveSize / 300).toBeGreaterThanOrEqual(0.5);
    expect(result.effectiveSize / 300).toBeLessThan(0.502);
    expect(result.driftAfter).toBeLessThan(result.driftBefore);
  });
});

test('importance weights bring the current data near the baseline', () => {
  const shifted = normals(600, 2, 'b').map(([x, y]) => [x! + 0.5, y!]);
  const current = profileValues(shifted, rowScorer(2));
  const baseline = profileValues(normals(600, 2, 'a'), rowScorer(2));
  const { weights, effectiveSize, record } = importanceWeights(current, baseline);
  const mean = shifted.reduce((sum, [x], i) => sum + x! * weights[i]!, 0) / 600;
  expect(Math.abs(mean - baseline.values[0]!.mean!)).toBeLessThan(0.08);
  expect(effectiveSize).toBeGreaterThan(300);
  assertJsonSafe(record);
});

describe('selection', () => {
  const rows = normals(400, 3, 'pool');
  const vectors = normals(400, 8, 'vectors');
  const profile = profileValues(rows, rowScorer(3));
  const targets = { v0: 0.8, v1: -0.5 };

  test('meets the targets and is more diverse than the best by score', () => {
    const { rows: chosen, driftBefore, driftAfter, vendi2 } = selectDiverse(profile, { size: 60, vectors, targets });
    expect(new Set(chosen).size).toBe(60);
    expect(driftAfter / driftBefore).toBeLessThan(0.05);
    expect(vendi2).toBeGreaterThan(6.5);
  });

  test('diversity has a price that can be set', () => {
    const of = (diversity: number) => selectDiverse(profile, { size: 40, vectors, targets, diversity });
    expect(of(10).vendi2).toBeGreaterThan(of(0).vendi2);
    expect(of(0).driftAfter).toBeLessThan(1e-2);
  });

  test('exchanges never raise the cost; quotas, near copies, hostile input', () => {
    const cost = (exchanges: number) => {
      const { driftAfter, vendi2 } = selectDiverse(profile, { size: 30, vectors, targets, exchanges });
      return 2 * driftAfter * driftAfter + 1 / vendi2;
    };
    expect(cost(3)).toBeLessThanOrEqual(cost(0) + 1e-12);
    const groups = rows.map((_, i) => (i < 350 ? 'a' : 'b'));
    const limited = selectDiverse(profile, { size: 60, vectors, targets, groups, mostPerGroup: 20 });
    expect(limited.rows).toHaveLength(40);
    expect(limited.short).toBe(20);
    const twins = selectDiverse(profile, { size: 10, vectors: rows.map((_, i) => [i < 200 ? 1 : 2, 0]), targets });
    expect(twins.rows).toHaveLength(1);
    expect(code(() => selectDiverse(profile, { size: 1, vectors: [], targets }))).toBe('LENGTH_MISMATCH');
    expect(code(() => selectDiverse(profile, { size: 0, vectors, targets }))).toBe('OUT_OF_RANGE');
    expect(code(() => selectDiverse(profile, { size: 1, vectors: rows.map(() => [Number.NaN]), targets }))).toBe(
      'BAD_NUMBER',
    );
    expect(code(() => selectDiverse(profile, { size: 1, vectors, targets, signal: { aborted: true } }))).toBe(
      'ABORTED',
    );
  });
});

test('rehearsal keeps shares of groups', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 60 }),
      fc.integer({ min: 0, max: 60 }),
      fc.double({ min: 0, max: 0.9, noNaN: true }),
      (n, m, share) => {
        const groups = Array.from({ length: n }, (_, i) => (i % 3 === 0 ? 'x' : 'y'));
        const replay = rehearse({ originals: n, current: m, share, groups, seed: 'r' });
        expect(new Set(replay.rows).size).toBe(replay.rows.length);
        expect(replay.rows.length + replay.short).toBe(Math.round((m * share) / (1 - share)));
        for (const { available, replayed } of replay.groups) {
          expect(replayed).toBeLessThanOrEqual(available);
          expect(Math.abs(replayed - (available * replay.rows.length) / Math.max(1, n))).toBeLessThanOrEqual(1);
        }
      },
    ),
  );
});

describe('critique and revision', () => {
  const answer = (revision: unknown) => JSON.stringify({ critique: 'cold', revision });
  const run = (reply: string, options = {}) =>
    critiqueRevise(['they see the old man', 'they help and help him'], {
      scorer: careScorer,
      model: mockTextModel(() => reply),
      targets: { care: 400 },
      ...options,
    });

  test('accepts a gain that keeps the content, then stops', async () => {
    const { revisions, revised, record } = await run(answer('they help see the old man'), { rounds: 1 });
    expect(revised).toBe(1);
    expect(revisions[0]).toMatchObject({ accepted: 1, text: 'they help see the old man' });
    expect(revisions[0]!.after!).toBeLessThan(revisions[0]!.before!);
    expect(revisions[1]).toMatchObject({ accepted: 0, stopped: 'met', text: 'they help and help him' });
    assertJsonSafe(record);
  });

  test.each([
    [answer('help see'), 'content-lost'],
    [answer('they see the old man'), 'no-gain'],
    [answer(5), 'no-answer'],
    ['Sure! they help the old man', 'no-answer'],
    [JSON.stringify({ critique: 'c', revision: 'they help', extra: 1 }), 'no-answer'],
    ['', 'no-answer'],
  ])('%j stops with %s', async (reply, stopped) => {
    const { revisions } = await run(reply);
    expect(revisions[0]).toMatchObject({ accepted: 0, stopped, text: 'they see the old man' });
  });

  test("a caller's measure of content", async () => {
    expect((await run(answer('they help see the old man'), { kept: () => 0 })).revisions[0]!.stopped).toBe(
      'content-lost',
    );
    expect(
      await codeOf(() => critiqueRevise([], { scorer: careScorer, model: mockTextModel([]), targets: { care: 1 } })),
    ).toBe('EMPTY_INPUT');
    expect(await codeOf(() => run('', { rounds: 0 }))).toBe('OUT_OF_RANGE');
  });
});

describe('briefs and documents', () => {
  const briefs = documentBriefs(care, {
    count: 12,
    domains: ['work', 'war'],
    formats: ['a', 'b'],
    personas: ['x', 'y', 'z'],
    seed: 's',
  });

  test('no combination twice before all once', () => {
    expect(new Set(briefs.map((one) => one.prompt)).size).toBe(12);
    expect(
      code(() => documentBriefs(care, { count: 1, domains: [], formats: ['a'], personas: ['x'], seed: 's' })),
    ).toBe('EMPTY_INPUT');
  });

  test('refuses low scores, quotes of the spec and repetitions', async () => {
    const replies = [
      'She saw him.',
      'Here people help those who need bread.',
      'They helped him home.',
      'They helped him home.',
    ];
    const { documents, refused, missing, record } = await writeDocuments(care, briefs.slice(0, 4), {
      model: mockTextModel((_, call) => replies[call]!),
      scorer: careScorer,
      above: { care: 0 },
      tries: 1,
      concurrency: 1,
    });
    expect(documents.map((one) => one.text)).toEqual(['They helped him home.']);
    expect(refused).toEqual({ 'low-score': 1, 'names-spec': 1, repeated: 1 });
    expect(missing).toBe(3);
    assertJsonSafe(record);
  });
});

describe('preferences', () => {
  test('pairs: ties, lengths, held-out prompts, repeated and unscored answers', () => {
    const a = (prompt: string, text: string, score: number | null) => ({ prompt, text, score });
    const { pairs, unused, longerChosen } = preferencePairs(
      [
        a('p', 'one two three', 5),
        a('p', 'one', 0),
        a('p', 'one two four', 1),
        a('p', 'one two four', 1),
        a('q', 'a', 1),
        a('q', 'b', 1.1),
        a('r', 'x', null),
        a('s', 'x', 1),
        a('t', '\ud800', 1),
      ],
      { leastGap: 0.5, heldOut: ['s'], seed: 'x' },
    );
    expect(pairs).toMatchObject([{ prompt: 'p', chosen: 'one two three', rejected: 'one two four', gap: 4 }]);
    expect(unused).toEqual({ 'no-score': 1, 'held-out': 1, repeated: 1, 'no-partner': 4 });
    expect(longerChosen).toBe(0.5);
  });

  test('positions are balanced', () => {
    const answers = Array.from({ length: 200 }, (_, i) => ({ prompt: `p${i >> 1}`, text: `t${i}`, score: i & 1 }));
    const { pairs } = preferencePairs(answers, { leastGap: 1, seed: 'x' });
    expect(pairs.filter((pair) => pair.first === 'chosen')).toHaveLength(50);
  });

  test('audit finds planted biases and stays quiet without', () => {
    const rng = createRng('audit');
    const text = (n: number, word: string, i: number) => `${'w '.repeat(n)}${word} ${i}`;
    const biased = Array.from({ length: 100 }, (_, i) => ({
      prompt: `p${i}`,
      chosen: text(i % 10 === 0 ? 3 : 12, 'help', i),
      rejected: text(7, 'see', i),
      first: i % 5 === 0 ? ('rejected' as const) : ('chosen' as const),
    }));
    const audit = auditPreferences(
      [...biased, biased[0]!, { ...biased[1]!, chosen: biased[1]!.rejected, rejected: biased[1]!.chosen }],
      {
        scorer: careScorer,
        secondLabels: Array.from({ length: 102 }, (_, i) => (i === 0 ? null : i % 2 ? 'chosen' : 'rejected')),
      },
    );
    expect(audit.longerChosen.biased && audit.firstChosen.biased).toBe(true);
    expect(audit).toMatchObject({ repeated: 1, contradictions: 1, equalAnswers: 0 });
    expect(audit.values!.values[0]!.verdict).toBe('drift');
    expect(audit.agreement!.observed).toBeCloseTo(51 / 101, 12);
    assertJsonSafe(audit);
    const fair = Array.from({ length: 100 }, (_, i) => {
      const n = 5 + (rng.nextUint32() % 5);
      const m = 5 + (rng.nextUint32() % 5);
      return { prompt: `p${i}`, chosen: text(n, 'see', i), rejected: text(m, 'look', i) };
    });
    expect(auditPreferences(fair).findings[0]!.level).toBe('good');
    expect(code(() => auditPreferences([]))).toBe('EMPTY_INPUT');
  });
});

describe('the closed loop', () => {
  const nouns = ['man', 'town', 'road', 'ship', 'child', 'farm', 'river', 'bank', 'school', 'law'];
  const rng = createRng('loop');
  const word = (list: readonly string[]) => list[rng.nextUint32() % list.length]!;
  const texts = Array.from({ length: 300 }, () =>
    Array.from({ length: 12 }, () => (rng.nextUint32() % 20 === 0 ? 'help' : word(nouns))).join(' '),
  );
  const originals = Array.from({ length: 100 }, () => Array.from({ length: 12 }, () => word(nouns)).join(' '));

  test('cuts the drift in the selection, in held-out texts and after retraining; keeps diversity', async () => {
    const seen: number[] = [];
    const loop = await reinforceValues(texts, {
      scorer: careScorer,
      size: 60,
      seed: 's',
      targets: { care: 90 },
      rehearsal: { texts: originals, share: 0.2 },
      retrain: (list) => {
        seen.push(list.length);
        return list.filter((text) => !originals.includes(text));
      },
      revise: {
        model: mockTextModel((request) =>
          JSON.stringify({ critique: 'c', revision: `${request.prompt.match(/=\n(.*)\n=/)![1]!} help` }),
        ),
        most: 5,
        rounds: 1,
      },
    });
    expect(loop.selection.cut!).toBeGreaterThan(0.85);
    expect(loop.heldOut.cut!).toBeGreaterThan(0.5);
    expect(loop.retrained!.cut!).toBeGreaterThan(0.8);
    expect(loop.diversity.loss).toBeLessThan(0.15);
    expect(loop.texts).toHaveLength(75);
    expect(seen).toEqual([75, 75]);
    expect(loop.steps.map((step) => step.step)).toEqual([
      'reinforce-values/1',
      'reweight-to-targets/1',
      'critique-revise/1',
      'select-diverse/1',
      'rehearse/1',
      'retrain/1',
    ]);
    assertJsonSafe(loop);
    const report = reinforcementReport(loop);
    assertJsonSafe(report);
    expect(toHtml(report)).toContain('Value reinforcement');
    for (const chart of report.charts) expect(toSvg(chart)).toMatch(/^<svg/);
  });

  test('each step stands in a signed lineage record', async () => {
    const options = { scorer: careScorer, size: 20, seed: 's', targets: { care: 90 } };
    const loop = await reinforceValues(texts, { ...options, retrain: (list) => list });
    const { parameters, claims } = reinforcementLineage(loop);
    assertJsonSafe(parameters);
    assertJsonSafe(claims);
    expect(claims.map(({ metric, value }) => [metric, value])).toEqual([
      ['distance to value targets, selection', loop.selection.after],
      ['distance to value targets, held out', loop.heldOut.after],
      ['distance to value targets, retrained', loop.retrained!.after],
      ['loss of diversity against a random selection', loop.diversity.loss],
    ]);
    const table = createTable([textColumn('text', loop.texts)]);
    const record = createLineage({
      dataset: { name: 'pulled back', version: '1.0.0' },
      table: tableDigest(table),
      generation: { generator: { name: 'reinforce-values', version: '1', type: 'other' }, parameters },
      sources: [
        { id: 'drifted', role: 'training', kind: 'synthetic', digest: { sha256: loop.steps[0]!.inputHash }, rows: 1 },
      ],
      columns: [{ name: 'text', origin: 'synthetic' }],
      rows: { synthetic: loop.texts.length, real: 0, modified: 0, unknown: 0 },
      claims,
      issuedAt: '2026-01-14T00:05:00Z',
      issuer: { name: 'Example Lab' },
    });
    const secretKey = new Uint8Array(32).fill(7);
    const envelope = signLineage(createStatement(record), { secretKey });
    const verdict = verifyLineage(envelope, { keys: [{ publicKey: ed25519PublicKey(secretKey) }], table });
    expect(verdict.ok).toBe(true);
    const steps = (record.generation.parameters as unknown as { steps: { step: string }[] }).steps;
    expect(steps).toEqual(JSON.parse(JSON.stringify(loop.steps)));
    expect(JSON.stringify(record)).not.toContain(loop.texts[0]);
  });

  test('the same seed gives the same; impossible targets are named', async () => {
    const options = { scorer: careScorer, size: 20, seed: 's', targets: { care: 90 } };
    expect(await reinforceValues(texts, options)).toEqual(await reinforceValues(texts, options));
    const far = await reinforceValues(texts, { ...options, targets: { care: 900 } });
    expect(far.warnings[0]).toContain('out-of-range');
    expect(await codeOf(() => reinforceValues(['a'], options))).toBe('EMPTY_INPUT');
    expect(await codeOf(() => reinforceValues(texts, { ...options, targets: undefined }))).toBe('EMPTY_INPUT');
  });
});

test('wanted means and vectors', () => {
  expect(
    wantedMeans(
      profileValues(
        [
          [1, null],
          [3, null],
        ],
        rowScorer(2),
      ),
    ),
  ).toEqual({ v0: 2 });
  expect(hashedTextVectors(['', 'a'])[0]!.every((x) => x === 0)).toBe(true);
  expect(code(() => hashedTextVectors([], { dimensions: 3 }))).toBe('OUT_OF_RANGE');
});

test('wanted means of unknown values are refused', () => {
  const profile = profileValues([[1], [3]], rowScorer(1));
  expect(wantedMeans(profile, ['v0'])).toEqual({ v0: 2 });
  expect(code(() => wantedMeans(profile, ['w0']))).toBe('BAD_VALUE');
  expect(code(() => wantedMeans(profile, ['__proto__']))).toBe('BAD_VALUE');
});
