/** Draws the pictures of docs/generators.md from the Olympians: source beside synthetic per column, and all pairs. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  arfGenerator,
  bayesianNetworkGenerator,
  cartGenerator,
  copulaGenerator,
  independentGenerator,
} from '../src/generators/index.ts';
import { chooseGenerator } from '../src/pipeline/index.ts';
import { measureQuality, type QualityResult, qualityReport } from '../src/quality/index.ts';
import { toSvg } from '../src/report/index.ts';
import { parseCsv } from '../src/table/index.ts';
import type { Chart, SeriesChart } from '../src/types.ts';

const CHOICES = [
  chooseGenerator(cartGenerator, {}),
  chooseGenerator(copulaGenerator, {}),
  chooseGenerator(bayesianNetworkGenerator, {}),
  chooseGenerator(arfGenerator, {}),
  chooseGenerator(independentGenerator, {}),
];
const COLUMNS = ['height', 'sport', 'date_of_birth'];
const IN_ONE = ['cart', 'copula', 'bayesian-network'];

const out = process.argv[2] ?? fileURLToPath(new URL('../docs/images', import.meta.url));
const file = fileURLToPath(import.meta.resolve('@observablehq/sample-datasets/olympians.csv'));
const source = parseCsv(readFileSync(file, 'utf8'));

const results = new Map<string, QualityResult>();
for (const choice of CHOICES) {
  const copy = choice.sample(choice.fit(source, {}), { rows: source.rowCount, seed: 'pictures' });
  results.set(choice.id, measureQuality(source, copy, { seed: 'pictures', skip: ['id'], noiseFloor: { repeats: 1 } }));
}

const pictures = new Map<string, Chart>(COLUMNS.map((column) => [column, columnChart(column)]));
for (const [id, result] of results) {
  const chart = qualityReport(result).charts.find(({ kind }) => kind === 'heatmap')!;
  pictures.set(`pairs-${id}`, { ...chart, title: `${id}: likeness of every pair of columns` });
}

mkdirSync(out, { recursive: true });
for (const [name, chart] of pictures) {
  const svg = toSvg(chart);
  writeFileSync(join(out, `${name}.svg`), svg);
  console.log(`${name}.svg`.padEnd(28), svg.length, 'bytes');
}
for (const [id, { overall, columnShapes, columnPairTrends }] of results)
  console.log(
    id.padEnd(18),
    [overall, columnShapes, columnPairTrends].map(({ value }) => value?.toFixed(3)).join('  '),
  );

/** One column of the source and of three copies. */
function columnChart(column: string): SeriesChart {
  const histograms = IN_ONE.map((id) => results.get(id)!.columns.find((one) => one.column === column)!.histogram!);
  const { labels, real } = histograms[0]!;
  return {
    kind: 'bar',
    title: `${column}: source and copies`,
    xLabel: column,
    yLabel: 'share of rows with a value',
    series: [
      { name: 'source', x: labels, y: real },
      ...histograms.map(({ synthetic }, i) => ({ name: IN_ONE[i]!, x: labels, y: synthetic })),
    ],
  };
}
