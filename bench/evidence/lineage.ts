import { canonicalJson, createCompactRange, fromBase64, toBase64, toHex, utf8 } from '../../src/hash/index.ts';
import {
  createLineage,
  createStatement,
  ed25519PublicKey,
  signLineage,
  tableDigest,
  tableLeafHashes,
  toCroissant,
  validateCroissant,
  verifyLineage,
} from '../../src/lineage/index.ts';
import { createRng, uniformInt } from '../../src/random/index.ts';
import { createTable, integerColumn, numberColumn, textColumn } from '../../src/table/index.ts';
import type { Rng, Table } from '../../src/types.ts';
import { type Evidence, within } from './types.ts';

const AREA = 'lineage';

function tableOf(rows: number, rng: Rng): Table {
  return createTable([
    integerColumn(
      'id',
      Array.from({ length: rows }, (_, i) => i),
    ),
    numberColumn(
      'x',
      Array.from({ length: rows }, () => uniformInt(rng, 1e6) / 64),
    ),
    textColumn(
      't',
      Array.from({ length: rows }, () => (uniformInt(rng, 9) === 0 ? null : `t${uniformInt(rng, 1000)}`)),
    ),
  ]);
}

/** One of seven kinds of damage to a text of ASCII. */
function damage(text: string, rng: Rng, kind: number): string {
  const at = uniformInt(rng, text.length);
  const to = Math.min(text.length, at + 1 + uniformInt(rng, 60));
  const other = String.fromCharCode(32 + uniformInt(rng, 95));
  switch (kind) {
    case 0:
      return text.slice(0, at) + other + text.slice(at + 1);
    case 1:
      return text.slice(0, at) + other + text.slice(at);
    case 2:
      return text.slice(0, at) + text.slice(at + 1);
    case 3:
      return text.slice(0, at) + (text[at + 1] ?? '') + text[at]! + text.slice(at + 2);
    case 4:
      return text.slice(0, at);
    case 5:
      return text.slice(0, to) + text.slice(at, to) + text.slice(to);
    default: {
      const letter = text[at]!;
      const flipped = letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
      return text.slice(0, at) + flipped + text.slice(at + 1);
    }
  }
}

/** What many programs do: JSON.parse, Buffer base64, check the signature over the decoded payload. */
async function naiveVerifier(publicKey: Uint8Array): Promise<(text: string) => boolean> {
  const { createPublicKey, verify } = await import('node:crypto');
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), publicKey]);
  const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  return (text) => {
    try {
      const envelope = JSON.parse(text);
      const payload = Buffer.from(envelope.payload, 'base64');
      const head = `DSSEv1 ${envelope.payloadType.length} ${envelope.payloadType} ${payload.length} `;
      const message = Buffer.concat([Buffer.from(head), payload]);
      return verify(null, message, key, Buffer.from(envelope.signatures[0].sig, 'base64'));
    } catch {
      return false;
    }
  };
}

/** Measures tamper evidence, shard independence and exporter validity. */
export const evidence: Evidence = async function* ({ full }) {
  const rng = createRng('lineage evidence');
  const table = tableOf(50, rng);
  const secretKey = new Uint8Array(32).fill(11);
  const publicKey = ed25519PublicKey(secretKey);
  const recordOf = (source: Table, name: string) =>
    createLineage({
      dataset: { name, version: '1.0.0', license: 'CC0-1.0' },
      table: tableDigest(source),
      files: [],
      generation: { generator: { name: 'cart', version: '1', type: 'tree' }, parameters: { name } },
      sources: [],
      columns: source.columns.map((column) => ({ name: column.name, origin: 'synthetic' })),
      rows: { synthetic: source.rowCount, real: 0, modified: 0, unknown: 0 },
      issuedAt: '2026-01-01T00:00:00Z',
      issuer: { name: 'evidence' },
    });
  const envelope = signLineage(createStatement(recordOf(table, 'evidence')), { secretKey });
  const text = canonicalJson(envelope);
  const keys = [{ publicKey }];
  const naive = await naiveVerifier(publicKey);

  const rounds = full ? 10_000 : 1400;
  let exact = 0;
  let strict = 0;
  let loose = 0;
  for (let done = 0; done < rounds; ) {
    const changed = damage(text, rng, done % 7);
    if (changed === text) continue;
    done++;
    if (verifyLineage(changed, { keys }).ok) exact++;
    if (verifyLineage(changed, { keys, profile: 'strict' }).ok && changed.replace(/\s/g, '') !== text) strict++;
    if (naive(changed)) loose++;
  }
  yield within(AREA, `mutated envelopes accepted, exact profile, of ${rounds}`, exact, 0, 0);
  yield within(AREA, `mutated envelopes accepted, strict profile, white space aside, of ${rounds}`, strict, 0, 0);
  yield within(
    AREA,
    `mutated envelopes accepted by JSON.parse and Buffer base64, of ${rounds} (for comparison)`,
    loose,
    1,
    Infinity,
  );

  let statements = 0;
  const payload = Buffer.from(fromBase64(envelope.payload)).toString('latin1');
  for (let done = 0; done < rounds / 2; ) {
    const changed = damage(payload, rng, done % 7);
    if (changed === payload) continue;
    done++;
    if (verifyLineage({ ...envelope, payload: toBase64(utf8(changed)) }, { keys }).ok) statements++;
  }
  yield within(AREA, `mutated statements accepted, of ${rounds / 2}`, statements, 0, 0);

  const leaves = tableLeafHashes(table);
  const { root } = tableDigest(table);
  let wrong = 0;
  const partitions = full ? 1000 : 200;
  for (let i = 0; i < partitions; i++) {
    let joined = createCompactRange();
    while (joined.end() < table.rowCount) {
      const begin = joined.end();
      const part = createCompactRange(begin);
      const end = Math.min(table.rowCount, begin + uniformInt(rng, 20));
      for (let row = begin; row < end; row++) part.append(leaves, row * 32);
      joined = joined.merge(part);
    }
    if (toHex(joined.root()) !== root) wrong++;
  }
  yield within(AREA, `partitions into shards with another root, of ${partitions}`, wrong, 0, 0);

  const documents = full ? 100 : 20;
  let refused = 0;
  for (let i = 0; i < documents; i++) {
    const verdict = validateCroissant(toCroissant(recordOf(tableOf(3, rng), `set_${i}`)));
    if (!verdict.ok || verdict.warnings.length > 0 || verdict.missingNeurips.length > 0) refused++;
  }
  yield within(
    AREA,
    `Croissant exports with an error, a warning or a missing NeurIPS field, of ${documents}`,
    refused,
    0,
    0,
  );

  const rows = full ? 1_000_000 : 100_000;
  const large = createTable(
    Array.from({ length: 10 }, (_, c) =>
      c % 2 === 0
        ? numberColumn(
            `n${c}`,
            Array.from({ length: rows }, () => uniformInt(rng, 1e9) / 1024),
          )
        : integerColumn(
            `i${c}`,
            Array.from({ length: rows }, () => uniformInt(rng, 1e6)),
          ),
    ),
  );
  // Processor time, not the clock: other work on the machine must not turn the figure.
  const start = process.cpuUsage();
  tableDigest(large);
  const used = process.cpuUsage(start);
  const seconds = (used.user + used.system) / 1e6;
  yield within(
    AREA,
    `processor seconds for a digest of 1,000,000 x 10 (measured on ${rows} rows)`,
    (seconds * 1e6) / rows,
    0,
    5,
  );
};
