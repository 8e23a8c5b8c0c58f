import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson } from '../src/hash/index.ts';
import { ed25519PublicKey, keyId } from '../src/lineage/index.ts';
import { type Governed, type GovernOptions, govern, verifyGoverned } from '../src/pipeline/index.ts';
import { createRng, permutation } from '../src/random/index.ts';
import { toHtml, toMarkdown } from '../src/report/index.ts';
import { parseCsv, schemaOf, takeRows } from '../src/table/index.ts';
import type { Table } from '../src/types.ts';
import { detectTableMark } from '../src/watermark/index.ts';
import { createScreen } from './screen.ts';

/** What a demo governs. */
export interface Chain
  extends Pick<GovernOptions, 'dataset' | 'source' | 'bias' | 'derive' | 'use' | 'rows' | 'generator'> {
  readonly table: Table;
  readonly seed: string;
  /** Folder to write to. */
  readonly out: string;
  /** Column to keep out of the mark. */
  readonly label?: string | undefined;
}

/** Governs a table, writes everything to a folder, verifies it, and shows that tampering is refused. */
export function runChain(chain: Chain): void {
  const { table, seed, out, label } = chain;
  const screen = createScreen();
  const start = Date.now();

  // Keys and salt are random, live in this process only, and are neither printed nor written. In earnest they come
  // from your key store, and the salt is kept with them.
  const secretKey = randomBytes(32);
  const markKey = randomBytes(32);
  const release = `${chain.dataset.name}-${randomBytes(4).toString('hex')}`;

  const governed = govern(table, {
    ...chain,
    seed,
    salt: randomBytes(32),
    mark: { key: markKey, tableId: release, label },
    signer: { secretKey, issuer: { name: 'synthproof demo' }, issuedAt: new Date().toISOString() },
    onProgress: screen.progress,
  });
  screen.done();

  mkdirSync(out, { recursive: true });
  const files: readonly (readonly [string, string, string])[] = [
    [`${chain.dataset.name}.csv`, governed.csv, 'the synthetic table'],
    ['lineage.dsse.json', canonicalJson(governed.envelope), 'the signed record'],
    ['croissant.json', `${JSON.stringify(governed.croissant, null, 2)}\n`, 'the same for catalogues (Croissant)'],
    ['report.html', toHtml(governed.report), 'the report, with pictures'],
    ['report.md', toMarkdown(governed.report), 'the report as Markdown'],
    ['public-key.txt', `${Buffer.from(ed25519PublicKey(secretKey)).toString('hex')}\n`, 'the key to verify with'],
  ];
  for (const [name, text] of files) writeFileSync(join(out, name), text);

  summary(governed, screen.line);
  robustness(governed, markKey, screen.line);
  verification(governed, table, chain, { secretKey, markKey }, screen.line);

  screen.line('');
  screen.line(`Written to ${out}/`);
  for (const [name, , what] of files) screen.line(`  ${name.padEnd(28)} ${what}`);
  screen.line('');
  screen.line(`Done in ${((Date.now() - start) / 1000).toFixed(1)} s. Open ${join(out, 'report.html')} next.`);
}

type Line = (text: string) => void;

function summary(governed: Governed, line: Line): void {
  const { report, measures } = governed;
  line('');
  line('What was found');
  const { overall } = measures.quality;
  const noise = overall.noise;
  line(`  fidelity     quality score ${figure(overall.value)} of 1`);
  if (noise?.matched != null && noise.floor != null)
    line(
      `               at equal size: copy ${figure(noise.matched)}, another half of the real data ${figure(noise.floor)} (the noise floor)`,
    );
  const bias = report.sections?.find((section) => section.title.toLowerCase().includes('bias'));
  bias?.findings.slice(0, 8).forEach((finding, index) => {
    wrap(finding.text, 92).forEach((text, part) => {
      line(`  ${index === 0 && part === 0 ? 'bias        ' : '            '} ${part === 0 ? '- ' : '  '}${text}`);
    });
  });
  if (measures.drift) {
    const { verdict, global, values } = measures.drift;
    line(`  value drift  ${verdict} over ${values.length} numeric columns (permutation p = ${figure(global.pValue)})`);
  }
  if (measures.mark) line(`  mark         ${measures.mark.decision}, p = 10^${measures.mark.log10P?.toFixed(0)}`);
}

function robustness(governed: Governed, markKey: Uint8Array, line: Line): void {
  const { table, plan } = governed;
  if (!plan) return;
  if (governed.measures.mark?.decision !== 'marked') {
    line('               too few rows or columns to carry a mark that can be told from chance');
    return;
  }
  const order = permutation(createRng('demo attack'), table.rowCount);
  const attacks: readonly (readonly [string, Table])[] = [
    ['rows shuffled', takeRows(table, order)],
    ['half the rows deleted', takeRows(table, order.subarray(0, table.rowCount >> 1))],
    ['columns reversed', { ...table, columns: [...table.columns].reverse() }],
    ['through CSV and back', parseCsv(governed.csv)],
  ];
  line('');
  line('Does the mark survive?');
  for (const [name, attacked] of attacks) {
    const verdict = detectTableMark(attacked, plan, { key: markKey });
    line(`  ${name.padEnd(24)} ${verdict.decision}, p = 10^${verdict.log10P?.toFixed(0)}`);
  }
  const wrong = detectTableMark(table, plan, { key: randomBytes(32) });
  line(`  ${'another key'.padEnd(24)} ${wrong.decision}, p = ${wrong.pValue?.toFixed(2)}`);
}

function verification(
  governed: Governed,
  source: Table,
  chain: Chain,
  keys: { readonly secretKey: Uint8Array; readonly markKey: Uint8Array },
  line: Line,
): void {
  const { csv, envelope, measures } = governed;
  const isMarked = measures.mark?.decision === 'marked';
  const trusted = [{ publicKey: ed25519PublicKey(keys.secretKey) }];
  const text = canonicalJson(envelope);
  const forged = { ...envelope, payload: swapped(envelope.payload) };
  const cases: readonly (readonly [string, ReturnType<typeof verifyGoverned>])[] = [
    [
      'as published, claims computed again',
      verifyGoverned(csv, text, {
        keys: trusted,
        markKey: isMarked ? keys.markKey : undefined,
        source,
        derive: chain.derive,
      }),
    ],
    ['one cell changed', verifyGoverned(oneCellChanged(csv), text, { keys: trusted })],
    ['a forged manifest', verifyGoverned(csv, canonicalJson(forged), { keys: trusted })],
    ['the wrong key', verifyGoverned(csv, text, { keys: [{ publicKey: ed25519PublicKey(randomBytes(32)) }] })],
  ];
  line('');
  line(`Verification (key ${keyId(trusted[0]!.publicKey).slice(0, 16)}...)`);
  for (const [name, verdict] of cases)
    line(
      `  ${name.padEnd(36)} ${verdict.ok ? `accepted (${verdict.checks.length} checks)` : `refused: ${verdict.code}`}`,
    );
  const [genuine, ...tampered] = cases.map(([, verdict]) => verdict.ok);
  if (!genuine || tampered.some((ok) => ok)) throw new Error('the demo did not verify as it must; please report this');
}

/** The CSV with the last cell that holds a digit changed by one. */
function oneCellChanged(csv: string): string {
  const at = csv.search(/\d(?=[^\d]*$)/);
  return csv.slice(0, at) + ((Number(csv[at]) + 1) % 10) + csv.slice(at + 1);
}

/** A payload that claims another issuer, under the old signature. */
function swapped(payload: string): string {
  const text = Buffer.from(payload, 'base64').toString('utf8');
  return Buffer.from(text.replace('synthproof demo', 'somebody else ')).toString('base64');
}

const figure = (value: number | null): string =>
  value === null ? 'not computable' : String(Number(value.toPrecision(3)));

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line && line.length + word.length + 1 > width) {
      lines.push(line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  return [...lines, line];
}

/** Kinds of the columns, for a first look. */
export function describe(table: Table): string {
  return schemaOf(table)
    .columns.map((column) => `${column.name} (${column.kind})`)
    .join(', ');
}
