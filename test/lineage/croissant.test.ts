import { describe, expect, test } from 'vitest';
import { sha256Hex } from '../../src/hash/index.ts';
import { createLineage, tableDigest, toCroissant, validateCroissant } from '../../src/lineage/index.ts';
import { createTable, numberColumn } from '../../src/table/index.ts';
import { realSource, sampleInput, sampleRecord } from './fixture.ts';

const NEURIPS = [
  'rai:dataLimitations',
  'rai:dataBiases',
  'rai:personalSensitiveInformation',
  'rai:dataUseCases',
  'rai:dataSocialImpact',
  'rai:hasSyntheticData',
  'prov:wasDerivedFrom',
  'prov:wasGeneratedBy',
];

describe('toCroissant', () => {
  test('passes the validator without a warning, with all eight NeurIPS fields, whatever is stated', () => {
    for (const record of [
      sampleRecord(),
      sampleRecord({ files: [], sources: [], claims: [] }),
      sampleRecord({ dataset: { name: 'x', version: '2.0.1' }, marking: {} }),
      sampleRecord({
        use: {
          intended: ['training'],
          prohibited: ['scoring people'],
          limitations: ['small'],
          knownBiases: ['few women'],
          socialImpact: 'none known',
          maintenance: 'yearly',
          personalSensitive: ['sex'],
        },
        sources: [
          realSource,
          { ...realSource, id: 'second', license: 'CC0-1.0', digest: { sha256: sha256Hex('second') } },
        ],
      }),
    ]) {
      const document = toCroissant(record);
      const verdict = validateCroissant(document);
      expect(verdict.errors).toEqual([]);
      expect(verdict.warnings).toEqual([]);
      expect(verdict.missingNeurips).toEqual([]);
      for (const name of NEURIPS) expect(document[name]).toBeDefined();
      expect(JSON.parse(JSON.stringify(document))).toEqual(document);
      expect(JSON.stringify(document).match(/sc:Dataset/g)).toHaveLength(1);
    }
  });

  test('says what is not stated instead of inventing it', () => {
    const document = toCroissant(sampleRecord());
    expect(document['rai:dataLimitations']).toEqual(['Not stated.']);
    expect(document['rai:dataSocialImpact']).toBe('Not stated.');
    expect(document['rai:personalSensitiveInformation']).toEqual(['Made from personal data.']);
    expect(document['rai:dataBiases']).toEqual(['demographicParityDifference: not computed (EMPTY_GROUP).']);
  });

  test('fields, files and parents', () => {
    const record = sampleRecord();
    const document = JSON.parse(JSON.stringify(toCroissant(record, { baseUrl: 'https://example.org/' })));
    expect(document.distribution[0]).toMatchObject({
      '@id': 'data.csv',
      contentUrl: 'https://example.org/data.csv',
      sha256: record.dataset.files[0]!.sha256,
    });
    expect(document.recordSet[0].field.map((field: { dataType: string }) => field.dataType)).toEqual([
      'sc:Integer',
      'sc:Float',
      'sc:Boolean',
      'sc:Text',
      'sc:Date',
      'sc:Date',
      'sc:Text',
    ]);
    expect(document['prov:wasDerivedFrom'][0]).toMatchObject({
      '@type': 'prov:Entity',
      '@id': `urn:sha256:${sha256Hex('olympians')}`,
    });
    expect(document.license).toBe('https://spdx.org/licenses/CC-BY-4.0.html');
  });

  test('column names that are no IRI are encoded in ids only', () => {
    const table = createTable([numberColumn('body mass (kg)', [1]), numberColumn('città', [2])]);
    const record = createLineage(
      sampleInput({
        table: tableDigest(table),
        columns: table.columns.map(({ name }) => ({ name, origin: 'synthetic' })),
        rows: { synthetic: 1, real: 0, modified: 0, unknown: 0 },
      }),
    );
    const document = JSON.parse(JSON.stringify(toCroissant(record)));
    const [first, second] = document.recordSet[0].field;
    expect([first['@id'], first.name, first.source.extract.column]).toEqual([
      'rows/body%20mass%20%28kg%29',
      'body mass (kg)',
      'body mass (kg)',
    ]);
    expect(second['@id']).toBe('rows/citt%C3%A0');
    expect(validateCroissant(document).ok).toBe(true);
  });

  test('options are checked', () => {
    expect(() => toCroissant(sampleRecord(), { tableFile: 'none.csv' })).toThrow(
      expect.objectContaining({ code: 'BAD_OPTION' }),
    );
    expect(() => toCroissant(sampleRecord(), { datePublished: '14.1.2026' })).toThrow(
      expect.objectContaining({ code: 'BAD_OPTION' }),
    );
  });
});

describe('validateCroissant', () => {
  const good = () => JSON.parse(JSON.stringify(toCroissant(sampleRecord())));
  test.each<[string, (document: any) => void, string]>([
    [
      'context text',
      (d) => {
        d['@context'] = 'https://schema.org';
      },
      '/@context',
    ],
    [
      'no @language',
      (d) => {
        delete d['@context']['@language'];
      },
      '/@context/@language',
    ],
    [
      'http schema',
      (d) => {
        d['@context'].sc = 'http://schema.org/';
      },
      '/@context/sc',
    ],
    [
      'no type',
      (d) => {
        delete d['@type'];
      },
      '/@type',
    ],
    [
      'no conformsTo',
      (d) => {
        delete d.conformsTo;
      },
      '/conformsTo',
    ],
    [
      'RAI alone',
      (d) => {
        d.conformsTo = 'http://mlcommons.org/croissant/RAI/1.0';
      },
      '/conformsTo',
    ],
    [
      'no name',
      (d) => {
        delete d.name;
      },
      '/name',
    ],
    [
      'bad date',
      (d) => {
        d.datePublished = 'soon';
      },
      '/datePublished',
    ],
    [
      'no hash',
      (d) => {
        delete d.distribution[0].sha256;
      },
      '/distribution/0/sha256',
    ],
    [
      'no format',
      (d) => {
        delete d.distribution[0].encodingFormat;
      },
      '/distribution/0/encodingFormat',
    ],
    [
      'no contentUrl',
      (d) => {
        delete d.distribution[0].contentUrl;
      },
      '/distribution/0/contentUrl',
    ],
    [
      'file type',
      (d) => {
        d.distribution[0]['@type'] = 'sc:FileObject';
      },
      '/distribution/0/@type',
    ],
    [
      'unknown data type',
      (d) => {
        d.recordSet[0].field[0].dataType = 'sc:Nonsense';
      },
      '/recordSet/0/field/0/dataType',
    ],
    [
      'dangling file',
      (d) => {
        d.recordSet[0].field[0].source.fileObject['@id'] = 'other.csv';
      },
      '/recordSet/0/field/0/source/fileObject',
    ],
    [
      'nested dataset',
      (d) => {
        d['prov:wasDerivedFrom'][0]['@type'] = 'sc:Dataset';
      },
      '/prov:wasDerivedFrom/0/@type',
    ],
  ])('refuses: %s', (_name, change, where) => {
    const document = good();
    change(document);
    const verdict = validateCroissant(document);
    expect(verdict.ok).toBe(false);
    expect(verdict.errors.map((error) => error.where)).toContain(where);
  });

  test.each<[string, (document: any) => void]>([
    [
      'md5',
      (d) => {
        d.distribution[0].md5 = d.distribution[0].sha256;
        delete d.distribution[0].sha256;
      },
    ],
    [
      'no creator',
      (d) => {
        delete d.creator;
      },
    ],
    [
      'duplicate field ids',
      (d) => {
        d.recordSet[0].field[1]['@id'] = d.recordSet[0].field[0]['@id'];
      },
    ],
    [
      'odd hash',
      (d) => {
        d.distribution[0].sha256 = 'x';
      },
    ],
    [
      'type by source field',
      (d) => {
        d.recordSet[0].field.push({ '@type': 'cr:Field', '@id': 'rows/copy', source: { field: { '@id': 'rows/id' } } });
      },
    ],
    [
      'parts',
      (d) => {
        d.recordSet[0].field.push({
          '@type': 'cr:Field',
          '@id': 'rows/p',
          subField: [{ '@type': 'cr:Field', '@id': 'rows/p/a', dataType: ['sc:Text', 'https://example.org/x'] }],
        });
      },
    ],
    [
      'live dataset',
      (d) => {
        d.isLiveDataset = true;
        delete d.distribution[0].sha256;
      },
    ],
  ])('accepts: %s', (_name, change) => {
    const document = good();
    change(document);
    expect(validateCroissant(document).errors).toEqual([]);
  });

  test('anything else is refused without throwing', () => {
    const cycle: Record<string, unknown> = {};
    cycle['x'] = cycle;
    for (const item of [
      null,
      undefined,
      1,
      'x',
      [],
      {},
      cycle,
      { '@context': {}, distribution: [null, 1], recordSet: [1, { field: [null] }] },
    ])
      expect(validateCroissant(item).ok).toBe(false);
  });
});
