import { isLong } from '../support/effort.js'
import { classic } from './classic.js'
import type { Compiler } from './editor.js'
import { native } from './native.js'

/** The compiler that this package is developed with. */
export const main: Compiler = classic('6.0', 'typescript')

/** Every compiler that the package supports, oldest first; only the main one in a short run. */
export const compilers: readonly Compiler[] = isLong
  ? [
      classic('5.4', 'typescript-5.4'),
      classic('5.9', 'typescript-5.9'),
      main,
      native('7.0', 'typescript-7.0'),
      native('7.1', 'typescript-7.1'),
    ]
  : [main]
