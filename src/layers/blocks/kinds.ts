import { blockKinds as own } from './block.js'
import { repeatKinds } from './repeat.js'

/** The blocks at run time. */
export const blockKinds = { ...own, ...repeatKinds }
