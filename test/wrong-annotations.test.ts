import { expect, test } from 'vitest'
import { checkLines } from './support/check.js'

/** A wrong annotation is refused: nothing that is left out is inferred from where the result goes. */

const declarations = `
import { type Network } from '../src/index.js'
import { efficientnetB0, inceptionV3, lenet5, mobilenetV1, resnet50, squeezenet1_0, unet, vgg16 } from '../src/zoo/index.js'
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

/** What TypeScript makes of a function that nobody calls: the network that a call without options makes, and never `any`. */
const returned = {
  lenet5: 'Network<[32, 32, 1], [10], 61706>',
  vgg16: 'Network<[224, 224, 3], [1000], 138357544>',
  resnet50: 'Network<[224, 224, 3], [1000], 25557032>',
  unet: 'Network<[572, 572, 1], [388, 388, 2], 31030658>',
  inceptionV3: 'Network<[299, 299, 3], [1000], 27161264>',
  mobilenetV1: 'Network<[224, 224, 3], [1000], number>',
  squeezenet1_0: 'Network<[224, 224, 3], [1000], 1248424>',
}
const typesOf = Object.keys(returned).map((name) => `null! as ReturnType<typeof ${name}>`)

/** A size that is no literal, and one that no call can give. */
const wide = 'vgg16({ classes: 3 as number, input: 64 as number })'
const standard = "vgg16({ classes: 'standard' })"

const checked = checkLines([...wrong, ...right, ...typesOf, wide, standard], declarations)

test.each(wrong)('%s', (line) => {
  const codes = checked.get(line)?.diagnostics.map(({ code }) => code)
  expect(codes).toEqual([2322])
})

test.each(right)('%s is right', (line) => expect(checked.get(line)?.diagnostics).toEqual([]))

test.each(typesOf)('%s', (line) => {
  const name = line.slice(line.lastIndexOf(' ') + 1, -1) as keyof typeof returned
  expect(checked.get(line)).toMatchObject({ type: returned[name], diagnostics: [] })
})

test('a size that is no literal gives a network of that size', () =>
  expect(checked.get(wide)).toMatchObject({ type: 'Network<[number, number, 3], [number], number>', diagnostics: [] }))

test('the mark of a type that no call has made is no size', () =>
  expect(checked.get(standard)?.diagnostics.map(({ code }) => code)).toEqual([2322]))
