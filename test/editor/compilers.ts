import { classic } from './classic.js'
import type { Compiler } from './editor.js'
import { native } from './native.js'

/** Every compiler that the package supports, oldest first. */
export const compilers: readonly Compiler[] = [
  classic('5.4', 'typescript-5.4'),
  classic('5.9', 'typescript-5.9'),
  classic('6.0', 'typescript'),
  native('7.0', 'typescript-7.0'),
]
