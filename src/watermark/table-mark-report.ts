import type { Finding, Report } from '../types.ts';
import type { TableMarkVerdict } from './table-mark-verdict.ts';

/** What a reason of `cannot-test` means in words. */
const REASONS: Record<NonNullable<TableMarkVerdict['reason']>, string> = {
  'no-carriers': 'the plan has no column that carries a mark',
  'no-rows': 'the table has no row',
  'no-columns': "the table has none of the plan's columns",
  'too-few-units': 'fewer than 30 units have weight',
};

/**
 * The verdict on a table mark in plain words, with the figures behind it.
 *
 * @param verdict - From {@link detectTableMark}.
 * @returns A report: the decision first, then what was not tested, then the statistics by layer.
 * @example
 * const plan = planTableMark(fromRecords([{ a: 'x' }, { a: 'y' }, { a: 'x' }]), { tableId: 'r' });
 * const key = fromHex('000102030405060708090a0b0c0d0e0f');
 * const verdict = detectTableMark(fromRecords([{ b: 1 }]), plan, { key });
 * tableMarkReport(verdict).findings[0].level; // => 'warning'
 */
export function tableMarkReport(verdict: TableMarkVerdict): Report {
  const findings: Finding[] = [decision(verdict)];
  if (verdict.columnsMissing.length > 0)
    findings.push({
      level: 'note',
      text: `Not in the table: ${verdict.columnsMissing.join(', ')}. ${verdict.blocksMissing} of ${verdict.blocksMissing + verdict.blocksUsed} blocks could not be tested.`,
    });
  if (verdict.cellsSkipped > 0)
    findings.push({
      level: 'note',
      text: `${verdict.cellsSkipped} cells were missing, unreadable or of a level the plan does not know; they took no part.`,
    });
  if (verdict.decision === 'marked')
    findings.push({
      level: 'note',
      text: 'A mark is evidence that rows derive from the marked release. It does not show that a table is complete, unaltered or authentic; the signed record does.',
    });
  return {
    title: 'Table mark',
    findings,
    tables: [
      {
        title: 'Statistics by layer',
        columns: ['layer', 'units', 'z', 'log10 of the bound on p'],
        rows: verdict.layers.map((layer) => [layer.layer, layer.units, layer.z, layer.log10P]),
        note: `Corrected for 3 layers and ${verdict.hypotheses} ${verdict.hypotheses === 1 ? 'hypothesis' : 'hypotheses'}. Rows used: ${verdict.rowsUsed} of ${verdict.rows}.`,
      },
    ],
    charts: [],
  };
}

function decision(verdict: TableMarkVerdict): Finding {
  const { tableId, alpha, log10P } = verdict;
  if (log10P === null) {
    const why = verdict.reason === undefined ? 'nothing to test' : REASONS[verdict.reason];
    return { level: 'warning', text: `The mark of "${tableId}" cannot be tested here: ${why}.` };
  }
  const p = log10P < -3 ? `10^${Math.round(log10P * 10) / 10}` : String(Math.round(verdict.pValue! * 1e4) / 1e4);
  return verdict.decision === 'marked'
    ? { level: 'good', text: `The table carries the mark of "${tableId}": p-value at most ${p}, threshold ${alpha}.` }
    : {
        level: 'note',
        text: `The mark of "${tableId}" was not detected under this key: p-value bound ${p}, threshold ${alpha}. That does not show that the rows come from elsewhere.`,
      };
}
