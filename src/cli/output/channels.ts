import { noteOn } from '../../shape/channels-last.js'
import { shownPath } from './problem.js'
import { printNote } from './terminal.js'

/** What a command needs of a network to name it. */
interface Named {
  readonly name: string
  readonly file: string
  readonly network: { readonly input: readonly number[] }
}

/** Notes on networks that fit, but whose input looks like channels first. */
export const noteChannelsFirst = (networks: readonly Named[]): void => {
  for (const { name, file, network } of networks) {
    const said = noteOn(network.input).replace(' Note:', ' If this is an image,')
    if (said !== '') printNote(`${shownPath(file)}: ${name} begins with ${network.input.join('x')}.${said}`)
  }
}
