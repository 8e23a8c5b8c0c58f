export { type BinColumnOptions, binColumn } from './bin-column.ts';
export { type BinEdgesOptions, binEdges } from './bin-edges.ts';
export { booleanColumn } from './boolean-column.ts';
export { type CastColumnOptions, castColumn } from './cast-column.ts';
export { categoryColumn } from './category-column.ts';
export { cellAt } from './cell-at.ts';
export { cellText } from './cell-text.ts';
export { columnLength } from './column-length.ts';
export { columnNames } from './column-names.ts';
export type { ColumnSchema, TableSchema } from './column-schema.ts';
export { concatRows } from './concat-rows.ts';
export { createTable } from './create-table.ts';
export { datetimeColumn } from './datetime-column.ts';
export { dropColumns } from './drop-columns.ts';
export { equalTables } from './equal-tables.ts';
export { filterRows } from './filter-rows.ts';
export { type FormatCsvOptions, formatCsv } from './format-csv.ts';
export { formatDatetime } from './format-datetime.ts';
export { formatNdjson } from './format-ndjson.ts';
export { type ArqueroLike, fromArquero } from './from-arquero.ts';
export { type ArrowLike, fromArrow, type VectorLike } from './from-arrow.ts';
export { type FromValuesOptions, fromColumns } from './from-columns.ts';
export {
  type DuckDbChunkLike,
  type DuckDbResultLike,
  type DuckDbVectorLike,
  fromDuckDb,
} from './from-duckdb.ts';
export { fromRecords } from './from-records.ts';
export { getColumn } from './get-column.ts';
export { type GroupCodes, groupCodes } from './group-codes.ts';
export { type InferOptions, inferSchema } from './infer-schema.ts';
export { integerColumn } from './integer-column.ts';
export type { StreamLike, TextSource } from './internal-chunks.ts';
export type { CsvFormat } from './internal-csv.ts';
export type { InferRules } from './internal-infer.ts';
export { isMissing } from './is-missing.ts';
export { type JoinByKeyOptions, type JoinedTable, joinByKey } from './join-by-key.ts';
export { missingCount } from './missing-count.ts';
export { normalizeColumn } from './normalize-column.ts';
export { numberColumn } from './number-column.ts';
export { type ParseCsvOptions, parseCsv } from './parse-csv.ts';
export { parseDatetime } from './parse-datetime.ts';
export { type ParseNdjsonOptions, parseNdjson } from './parse-ndjson.ts';
export { type CsvBatchOptions, readCsvBatches } from './read-csv-batches.ts';
export { type NdjsonBatchOptions, readNdjsonBatches } from './read-ndjson-batches.ts';
export { renameColumns } from './rename-columns.ts';
export { replaceColumn } from './replace-column.ts';
export { schemaOf } from './schema-of.ts';
export { selectColumns } from './select-columns.ts';
export { sliceRows } from './slice-rows.ts';
export { type SortKey, sortRows } from './sort-rows.ts';
export { takeRows } from './take-rows.ts';
export { textColumn } from './text-column.ts';
export { toRecords } from './to-records.ts';
