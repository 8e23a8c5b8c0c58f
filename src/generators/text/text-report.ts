import { diversityReport } from '../../text/diversity-report.ts';
import type { Finding, Report } from '../../types.ts';
import type { TextRun } from './synthesize-texts.ts';

/**
 * A report of a text run: what was asked, what came, what was lost and where, how the grid is covered, and the diversity
 * of what is left.
 *
 * @param run - Result of {@link synthesizeTexts}.
 * @returns Findings, tables and a section on diversity.
 * @example
 * const run = await synthesizeTexts({ axes: { topic: ['tax'] }, count: 1, seed: 'demo', template: promptTemplate('{{topic}}'), model: mockTextModel(['A text.']) });
 * textReport(run).findings[0].text; // => '1 of 1 texts asked for are left.'
 */
export function textReport<T>(run: TextRun<T>): Report {
  const { texts, count, batch, coverage, wanted, origin } = run;
  const findings: Finding[] = [
    {
      level: texts.length < 0.8 * count ? 'warning' : texts.length < count ? 'note' : 'good',
      text: `${texts.length} of ${count} texts asked for are left.`,
    },
  ];
  const failed = batch.failures.length;
  if (failed > 0) {
    const kinds = Object.entries(batch.failureCounts).map(([reason, times]) => `${reason} ${times}`);
    findings.push({
      level: failed > 0.05 * count ? 'warning' : 'note',
      text: `${failed} items have no usable text: ${kinds.join(', ')}.`,
    });
  }
  const lost = run.filters.filter(({ dropped }) => dropped > 0).map(({ filter, dropped }) => `${filter} ${dropped}`);
  if (lost.length > 0) findings.push({ level: 'note', text: `Filters dropped texts: ${lost.join(', ')}.` });
  const repeated = run.exactDuplicates + (run.nearDuplicates ?? 0);
  if (repeated > 0)
    findings.push({
      level: repeated > 0.1 * count ? 'warning' : 'note',
      text: `${run.exactDuplicates} texts repeat an earlier one and ${run.nearDuplicates ?? 'an unknown number of'} nearly do; they were dropped.`,
    });
  if (run.nearDuplicates === null) findings.push({ level: 'note', text: 'Near-duplicates were not looked for.' });
  if (run.unchecked > 0)
    findings.push({
      level: 'warning',
      text: `The near-duplicates of ${run.unchecked} texts were not all looked at: raise maxComparisons.`,
    });
  const empty = wanted.cellsUsed - coverage.cellsUsed;
  if (empty > 0)
    findings.push({
      level: 'warning',
      text: `${empty} of ${wanted.cellsUsed} combinations asked for have no text left: the losses are not spread evenly.`,
    });
  const cleaned = texts.filter((text) => text.origin.cleaned > 0).length;
  if (cleaned > 0)
    findings.push({
      level: 'note',
      text: `Control characters or broken characters were cleaned from ${cleaned} texts.`,
    });
  findings.push({
    level: 'note',
    text: 'Everything here is about form. Whether the texts are true, fair or fit for their use, these figures do not say.',
  });
  return {
    title: 'Synthetic texts',
    findings,
    tables: [
      {
        title: 'Steps',
        columns: ['step', 'texts left'],
        rows: stepRows(run),
      },
      {
        title: 'Coverage',
        columns: ['axis', 'value', 'quota', 'texts'],
        rows: coverage.axes.flatMap(({ axis, values }) =>
          values.map(({ value, quota, count: n }) => [axis, value, Math.round(quota * 100) / 100, n]),
        ),
        note: `${coverage.cellsUsed} of ${coverage.cells} combinations and ${coverage.pairsUsed} of ${coverage.pairs} pairs of values have a text.`,
      },
      {
        title: 'Origin',
        columns: ['what', 'value'],
        rows: [
          ['model port', origin.model],
          ['models that answered', origin.modelIds.join(', ')],
          ['template', origin.templateHash],
          ['seed', origin.seed],
          ['requests now', batch.calls],
          ['answers from the cache', batch.cacheHits],
          ['tokens read', batch.usage.inputTokens],
          ['tokens written', batch.usage.outputTokens],
          ['answers without token counts', batch.usage.unknown],
          ['cost', batch.cost],
        ],
      },
    ],
    charts: [
      {
        kind: 'bar',
        title: 'Texts left after each step',
        xLabel: 'step',
        yLabel: 'texts',
        series: [
          {
            name: 'texts',
            x: stepRows(run).map(([step]) => step),
            y: stepRows(run).map(([, left]) => left),
          },
        ],
      },
    ],
    sections: [diversityReport(run.diversity)],
  };
}

/** Step names and the texts left after each. */
function stepRows<T>({ count, batch, filters, ...run }: TextRun<T>): [string, number][] {
  let left = batch.texts.length;
  const rows: [string, number][] = [
    ['asked for', count],
    ['generated', left],
  ];
  for (const { filter, dropped } of filters) {
    left -= dropped;
    rows.push([filter, left]);
  }
  left -= run.exactDuplicates;
  rows.push(['exact duplicates removed', left]);
  if (run.nearDuplicates !== null) rows.push(['near-duplicates removed', left - run.nearDuplicates]);
  return rows;
}
