import { createValueSpec, type ValueDefinition, type ValueSpec } from './create-value-spec.ts';

/** Id, label, plain meaning, and stems of each group. */
const GROUPS: readonly (readonly [id: string, label: string, description: string, stems: string])[] = [
  [
    'self-direction',
    'Self-direction',
    'Thinking and choosing for oneself; creating and exploring.',
    'free freed* freely liberty liberties liberat* independen* autonom* choose chooses chose chosen choice* creativ* invent* original curio* explor* imagin* self-govern* self-relian* privacy individual* opinion* volunt*',
  ],
  [
    'stimulation',
    'Stimulation',
    'Novelty, excitement and challenge.',
    'adventur* excit* thrill* novel novelty bold boldly daring dare challeng* new newer newest chang* vari* surpris* risk* venture* stimulat* frontier* discover* dynamic spontan* experiment*',
  ],
  [
    'hedonism',
    'Hedonism',
    'Pleasure and enjoyment of life.',
    'enjoy* pleasur* pleasant* fun joy joyful joyous happy happi* delight* comfort* leisure luxur* indulg* entertain* feast* play played playing game* relax* holiday* vacation* amus* celebrat* laugh*',
  ],
  [
    'achievement',
    'Achievement',
    'Success shown by ability as others judge it.',
    'achiev* accomplish* succeed* success* ambitio* excel excell* capab* compet* skill* talent* win wins winning winner* won victor* merit* attain* best improv* progress* triumph* efficien* effectiv* perform*',
  ],
  [
    'power',
    'Power',
    'Status, wealth, and control over people and resources.',
    'power* authorit* control* dominat* dominion* command* rule ruler* ruling wealth* rich riches money influenc* prestige* status superior* suprem* leader* sovereign* empire* conquer* force* strength* mighty',
  ],
  [
    'security',
    'Security',
    'Safety and stability of oneself, family and society.',
    'secur* safe safer safely safety safeguard* protect* defen* stable stabil* order orderly peace* guard* shelter* health* danger* threat* terror* crime* criminal* police* militar* preserv* insur*',
  ],
  [
    'conformity',
    'Conformity',
    'Restraint, and obedience to rules and expectations.',
    'obey* obedien* duty duties dutiful* law laws lawful* legal* rules regulation* regulat* comply compli* conform* proper propriety polite* courte* disciplin* oblig* restrain* respectful* honor* honour* submit* submission observ*',
  ],
  [
    'tradition',
    'Tradition',
    'Respect for the customs and ideas of culture and religion.',
    'tradition* custom customs heritage ancest* forefather* god gods sacred holy faith* religio* church* pray* bless* providence providential rever* ritual* devout* pious piety humble* humil* modest* ancient* almighty divine*',
  ],
  [
    'benevolence',
    'Benevolence',
    'Care for the people one is close to.',
    'help* care cared cares caring kinder kindness kindly love loved loves loving friend friends friendship* loyal* family families child children parent* mother* father* neighbor* neighbour* communit* support* together generous* generosit* forgiv* compassion* volunteer* giving trusted trustworth*',
  ],
  [
    'universalism',
    'Universalism',
    'Understanding, tolerance and protection for all people and for nature.',
    'equal* justice just fair fairly fairness human humans humanity mankind world* universal* toleran* diverse diversity environment* nature climate* pollut* conserv* planet* earth* peace* right rights wisdom understand* unity',
  ],
];

/**
 * An illustrative lexicon of Schwartz's ten groups of basic human values, about 25 English stems each, written for this
 * library. It shows how a spec looks and gives the lexicon scorer something to run on; it is not a validated instrument:
 * published dictionaries of values agree with what people say about themselves at correlations of .1 to .4.
 *
 * Groups and their meaning: Schwartz 1992, "Universals in the content and structure of values". A stem may serve two
 * groups (peace: security and universalism).
 *
 * @returns A value spec for {@link lexiconScorer}, in occurrences per 1000 words.
 * @example
 * const spec = schwartzLexicon();
 * spec.values.length; // => 10
 * const scorer = lexiconScorer(spec, { minWords: 1 });
 * Array.from(scorer.score(['They obeyed the law.']).columns[6]); // => [500]
 */
export function schwartzLexicon(): ValueSpec {
  const values = GROUPS.map(
    ([id, label, description, stems]): ValueDefinition => ({
      id,
      label,
      description,
      descriptors: stems.split(' ').map((phrase) => ({ phrase })),
    }),
  );
  return createValueSpec({
    id: 'synthproof/schwartz-10',
    // 2: words with another common sense left out (kind of, trusts, provide, friendly relations).
    version: '2',
    values,
    scale: { unit: 'occurrences per 1000 words', min: 0, max: 1000 },
  });
}
