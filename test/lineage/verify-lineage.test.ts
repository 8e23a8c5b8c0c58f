import { describe, expect, test } from 'vitest';
import { canonicalJson, sha256Hex, toBase64, utf8 } from '../../src/hash/index.ts';
import {
  createLineage,
  createStatement,
  ed25519PublicKey,
  keyId,
  type LineageClaim,
  type LineageInput,
  type LineageStatement,
  signDsse,
  signLineage,
  signLineageWith,
  sourceFromStatement,
  statementSha256,
  tableDigest,
  tableLeafHashes,
  type VerifyLineageOptions,
  verifyLineage,
} from '../../src/lineage/index.ts';
import { createTable, integerColumn, numberColumn, renameColumns, sliceRows, takeRows } from '../../src/table/index.ts';
import {
  file,
  keys,
  otherKey,
  realSource,
  sampleInput,
  sampleRecord,
  sampleTable,
  secretKey,
  signed,
  watermark,
} from './fixture.ts';

const badRecord = (where: string) =>
  expect.objectContaining({ code: 'BAD_RECORD', message: expect.stringContaining(where) });
const { envelope, statement } = signed();
const text = canonicalJson(envelope);

function code(input: unknown, options: Partial<VerifyLineageOptions> = {}): string {
  const verdict = verifyLineage(input as string, { keys, ...options });
  if (!verdict.ok) expect(verdict.checks.some((check) => !check.ok && check.code === verdict.code)).toBe(true);
  return verdict.ok ? 'ok' : verdict.code;
}

/** Signs whatever it is given as if it were a statement. */
function forge(value: unknown) {
  const payload = utf8(typeof value === 'string' ? value : canonicalJson(value));
  return signDsse(payload, { payloadType: 'application/vnd.in-toto+json', secretKeys: [secretKey] });
}

/** A statement with one field changed after it was derived. */
function altered(change: (predicate: Record<string, any>, whole: Record<string, any>) => void) {
  const copy = JSON.parse(canonicalJson(statement));
  change(copy.predicate, copy);
  return forge(copy);
}

describe('createLineage', () => {
  test('derives id, kind, parameter hash and ancestry', () => {
    const record = sampleRecord();
    expect(record.dataset.id).toBe(`urn:synthproof:table:${record.dataset.table.digest}`);
    expect(record.origin).toMatchObject({ kind: 'full', hasSynthetic: true });
    expect(record.generation.parametersSha256).toBe(sha256Hex('{"columns":["id"],"minLeaf":5}'));
    expect(record.ancestry).toEqual({
      maxDepth: 1,
      meanDepth: 1,
      syntheticFraction: 1,
      realRootMass: 1,
      unknownMass: 0,
    });
    expect(JSON.parse(JSON.stringify(record))).toEqual(record);
  });

  test('is repeatable and keeps its input as it was', () => {
    const input = sampleInput();
    const before = JSON.stringify(input);
    expect(canonicalJson(createLineage(input))).toBe(canonicalJson(createLineage(input)));
    expect(JSON.stringify(input)).toBe(before);
  });

  test.each([
    [{ synthetic: 6, real: 0, modified: 0, unknown: 0 }, 'synthetic', 'full', true],
    [{ synthetic: 0, real: 0, modified: 6, unknown: 0 }, 'real', 'partial', true],
    [{ synthetic: 2, real: 0, modified: 4, unknown: 0 }, 'synthetic', 'partial', true],
    [{ synthetic: 2, real: 4, modified: 0, unknown: 0 }, 'synthetic', 'hybrid', true],
    [{ synthetic: 0, real: 6, modified: 0, unknown: 0 }, 'real', 'none', false],
    [{ synthetic: 5, real: 0, modified: 0, unknown: 1 }, 'synthetic', 'unknown', true],
    [{ synthetic: 6, real: 0, modified: 0, unknown: 0 }, 'perturbed', 'partial', true],
  ] as const)('kind of rows %j, first column %s: %s', (rows, origin, kind, hasSynthetic) => {
    const columns = sampleInput().columns.map((column, i) => (i === 0 ? { ...column, origin } : column));
    expect(sampleRecord({ rows, columns }).origin).toMatchObject({ kind, hasSynthetic });
  });

  test('ancestry: replaced data get one step deeper each time, accumulated data follow the harmonic numbers', () => {
    const rows = sampleTable().rowCount;
    let replaced = createStatement(sampleRecord());
    const depths: number[] = [];
    for (let i = 0; i < 3; i++) {
      replaced = createStatement(sampleRecord({ sources: [sourceFromStatement(replaced)] }));
      depths.push(replaced.predicate.ancestry.meanDepth);
    }
    expect(depths).toEqual([2, 3, 4]);
    const hybrid = sampleRecord({ rows: { synthetic: rows / 2, real: rows / 2, modified: 0, unknown: 0 } });
    expect(hybrid.ancestry).toEqual({
      maxDepth: 1,
      meanDepth: 0.5,
      syntheticFraction: 0.5,
      realRootMass: 1,
      unknownMass: 0,
    });
    const mixed = sampleRecord({
      sources: [
        { ...realSource, weight: 0.25 },
        { ...sourceFromStatement(replaced), weight: 0.75 },
      ],
    });
    expect(mixed.ancestry).toMatchObject({ maxDepth: 5, meanDepth: 4 });
    expect(sampleRecord({ sources: [] }).ancestry).toMatchObject({ maxDepth: 1, realRootMass: 0, unknownMass: 1 });
  });

  test('marks and licences of parents are carried forward over two generations', () => {
    const parent = createStatement(sampleRecord());
    const child = createStatement(
      sampleRecord({ sources: [sourceFromStatement(parent)], marking: { watermarks: [watermark('child')] } }),
    );
    const grandchild = sampleRecord({ sources: [sourceFromStatement(child)] });
    expect(grandchild.marking.inherited).toEqual([
      { source: child.predicate.dataset.id, watermarks: [watermark('child'), watermark('own')] },
    ]);
    expect(grandchild.sources[0]!.license).toBe('CC-BY-4.0');
  });

  test.each<[string, Partial<LineageInput> | object]>([
    ['/origin/rows', { rows: { synthetic: 5, real: 0, modified: 0, unknown: 0 } }],
    ['/origin/rows/real', { rows: { synthetic: 6, real: -0.5, modified: 0, unknown: 0 } }],
    ['/origin/columns', { columns: sampleInput().columns.slice(1) }],
    ['/origin/columns', { columns: [...sampleInput().columns].reverse() }],
    ['/origin/columns/0', { columns: sampleInput().columns.map((column) => ({ ...column, origin: 'real' as const })) }],
    ['/dataset/name', { dataset: { name: ' ', version: '1.0.0' } }],
    ['/dataset/version', { dataset: { name: 'x' } }],
    ['/dataset/unknownField', { dataset: { name: 'x', version: '1', unknownField: 1 } }],
    ['/issuedAt', { issuedAt: '2026-01-14' }],
    ['/issuedAt', { issuedAt: '2026-02-30T00:00:00Z' }],
    ['/issuedAt', { issuedAt: '2026-01-14T00:03:59Z' }],
    ['/expiresAt', { expiresAt: '2026-01-14T00:04:59Z' }],
    ['/issuer/name', { issuer: {} }],
    ['/supersedes', { supersedes: 'ABC' }],
    ['/sources', { sources: [realSource, realSource] }],
    ['/sources/0/digest', { sources: [{ ...realSource, digest: {} }] }],
    ['/sources/0/digest/sha256', { sources: [{ ...realSource, digest: { sha256: '00' } }] }],
    ['/sources', { sources: [{ ...realSource, weight: 0.9 }] }],
    [
      '/sources',
      {
        sources: [
          { ...realSource, weight: 1 },
          { ...realSource, id: 'b' },
        ],
      },
    ],
    ['/sources/0/role', { sources: [{ ...realSource, role: 'other' }] }],
    ['/generation/seedCommitment', { generation: { ...sampleInput().generation, seedCommitment: sha256Hex('s') } }],
    ['/generation/endedAt', { generation: { ...sampleInput().generation, endedAt: '2026-01-13T23:59:59Z' } }],
    ['/dataset/files', { files: [sampleInput().files![0]!, sampleInput().files![0]!] }],
    ['/claims/0/reason', { claims: [{ kind: 'quality', metric: 'm', value: null, n: 1, method: 'x' }] }],
    [
      '/claims/0/interval',
      {
        claims: [
          {
            kind: 'quality',
            metric: 'm',
            value: 1,
            n: 1,
            method: 'x',
            interval: { lower: 2, upper: 1, level: 0.95, method: 'w' },
          },
        ],
      },
    ],
    ['/cost/source', { cost: { method: 'estimated', energyKWh: 1 } }],
    ['/ext/plain', { ext: { plain: 1 } }],
    ['/table', { table: undefined }],
    ['/generation', { generation: null }],
  ])('refuses %s (case %#)', (where, change) => {
    expect(() => createLineage({ ...sampleInput(), ...change } as LineageInput)).toThrow(badRecord(where));
  });

  test('values JSON cannot hold are refused', () => {
    for (const value of [Number.NaN, 1n, 2 ** 60, new Map(), '\ud800'])
      expect(() => createLineage(sampleInput({ ext: { 'org.example.x': value as never } }))).toThrow(
        expect.objectContaining({ code: 'BAD_JSON' }),
      );
    const cycle: Record<string, unknown> = {};
    cycle['x'] = cycle;
    expect(() => createLineage(sampleInput({ ext: { 'org.example.x': cycle as never } }))).toThrow();
  });

  test('statement subjects', () => {
    expect(statement.subject).toEqual([
      { name: 'athletes', digest: { synthproofTableV1: statement.predicate.dataset.table.digest } },
      { name: 'data.csv', digest: { sha256: sha256Hex(file.bytes) } },
    ]);
    const record = sampleRecord();
    for (const subjects of [
      [],
      [{ name: 'x', digest: { sha256: sha256Hex('x') } }],
      [{ name: 'x', digest: {} }],
      [{ name: 'athletes', digest: { synthproofTableV1: sha256Hex('x') } }],
    ])
      expect(() => createStatement(record, subjects)).toThrow(expect.objectContaining({ code: 'BAD_RECORD' }));
  });
});

describe('signing', () => {
  test('is deterministic, and keys do not leak', () => {
    expect(canonicalJson(signed().envelope)).toBe(text);
    expect(text).not.toContain(toBase64(secretKey).slice(0, 20));
    for (const bad of [new Uint8Array(31), null as never])
      expect(() => signLineage(statement, { secretKey: bad })).toThrow(expect.objectContaining({ code: 'BAD_KEY' }));
  });

  test('an outside signer gives the same envelope', async () => {
    const { sign } = await import('node:crypto');
    const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), secretKey]);
    const signer = {
      keyId: keyId(ed25519PublicKey(secretKey)),
      sign: async (message: Uint8Array) =>
        new Uint8Array(sign(null, message, { key: pkcs8, format: 'der', type: 'pkcs8' })),
    };
    expect(canonicalJson(await signLineageWith(statement, [signer]))).toBe(text);
    await expect(signLineageWith(statement, [signer, signer])).rejects.toMatchObject({ code: 'BAD_KEY' });
    await expect(signLineageWith(statement, [])).rejects.toMatchObject({ code: 'BAD_KEY' });
    await expect(signLineageWith(statement, [{ ...signer, keyId: 'x' }])).rejects.toMatchObject({ code: 'BAD_KEY' });
  });
});

describe('verifyLineage', () => {
  const table = sampleTable();
  test('accepts what was signed, with table and file', () => {
    const verdict = verifyLineage(text, {
      keys,
      table,
      files: [file],
      now: '2026-01-15T00:00:00Z',
      require: { table: true, files: true, watermark: true, claims: ['ksComplement'] },
    });
    expect(verdict.ok).toBe(true);
    if (!verdict.ok) return;
    expect(verdict.record).toEqual(sampleRecord());
    expect(verdict.statementSha256).toBe(statementSha256(statement));
    expect(verdict.keyIds).toEqual([keyId(ed25519PublicKey(secretKey))]);
    expect(verdict.claims.map((claim) => claim.status)).toEqual(['asserted', 'asserted']);
    expect(JSON.stringify(verdict)).not.toContain(Buffer.from(secretKey).toString('hex'));
  });

  test('a table mismatch has its code, and its row when leaf hashes are given', () => {
    const leafHashes = tableLeafHashes(table);
    const edit = (row: number) =>
      createTable(
        table.columns.map((column) =>
          column.name === 'id'
            ? integerColumn(
                'id',
                [0, 1, 2, 3, 4, 5].map((v) => (v === row ? 77 : v)),
              )
            : column,
        ),
      );
    expect(code(text, { table: edit(4) })).toBe('ROOT');
    const verdict = verifyLineage(text, { keys, table: edit(4), leafHashes });
    expect(verdict).toMatchObject({ ok: false, code: 'ROOT', where: 'table row 4' });
    expect(verifyLineage(text, { keys, table: edit(4), leafHashes: leafHashes.map((byte) => byte ^ 1) })).toMatchObject(
      { code: 'ROOT', where: 'table' },
    );
    expect(code(text, { table: takeRows(table, [1, 0, 2, 3, 4, 5]) })).toBe('ROOT');
    expect(verifyLineage(text, { keys, table: sliceRows(table, 0, 5), leafHashes })).toMatchObject({
      code: 'ROW_COUNT',
      where: 'table row 5',
    });
    expect(code(text, { table: renameColumns(table, [['id', 'ID']]) })).toBe('DESCRIPTOR');
    expect(code(text, { table: createTable([...table.columns].reverse()) })).toBe('DESCRIPTOR');
    expect(code(text, { table: createTable(table.columns.slice(1)) })).toBe('DESCRIPTOR');
    expect(
      code(text, {
        table: createTable(table.columns.map((c) => (c.name === 'id' ? numberColumn('id', [0, 1, 2.5, 3, 4, 5]) : c))),
      }),
    ).toBe('TABLE_VALUE');
    expect(
      code(text, {
        table: createTable(table.columns.map((c) => (c.name === 'id' ? numberColumn('id', [0, 1, 2, 3, 4, 5]) : c))),
      }),
    ).toBe('ok');
    for (const broken of [
      null,
      {},
      { rowCount: 6, columns: null },
      { rowCount: 1e9, columns: [] },
      { ...table, rowCount: 7 },
    ])
      expect(code(text, { table: broken as never })).not.toBe('ok');
  });

  test('salted tables need their key', () => {
    const saltKey = new Uint8Array(32).fill(5);
    const input = sampleInput({ table: tableDigest(table, { saltKey, multiset: true }) });
    const own = signLineage(createStatement(createLineage(input)), { secretKey });
    expect(code(own, { table, saltKey })).toBe('ok');
    expect(code(own, { table })).toBe('SALT_KEY');
    expect(code(own, { table, saltKey: new Uint8Array(32) })).toBe('ROOT');
    expect(code(text, { table, saltKey })).toBe('SALT_KEY');
    expect(JSON.stringify(verifyLineage(own, { keys, table, saltKey }))).not.toContain('05050505');
  });

  test('files', () => {
    expect(code(text, { files: [{ ...file, bytes: utf8('a,b\n1,3\n') }] })).toBe('FILE_DIGEST');
    expect(code(text, { files: [{ ...file, bytes: utf8('a,b\n1,2') }] })).toBe('FILE_SIZE');
    expect(code(text, { files: [{ ...file, name: 'other.csv' }] })).toBe('FILE_UNKNOWN');
    expect(code(text, { files: [], require: { files: true } })).toBe('FILE_MISSING');
    expect(code(text, { require: { table: true } })).toBe('TABLE_MISSING');
  });

  test('keys: unknown, revoked, not yet or no longer valid, out of scope, too few', () => {
    const key = keys[0]!;
    const stranger = { publicKey: ed25519PublicKey(otherKey) };
    expect(code(text, { keys: [stranger] })).toBe('UNKNOWN_KEY');
    expect(code(text, { keys: [key, stranger], threshold: 2 })).toBe('THRESHOLD');
    expect(code(text, { keys: [{ ...key, revokedAt: '2027-01-01T00:00:00Z' }] })).toBe('KEY_REVOKED');
    expect(code(text, { keys: [{ ...key, revokedAt: '2027-01-01T00:00:00Z' }], now: '2026-06-01T00:00:00Z' })).toBe(
      'ok',
    );
    expect(code(text, { keys: [{ ...key, revokedAt: '2026-02-01T00:00:00Z' }], now: '2026-06-01T00:00:00Z' })).toBe(
      'KEY_REVOKED',
    );
    expect(code(text, { keys: [{ ...key, notBefore: '2026-01-14T00:05:01Z' }] })).toBe('KEY_NOT_YET_VALID');
    expect(code(text, { keys: [{ ...key, notAfter: '2026-01-14T00:04:59Z' }] })).toBe('KEY_EXPIRED');
    expect(
      code(text, { keys: [{ ...key, notBefore: '2026-01-14T00:05:00Z', notAfter: '2026-01-14T00:05:00Z' }] }),
    ).toBe('ok');
    expect(code(text, { keys: [{ ...key, namePrefixes: ['census-'] }] })).toBe('KEY_SCOPE');
    expect(code(text, { keys: [{ ...key, namePrefixes: ['ath'] }] })).toBe('ok');
    const both = signLineage(statement, { secretKey, coSigners: [otherKey] });
    expect(code(both, { keys: [key, stranger], threshold: 2 })).toBe('ok');
    expect(code(both, { keys: [key, { ...stranger, notAfter: '2025-01-01T00:00:00Z' }], threshold: 2 })).toBe(
      'KEY_EXPIRED',
    );
  });

  test('time: expiry, age, issue to come, replaced statements', () => {
    const dated = signed({ expiresAt: '2026-02-01T00:00:00Z' }).envelope;
    expect(code(dated)).toBe('TIME_UNKNOWN');
    expect(code(dated, { now: '2026-01-31T23:59:59.999Z' })).toBe('ok');
    expect(code(dated, { now: '2026-02-01T00:00:00Z' })).toBe('EXPIRED');
    expect(code(text, { now: '2026-01-14T00:00:00Z' })).toBe('ok');
    expect(code(text, { now: '2026-01-13T23:59:59Z' })).toBe('NOT_YET_ISSUED');
    expect(code(text, { now: '2026-01-14T00:04:59Z', clockSkewS: 0 })).toBe('NOT_YET_ISSUED');
    expect(code(text, { now: '2026-01-14T01:05:01Z', require: { maxAgeS: 3600 } })).toBe('TOO_OLD');
    expect(code(text, { now: '2026-01-14T01:05:00Z', require: { maxAgeS: 3600 } })).toBe('ok');
    expect(code(text, { require: { maxAgeS: 3600 } })).toBe('TIME_UNKNOWN');
    expect(code(text, { superseded: [statementSha256(statement)] })).toBe('SUPERSEDED');
  });

  test('policies that cannot be read refuse', () => {
    const key = keys[0]!;
    for (const options of [
      { now: 'yesterday' },
      { clockSkewS: Number.NaN },
      { require: { maxDepth: Number.NaN } },
      { require: { minRealRootMass: -1 } },
      { keys: [{ ...key, notAfter: '2026' }] },
      { keys: [{ ...key, revokedAt: '' }] },
      { threshold: 0 },
      { keys: [] },
      { keys: null as never },
    ])
      expect(code(text, options)).toBe('BAD_POLICY');
    expect(verifyLineage(text, undefined as never).ok).toBe(false);
  });

  test('requirements on content', () => {
    expect(code(text, { name: 'athletes' })).toBe('ok');
    expect(code(text, { name: 'other' })).toBe('NAME');
    expect(code(text, { require: { claims: ['epsilon'] } })).toBe('CLAIM_MISSING');
    expect(code(signed({ marking: {} }).envelope, { require: { watermark: true } })).toBe('WATERMARK_MISSING');
    expect(code(text, { require: { maxDepth: 0 } })).toBe('TOO_DEEP');
    expect(code(signed({ sources: [] }).envelope, { require: { minRealRootMass: 0.5 } })).toBe('TOO_FEW_REAL_ROOTS');
  });

  test('claims are recomputed when a way is given, once each', () => {
    const asked: string[] = [];
    const recompute = (claim: LineageClaim) => {
      asked.push(claim.metric);
      return claim.metric === 'ksComplement' ? 0.93 : undefined;
    };
    const verdict = verifyLineage(text, { keys, recompute });
    expect(verdict.ok && verdict.claims.map((claim) => claim.status)).toEqual(['recomputed', 'asserted']);
    expect(asked).toEqual(['ksComplement', 'demographicParityDifference']);
    expect(code(text, { recompute: () => 0.9300000000000002 })).toBe('CLAIM_MISMATCH');
    expect(
      code(text, {
        recompute: () => {
          throw new Error('no');
        },
      }),
    ).toBe('MALFORMED');
  });

  test('parents: found by hash, held against the child', () => {
    const child = signed({ sources: [sourceFromStatement(statement)] });
    expect(code(child.envelope, { parents: [statement], require: { parents: true } })).toBe('ok');
    expect(code(child.envelope, { require: { parents: true } })).toBe('PARENT_MISSING');
    const source = sourceFromStatement(statement);
    const of = (change: object) => signed({ sources: [{ ...source, ...change }] }).envelope;
    expect(code(of({ watermarks: [] }), { parents: [statement] })).toBe('MARKING_DROPPED');
    expect(code(of({ license: 'MIT' }), { parents: [statement] })).toBe('LICENSE_DROPPED');
    expect(code(of({ digest: { sha256: sha256Hex('x') } }), { parents: [statement] })).toBe('PARENT_MISMATCH');
    expect(
      code(of({ lineage: { ...source.lineage!, ancestry: { ...source.lineage!.ancestry, maxDepth: 0 } } }), {
        parents: [statement],
      }),
    ).toBe('PARENT_MISMATCH');
    const late = createStatement(sampleRecord({ issuedAt: '2026-03-01T00:00:00Z' }));
    expect(code(signed({ sources: [sourceFromStatement(late)] }).envelope, { parents: [late] })).toBe(
      'PARENT_MISMATCH',
    );
  });

  test.each<[string, string, (predicate: Record<string, any>, whole: Record<string, any>) => void]>([
    [
      'kind',
      'DERIVED',
      (p) => {
        p['origin'].kind = 'hybrid';
      },
    ],
    [
      'hasSynthetic',
      'DERIVED',
      (p) => {
        p['origin'].hasSynthetic = false;
      },
    ],
    [
      'ancestry',
      'DERIVED',
      (p) => {
        p['ancestry'].meanDepth = 0.5;
      },
    ],
    [
      'parameters',
      'DERIVED',
      (p) => {
        p['generation'].parameters.minLeaf = 6;
      },
    ],
    [
      'inherited marks',
      'DERIVED',
      (p) => {
        p['marking'].inherited = [{ source: 'x', watermarks: [watermark('x')] }];
      },
    ],
    [
      'descriptor',
      'DERIVED',
      (p) => {
        p['dataset'].table.descriptor.columns[0].type = 'float';
      },
    ],
    [
      'root',
      'DERIVED',
      (p) => {
        p['dataset'].table.root = sha256Hex('x');
      },
    ],
    [
      'digest',
      'DERIVED',
      (p) => {
        p['dataset'].table.digest = sha256Hex('x');
      },
    ],
    [
      'row count',
      'DERIVED',
      (p) => {
        p['dataset'].table.rows = 7;
        p['origin'].rows.synthetic = 7;
      },
    ],
    [
      'row sum',
      'RECORD_SHAPE',
      (p) => {
        p['origin'].rows.synthetic = 7;
      },
    ],
    [
      'unknown field',
      'RECORD_SHAPE',
      (p) => {
        p['note'] = 'x';
      },
    ],
    [
      'missing field',
      'RECORD_SHAPE',
      (p) => {
        delete p['issuer'];
      },
    ],
    [
      'record',
      'RECORD_SHAPE',
      (_p, whole) => {
        whole['predicate'] = [];
      },
    ],
    [
      'predicate type',
      'STATEMENT_SHAPE',
      (_p, whole) => {
        whole['predicateType'] = 'https://slsa.dev/provenance/v1';
      },
    ],
    [
      'statement type',
      'STATEMENT_SHAPE',
      (_p, whole) => {
        whole['_type'] = 'https://in-toto.io/Statement/v0.1';
      },
    ],
    [
      'subject digest',
      'SUBJECT',
      (_p, whole) => {
        whole['subject'][0].digest.synthproofTableV1 = sha256Hex('x');
      },
    ],
    [
      'file subject',
      'SUBJECT',
      (_p, whole) => {
        whole['subject'][1].digest.sha256 = sha256Hex('x');
      },
    ],
    [
      'no subject',
      'SUBJECT',
      (_p, whole) => {
        whole['subject'] = [];
      },
    ],
    [
      'dropped subject',
      'SUBJECT',
      (_p, whole) => {
        whole['subject'].pop();
      },
    ],
  ])('even a signed record is refused: %s', (_name, expected, change) => {
    expect(code(altered(change))).toBe(expected);
  });

  test('payloads that are not canonical, not JSON, not a statement', () => {
    expect(code(forge(JSON.stringify(statement)))).toBe('PAYLOAD_NOT_CANONICAL');
    expect(code(forge(`${canonicalJson(statement)} `))).toBe('PAYLOAD_NOT_CANONICAL');
    expect(code(forge('{"a":1,"a":1}'))).toBe('PAYLOAD_JSON');
    for (const value of [null, [], 1, '"x"', {}]) expect(code(forge(value))).toBe('STATEMENT_SHAPE');
    const bytes = signDsse(Uint8Array.of(0xff), {
      payloadType: 'application/vnd.in-toto+json',
      secretKeys: [secretKey],
    });
    expect(code(bytes)).toBe('PAYLOAD_JSON');
    const other = signDsse(utf8(canonicalJson(statement)), {
      payloadType: 'application/json',
      secretKeys: [secretKey],
    });
    expect(code(other)).toBe('PAYLOAD_TYPE');
  });

  test('hostile envelopes never throw', () => {
    const trap = new Proxy(
      {},
      {
        get: () => {
          throw new Error('trap');
        },
        ownKeys: () => {
          throw new Error('trap');
        },
      },
    );
    for (const item of [
      undefined,
      null,
      0,
      '',
      '{',
      [],
      {},
      trap,
      Symbol('x'),
      '['.repeat(1_000_000),
      `{"payload":"${'A'.repeat(1_000_000)}"}`,
    ])
      expect(code(item)).not.toBe('ok');
  });

  test('abort is the one thing that throws', () => {
    const big = createTable([
      integerColumn(
        'x',
        Array.from({ length: 70_000 }, (_, i) => i),
      ),
    ]);
    const input = sampleInput({
      table: tableDigest(big),
      columns: [{ name: 'x', origin: 'synthetic' }],
      rows: { synthetic: 70_000, real: 0, modified: 0, unknown: 0 },
    });
    const own = signLineage(createStatement(createLineage(input)), { secretKey });
    expect(() => verifyLineage(own, { keys, table: big, signal: { aborted: true } })).toThrow(
      expect.objectContaining({ code: 'ABORTED' }),
    );
  });

  test('the type of a verdict narrows', () => {
    const verdict = verifyLineage(text, { keys });
    const held: LineageStatement | string = verdict.ok ? verdict.statement : verdict.code;
    expect(held).toEqual(statement);
  });
});
