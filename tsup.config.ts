import { defineConfig } from 'tsup'

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    'report/index': 'src/report/index.ts',
    'zoo/index': 'src/zoo/index.ts',
    'onnx/index': 'src/onnx/index.ts',
    'safetensors/index': 'src/safetensors/index.ts',
    'typescript/index': 'src/typescript/index.ts',
    'pytorch/index': 'src/pytorch/index.ts',
    'keras/index': 'src/keras/index.ts',
    'tfjs/index': 'src/tfjs/index.ts',
  },
  format: ['esm', 'cjs'],
  target: 'es2022',
  splitting: true,
  treeshake: true,
  clean: true,
  // The imports that only declare a layer's methods: their files have no effect at run time, as they should.
  esbuildOptions: (options) => {
    options.logOverride = { 'ignored-bare-import': 'silent' }
  },
  // Small, without dependencies, and so part of the package rather than of everybody's node_modules.
  noExternal: ['markdown-table', 'pbf'],
})
