import type { Finding, Report } from '../../types.ts';
import { figure, percent, sentenceOf } from '../internal-words.ts';
import type { DriftCut, Reinforcement } from './reinforce-values.ts';

/**
 * A reinforcement in plain words: what moved, how far on texts that took part in no choice, what it cost in diversity,
 * with the values before and after as pictures and the steps as a table.
 *
 * @param loop - From {@link reinforceValues}.
 * @returns A report for the renderers in `report`.
 * @example
 * const spec = createValueSpec({ id: 'demo', version: '1', values: [{ id: 'care', descriptors: [{ phrase: 'help' }] }] });
 * const texts = Array.from({ length: 60 }, (_, i) => (i % 4 === 0 ? `we help person ${i}` : `we see person ${i}`));
 * const loop = await reinforceValues(texts, { scorer: lexiconScorer(spec, { minWords: 1 }), size: 12, seed: 'demo', targets: { care: 125 } });
 * reinforcementReport(loop).title; // => 'Value reinforcement'
 */
export function reinforcementReport(loop: Reinforcement): Report {
  const lines: readonly (readonly [string, DriftCut | null])[] = [
    ['selection', loop.selection],
    ['held-out texts, weighted', loop.heldOut],
    ['retrained', loop.retrained],
  ];
  const stages = [
    ['before', loop.values.map((value) => value.before)],
    ['selection', loop.values.map((value) => value.after)],
    ['retrained', loop.values.map((value) => value.retrained)],
  ] as const;
  return {
    title: 'Value reinforcement',
    findings: findings(loop),
    tables: [
      {
        title: 'Distance to the targets',
        columns: ['measured on', 'texts', 'before', 'after', 'cut'],
        rows: lines.flatMap(([name, cut]) => (cut === null ? [] : [[name, cut.n, cut.before, cut.after, cut.cut]])),
        note: "Root mean square over the wanted values, in standard deviations of the texts' scores.",
      },
      {
        title: 'Values',
        columns: ['value', 'target', 'before', 'selection', 'retrained', 'sd'],
        rows: loop.values.map((value) => [
          value.label,
          value.target,
          value.before,
          value.after,
          value.retrained,
          value.sd,
        ]),
      },
      {
        title: 'Steps',
        columns: ['step', 'input', 'outcome'],
        rows: loop.steps.map(({ step, inputHash, outcome }) => [
          step,
          inputHash.slice(0, 12),
          Object.entries(outcome)
            .map(([name, value]) => `${name} ${typeof value === 'number' ? figure(value) : short(String(value))}`)
            .join(', '),
        ]),
      },
    ],
    charts: [
      {
        kind: 'interval',
        title: 'Way to the target',
        xLabel: 'mean less target, in standard deviations',
        yLabel: 'value',
        items: stages.flatMap(([group, means]) =>
          loop.values.flatMap((value, k) => {
            const mean = means[k] ?? null;
            return mean === null ? [] : [{ label: value.label, group, value: (mean - value.target) / value.sd }];
          }),
        ),
        reference: 0,
      },
      {
        kind: 'bar',
        title: 'Different texts in the selection',
        xLabel: 'selection',
        yLabel: `Vendi score of order ${loop.diversity.order}`,
        series: [{ name: 'Vendi', x: ['random', 'reinforced'], y: [loop.diversity.random, loop.diversity.selected] }],
      },
    ],
  };
}

function findings(loop: Reinforcement): Finding[] {
  const out: Finding[] = [];
  const say = (name: string, { before, after, cut, n }: DriftCut): void => {
    if (cut === null) return;
    out.push({
      level: cut >= 0.5 ? 'good' : cut > 0 ? 'note' : 'warning',
      text: `${name}: the distance to the targets went from ${figure(before!)} to ${figure(after!)} sd (cut by ${percent(cut)}; ${n} texts).`,
    });
  };
  say('On held-out texts', loop.heldOut);
  say('In the selection', loop.selection);
  if (loop.retrained !== null) say('After retraining, beside a random selection', loop.retrained);
  const { loss, selected, random } = loop.diversity;
  out.push({
    level: loss > 0.15 ? 'warning' : 'note',
    text: `The selection holds ${figure(selected)} effectively different texts, a random one ${figure(random)} (${loss > 0 ? `${percent(loss)} fewer` : 'not fewer'}).`,
  });
  for (const text of loop.warnings) out.push({ level: 'warning', text: sentenceOf(text) });
  return out;
}

function short(text: string): string {
  return text.length > 40 ? `${text.slice(0, 12)}...` : text;
}
