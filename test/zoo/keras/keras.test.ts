import ts from 'typescript'
import { beforeAll, describe, expect } from 'vitest'
import type { AnyNetwork, GraphNode } from '../../../src/index.js'
import { report } from '../../../src/report/index.js'
import * as keras from '../../../src/zoo/keras/index.js'
import { check } from '../../support/compiler.js'
import { sampled } from '../../support/effort.js'
import { inBoth, inShort as test } from '../../support/runs.js'
import { differenceOf, differences, functionOf, made, makers, published } from './cases.js'

/* All Keras Applications against what Keras builds: trainable and other values, maps without the top, layers with weights. */

const weighted = (network: AnyNetwork): GraphNode[] => network.graph.nodes.filter(({ weights }) => weights.length > 0)

describe('what is built is what Keras builds', () => {
  test.each(published)('$model', ({ model, trainable, nonTrainable, weightedLayers, map }) => {
    const network = made(model)
    const { totals } = report(network)
    const difference = differenceOf(model)
    expect(network.params).toBe(trainable)
    expect(totals.params).toBe(trainable)
    expect(totals.nonTrainable + (difference?.nonTrainable ?? 0)).toBe(nonTrainable)
    expect(weighted(network).length + (difference?.weightedLayers ?? 0)).toBe(weightedLayers)
    const { output } = made(model, { top: false })
    // Where Keras leaves the size open, MobileNet v3, the default of its siblings: 224 halved five times.
    expect(output).toEqual(map.map((size) => size ?? 7))
  })

  test('all of them, and nothing else', () => {
    expect(published).toHaveLength(40)
    expect(published.map(({ model }) => functionOf(model)).sort()).toEqual(Object.keys(makers).sort())
  })

  test('every difference is one of a published model', () => {
    for (const { models } of differences) expect(published.some(({ model }) => models.test(model))).toBe(true)
  })
})

/** Calls whose types are compared with the run time. */
const calls = [
  ...published.flatMap(({ model }) => [`${functionOf(model)}()`, `${functionOf(model)}({ top: false })`]),
  ...published.map(({ model }) => `${functionOf(model)}({ classes: 10, input: 97 })`),
  ...[0.25, 0.5, 0.75].map((alpha) => `mobilenet({ alpha: ${alpha} })`),
  ...[0.35, 0.5, 0.75, 1.3, 1.4].map((alpha) => `mobilenetV2({ alpha: ${alpha} })`),
  'mobilenetV2({ alpha: 1.4, top: false, input: 160 })',
  'mobilenetV3Small({ alpha: 0.75 })',
  'mobilenetV3Large({ alpha: 0.75 })',
]

const built = (call: string): AnyNetwork => new Function(...Object.keys(makers), `return ${call}`)(...Object.values(makers))

describe('the types are what is built', () => {
  const typed = sampled(calls)
  const hovers: string[] = []
  const signatures: string[] = []
  const errors: string[] = []

  beforeAll(() => {
    const path = 'test/zoo/keras/evaluated.ts'
    const lines = typed.map((call, index) => `export const net${index} = ${call}`)
    const names = [...new Set(typed.map((call) => call.split('(')[0]))].join(', ')
    const file = check(new Map([[path, `import { ${names} } from 'stridewise/zoo/keras'\n${lines.join('\n')}\n`]])).get(path)
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

  inBoth.each(typed.map((call, index) => ({ call, index })))('$call', ({ call, index }) => {
    expect(hovers[index]?.replace(/^const net\d+: /, '')).toBe(String(built(call)))
    expect(signatures[index]).toMatch(/^\(alias\) \w+<\d+, \d+, (true|false)(, [\d.]+)?>\(options\?: \(?KerasOptions<\d+, \d+, /)
    expect(signatures[index]).toMatch(/Network<\[[\d, ]+\], \[[\d, ]+\], \d+>(\n|$)/)
    expect(signatures[index]?.length).toBeLessThan(200)
  })
})

describe('alpha', () => {
  // arXiv:1704.04861, table 6, and arXiv:1905.02244, table 3.
  test.each([
    ['mobilenet({ alpha: 0.75 })', 2.6],
    ['mobilenet({ alpha: 0.5 })', 1.3],
    ['mobilenet({ alpha: 0.25 })', 0.5],
    ['mobilenetV3Large({ alpha: 0.75 })', 4],
  ])('%s has %d million parameters', (call, millions) => {
    expect(Math.round(built(call).params / 1e5) / 10).toBe(millions)
  })

  // The table in the documentation of Keras's `mobilenet_v2`. It leaves out the batch normalizations, which have as many values that
  // are trainable as others.
  test.each([
    ['mobilenetV2({ alpha: 1.4 })', 6.06],
    ['mobilenetV2({ alpha: 1.3 })', 5.34],
    ['mobilenetV2()', 3.47],
    ['mobilenetV2({ alpha: 0.75 })', 2.61],
    ['mobilenetV2({ alpha: 0.5 })', 1.95],
    ['mobilenetV2({ alpha: 0.35 })', 1.66],
  ])('%s has %d million parameters without its norms', (call, millions) => {
    const { totals } = report(built(call))
    expect(Math.round((totals.params - totals.nonTrainable) / 1e4) / 100).toBe(millions)
  })

  test('an alpha without weights', () => {
    expect(() => keras.mobilenet({ alpha: 0.3 as never })).toThrow('mobilenet: alpha must be one of 1, 0.75, 0.5, 0.25, not 0.3.')
  })
})

describe('types', () => {
  const lines = {
    'resnet50({ top: {} as boolean })': 'Network<[224, 224, 3], [1000] | [7, 7, 2048], 23534592 | 25583592>',
    'resnet50({ classes: {} as number })': 'Network<[224, 224, 3], [number], number>',
    'resnet50({ input: {} as number })': 'Network<[number, number, 3], [1000], 25583592>',
    '{} as ReturnType<typeof resnet50>': 'Network<[224, 224, 3], [1000], 25583592>',
  }
  const text = Object.keys(lines).map((line, index) => `const net${index} = ${line}`)
  const path = 'test/zoo/keras/wide.ts'
  const source = `import { resnet50 } from 'stridewise/zoo/keras'\n${text.join('\n')}\n`

  test('what is not known at compile time, and a type without a call', () => {
    const file = check(new Map([[path, source]])).get(path)
    expect(file?.complaints).toEqual([])
    const hovers = text.map((_, index) => file?.hover(source.indexOf(`net${index}`)).replace(/^const net\d+: /, ''))
    expect(hovers).toEqual(Object.values(lines))
  })

  test('what top and alpha may be', () => {
    const wrong = "import { mobilenet, resnet50 } from 'stridewise/zoo/keras'\nresnet50({ top: 'standard' })\nmobilenet({ alpha: 0.3 })\n"
    const { complaints } = check(new Map([[path, wrong]])).get(path) ?? {}
    expect(complaints?.map(({ line }) => line)).toEqual([1, 2])
  })
})

describe('options', () => {
  test('top is true or false', () => {
    expect(() => makers['resnet50']?.({ top: 'none' })).toThrow('zoo: top must be true or false, not "none".')
  })

  test('an unknown option', () => {
    expect(() => makers['resnet50']?.({ include_top: false })).toThrow(
      "zoo: there is no option 'include_top'. The options are classes, input and top.",
    )
    expect(() => makers['mobilenet']?.({ width: 1 })).toThrow('The options are classes, input, top and alpha.')
  })

  // Its cells read each other by name; the last one, relu and the head are behind them all.
  test('the names of NASNet are free behind it', () => {
    const network = keras.nasnetMobile({ top: false, input: 96 })
    expect(network.graph.kept).toEqual({})
    expect(network.keep('stem').graph.kept).toEqual({ stem: network.graph.output })
  })

  // Keras pads before it pools, so that zeros take part in the maximum: at both ends of an odd size, at the end of an even one.
  test('the zeros of NASNet follow the sizes', () => {
    const { nodes } = keras.nasnetMobile({ top: false }).graph
    const pooled = nodes.filter(({ kind }) => kind === 'maxPool2d')
    expect(pooled.map(({ inputShapes, output }) => [inputShapes[0]?.[0], output[0]])).toEqual([
      [113, 56],
      [113, 56],
      [57, 28],
      [57, 28],
      [29, 14],
      [29, 14],
      [15, 7],
      [15, 7],
    ])
  })

  test('without the top, ConvNeXt has a norm on its map, as in Keras', () => {
    const { graph } = keras.convnextTiny({ top: false })
    expect(graph.nodes.at(-1)).toMatchObject({ kind: 'layerNorm', output: [7, 7, 768] })
  })
})
