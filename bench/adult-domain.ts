import type { DpColumnDomain } from '../src/generators/dp-tree/index.ts';

const WORKCLASS = '?,Federal-gov,Local-gov,Never-worked,Private,Self-emp-inc,Self-emp-not-inc,State-gov,Without-pay';
const EDUCATION =
  '10th,11th,12th,1st-4th,5th-6th,7th-8th,9th,Assoc-acdm,Assoc-voc,Bachelors,Doctorate,HS-grad,Masters,Preschool,Prof-school,Some-college';
const MARITAL = 'Divorced,Married-AF-spouse,Married-civ-spouse,Married-spouse-absent,Never-married,Separated,Widowed';
const OCCUPATION =
  '?,Adm-clerical,Armed-Forces,Craft-repair,Exec-managerial,Farming-fishing,Handlers-cleaners,Machine-op-inspct,Other-service,Priv-house-serv,Prof-specialty,Protective-serv,Sales,Tech-support,Transport-moving';
const RELATIONSHIP = 'Husband,Not-in-family,Other-relative,Own-child,Unmarried,Wife';
const RACE = 'Amer-Indian-Eskimo,Asian-Pac-Islander,Black,Other,White';
const COUNTRY =
  '?,Cambodia,Canada,China,Columbia,Cuba,Dominican-Republic,Ecuador,El-Salvador,England,France,Germany,Greece,Guatemala,Haiti,Holand-Netherlands,Honduras,Hong,Hungary,India,Iran,Ireland,Italy,Jamaica,Japan,Laos,Mexico,Nicaragua,Outlying-US(Guam-USVI-etc),Peru,Philippines,Poland,Portugal,Puerto-Rico,Scotland,South,Taiwan,Thailand,Trinadad&Tobago,United-States,Vietnam,Yugoslavia';

/** A closed list of labels from the code book. */
function labels(name: string, list: string): DpColumnDomain {
  return { name, kind: 'category', labels: list.split(','), other: null, missing: false };
}

/** A whole column without missing cells. */
function whole(name: string, edges: readonly number[]): DpColumnDomain {
  return { name, kind: 'integer', min: edges[0]!, max: edges.at(-1)! - 1, edges, missing: false };
}

function range(from: number, to: number, step: number): number[] {
  const out: number[] = [];
  for (let value = from; value < to; value += step) out.push(value);
  return out;
}

/** Adult as its code book declares it: labels, bounds, top codes, and bins of round numbers. */
export const ADULT_DOMAIN: readonly DpColumnDomain[] = [
  whole('age', [...range(17, 90, 1), 90, 91]),
  labels('workclass', WORKCLASS),
  whole('fnlwgt', [...range(10_000, 400_000, 20_000), 400_000, 500_000, 700_000, 1_000_000, 1_500_000]),
  labels('education', EDUCATION),
  whole('education-num', range(1, 18, 1)),
  labels('marital-status', MARITAL),
  labels('occupation', OCCUPATION),
  labels('relationship', RELATIONSHIP),
  labels('race', RACE),
  labels('sex', 'Female,Male'),
  whole(
    'capital-gain',
    [0, 1, 1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 10_000, 15_000, 20_000, 50_000, 99_999, 100_000],
  ),
  whole('capital-loss', [0, 1, 1000, 1500, 1600, 1700, 1800, 1900, 2000, 2100, 2200, 2500, 3000, 5000]),
  whole(
    'hours-per-week',
    [1, 10, 15, 16, 20, 21, 25, 26, 30, 31, 35, 36, 40, 41, 45, 46, 50, 51, 55, 56, 60, 61, 65, 70, 80, 81, 99, 100],
  ),
  labels('native-country', COUNTRY),
  labels('income-per-year', '<=50K,>50K'),
];
