import { SynthproofError } from '../errors.ts';
import type { JsonValue } from '../hash/parse-strict-json.ts';
import { toHex } from '../hash/to-hex.ts';
import { utf8 } from '../hash/utf8.ts';
import { CROISSANT_CONTEXT } from './internal-croissant-context.ts';
import { isCalendarDay } from './internal-time.ts';
import type { DigestColumnType, JsonObject, LineageClaim, LineageRecord, LineageSource } from './types.ts';

/** Options of {@link toCroissant}. */
export interface ToCroissantOptions {
  /** File that holds the table's columns under their names. Default: the record's first CSV file. */
  readonly tableFile?: string | undefined;
  /** Address that stands before the file names in `contentUrl`. Default: none, files lie beside the document. */
  readonly baseUrl?: string | undefined;
  /** Day of publication, `YYYY-MM-DD`. Default: the record's, else the day of issue. */
  readonly datePublished?: string | undefined;
}

/**
 * Writes a lineage record as a Croissant 1.1 document with the RAI vocabulary and all eight fields that NeurIPS asks
 * for. What the record does not state is written as "Not stated.", never invented. Parents are `prov:Entity`: as
 * `sc:Dataset` they would make the reference validator take one of them for the root.
 * Source: Croissant 1.1; RAI 1.0; NeurIPS 2026 minimal RAI fields.
 *
 * @param record - From {@link createLineage}.
 * @param options - See {@link ToCroissantOptions}.
 * @returns The document; write it with `JSON.stringify(document, null, 2)`. {@link validateCroissant} accepts it.
 * @throws {@link SynthproofError} `BAD_OPTION` when `tableFile` is no file of the record or a day is malformed.
 * @example
 * const record = createLineage({
 *   dataset: { name: 'demo', version: '1.0.0' },
 *   table: tableDigest(createTable([numberColumn('x', [1])])),
 *   generation: { generator: { name: 'cart', version: '1', type: 'tree' }, parameters: {} },
 *   sources: [],
 *   columns: [{ name: 'x', origin: 'synthetic' }],
 *   rows: { synthetic: 1, real: 0, modified: 0, unknown: 0 },
 *   issuedAt: '2026-01-14T00:05:00Z',
 *   issuer: { name: 'Example Lab' },
 * });
 * const document = toCroissant(record);
 * document['rai:hasSyntheticData']; // => true
 * validateCroissant(document).ok; // => true
 */
export function toCroissant(record: LineageRecord, options: ToCroissantOptions = {}): JsonObject {
  const { dataset, issuer, ancestry } = record;
  const { datePublished = dataset.datePublished ?? record.issuedAt.slice(0, 10) } = options;
  if (!isCalendarDay(datePublished))
    throw new SynthproofError('BAD_OPTION', 'datePublished: expected a day such as 2026-01-14', {
      argument: 'datePublished',
    });
  return {
    '@context': CROISSANT_CONTEXT,
    '@type': 'sc:Dataset',
    name: dataset.name,
    description: dataset.description ?? `Synthetic dataset "${dataset.name}".`,
    conformsTo: ['http://mlcommons.org/croissant/1.1', 'http://mlcommons.org/croissant/RAI/1.0'],
    license: licenseUrl(dataset.license) ?? NOT_STATED,
    url: dataset.url ?? dataset.id,
    version: dataset.version,
    datePublished,
    dateCreated: record.issuedAt.slice(0, 10),
    citeAs:
      dataset.citeAs ?? `${issuer.name}: ${dataset.name}, version ${dataset.version}, ${datePublished.slice(0, 4)}.`,
    creator: (dataset.creators ?? [issuer]).map((agent) => ({
      '@type': 'Organization',
      name: agent.name,
      ...(agent.url === undefined ? {} : { url: agent.url }),
    })),
    keywords: [...(dataset.keywords ?? []), 'synthetic'],
    ...(dataset.language === undefined ? {} : { inLanguage: dataset.language }),
    ...raiFields(record),
    ...provenance(record),
    'sp:id': dataset.id,
    'sp:syntheticFraction': ancestry.syntheticFraction,
    'sp:generationDepth': ancestry.maxDepth,
    'sp:meanGenerationDepth': ancestry.meanDepth,
    'sp:realRootMass': ancestry.realRootMass,
    'sp:originKind': record.origin.kind,
    'sp:tableDigest': dataset.table.digest,
    'sp:rows': dataset.table.rows,
    ...content(record, options),
  };
}

const NOT_STATED = 'Not stated.';

/** The RAI fields; six of NeurIPS's eight are here, the other two in {@link provenance}. */
function raiFields(record: LineageRecord): JsonObject {
  const { use, origin, sources } = record;
  const { synthetic, real, modified, unknown } = origin.rows;
  const biases = [
    ...(use?.knownBiases ?? []),
    ...record.claims.filter((claim) => claim.kind === 'bias').map(claimText),
  ];
  const personal = [
    ...(use?.personalSensitive ?? []),
    ...(sources.some((source) => source.personalData === true) ? ['Made from personal data.'] : []),
    ...record.claims.filter((claim) => claim.kind === 'privacy').map(claimText),
  ];
  return {
    'rai:hasSyntheticData': origin.hasSynthetic,
    'rai:dataLimitations': orNotStated([
      ...(use?.limitations ?? []),
      ...(use?.prohibited ?? []).map((item) => `Not for: ${item}`),
    ]),
    'rai:dataBiases': orNotStated(biases),
    'rai:personalSensitiveInformation': orNotStated(personal),
    'rai:dataUseCases': orNotStated(use?.intended ?? []),
    'rai:dataSocialImpact': use?.socialImpact ?? NOT_STATED,
    'rai:dataReleaseMaintenancePlan': use?.maintenance ?? NOT_STATED,
    'rai:dataCollection': `Generated by ${generatorText(record)}. Rows: ${synthetic} synthetic, ${real} real, ${modified} modified, ${unknown} of unknown origin.`,
    'rai:dataCollectionType': ['Others'],
  };
}

function provenance(record: LineageRecord): JsonObject {
  const { generation, issuer, sources } = record;
  return {
    'prov:wasDerivedFrom':
      sources.length === 0 ? [{ '@type': 'prov:Entity', 'prov:label': NOT_STATED }] : sources.map(sourceEntity),
    'prov:wasGeneratedBy': [
      {
        '@type': 'prov:Activity',
        'prov:label': `Synthesis: ${generatorText(record)}`,
        ...(generation.startedAt === undefined ? {} : { 'prov:startedAtTime': generation.startedAt }),
        ...(generation.endedAt === undefined ? {} : { 'prov:endedAtTime': generation.endedAt }),
        'prov:wasAssociatedWith': { '@type': 'prov:SoftwareAgent', 'prov:label': generatorText(record) },
        'sp:parametersSha256': generation.parametersSha256,
        ...(generation.seed === undefined ? {} : { 'sp:seed': generation.seed }),
        ...(generation.seedCommitment === undefined ? {} : { 'sp:seedCommitment': generation.seedCommitment }),
        ...(generation.modelFingerprint === undefined ? {} : { 'sp:modelSha256': generation.modelFingerprint }),
      },
    ],
    'prov:wasAttributedTo': { '@type': 'prov:Agent', 'prov:label': issuer.name },
  };
}

function sourceEntity(source: LineageSource): JsonObject {
  const license = licenseUrl(source.license);
  const first = Object.keys(source.digest).sort()[0]!;
  return {
    '@type': 'prov:Entity',
    '@id': `urn:${first.toLowerCase()}:${source.digest[first]}`,
    'prov:label': source.id,
    'sp:role': source.role,
    'sp:digest': Object.keys(source.digest)
      .sort()
      .map((algorithm) => `${algorithm}:${source.digest[algorithm]}`),
    ...(source.url === undefined ? {} : { url: source.url }),
    ...(license === undefined ? {} : { license }),
  };
}

/** Files, and one record set with a field per column. */
function content(record: LineageRecord, options: ToCroissantOptions): JsonObject {
  const { files, table } = record.dataset;
  const { baseUrl = '', tableFile } = options;
  if (tableFile !== undefined && !files.some((file) => file.name === tableFile))
    throw new SynthproofError('BAD_OPTION', `tableFile: the record has no file "${tableFile}"`, {
      argument: 'tableFile',
    });
  const holder = tableFile ?? files.find((file) => file.mediaType === 'text/csv')?.name;
  const made = new Map(record.origin.columns.map((column) => [column.name, column]));
  return {
    distribution: files.map((file) => ({
      '@type': 'cr:FileObject',
      '@id': localId(file.name),
      name: file.name,
      contentUrl: baseUrl + file.name,
      contentSize: `${file.bytes} B`,
      encodingFormat: file.mediaType,
      sha256: file.sha256,
    })),
    recordSet: [
      {
        '@type': 'cr:RecordSet',
        '@id': 'rows',
        name: 'rows',
        field: table.descriptor.columns.map(({ name, type }): JsonValue => {
          const origin = made.get(name);
          return {
            '@type': 'cr:Field',
            '@id': `rows/${localId(name)}`,
            name,
            description: `Origin: ${origin?.origin ?? 'unknown'}.`,
            dataType: DATA_TYPES[type],
            ...(holder === undefined
              ? {}
              : { source: { fileObject: { '@id': localId(holder) }, extract: { column: name } } }),
            ...(origin === undefined || origin.origin === 'real'
              ? {}
              : { 'prov:wasAttributedTo': { '@type': 'prov:SoftwareAgent', 'prov:label': generatorText(record) } }),
            ...(origin?.from === undefined ? {} : { 'sp:from': origin.from }),
          };
        }),
      },
    ],
  };
}

/** The reference validator reads sc:Date for days and instants alike. */
const DATA_TYPES: { readonly [type in DigestColumnType]: string } = {
  int: 'sc:Integer',
  float: 'sc:Float',
  string: 'sc:Text',
  bool: 'sc:Boolean',
  datetime: 'sc:Date',
  date: 'sc:Date',
};

function generatorText(record: LineageRecord): string {
  const { name, version } = record.generation.generator;
  return `${name} ${version}`;
}

function claimText(claim: LineageClaim): string {
  const { metric, value, interval, n, reason } = claim;
  const range =
    interval === undefined ? '' : ` (${interval.level * 100} % interval ${interval.lower} to ${interval.upper})`;
  return value === null
    ? `${metric}: not computed (${reason ?? 'no reason given'}).`
    : `${metric}: ${value}${range}, n = ${n}.`;
}

function orNotStated(items: readonly string[]): readonly string[] {
  return items.length === 0 ? [NOT_STATED] : items;
}

/** A name as part of an IRI: other bytes than letters, digits and . _ - / are percent-encoded. */
function localId(name: string): string {
  let id = '';
  for (const byte of utf8(name)) {
    const character = String.fromCharCode(byte);
    id += /[A-Za-z0-9._/-]/.test(character) ? character : `%${toHex(Uint8Array.of(byte)).toUpperCase()}`;
  }
  return id;
}

/** An SPDX identifier as an address; an address stays as it is. */
function licenseUrl(license: string | undefined): string | undefined {
  if (license === undefined) return undefined;
  return /^[A-Za-z0-9.+-]+$/.test(license) ? `https://spdx.org/licenses/${license}.html` : license;
}
