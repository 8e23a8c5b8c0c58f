import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fairTarget } from '../../src/bias/index.ts';
import { unsafeSeededNoise } from '../../src/dp/index.ts';
import {
  arfGenerator,
  bayesianNetworkGenerator,
  cartGenerator,
  checkConstraints,
  constrainGenerator,
  copulaGenerator,
  type DpColumnDomain,
  type DpTreeModel,
  dpTreeGenerator,
  fairGenerator,
  independentGenerator,
  outsideGenerator,
  sampleDpTree,
  smoteGenerator,
} from '../../src/generators/index.ts';
import { canonicalJson } from '../../src/hash/index.ts';
import { lineageInputOf } from '../../src/lineage/create-lineage.ts';
import {
  createLineage,
  createStatement,
  ed25519PublicKey,
  type LineageClaim,
  type LineageRecord,
  signLineage,
  tableDigest,
} from '../../src/lineage/index.ts';
import {
  chooseGenerator,
  constrainChoice,
  type GeneratorChoice,
  type GovernOptions,
  govern,
  verifyGoverned,
} from '../../src/pipeline/index.ts';
import {
  booleanColumn,
  dropColumns,
  getColumn,
  parseCsv,
  replaceColumn,
  selectColumns,
  sliceRows,
} from '../../src/table/index.ts';
import type { IntegerColumn, Table } from '../../src/types.ts';

const secretKey = new Uint8Array(32).fill(2);
const keys = [{ publicKey: ed25519PublicKey(secretKey) }];
const olympians = parseCsv(readFileSync('node_modules/@observablehq/sample-datasets/olympians.csv', 'utf8'));
const source = sliceRows(olympians, 0, 3000);
const options: GovernOptions = {
  dataset: { name: 'olympians-synthetic', version: '1.0.0' },
  source: { id: 'rio-2016', kind: 'real', personalData: true },
  seed: 'run-1',
  salt: new Uint8Array(32).fill(1),
  rows: 2000,
  bias: { sensitive: ['sex'], label: { column: 'gold', positive: '> 0' }, permutations: 99 },
  drift: { columns: ['height'], permutations: 99 },
  quality: { noiseFloor: { repeats: 1 } },
  signer: { secretKey, issuer: { name: 'test' }, issuedAt: '2026-01-14T00:05:00Z' },
};

/** Statuses of the claims when everything is computed again. */
function statuses(record: { csv: string; envelope: unknown }, real: Table): string[] {
  const verdict = verifyGoverned(record.csv, canonicalJson(record.envelope as never), { keys, source: real });
  expect(verdict).toMatchObject({ ok: true, sameFile: true });
  return verdict.lineage?.ok ? verdict.lineage.claims.map(({ status }) => status) : [];
}

describe('govern takes every own generator', () => {
  const choices: readonly (readonly [GeneratorChoice, string, boolean])[] = [
    [chooseGenerator(copulaGenerator, { target: 'sport' }), 'statistical', false],
    [chooseGenerator(bayesianNetworkGenerator, { maxParents: 1 }), 'statistical', true],
    [chooseGenerator(arfGenerator, { trees: 3, maxRounds: 1, minLeaf: 20 }), 'tree', true],
    [chooseGenerator(independentGenerator, {}), 'statistical', true],
  ];
  test.each(choices.map((one) => [one[0].id, ...one] as const))('%s, end to end', (id, generator, family, embeds) => {
    const made = govern(source, { ...options, generator });
    const { generation } = made.record;
    expect(generation.generator).toMatchObject({ name: id, type: family });
    expect(generation.generator.version).toMatch(/^synthproof \d.*, model 1$/);
    expect(generation).toMatchObject({
      prng: 'threefry4x32-20/1',
      determinism: 'bitwise',
      embedsTrainingValues: embeds,
      parameters: generator.parameters,
    });
    expect(made.record.claims.some(({ kind }) => kind === 'privacy')).toBe(false);
    // Placeholders are known of every own generator, so that no figure is spoilt by names and ids.
    expect(made.measures.quality.skipped.map(({ column }) => column)).toEqual(expect.arrayContaining(['id', 'name']));
    expect(statuses(made, source)).toEqual(made.record.claims.map(() => 'recomputed'));
    expect(govern(source, { ...options, generator }).csv).toBe(made.csv);
    expect(made.report.sections!.at(-1)!.findings.some(({ text }) => /holds values of single rows/.test(text))).toBe(
      embeds,
    );
  });

  test('a mark on a copula', () => {
    const mark = { key: new Uint8Array(32).fill(3), tableId: 'release-1' };
    const made = govern(source, { ...options, generator: chooseGenerator(copulaGenerator, {}), mark });
    expect(verifyGoverned(made.csv, made.envelope, { keys, markKey: mark.key }).mark?.decision).toBe('marked');
  });

  test('SMOTE is an augmentation: rows of one class', () => {
    const generator = chooseGenerator(smoteGenerator, { target: 'sex', label: 'female', k: 3 });
    const made = govern(source, { ...options, rows: 300, bias: undefined, generator });
    expect(made.record.generation.generator.type).toBe('augmentation');
    expect(made.record.generation.embedsTrainingValues).toBe(true);
    expect(statuses(made, source)).not.toContain('asserted');
  });
});

describe('constraints', () => {
  const rules = [
    { kind: 'fixedCombinations', columns: ['sex', 'sport'] },
    { kind: 'range', column: 'height', min: 1.4, max: 2.2 },
  ] as const;
  const generator = constrainChoice(chooseGenerator(cartGenerator, { minLeaf: 20 }), rules, { maxTries: 50 });
  const made = govern(source, { ...options, generator });

  test('the record states them, and the claims count violations in the published table', () => {
    expect(made.record.generation).toMatchObject({
      generator: { name: 'cart+constraints', type: 'tree' },
      determinism: 'bitwise',
      parameters: { minLeaf: 20, constraints: rules, constrain: { maxTries: 50 } },
    });
    expect(checkConstraints(made.table, rules, { source }).ok).toBe(true);
    const claims = made.record.claims.filter(({ metric }) => /violate/.test(metric));
    expect(claims.map(({ value, n, pass }) => [value, n, pass])).toEqual([
      [0, 2000, true],
      [0, 2000, true],
    ]);
    // The combinations of the source are nowhere in the record.
    expect(canonicalJson(made.record)).not.toContain('"female","');
    expect(statuses(made, source)).not.toContain('asserted');
  });

  test('declared rules are counted again without the source', () => {
    const verdict = verifyGoverned(made.csv, made.envelope, { keys });
    const claims = verdict.lineage?.ok ? verdict.lineage.claims : [];
    expect(claims.filter(({ status }) => status === 'recomputed').map(({ metric }) => metric)).toEqual([
      made.record.claims.at(-1)!.metric,
    ]);
  });

  test('a claim that hides violations is refused', () => {
    const last = made.record.claims.at(-1)!;
    const parameters = { constraint: { kind: 'range', column: 'height', min: 1.9 } };
    expect(forged(made.record, { ...last, parameters })).toMatchObject({ ok: false, code: 'CLAIM_MISMATCH' });
    expect(forged(made.record, { ...last, parameters: { constraint: { kind: 'range' } } }).ok).toBe(false);
    expect(forged(made.record, { ...last, parameters: {} }).ok).toBe(false);
  });

  test("a predicate is the caller's code: recorded by name, nothing claimed", () => {
    const rule = { kind: 'predicate', name: 'tall', columns: ['height'], holds: () => true } as const;
    const choice = constrainChoice(chooseGenerator(independentGenerator, {}), [rule]);
    const { record } = govern(source, { ...options, bias: undefined, generator: choice });
    expect(record.generation.parameters).toMatchObject({ constraints: [{ name: 'tall', columns: ['height'] }] });
    expect(record.generation.determinism).toBeUndefined();
    expect(record.claims.some(({ metric }) => metric.includes('tall'))).toBe(false);
  });

  test('a constrained generator that the caller wrapped has its claims too', () => {
    const choice = chooseGenerator(constrainGenerator(independentGenerator, [rules[1]]), {});
    const { record, measures } = govern(source, { ...options, bias: undefined, generator: choice });
    expect(record.claims.at(-1)).toMatchObject({ metric: 'rows that violate "height in [1.4, 2.2]"', value: 0 });
    expect(record.generation).toMatchObject({ determinism: 'bitwise', generator: { type: 'statistical' } });
    const tall = { kind: 'predicate', name: 'tall', columns: ['height'], holds: () => true } as const;
    expect(chooseGenerator(constrainGenerator(independentGenerator, [tall]), {}).repeatable).toBeUndefined();
    expect(measures.quality.skipped.map(({ column }) => column)).toContain('id');
  });

  function forged(record: LineageRecord, claim: LineageClaim) {
    const claims = [...record.claims.slice(0, -1), claim];
    const envelope = signLineage(createStatement(createLineage({ ...lineageInputOf(record), claims })), { secretKey });
    return verifyGoverned(made.csv, envelope, { keys, source });
  }
});

describe('an outside table', () => {
  const table = sliceRows(olympians, 3000, 5000);

  test('is measured and recorded; nothing is stated of how it was made', () => {
    const generator = chooseGenerator(outsideGenerator({ id: 'ctgan-0.10', table }), {}, 'gan');
    const made = govern(source, { ...options, generator });
    expect(tableDigest(made.table).digest).toBe(tableDigest(table).digest);
    const { generation } = made.record;
    expect(generation.generator).toMatchObject({ name: 'ctgan-0.10', type: 'gan' });
    for (const field of ['prng', 'determinism', 'modelFingerprint', 'embedsTrainingValues'])
      expect(generation).not.toHaveProperty(field);
    expect(statuses(made, source)).not.toContain('asserted');
  });

  test('its maker may say that no training value is held', () => {
    const generator = chooseGenerator(outsideGenerator({ id: 'x', table, embedsTrainingValues: false }), {});
    expect(govern(source, { ...options, generator }).record.generation.embedsTrainingValues).toBe(false);
  });
});

describe('a differentially private tree', () => {
  const small = selectColumns(source, ['id', 'sex', 'height', 'gold']);
  const domain: DpColumnDomain[] = [
    { name: 'id', kind: 'identifier' },
    { name: 'sex', kind: 'category', labels: ['female', 'male'], other: null, missing: false },
    { name: 'height', kind: 'number', min: 1.2, max: 2.3 },
    { name: 'gold', kind: 'integer', min: 0, max: 5 },
  ];
  // Seeded words under another name stand for a cryptographic source: tests must repeat.
  const noise = { ...unsafeSeededNoise('govern'), source: 'test-only' };
  const privacy = { domain, epsilon: 2, delta: 1e-6, noise };
  const made = govern(small, { ...options, generator: chooseGenerator(dpTreeGenerator, privacy) });
  const claim = made.record.claims.find(({ kind }) => kind === 'privacy')!;

  test('claims what the ledger says, with neighbours, noise source and scope', () => {
    const { ledger } = made.model as DpTreeModel;
    expect(claim).toMatchObject({
      metric: 'differential privacy: epsilon at delta 0.000001',
      threshold: 2,
      pass: true,
      parameters: { neighbours: 'add-remove-one-row', noiseSource: 'test-only', release: { epsilon: 2, delta: 1e-6 } },
    });
    expect(claim.value).toBeGreaterThan(1.9);
    expect(claim.value).toBeLessThanOrEqual(2);
    expect((claim.parameters as { charges: unknown }).charges).toEqual(JSON.parse(JSON.stringify(ledger.charges)));
    expect(JSON.stringify(claim.parameters)).toMatch(/if the noise of .*test-only.* is cryptographic/);
  });

  test('states that a second fit gives other bits, and embeds no training values', () => {
    expect(made.record.generation).toMatchObject({
      prng: 'threefry4x32-20/1',
      determinism: 'statistical',
      embedsTrainingValues: false,
      parameters: { noise: 'test-only' },
    });
    // Rows drawn from the model, on the other hand, come again.
    expect(sampleDpTree(made.model as DpTreeModel, { rows: 2000, seed: 'run-1' })).toEqual(made.table);
  });

  test('the claim is added up again, with and without the source', () => {
    expect(statuses(made, small)).toEqual(made.record.claims.map(() => 'recomputed'));
    const bare = verifyGoverned(made.csv, made.envelope, { keys });
    expect(bare.lineage?.ok && bare.lineage.claims.find(({ metric }) => metric === claim.metric)?.status).toBe(
      'recomputed',
    );
  });

  test('a claim of less loss than its charges is refused', () => {
    const lies: LineageClaim[] = [
      { ...claim, value: 0.5 },
      { ...claim, parameters: { ...claim.parameters, noiseSource: 'seeded-unsafe' } },
      { ...claim, parameters: { ...claim.parameters, charges: [] } },
      { ...claim, parameters: {} },
    ];
    for (const lie of lies) {
      const claims = made.record.claims.map((one) => (one === claim ? lie : one));
      const record = createLineage({ ...lineageInputOf(made.record), claims });
      const envelope = signLineage(createStatement(record), { secretKey });
      expect(verifyGoverned(made.csv, envelope, { keys })).toMatchObject({ ok: false, code: 'CLAIM_MISMATCH' });
    }
  });

  test('earlier charges on the same ledger count', () => {
    const { ledger } = dpTreeGenerator.fit(small, { ...privacy, epsilon: 1 });
    const grown = { ...ledger, budget: { ...ledger.budget, epsilon: 3, rho: 1 } };
    const generator = chooseGenerator(dpTreeGenerator, { ...privacy, epsilon: 1, ledger: grown });
    const { record } = govern(small, { ...options, generator });
    expect(record.claims.find(({ kind }) => kind === 'privacy')!.value).toBeGreaterThan(1.2);
  });

  test('noise from a seed: no figure is claimed', () => {
    const generator = chooseGenerator(dpTreeGenerator, { ...privacy, noise: unsafeSeededNoise('s') });
    const one = govern(small, { ...options, generator });
    expect(one.record.claims.find(({ kind }) => kind === 'privacy')).toMatchObject({
      value: null,
      reason: 'the noise can be made again from its seed',
    });
    expect(one.report.findings.some(({ text }) => /No differential privacy is claimed/.test(text))).toBe(true);
    expect(verifyGoverned(one.csv, one.envelope, { keys, source: small }).ok).toBe(true);
  });

  test('declared constraints keep the claim, those read from the source end it', () => {
    const bare = dropColumns(small, ['id']);
    const choice = chooseGenerator(dpTreeGenerator, { ...privacy, domain: domain.slice(1) });
    const declared = constrainChoice(choice, [{ kind: 'range', column: 'height', max: 2.2 }], { method: 'reject' });
    const kept = govern(bare, { ...options, generator: declared }).record.claims;
    expect(kept.find(({ kind }) => kind === 'privacy')!.value).toBeLessThanOrEqual(2);
    const read = constrainChoice(choice, [{ kind: 'fixedCombinations', columns: ['sex', 'gold'] }], {
      method: 'reject',
    });
    expect(
      govern(bare, { ...options, generator: read }).record.claims.find(({ kind }) => kind === 'privacy'),
    ).toMatchObject({
      value: null,
      reason: expect.stringMatching(/read from the source/),
    });
  });

  test('the report says what the guarantee does not cover', () => {
    const texts = made.report.findings.map(({ text }) => text).join(' ');
    expect(texts).toMatch(/outside any such guarantee/);
  });
});

describe('govern takes a steered generator', () => {
  const gold = getColumn(source, 'gold') as IntegerColumn;
  const people = replaceColumn(
    source,
    booleanColumn(
      'medal',
      Array.from(gold.values, (n) => n > 0),
    ),
  );
  const target = fairTarget(people, { sensitive: ['sex'], label: { column: 'medal' } });
  const governed = govern(people, {
    ...options,
    bias: { sensitive: ['sex'], label: { column: 'medal' }, permutations: 99 },
    generator: chooseGenerator(fairGenerator(cartGenerator, target), {}, 'tree'),
  });

  test('the record holds target, strength and the gap reached, which anyone can count again', () => {
    const claim = governed.record.claims!.find(({ metric }) => metric === 'label gap in the data by sex')!;
    expect(claim.value).toBeLessThan(0.002);
    expect(claim.parameters).toMatchObject({ steering: { generator: 'cart', method: 'conditional', strength: 1 } });
    expect(statuses(governed, people).every((status) => status === 'recomputed')).toBe(true);
  });
});
