import { advisedChannelsLast } from '../../shape/channels-last.js'
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
    const advice = advisedChannelsLast(network.input)
    if (advice !== undefined)
      printNote(`${shownPath(file)}: the input of ${name} is ${network.input.join('x')}. If this is an image, ${advice}`)
  }
}
