import { defineConfig, type Options } from 'tsup'
import { noticesOfJiti } from './scripts/licences-in-jiti.mjs'
import { notices, noticesOfFonts } from './scripts/notices.mjs'

/** The imports that only declare a layer's methods: their files have no effect at run time, as they should. */
const logOverride = { 'ignored-bare-import': 'silent' } as const

const shared: Options = { target: 'es2022', splitting: true, treeshake: true }

/** Half of what a short run of the command takes is reading its own code. Names stay, for messages of what broke. */
const minified = (options: Parameters<NonNullable<Options['esbuildOptions']>>[0]): void => {
  options.logOverride = logOverride
  options.minifyWhitespace = true
  options.minifySyntax = true
}

export default defineConfig([
  {
    ...shared,
    entry: {
      index: 'src/index.ts',
      'report/index': 'src/report/index.ts',
      'drawing/index': 'src/drawing/index.ts',
      'zoo/index': 'src/zoo/index.ts',
      'zoo/keras/index': 'src/zoo/keras/index.ts',
      'formats/onnx/index': 'src/formats/onnx/index.ts',
      'formats/safetensors/index': 'src/formats/safetensors/index.ts',
      'formats/typescript/index': 'src/formats/typescript/index.ts',
      'formats/pytorch/index': 'src/formats/pytorch/index.ts',
      'formats/keras/index': 'src/formats/keras/index.ts',
      'formats/tfjs/index': 'src/formats/tfjs/index.ts',
    },
    format: ['esm', 'cjs'],
    esbuildOptions: (options) => {
      options.logOverride = logOverride
    },
    // Small, without dependencies, and so part of the package rather than of everybody's node_modules.
    noExternal: ['markdown-table', 'pbf', /^@dagrejs\//],
    esbuildPlugins: [notices('dist/NOTICES.txt', 'The library contains these packages:')],
  },
  {
    // TypeScript's language service requires the first, and calls what the module is; ESLint takes the second in the same way.
    entry: { 'ts-plugin/index': 'src/editor/plugin/index.ts', 'eslint-plugin/index': 'src/editor/eslint/index.ts' },
    splitting: false,
    format: ['cjs'],
    platform: 'node',
    target: 'node20',
    treeshake: true,
    esbuildOptions: (options) => {
      options.logOverride = logOverride
    },
  },
  {
    entry: { 'cli/stridewise': 'src/cli/stridewise.ts' },
    format: ['esm'],
    platform: 'node',
    target: 'node20',
  },
  {
    ...shared,
    entry: { 'cli/command': 'src/cli/command.ts' },
    format: ['cjs'],
    platform: 'node',
    target: 'node20',
    banner: { js: "const __url = require('node:url').pathToFileURL(__filename).href;" },
    esbuildOptions: (options) => {
      minified(options)
      options.chunkNames = 'cli/[name]-[hash]'
      options.define = { ...options.define, 'import.meta.url': '__url' }
    },
    noExternal: [/./],
    esbuildPlugins: [
      notices('dist/cli/NOTICES.txt', 'The command line contains these packages:', () => [...noticesOfFonts(), ...noticesOfJiti()]),
    ],
  },
  {
    // The process of a user's file, and what it may need: each in one file, since it is loaded for every file anew.
    entry: {
      'cli/worker': 'src/cli/load/run/worker.ts',
      'cli/erased': 'src/cli/load/erased/erased.ts',
      // A thread has a file of its own.
      'cli/hdf5': 'src/cli/load/hdf5/thread.ts',
    },
    format: ['cjs'],
    platform: 'node',
    target: 'node20',
    splitting: false,
    esbuildOptions: (options) => {
      minified(options)
      options.define = { ...options.define, 'import.meta.url': '__filename' }
      // Its ES module has no source map, which says what else is in it, for the list of licences.
      options.alias = { jsfive: './node_modules/jsfive/dist/cjs/index.js' }
    },
    noExternal: [/./],
    // scripts/command.mjs adds them to those of the command.
    esbuildPlugins: [notices('dist/cli/NOTICES-of-worker.txt', '')],
  },
])
