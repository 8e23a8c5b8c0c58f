import { expectTypeOf, test } from 'vitest';
import type * as z from 'zod/mini';
import type { BiasAuditSpec } from '../../src/bias/index.ts';
import type { CartOptions } from '../../src/generators/index.ts';
import type { GovernOptions } from '../../src/pipeline/index.ts';
import type { MeasureQualityOptions } from '../../src/quality/index.ts';
import type {
  biasAuditSchema,
  cartOptionsSchema,
  GovernConfig,
  governConfigSchema,
  qualityOptionsSchema,
  tableMarkOptionsSchema,
  valueSpecSchema,
} from '../../src/schemas/index.ts';
import type { JobOptions } from '../../src/types.ts';
import type { ValueSpecInput } from '../../src/value-drift/index.ts';
import type { TableMarkOptions } from '../../src/watermark/index.ts';

test('schemas give the types of the options', () => {
  expectTypeOf<z.infer<typeof cartOptionsSchema>>().toEqualTypeOf<CartOptions>();
  expectTypeOf<z.infer<typeof qualityOptionsSchema>>().toEqualTypeOf<Omit<MeasureQualityOptions, keyof JobOptions>>();
  expectTypeOf<z.infer<typeof biasAuditSchema>>().toEqualTypeOf<Omit<BiasAuditSpec, keyof JobOptions>>();
  expectTypeOf<z.infer<typeof tableMarkOptionsSchema>>().toEqualTypeOf<TableMarkOptions>();
  expectTypeOf<z.infer<typeof valueSpecSchema>>().toEqualTypeOf<ValueSpecInput>();
  expectTypeOf<z.infer<typeof governConfigSchema>>().toEqualTypeOf<GovernConfig>();
});

test('a configuration fits the options of govern', () => {
  expectTypeOf<GovernConfig['dataset']>().toExtend<GovernOptions['dataset']>();
  expectTypeOf<GovernConfig['source']>().toExtend<GovernOptions['source']>();
  expectTypeOf<GovernConfig['bias']>().toExtend<GovernOptions['bias']>();
  expectTypeOf<GovernConfig['drift']>().toExtend<GovernOptions['drift']>();
});
