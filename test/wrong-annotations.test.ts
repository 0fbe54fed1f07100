import { expect, test } from 'vitest'
import { checkLines } from './support/check.js'

/** A wrong annotation is refused: nothing that is left out is inferred from where the result goes. */

const declarations = `
import { type Network } from '../src/index.js'
import { efficientnetB0, lenet5, resnet50, squeezenet1_0, unet, vgg16 } from '../src/zoo/index.js'
const typed = <T>(make: () => T): T => make()
`

const wrong = [
  'typed<Network<[224, 224, 3], [10], number>>(() => vgg16())',
  'typed<Network<[64, 64, 3], [10], number>>(() => resnet50())',
  'typed<Network<[224, 224, 3], [10], number>>(() => resnet50({ input: 64 }))',
  'typed<Network<[32, 32, 1], [7], number>>(() => lenet5())',
  'typed<Network<[224, 224, 3], [10], number>>(() => efficientnetB0())',
  'typed<Network<[224, 224, 3], [10], number>>(() => squeezenet1_0())',
]

const right = [
  'typed<Network<[224, 224, 3], [1000], number>>(() => vgg16())',
  'typed<Network<[64, 64, 3], [10], number>>(() => resnet50({ classes: 10, input: 64 }))',
]

const checked = checkLines([...wrong, ...right], declarations)

test.each(wrong)('%s', (line) => {
  const codes = checked.get(line)?.diagnostics.map(({ code }) => code)
  expect(codes).toEqual([2322])
})

test.each(right)('%s is right', (line) => expect(checked.get(line)?.diagnostics).toEqual([]))
