import type { Finding, Measure, Report, ReportCell } from '../types.ts';
import type { Diversity } from './measure-diversity.ts';

/**
 * A report of diversity figures: what they say, with a baseline beside them where one is given.
 *
 * @param diversity - Result of {@link measureDiversity}.
 * @param baseline - The same figures of texts to compare with, for example real ones of like number and length.
 * @returns Findings and one table.
 * @example
 * diversityReport(measureDiversity(['one text', 'another text'])).title; // => 'Diversity of the texts'
 */
export function diversityReport(diversity: Diversity, baseline?: Diversity | undefined): Report {
  const rows = lines(diversity);
  const other = baseline ? new Map(lines(baseline).map(([name, measure]) => [name, measure])) : null;
  const findings: Finding[] = [
    { level: 'note', text: `${diversity.texts} texts with ${diversity.words} words were measured.` },
  ];
  const { vendi, selfBleu, topics } = diversity;
  if (vendi.value !== null)
    findings.push({
      level: vendi.value < 0.1 * vendi.n ? 'warning' : 'note',
      text: `By their words the ${vendi.n} texts are as varied as ${shown(vendi.value)} wholly different ones (Vendi score).`,
    });
  if (selfBleu.value !== null && selfBleu.value > 0.7)
    findings.push({
      level: 'warning',
      text: `The texts repeat one another: self-BLEU is ${shown(selfBleu.value)} of at most 1.`,
    });
  if (topics && topics.empty > 0)
    findings.push({ level: 'warning', text: `${topics.empty} of ${topics.topics} topics have no text.` });
  return {
    title: 'Diversity of the texts',
    findings,
    tables: [
      {
        title: 'Figures',
        columns: other ? ['figure', 'value', 'baseline', 'better'] : ['figure', 'value', 'better'],
        rows: rows.map(([name, { value, goal }]): ReportCell[] => [
          name,
          value,
          ...(other ? [other.get(name)?.value ?? null] : []),
          goal === 'maximize' ? 'larger' : goal === 'minimize' ? 'smaller' : null,
        ]),
        note: 'Most figures move with the number and length of texts: compare lists of like size.',
      },
    ],
    charts: [],
  };
}

function lines(diversity: Diversity): [string, Measure][] {
  const { distinct, mattr, mtld, selfBleu, lempelZiv, vendi, topics, novelty } = diversity;
  const list: [string, Measure][] = [
    ...distinct.map((measure): [string, Measure] => [measure.metric, measure]),
    ['MATTR (50 words)', mattr],
    ['MTLD', mtld],
    ['self-BLEU-4', selfBleu],
    ['Lempel-Ziv ratio', lempelZiv],
    ['Vendi score (words)', vendi],
  ];
  if (topics) list.push(['topic evenness', topics]);
  if (novelty) list.push(['new 4-word runs', novelty]);
  return list;
}

function shown(value: number): string {
  return String(Math.round(value * 100) / 100);
}
