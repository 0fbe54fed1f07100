import type { AnyNetwork } from '../../network/network.js'
import { unreachedIn } from '../../network/unreached.js'
import { oneLine } from '../../report/names.js'
import { unreachedText } from '../../report/row-notes.js'
import { named } from '../../shape/printable.js'
import { shownPath } from './problem.js'
import { printNote } from './terminal.js'

/** A network, and what a command names it by. */
interface NamedNetwork {
  readonly name: string
  /** Absolute path. */
  readonly file: string
  readonly network: AnyNetwork
}

/** Notes on networks with layers or inputs that no output depends on, one for each network. */
export const noteUnreached = (networks: readonly NamedNetwork[]): void => {
  for (const { name, file, network } of networks) {
    const text = unreachedText({ unreached: unreachedIn(network.graph) }, oneLine)
    if (text !== undefined) printNote(`${shownPath(file)}: in ${named(name)}, ${text}`)
  }
}
