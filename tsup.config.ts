import { defineConfig } from 'tsup'

export default defineConfig({
  entry: { index: 'src/index.ts', report: 'src/report/index.ts' },
  format: ['esm', 'cjs'],
  target: 'es2022',
  // TypeScript 6 deprecates the baseUrl that the declaration bundler sets.
  dts: { compilerOptions: { ignoreDeprecations: '6.0' } },
  splitting: true,
  treeshake: true,
  clean: true,
  sourcemap: false,
})
