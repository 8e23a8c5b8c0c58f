export { arfOptionsSchema } from './arf-options-schema.ts';
export { bayesianNetworkOptionsSchema } from './bayesian-network-options-schema.ts';
export { biasAuditSchema } from './bias-audit-schema.ts';
export { cartOptionsSchema } from './cart-options-schema.ts';
export { constrainOptionsSchema, constraintsSchema } from './constraints-schema.ts';
export { copulaOptionsSchema } from './copula-options-schema.ts';
export { dpDomainSchema, dpTreeOptionsSchema } from './dp-tree-options-schema.ts';
export type { GovernConfig } from './govern-config-schema.ts';
export { governConfigSchema } from './govern-config-schema.ts';
export { independentOptionsSchema } from './independent-options-schema.ts';
export {
  detectabilityOptionsSchema,
  kWayMarginalsOptionsSchema,
  pmseOptionsSchema,
  subgroupFidelityOptionsSchema,
  tableDistanceOptionsSchema,
  utilityOptionsSchema,
} from './quality-learners-schemas.ts';
export { qualityOptionsSchema } from './quality-options-schema.ts';
export { relationalOptionsSchema } from './relational-options-schema.ts';
export { parseOptions } from './shared.ts';
export { smoteOptionsSchema } from './smote-options-schema.ts';
export { tableMarkOptionsSchema } from './table-mark-options-schema.ts';
export { valueSpecSchema } from './value-spec-schema.ts';
