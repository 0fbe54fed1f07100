import { init } from './plugin.js'

/**
 * The language-service plugin for TypeScript 5.4 to 6.0. Write it into `tsconfig.json`:
 *
 * @example
 * { "compilerOptions": { "plugins": [{ "name": "stridewise/ts-plugin" }] } }
 */
export default init
