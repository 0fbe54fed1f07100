import { readFileSync } from 'node:fs'
import ts from 'typescript'
import { beforeAll, describe, expect } from 'vitest'
import type { AnyNetwork } from '../../src/index.js'
import { report } from '../../src/report/index.js'
import * as zoo from '../../src/zoo/index.js'
import { check } from '../support/compiler.js'
import { sampled } from '../support/effort.js'
import { expectGolden } from '../support/golden.js'
import { inBoth, inShort as test } from '../support/runs.js'
import { differences, missing, papers } from './differences.js'
import { kerasPart } from './keras/page.js'
import { page } from './page.js'

/*
 * Every architecture against what was published of it: parameters in the type and at run time, MACs, and the page that shows
 * them side by side.
 */

interface Published {
  readonly model: string
  readonly size: number
  readonly params: number
  readonly macs: number
}

/** A call of a model, and what has to come of it. */
interface Case {
  readonly name: string
  /** The call as source text, without the name. */
  readonly args: string
  readonly params: number
  readonly macs: number | undefined
  readonly source: string
}

const { models } = JSON.parse(readFileSync(new URL('published.json', import.meta.url), 'utf8')) as { models: Published[] }

/** torchvision's name as a name here: `wide_resnet50_2` is `wideResnet50_2`, `vit_b_16` is `vitB16`. */
const exported = (model: string): string =>
  model.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()).replace(/([a-zA-Z])_(\d)/g, '$1$2')

const fromTorchvision = models
  .filter(({ model }) => !Object.hasOwn(missing, model))
  .map(({ model, size, params, macs }): Case => {
    const sizes = models.filter((row) => row.model === model).map((row) => row.size)
    return { name: exported(model), args: size === Math.min(...sizes) ? '' : `{ input: ${size} }`, params, macs, source: 'torchvision' }
  })

const cases: readonly Case[] = [
  ...fromTorchvision,
  ...papers.map(({ name, args = '', params, macs, source }): Case => ({ name, args, params, macs, source })),
]

const makers = zoo as unknown as Record<string, (options?: object) => AnyNetwork>
const called = ({ name, args }: Case) => `${name}(${args})`

const networks = new Map<string, AnyNetwork>()

/** The network of a call, made once. */
const made = (one: Case): AnyNetwork => {
  const network = networks.get(called(one)) ?? new Function('make', `return make(${one.args})`)(makers[one.name])
  networks.set(called(one), network)
  return network
}

/** The types of every architecture in a long run; a short one has some. */
const typed = sampled(cases)

describe('the types are what is published', () => {
  const hovers: string[] = []
  const signatures: string[] = []
  const errors: string[] = []

  beforeAll(() => {
    const path = 'test/zoo/evaluated.ts'
    const lines = typed.map((one, index) => `export const net${index} = ${called(one)}`)
    const names = [...new Set(typed.map(({ name }) => name))].join(', ')
    const file = check(new Map([[path, `import { ${names} } from 'stridewise/zoo'\n${lines.join('\n')}\n`]])).get(path)
    if (!file) throw new Error('The compiler gave nothing back.')
    errors.push(...file.complaints.map(({ line, text }) => `${lines[line - 1]}: ${text}`))
    for (const statement of file.source.statements) {
      if (!ts.isVariableStatement(statement)) continue
      for (const { name, initializer } of statement.declarationList.declarations) {
        hovers.push(file.hover(name.getStart(file.source)))
        signatures.push(file.hover(initializer?.getStart(file.source) ?? 0))
      }
    }
  })

  inBoth('and there are no errors', () => expect(errors).toEqual([]))

  inBoth.each(typed.map((one, index) => ({ call: called(one), one, index })))('$call', ({ one, index }) => {
    const { input, output } = made(one)
    const hover = hovers[index] as string
    expect(hover.replace(/^const net\d+: /, '')).toBe(
      `Network<[${String(input).replaceAll(',', ', ')}], [${String(output).replaceAll(',', ', ')}], ${one.params}>`,
    )
    expect(hover.replace(/net\d+/, one.name).length).toBeLessThanOrEqual(80)
    // What an editor shows for the model's name where it is called: the sizes, and nothing of the layers.
    expect(signatures[index]).toMatch(/^\(alias\) \w+<\d+, \d+(, [\d.]+)?>\(options\?: \(?ModelOptions<\d+, \d+>/)
    expect(signatures[index]?.length).toBeLessThan(200)
  })
})

describe('what is built is what is published', () => {
  test.each(cases.map((one) => ({ call: called(one), one })))('$call', ({ one }) => {
    const network = made(one)
    const { totals } = report(network)
    expect(network.params).toBe(one.params)
    expect(totals.params).toBe(one.params)
    if (one.macs !== undefined) expect(totals.macs - (differences[one.name]?.macs ?? 0)).toBe(one.macs)
  })
})

describe('options', () => {
  test('classes and input', () => {
    const network = zoo.resnet50({ classes: 10, input: 32 })
    expect([network.input, network.output, network.params]).toEqual([[32, 32, 3], [10], 23_528_522])
  })

  test('ResNet v1 has the stride in the first 1x1: the same parameters, less arithmetic', () => {
    const network = zoo.resnet50({ version: 1 })
    expect(network.params).toBe(zoo.resnet50().params)
    // arXiv:1512.03385, table 1: 3.8 billion, here with all digits.
    expect(report(network).totals.macs).toBe(3_857_973_248)
  })

  test('U-Net loses a border of 92 at every size that fits', () => {
    const network = zoo.unet({ classes: 3, input: 188 })
    expect([network.input, network.output]).toEqual([
      [188, 188, 1],
      [4, 4, 3],
    ])
    expect(() => zoo.unet({ input: 570 as number })).toThrow('maxPool2d: a 2x2 window with stride 2 does not fit a 279x279 input')
  })

  test('a Vision Transformer takes whole patches', () => {
    expect(() => zoo.vitB16({ input: 230 as number })).toThrow(
      // Sizes are suggested, and no changes to the layers: nobody can change those of a model.
      /conv2d: a 16x16 filter with stride 16 does not fit a 230x230 input: \(230 - 16 \+ 2\*0\)\/16 \+ 1 = 14\.38\. Use input 224 or 256\.$/,
    )
  })

  test('an unknown option', () => {
    expect(() => makers['resnet18']?.({ clases: 10 })).toThrow("zoo: there is no option 'clases'. The options are classes and input.")
  })

  test('a width that MobileNet v1 has not', () => {
    expect(() => zoo.mobilenetV1({ width: 0.3 as never })).toThrow('mobilenetV1: width must be 1, 0.75, 0.5 or 0.25, not 0.3.')
  })

  test('other sizes and classes, inside the network too', () => {
    expect(zoo.shufflenetV2X1_0({ classes: 10, input: 64 }).params).toBe(zoo.shufflenetV2X1_0({ classes: 10 }).params)
    expect(zoo.inceptionV3({ classes: 10 }).graph.outputs).toEqual({ aux: 'aux_dense_1' })
  })

  test('a size that does not fit is refused where it stands', () => {
    const path = 'test/zoo/refused.ts'
    const source = "import { vgg16 } from 'stridewise/zoo'\nvgg16({ input: 225 })\n"
    const sentence = 'layer 1 of 6: layer 2 of 2: maxPool2d: a 2x2 window with stride 2 does not fit a 225x225 input'
    expect(check(new Map([[path, source]])).get(path)?.complaints[0]?.text).toContain(sentence)
    expect(() => zoo.vgg16({ input: 225 as number })).toThrow(new RegExp(`^${sentence}`))
  })

  test.each(['classes', 'input'])('%s is a whole number of at least 1, for the types and at run time', (name) => {
    const path = 'test/zoo/none.ts'
    const source = `import { resnet18 } from 'stridewise/zoo'\nresnet18({ ${name}: 0 })\n`
    const sentence = `zoo: ${name} must be a whole number of at least 1, not 0.`
    expect(
      check(new Map([[path, source]]))
        .get(path)
        ?.complaints.map(({ text }) => text.includes(sentence)),
    ).toEqual([true])
    expect(() => makers['resnet18']?.({ [name]: 0 })).toThrow(sentence)
  })
})

test('everything in the zoo is compared with something', () => {
  expect(Object.keys(zoo).filter((name) => !cases.some((one) => one.name === name))).toEqual([])
})

test('what is missing is published, and has a reason', () => {
  expect(Object.keys(missing).filter((name) => !models.some(({ model }) => model === name))).toEqual([])
  expect(Object.values(missing).every((reason) => reason.length > 10)).toBe(true)
})

test('the page of the zoo', () => {
  const shown = cases.map((one) => {
    const network = made(one)
    return {
      name: one.name,
      call: called(one),
      network,
      macs: report(network).totals.macs,
      published: { params: one.params, macs: one.macs },
      reason: differences[one.name]?.reason,
      source: one.source,
    }
  })
  const text = page(shown, missing, kerasPart())
  console.log(text.slice(text.indexOf('###')))
  expectGolden('../../docs/zoo.md', text)
})
