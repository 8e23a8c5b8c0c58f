import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseCsv, readCsvBatches, readNdjsonBatches, type TableSchema } from '../../src/table/index.ts';
import type { CategoryColumn, NumberColumn, Table, TextColumn } from '../../src/types.ts';
import { type Evidence, within } from './types.ts';

const AREA = 'table';
const SELF = fileURLToPath(import.meta.url);
const GROUPS = ['east', 'north', 'south', 'west'];
const STREAM_SCHEMA: TableSchema = {
  columns: [
    { name: 'id', kind: 'integer' },
    { name: 'amount', kind: 'number' },
    { name: 'region', kind: 'category', labels: GROUPS },
    { name: 'member', kind: 'boolean' },
    { name: 'note', kind: 'text' },
  ],
};

type Format = 'csv' | 'ndjson';

/** What a child process measured. */
interface StreamResult {
  readonly rows: number;
  readonly bytes: number;
  /** Column sums that differ from those of the rows written. */
  readonly wrong: number;
  readonly startBytes: number;
  readonly peakBytes: number;
  /** Processor seconds spent reading, without the making of the text: other work on the machine does not count. */
  readonly seconds: number;
}

/** The sums of the five columns; whole numbers all, so that any order gives the same. */
class Sums {
  readonly cells = [0, 0, 0, 0, 0];

  addBatch(table: Table): void {
    const { cells } = this;
    const [id, amount, region, member, note] = table.columns as [
      NumberColumn,
      NumberColumn,
      CategoryColumn,
      { readonly values: Uint8Array },
      TextColumn,
    ];
    for (let i = 0; i < table.rowCount; i++) {
      cells[0]! += id.values[i]!;
      cells[1]! += Math.round(amount.values[i]! * 100);
      cells[2]! += region.codes[i]!;
      cells[3]! += member.values[i]!;
      cells[4]! += note.values[i]!.length;
    }
  }
}

function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** UTF-8 pieces of 64 kB, cut anywhere, made a megabyte at a time as they are asked for; counts what it wrote. */
class Source {
  readonly sums = new Sums();
  rows = 0;
  bytes = 0;
  /** Processor seconds spent making pieces. */
  made = 0;
  private readonly format: Format;
  private readonly target: number;

  constructor(format: Format, target: number) {
    this.format = format;
    this.target = target;
  }

  private row(i: number): string {
    const hash = Math.imul(i + 1, 0x9e3779b1) >>> 0;
    const cents = hash % 1_000_000;
    const amount = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
    const code = (hash >>> 7) & 3;
    const member = ((hash >>> 9) & 1) === 1;
    const quoted = hash % 8 === 0;
    const note = quoted ? `said "${hash % 1000}", twice` : `café ${hash % 5000}`;
    const { cells } = this.sums;
    cells[0]! += i;
    cells[1]! += cents;
    cells[2]! += code;
    cells[3]! += member ? 1 : 0;
    cells[4]! += note.length;
    if (this.format === 'csv')
      return `${i},${amount},${GROUPS[code]},${member},${quoted ? `"said ""${hash % 1000}"", twice"` : note}\n`;
    const json = quoted ? `said \\"${hash % 1000}\\", twice` : note;
    // JSON has no trailing zeros rule; the amount is written as the CSV writes it.
    return `{"id":${i},"amount":${amount},"region":"${GROUPS[code]}","member":${member},"note":"${json}"}\n`;
  }

  async *pieces(): AsyncGenerator<Uint8Array> {
    const size = 65_536;
    let bytes: Uint8Array = Buffer.from(this.format === 'csv' ? 'id,amount,region,member,note\n' : '');
    while (this.bytes < this.target) {
      // A megabyte at a time: asking for the processor's time costs more than making one piece.
      const start = processorSeconds();
      let text = '';
      while (text.length < 16 * size) text += this.row(this.rows++);
      bytes = Buffer.concat([bytes, Buffer.from(text)]);
      this.made += processorSeconds() - start;
      let at = 0;
      for (; at + size <= bytes.length; at += size) yield bytes.subarray(at, at + size);
      this.bytes += at;
      bytes = bytes.subarray(at);
    }
    this.bytes += bytes.length;
    yield bytes;
  }
}

async function measureStream(format: Format, target: number): Promise<StreamResult> {
  const startBytes = process.memoryUsage.rss();
  const source = new Source(format, target);
  const sums = new Sums();
  const start = processorSeconds();
  const read = format === 'csv' ? readCsvBatches : readNdjsonBatches;
  let rows = 0;
  for await (const batch of read(source.pieces(), { schema: STREAM_SCHEMA })) {
    sums.addBatch(batch);
    rows += batch.rowCount;
  }
  const seconds = processorSeconds() - start - source.made;
  const wrong = sums.cells.filter((sum, c) => sum !== source.sums.cells[c]).length + (rows === source.rows ? 0 : 1);
  // The operating system's own record of the peak, in kB: no sample can miss it.
  const peakBytes = process.resourceUsage().maxRSS * 1024;
  return { rows, bytes: source.bytes, wrong, startBytes, peakBytes, seconds };
}

function inChild(format: Format, target: number): Promise<StreamResult> {
  return new Promise((resolve, reject) => {
    const child = fork(SELF, [format, String(target)]);
    let result: StreamResult | undefined;
    child.on('message', (message) => {
      result = message as StreamResult;
    });
    child.on('error', reject);
    child.on('exit', (code) =>
      result === undefined ? reject(new Error(`the child ended with ${code}`)) : resolve(result),
    );
  });
}

/** What is used of the peers. */
interface Udsv {
  inferSchema(text: string, options?: object): unknown;
  initParser(schema: unknown): { stringArrs(text: string): string[][] };
}
interface Papa {
  parse(text: string, options: object): { readonly data: string[][] };
}

async function load<T>(name: string): Promise<T | null> {
  try {
    const path = name;
    const module = (await import(path)) as T & { default?: T };
    return module.default ?? module;
  } catch {
    return null;
  }
}

/** Hard documents of two columns and more; every one begins with a header. */
const DOCUMENTS: readonly string[] = [
  'a,b\n1,2\n',
  'a,b\n1,2',
  'a,b\r\n1,2\r\n3,4\r\n',
  'a,b\r\n1,2\r\n3,4',
  'a,b\n"1","2"\n',
  'a,b\n"1","2"',
  '"a","b"\n1,2\n',
  '"a,b","c"\n1,2\n',
  'a,b\n"x,y",z\n',
  'a,b\nz,"x,y"\n',
  'a,b\n",",","\n',
  'a,b\n"x\ny",z\n',
  'a,b\nz,"x\ny"\n',
  'a,b\n"\n\n\n",z\n',
  'a,b\r\n"x\r\ny",z\r\n',
  'a,b\r\nz,"x\r\ny"\r\n',
  'a,b\r\n"x\ny",z\r\n',
  'a,b\n"x\r\ny",z\n',
  'a,b\n"say ""hi""",z\n',
  'a,b\nz,"say ""hi"""\n',
  'a,b\n"""",""""""\n',
  'a,b\n"""x""","y"""\n',
  'a,b\n""",""",x\n',
  'a,b\n"""\n""",x\n',
  'a,b\n"","x"\n',
  'a,b\n"x",""\n',
  'a,b,c\n,,\n1,,3\n',
  'a,b,c\n,2,\n',
  'a,b,c\n1,2,\n3,4,\n',
  'a,b,c\n1,"2",\n',
  'a,b,c\n,"",\n"",,""\n',
  'a,b,c\n"","",""\n',
  'a,b\n x , y \n',
  'a,b\n" x "," y "\n',
  'a,b\n\t,x\n',
  'a,b\ncafé,😀\n',
  'a,b\n"é,è","日本\n語"\n',
  'a,b\n\uFEFF1,2\n',
  '\uFEFFa,b\n1,2\n',
  '\uFEFF"a","b"\n"1","2"\n',
  'a,b\n1;2,3|4\n',
  "a,b\nx'y,`z`\n",
  'a,b\n\\,"x,y"\n',
  'a,b\n"a\\",b\n',
  'a;b\n"x;y";z,w\n',
  'a\tb\n"x\ty"\tz\n',
  'a|b\n"x|y"|"|"\n',
  `a,b\n"${'x,""y""\n'.repeat(500)}",z\n`,
  `${Array.from({ length: 300 }, (_, i) => `c${i}`).join(',')}\n${','.repeat(299)}\n`,
  `a,b\n${Array.from({ length: 3000 }, (_, i) => `"r""${i}\n",${i % 3 ? '' : '""'}`).join('\n')}\n`,
];

/** All cells as texts, or the error's code. */
function ourCells(text: string): string {
  const first = text.replace(/^\uFEFF/, '').split(/\r?\n/)[0]!;
  const delimiter = [';', '\t', '|'].find((one) => !first.includes(',') && first.includes(one)) ?? ',';
  try {
    // An empty list of null tokens: no cell is missing, as for the peers.
    const inferred = parseCsv(text, { delimiter, nullTokens: [] });
    const schema = { columns: inferred.columns.map(({ name }) => ({ name, kind: 'text' as const })) };
    const table = parseCsv(text, { delimiter, nullTokens: [], schema });
    const columns = table.columns as readonly TextColumn[];
    return JSON.stringify(
      Array.from({ length: table.rowCount }, (_, row) => columns.map((column) => column.values[row]!)),
    );
  } catch (error) {
    return String(error);
  }
}

/** Documents that a peer reads as we do, and those it reads otherwise. */
function compare(peer: ((text: string) => string[][]) | null): { equal: number; differing: string[] } | null {
  if (peer === null) return null;
  const differing: string[] = [];
  for (const text of DOCUMENTS) {
    const ours = ourCells(text);
    let theirs: string;
    try {
      theirs = JSON.stringify(peer(text));
    } catch (error) {
      theirs = String(error);
    }
    if (ours !== theirs)
      differing.push(`${JSON.stringify(text.slice(0, 60))}: ours ${ours.slice(0, 80)}, theirs ${theirs.slice(0, 80)}`);
  }
  return { equal: DOCUMENTS.length - differing.length, differing };
}

/** Hard documents read as udsv and papaparse read them; streams of any length in bounded memory. */
export const evidence: Evidence = async function* ({ full }) {
  const udsv = await load<Udsv>('udsv');
  const papa = await load<Papa>('papaparse');
  const peers: readonly (readonly [string, ((text: string) => string[][]) | null])[] = [
    ['udsv', udsv === null ? null : (text) => udsv.initParser(udsv.inferSchema(text)).stringArrs(text)],
    [
      'papaparse',
      papa === null ? null : (text) => papa.parse(text, { header: false, skipEmptyLines: true }).data.slice(1),
    ],
  ];
  for (const [name, read] of peers) {
    const outcome = compare(read);
    const figure = `hard CSV documents read as ${name} reads them, of ${DOCUMENTS.length}`;
    if (outcome === null) {
      console.error(`${figure}: skipped, ${name} is not installed (npm ci --prefix bench)`);
      continue;
    }
    for (const difference of outcome.differing) console.error(`${name}: ${difference}`);
    yield within(AREA, figure, outcome.equal, DOCUMENTS.length, DOCUMENTS.length);
  }
  const target = full ? 1_000_000_000 : 60_000_000;
  for (const format of ['csv', 'ndjson'] as const) {
    const { rows, bytes, wrong, startBytes, peakBytes, seconds } = await inChild(format, target);
    const name = `${format} in batches, ${Math.round(bytes / 1e6)} MB, ${rows} rows x 5`;
    yield within(AREA, `${name}: column sums that differ from those written`, wrong, 0, 0);
    yield within(AREA, `${name}: peak resident memory, MB`, peakBytes / 1e6, 0, 250);
    yield within(AREA, `${name}: growth of resident memory, MB`, (peakBytes - startBytes) / 1e6, 0, 200);
    const floor = format === 'csv' ? 1e6 : 0.7e6;
    if (full) yield within(AREA, `${name}: rows read a processor second`, rows / seconds, floor, Infinity);
    else console.error(`${name}: ${Math.round(rows / seconds)} rows a processor second`);
  }
};

if (process.argv[1] === SELF) {
  const [format, target] = process.argv.slice(2);
  process.send!(await measureStream(format as Format, Number(target)));
}
