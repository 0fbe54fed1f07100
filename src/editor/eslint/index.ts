import type { ESLint, Linter } from 'eslint'
import { shapes } from './rule.js'

const plugin = { meta: { name: 'stridewise' }, rules: { shapes } } satisfies ESLint.Plugin

const recommended = {
  name: 'stridewise/recommended',
  files: ['**/*.ts', '**/*.tsx', '**/*.mts', '**/*.cts'],
  plugins: { stridewise: plugin },
  rules: { 'stridewise/shapes': 'error' },
} satisfies Linter.Config

/**
 * The plugin for ESLint, which needs the parser of typescript-eslint:
 *
 * @example
 * // eslint.config.mjs
 * import parser from '@typescript-eslint/parser'
 * import stridewise from 'stridewise/eslint-plugin'
 *
 * export default [
 *   { files: ['src/**'], languageOptions: { parser, parserOptions: { projectService: true } } },
 *   stridewise.configs.recommended,
 * ]
 */
export default { ...plugin, configs: { recommended } }
