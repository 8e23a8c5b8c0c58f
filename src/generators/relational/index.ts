export { fitRelational } from './fit-relational.ts';
export type {
  RelationalInput,
  RelationalLevel,
  RelationalLink,
  RelationalModel,
  RelationalOptions,
  RelationalSample,
  RelationalTableOptions,
  RelationalTableReport,
} from './relational-types.ts';
export { sampleRelational } from './sample-relational.ts';
