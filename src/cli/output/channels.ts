import { advisedChannelsLast } from '../../shape/channels-last.js'
import { type AnyInput, isOneShape, type Shape } from '../../shape/shape.js'
import { shownPath } from './problem.js'
import { printNote } from './terminal.js'

/** What a command needs of a network to name it. */
interface Named {
  readonly name: string
  readonly file: string
  readonly network: { readonly input: AnyInput }
}

/** Notes on networks that fit, but whose input looks like channels first. */
export const noteChannelsFirst = (networks: readonly Named[]): void => {
  for (const { name, file, network } of networks) {
    const shapes = isOneShape(network.input) ? { '': network.input } : network.input
    for (const [own, shape] of Object.entries(shapes)) {
      const advice = advisedChannelsLast(shape as Shape)
      const which = own === '' ? 'the input' : `the input '${own}'`
      if (advice !== undefined)
        printNote(`${shownPath(file)}: ${which} of ${name} is ${(shape as Shape).join('x')}. If this is an image, ${advice}`)
    }
  }
}
