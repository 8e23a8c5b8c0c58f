import { expect, test } from 'vitest';
import { toHex } from '../../src/hash/to-hex.ts';
import { dropColumns } from '../../src/table/drop-columns.ts';
import { sliceRows } from '../../src/table/slice-rows.ts';
import { detectTableMark } from '../../src/watermark/detect-table-mark.ts';
import { planTableMark } from '../../src/watermark/plan-table-mark.ts';
import { selectMarkedRows } from '../../src/watermark/select-marked-rows.ts';
import { tableMarkReport } from '../../src/watermark/table-mark-report.ts';
import { mixedTable, testKey } from './fixtures.ts';

const key = testKey(5);
const pool = mixedTable(6000);
const plan = planTableMark(pool, { tableId: 'spring', rows: 3000 });
const marked = selectMarkedRows(pool, plan, { key, candidates: 2 }).table;

test('each decision is said in words with its figures', () => {
  const found = tableMarkReport(detectTableMark(marked, plan, { key }));
  expect(found.findings[0]).toMatchObject({ level: 'good' });
  expect(found.findings[0]!.text).toContain('"spring"');
  expect(found.tables[0]!.rows).toHaveLength(3);
  const not = tableMarkReport(detectTableMark(pool, plan, { key, hypotheses: 2 }));
  expect(not.findings[0]).toMatchObject({ level: 'note' });
  expect(not.findings[0]!.text).toContain('not detected');
  const none = tableMarkReport(detectTableMark(sliceRows(pool, 0, 0), plan, { key }));
  expect(none.findings[0]).toMatchObject({ level: 'warning' });
  expect(none.findings[0]!.text).toContain('no row');
});

test('missing columns are named', () => {
  const report = tableMarkReport(detectTableMark(dropColumns(marked, ['age']), plan, { key }));
  expect(report.findings.map((finding) => finding.text).join(' ')).toContain('Not in the table: age');
});

test('neither plan, verdict nor report holds the key or what comes of it', () => {
  const verdict = detectTableMark(marked, plan, { key });
  const text = JSON.stringify([plan, verdict, tableMarkReport(verdict)]);
  expect(text).not.toContain(toHex(key).slice(0, 8));
  expect(text).not.toContain(Array.from(key.subarray(0, 4)).join(','));
});
