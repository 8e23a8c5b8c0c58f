import { abrocaOf, scoreFrameOf, scoreTable } from '../../src/bias/index.ts';
import { normalCdf } from '../../src/math/index.ts';
import { createRng, normal } from '../../src/random/index.ts';
import { booleanColumn, categoryColumn, createTable, numberColumn } from '../../src/table/index.ts';
import type { Rng, Table } from '../../src/types.ts';
import { type Evidence, within } from './types.ts';

const AREA = 'bias';

/** Groups in turn, one row in three positive, scores normal with the group's shift for positives, rounded to `step`. */
function scored(rng: Rng, n: number, shifts: readonly number[], step: number): Table {
  const rows = Array.from({ length: n }, (_, i) => {
    const group = i % shifts.length;
    const positive = Math.floor(i / shifts.length) % 3 === 0;
    return { group, positive, score: step * Math.round((normal(rng) + (positive ? shifts[group]! : 0)) / step) };
  });
  return createTable([
    categoryColumn(
      'group',
      rows.map((row) => `g${row.group}`),
    ),
    booleanColumn(
      'label',
      rows.map((row) => row.positive),
    ),
    numberColumn(
      'score',
      rows.map((row) => row.score),
    ),
  ]);
}

const cellsOf = (table: Table) =>
  scoreTable(table, { sensitive: ['group'], label: { column: 'label' }, score: 'score' });

export const evidence: Evidence = async function* ({ full }) {
  const runs = full ? 2000 : 60;
  // Three standard errors of a rate of .05 around it.
  const slack = Math.round(3e3 * Math.sqrt((0.05 * 0.95) / runs)) / 1e3;
  for (const [n, step, what] of [
    [90, 2, 'three or four distinct scores'],
    [300, 0.5, 'many ties'],
    [1000, 0.01, 'few ties'],
  ] as const) {
    const rejected = { abroca: 0, aucGap: 0, frame: 0 };
    const covered = { equal: 0, apart: 0, gap: 0 };
    // Without ties to speak of, two normal curves of one spread do not cross: the area is the difference of their AUCs.
    const truth = normalCdf(1.2 / Math.SQRT2) - normalCdf(0.5 / Math.SQRT2);
    for (let run = 0; run < runs; run++) {
      const rng = createRng(`scores/${n}/${step}/${run}`);
      const equal = abrocaOf(cellsOf(scored(rng, n, [0.8, 0.8], step)), {
        reference: 'g1',
        rng: rng.stream('equal'),
        permutations: 199,
        resamples: 199,
      }).groups[0]!;
      if (equal.abroca.pValue! <= 0.05) rejected.abroca++;
      if (equal.aucGap.pValue! <= 0.05) rejected.aucGap++;
      if (equal.abroca.interval!.lower <= 0) covered.equal++;
      const three = scoreFrameOf(cellsOf(scored(rng, n, [0.8, 0.8, 0.8], step)), {
        rng: rng.stream('three'),
        permutations: 199,
      });
      if (three.strata[0]!.aggregates.find(({ metric }) => metric === 'rocAuc')!.pValue! <= 0.05) rejected.frame++;
      const apart = abrocaOf(cellsOf(scored(rng, n, [0.5, 1.2], 0.01)), {
        reference: 'g1',
        rng: rng.stream('apart'),
        permutations: 19,
        resamples: 199,
      }).groups[0]!;
      const { lower, upper } = apart.abroca.interval!;
      if (lower <= truth && truth <= upper) covered.apart++;
      if (apart.aucGap.interval!.lower <= -truth && -truth <= apart.aucGap.interval!.upper) covered.gap++;
    }
    for (const [name, count] of [
      ['area between the ROC curves', rejected.abroca],
      ['gap of AUCs, two groups', rejected.aucGap],
      ['gap of AUCs, three groups', rejected.frame],
    ] as const)
      yield within(
        AREA,
        `null rejection at .05, ${name}, n ${n}, ${what}, ${runs} runs`,
        count / runs,
        full ? 0.03 : 0,
        full ? 0.07 : 0.05 + slack,
      );
    for (const [name, count, most] of [
      ['area between the ROC curves reaches 0 for equal groups', covered.equal, 1],
      ['area between the ROC curves, true area .164', covered.apart, 1],
      ['gap of AUCs (DeLong), true gap -.164', covered.gap, 0.97],
    ] as const)
      yield within(
        AREA,
        `coverage of the 95 % interval, ${name}, n ${n}, ${what}, ${runs} runs`,
        count / runs,
        full ? 0.93 : 0.95 - slack,
        full ? most : 1,
      );
  }
};
