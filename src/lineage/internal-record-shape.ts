import type { Shape } from './internal-shape.ts';

const TEXTS: Shape = { list: 'text' };

const DIGESTS: Shape = { map: 'text' };

const AGENT: Shape = { fields: { name: 'name', 'role?': 'text', 'url?': 'text' } };

const TABLE: Shape = {
  fields: {
    descriptor: {
      fields: {
        v: 'count',
        enc: ['dcbor'],
        hash: ['sha-256'],
        columns: {
          list: { fields: { name: 'text', type: ['int', 'float', 'string', 'bool', 'datetime', 'date'] } },
        },
        'salt?': ['hmac-sha256-index-16'],
        'nonFinite?': ['allow'],
      },
    },
    descriptorSha256: 'sha256',
    rows: 'count',
    root: 'sha256',
    'multisetRoot?': 'sha256',
    digest: 'sha256',
  },
};

const DATASET: Shape = {
  fields: {
    id: 'name',
    name: 'name',
    version: 'name',
    'description?': 'text',
    'license?': 'name',
    'url?': 'text',
    'language?': TEXTS,
    'geography?': TEXTS,
    'keywords?': TEXTS,
    'creators?': { list: AGENT },
    'citeAs?': 'text',
    'datePublished?': 'day',
    files: { list: { fields: { name: 'name', sha256: 'sha256', bytes: 'count', mediaType: 'name' } } },
    table: TABLE,
  },
};

const ORIGIN: Shape = {
  fields: {
    kind: ['full', 'partial', 'hybrid', 'none', 'unknown'],
    hasSynthetic: 'boolean',
    rows: { fields: { synthetic: 'count', real: 'count', modified: 'count', unknown: 'count' } },
    columns: {
      list: {
        fields: {
          name: 'text',
          origin: ['synthetic', 'real', 'derived', 'imputed', 'perturbed', 'label-machine', 'label-human'],
          'from?': TEXTS,
        },
      },
    },
  },
};

const GENERATION: Shape = {
  fields: {
    generator: {
      fields: {
        name: 'name',
        version: 'name',
        type: ['statistical', 'tree', 'gan', 'diffusion', 'llm', 'simulation', 'rule', 'augmentation', 'other'],
        'purl?': 'text',
        'trainedOn?': TEXTS,
      },
    },
    parameters: { map: 'json' },
    parametersSha256: 'sha256',
    'seed?': 'text',
    'seedCommitment?': 'sha256',
    'prng?': 'text',
    'modelFingerprint?': 'sha256',
    'embedsTrainingValues?': 'boolean',
    'promptsSha256?': 'sha256',
    'environment?': { map: 'text' },
    'determinism?': ['bitwise', 'statistical', 'none'],
    'startedAt?': 'time',
    'endedAt?': 'time',
    'agents?': { list: AGENT },
  },
};

const ANCESTRY: Shape = {
  fields: {
    maxDepth: 'count',
    meanDepth: 'amount',
    syntheticFraction: 'share',
    realRootMass: 'share',
    unknownMass: 'share',
  },
};

const WATERMARKS: Shape = {
  list: {
    fields: {
      scheme: 'name',
      version: 'name',
      keyCommitment: 'sha256',
      'detector?': { fields: { name: 'name', version: 'name', 'pValue?': 'share', 'log10P?': 'number' } },
      'parameters?': { map: 'json' },
    },
  },
};

const SOURCE: Shape = {
  fields: {
    id: 'name',
    role: ['training', 'seed', 'reference', 'constraint', 'prompt'],
    digest: DIGESTS,
    'kind?': ['real', 'synthetic', 'unknown'],
    'rows?': 'count',
    'license?': 'name',
    'url?': 'text',
    'personalData?': 'boolean',
    'consent?': { fields: { basis: 'name', 'reference?': 'text', 'scope?': 'text' } },
    'collectionPeriod?': 'text',
    'geography?': TEXTS,
    'weight?': 'share',
    'usage?': 'text',
    'optOutHonoured?': 'boolean',
    'lineage?': { fields: { statementSha256: 'sha256', 'uri?': 'text', ancestry: ANCESTRY } },
    'watermarks?': WATERMARKS,
  },
};

const CLAIM: Shape = {
  fields: {
    kind: ['quality', 'utility', 'privacy', 'bias', 'drift', 'value', 'robustness', 'watermark', 'other'],
    metric: 'name',
    value: 'numberOrNull',
    'interval?': { fields: { lower: 'number', upper: 'number', level: 'share', method: 'name' } },
    n: 'count',
    method: 'name',
    'parameters?': { map: 'json' },
    'against?': 'text',
    'threshold?': 'number',
    'pass?': 'boolean',
    'reason?': 'text',
    'reportSha256?': 'sha256',
  },
};

const USE: Shape = {
  fields: {
    'intended?': TEXTS,
    'prohibited?': TEXTS,
    'audiences?': TEXTS,
    'limitations?': TEXTS,
    'knownBiases?': TEXTS,
    'representation?': { list: { fields: { group: 'name', share: 'share', 'referenceShare?': 'share' } } },
    'socialImpact?': 'text',
    'maintenance?': 'text',
    'personalSensitive?': TEXTS,
  },
};

const COST: Shape = {
  fields: {
    method: ['measured', 'estimated'],
    'source?': 'text',
    'durationS?': 'amount',
    'hardware?': 'text',
    'energyKWh?': 'amount',
    'gCO2PerKWh?': 'amount',
    'pue?': 'amount',
    'gCO2e?': 'amount',
  },
};

/** Form of a lineage record, version 1. */
export const RECORD_SHAPE: Shape = {
  fields: {
    format: ['synthproof.lineage/1'],
    dataset: DATASET,
    origin: ORIGIN,
    generation: GENERATION,
    sources: { list: SOURCE },
    marking: {
      fields: {
        watermarks: WATERMARKS,
        inherited: { list: { fields: { source: 'name', watermarks: WATERMARKS } } },
      },
    },
    claims: { list: CLAIM },
    'use?': USE,
    'cost?': COST,
    ancestry: ANCESTRY,
    'supersedes?': 'sha256',
    issuedAt: 'time',
    'expiresAt?': 'time',
    issuer: AGENT,
    'ext?': { map: 'json' },
  },
};

/** Form of a statement; the predicate is looked at on its own. */
export const STATEMENT_SHAPE: Shape = {
  fields: {
    _type: ['https://in-toto.io/Statement/v1'],
    subject: { list: { fields: { name: 'name', digest: DIGESTS } } },
    predicateType: ['https://synthproof.dev/synthetic-dataset/v1'],
    predicate: 'json',
  },
};
