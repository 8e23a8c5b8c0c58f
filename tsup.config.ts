import { defineConfig } from 'tsup';

// Every source file is an entry, so that importing one function brings only that function.
// Types come from `tsc -p tsconfig.build.json`.
export default defineConfig({
  entry: ['src/**/*.ts'],
  format: ['esm'],
  target: 'es2022',
  splitting: true,
  dts: false,
  clean: true,
  treeshake: true,
});
