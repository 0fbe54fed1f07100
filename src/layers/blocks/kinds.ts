import { blockKinds as own } from './block.js'
import { repeatKinds } from './repeat.js'

/** The kinds of blocks at run time. */
export const blockKinds = { ...own, ...repeatKinds }
