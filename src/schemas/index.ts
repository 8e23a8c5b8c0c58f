export { biasAuditSchema } from './bias-audit-schema.ts';
export { cartOptionsSchema } from './cart-options-schema.ts';
export type { GovernConfig } from './govern-config-schema.ts';
export { governConfigSchema } from './govern-config-schema.ts';
export { qualityOptionsSchema } from './quality-options-schema.ts';
export { parseOptions } from './shared.ts';
export { tableMarkOptionsSchema } from './table-mark-options-schema.ts';
export { valueSpecSchema } from './value-spec-schema.ts';
