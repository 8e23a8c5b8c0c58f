import { canonicalJson } from '../hash/canonical-json.ts';
import { parseStrictJson } from '../hash/parse-strict-json.ts';
import { CROISSANT_CONTEXT, EXTRA_CONTEXT_KEYS } from './internal-croissant-context.ts';
import { isCalendarDay, parseTime } from './internal-time.ts';

/** One remark on a Croissant document. */
export interface CroissantRemark {
  /** JSON pointer. */
  readonly where: string;
  /** What is wrong and how to mend it. */
  readonly message: string;
}

/** What {@link validateCroissant} found. */
export interface CroissantVerdict {
  /** Whether a loader will take the document. */
  readonly ok: boolean;
  /** Why not. */
  readonly errors: readonly CroissantRemark[];
  /** What is recommended and not there. */
  readonly warnings: readonly CroissantRemark[];
  /** Which of the eight fields that NeurIPS 2026 asks for are missing. */
  readonly missingNeurips: readonly string[];
}

type Node = { readonly [name: string]: unknown };

/**
 * Says whether the reference validator (mlcroissant) takes a Croissant 1.0 or 1.1 document, with a JSON pointer for
 * each fault. Refuses nested `sc:Dataset` nodes, on which the reference's verdict changes from run to run. No network.
 *
 * @param document - The parsed document; anything else is refused, nothing throws.
 * @returns See {@link CroissantVerdict}.
 * @example
 * validateCroissant({ '@type': 'sc:Dataset' }).errors[0]; // => { where: '/@context', message: 'expected an object' }
 */
export function validateCroissant(document: unknown): CroissantVerdict {
  const errors: CroissantRemark[] = [];
  const warnings: CroissantRemark[] = [];
  const missingNeurips: string[] = [];
  let root: Node | null = null;
  try {
    // A plain tree without getters, cycles or prototypes.
    root = nodeOf(parseStrictJson(canonicalJson(document)));
  } catch {
    // Whatever JSON cannot hold is refused below.
  }
  if (root === null) errors.push({ where: '', message: 'expected a JSON object' });
  else {
    checkContext(root['@context'], errors, warnings);
    checkDataset(root, errors, warnings);
    checkFiles(root, errors);
    checkRecordSets(root, errors);
    checkNested(root, errors);
    for (const name of NEURIPS) if (isAbsent(root[name])) missingNeurips.push(name);
  }
  return { ok: errors.length === 0, errors, warnings, missingNeurips };
}

/** NeurIPS 2026, minimal RAI set. */
const NEURIPS: readonly string[] = [
  'rai:dataLimitations',
  'rai:dataBiases',
  'rai:personalSensitiveInformation',
  'rai:dataUseCases',
  'rai:dataSocialImpact',
  'rai:hasSyntheticData',
  'prov:wasDerivedFrom',
  'prov:wasGeneratedBy',
];

function checkContext(context: unknown, errors: CroissantRemark[], warnings: CroissantRemark[]): void {
  const node = nodeOf(context);
  if (node === null) {
    errors.push({ where: '/@context', message: 'expected an object' });
    return;
  }
  if (typeof node['@language'] !== 'string')
    errors.push({ where: '/@context/@language', message: 'missing; add "@language": "en"' });
  for (const name of ['@vocab', 'sc'])
    if (node[name] !== 'https://schema.org/')
      errors.push({ where: `/@context/${name}`, message: 'expected https://schema.org/ (https, with the slash)' });
  const missing = Object.keys(CROISSANT_CONTEXT).filter(
    (name) => !Object.hasOwn(node, name) && !EXTRA_CONTEXT_KEYS.includes(name) && name !== '@language',
  );
  if (missing.length > 0)
    warnings.push({ where: '/@context', message: `keys of the standard context are missing: ${missing.join(', ')}` });
}

function checkDataset(root: Node, errors: CroissantRemark[], warnings: CroissantRemark[]): void {
  if (!hasType(root, ['sc:Dataset', 'Dataset', 'https://schema.org/Dataset']))
    errors.push({ where: '/@type', message: 'expected sc:Dataset' });
  const versions = listOf(root['conformsTo']).map((item) => (typeof item === 'string' ? item : nodeOf(item)?.['@id']));
  if (!versions.some((item) => item === `${CROISSANT}1.0` || item === `${CROISSANT}1.1`))
    errors.push({
      where: '/conformsTo',
      message: `expected ${CROISSANT}1.1; without it the document is read as version 0.8`,
    });
  if (isAbsent(root['name'])) errors.push({ where: '/name', message: 'missing; add the name' });
  for (const name of ['datePublished', 'dateCreated', 'dateModified'])
    for (const item of listOf(root[name]))
      if (typeof item !== 'string' || !isDate(item))
        errors.push({ where: `/${name}`, message: 'expected a date such as 2026-01-14' });
  for (const name of ['license', 'datePublished', 'version', 'citeAs'])
    if (isAbsent(root[name])) warnings.push({ where: `/${name}`, message: 'recommended and missing' });
  const { version } = root;
  if (!isAbsent(version) && !(typeof version === 'string' && /^\d+\.\d+\.\d+([-+][0-9A-Za-z.+-]+)?$/.test(version)))
    warnings.push({ where: '/version', message: 'expected MAJOR.MINOR.PATCH' });
}

function checkFiles(root: Node, errors: CroissantRemark[]): void {
  const live = root['isLiveDataset'] === true;
  listOf(root['distribution']).forEach((item, i) => {
    const where = `/distribution/${i}`;
    const file = nodeOf(item);
    const isSet = file !== null && hasType(file, ['cr:FileSet', `${CROISSANT}FileSet`]);
    if (file === null || !(isSet || hasType(file, ['cr:FileObject', `${CROISSANT}FileObject`]))) {
      errors.push({ where: `${where}/@type`, message: 'expected cr:FileObject or cr:FileSet' });
      return;
    }
    const contained = !isAbsent(file['containedIn']);
    const names = isSet
      ? ['encodingFormat', 'includes']
      : contained
        ? ['encodingFormat']
        : ['encodingFormat', 'contentUrl'];
    for (const name of names)
      if (isAbsent(file[name])) errors.push({ where: `${where}/${name}`, message: `missing; add ${name}` });
    if (!isSet && !contained && !live && isAbsent(file['sha256']) && isAbsent(file['md5']))
      errors.push({ where: `${where}/sha256`, message: 'missing; add sha256 (or md5)' });
  });
}

function checkRecordSets(root: Node, errors: CroissantRemark[]): void {
  const fileIds = new Set<unknown>();
  for (const item of listOf(root['distribution'])) fileIds.add(nodeOf(item)?.['@id']);
  fileIds.delete(undefined);
  const fields = new Map<unknown, Node>();
  const sets = listOf(root['recordSet']);
  const setIds = new Set<unknown>(sets.map((item) => nodeOf(item)?.['@id']));
  for (const item of sets)
    for (const field of listOf(nodeOf(item)?.['field'])) {
      const node = nodeOf(field);
      if (node !== null && node['@id'] !== undefined) fields.set(node['@id'], node);
    }
  sets.forEach((item, s) => {
    const where = `/recordSet/${s}`;
    const set = nodeOf(item);
    if (set === null || !hasType(set, ['cr:RecordSet', `${CROISSANT}RecordSet`])) {
      errors.push({ where: `${where}/@type`, message: 'expected cr:RecordSet' });
      return;
    }
    listOf(set['field']).forEach((entry, f) => {
      checkField(nodeOf(entry), `${where}/field/${f}`, { fileIds, fields, setIds }, errors);
    });
  });
}

interface Known {
  readonly fileIds: ReadonlySet<unknown>;
  readonly fields: ReadonlyMap<unknown, Node>;
  readonly setIds: ReadonlySet<unknown>;
}

function checkField(field: Node | null, where: string, known: Known, errors: CroissantRemark[]): void {
  if (field === null || !hasType(field, ['cr:Field', `${CROISSANT}Field`])) {
    errors.push({ where: `${where}/@type`, message: 'expected cr:Field' });
    return;
  }
  const parts = listOf(field['subField']);
  parts.forEach((part, i) => {
    checkField(nodeOf(part), `${where}/subField/${i}`, known, errors);
  });
  for (const name of ['source', 'references']) {
    const source = nodeOf(field[name]);
    if (source === null) continue;
    for (const kind of ['fileObject', 'fileSet', 'field', 'recordSet']) {
      if (source[kind] === undefined) continue;
      const id = nodeOf(source[kind])?.['@id'] ?? source[kind];
      const found = known.fileIds.has(id) || known.fields.has(id) || known.setIds.has(id);
      if (!found) errors.push({ where: `${where}/${name}/${kind}`, message: 'refers to nothing in this document' });
    }
  }
  // A field with parts has no type of its own; else its own, or that of the field it is taken from.
  if (parts.length > 0) return;
  const target = nodeOf(nodeOf(field['source'])?.['field'])?.['@id'];
  const types = [...listOf(field['dataType']), ...listOf(known.fields.get(target)?.['dataType'])];
  if (!types.some((type) => isDataType(nodeOf(type)?.['@id'] ?? type)))
    errors.push({
      where: `${where}/dataType`,
      message: 'missing or unknown; use a type such as sc:Text, sc:Integer, sc:Float',
    });
}

function isDataType(type: unknown): boolean {
  if (typeof type !== 'string') return false;
  const short = type.replace('https://schema.org/', 'sc:').replace(CROISSANT, 'cr:');
  return (
    (short.startsWith('sc:') ? SCHEMA_TYPES.includes(short.slice(3)) : SCHEMA_TYPES.includes(short)) ||
    /^cr:(BoundingBox|SegmentationMask|Split|Label|U?Int(8|16|32|64)|Float(16|32|64))$/.test(short)
  );
}

/** Types of schema.org that loaders map to a column type; without prefix they fall under `@vocab`. */
const SCHEMA_TYPES: readonly string[] = [
  'Boolean',
  'Date',
  'DateTime',
  'Time',
  'Float',
  'Integer',
  'Number',
  'Text',
  'URL',
  'ImageObject',
  'AudioObject',
  'VideoObject',
];

/** A second sc:Dataset node anywhere may be taken for the root. */
function checkNested(root: Node, errors: CroissantRemark[]): void {
  const visit = (value: unknown, where: string): void => {
    if (Array.isArray(value)) {
      value.forEach((item, i) => {
        visit(item, `${where}/${i}`);
      });
      return;
    }
    const node = nodeOf(value);
    if (node === null) return;
    if (where !== '' && hasType(node, ['sc:Dataset', 'Dataset', 'https://schema.org/Dataset']))
      errors.push({
        where: `${where}/@type`,
        message: 'a nested sc:Dataset may be taken for the root; use prov:Entity',
      });
    for (const name of Object.keys(node)) if (name !== '@context') visit(node[name], `${where}/${name}`);
  };
  visit(root, '');
}

const CROISSANT = 'http://mlcommons.org/croissant/';

function isDate(text: string): boolean {
  if (isCalendarDay(text) || parseTime(text) !== null) return true;
  return (
    (/^\d{4}(-\d\d)?$/.test(text) && isCalendarDay(`${text}-01-01`.slice(0, 10))) ||
    (/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/.test(text) && isCalendarDay(text.slice(0, 10)))
  );
}

function hasType(node: Node, names: readonly string[]): boolean {
  return listOf(node['@type']).some((type) => typeof type === 'string' && names.includes(type));
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

function listOf(value: unknown): readonly unknown[] {
  return value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
}

function nodeOf(value: unknown): Node | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Node) : null;
}
