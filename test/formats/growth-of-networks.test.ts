import { describe, expect, test } from 'vitest'
import { dot } from '../../src/drawing/graphs/dot.js'
import { mermaid } from '../../src/drawing/graphs/mermaid.js'
import { html } from '../../src/drawing/html/html.js'
import { svg } from '../../src/drawing/svg/svg.js'
import { fromKeras, toKeras } from '../../src/formats/keras/index.js'
import { fromOnnx, toOnnx } from '../../src/formats/onnx/index.js'
import { pyTorchKeys, toPyTorch } from '../../src/formats/pytorch/index.js'
import { readSafetensors, writeSafetensors } from '../../src/formats/safetensors/index.js'
import { toTypeScript } from '../../src/formats/typescript/index.js'
import { type AnyNetwork, input, type LayerData, type NetworkData, networkFrom } from '../../src/index.js'
import { FormatError } from '../../src/network/format-error.js'
import { csv, json, markdown, report, table } from '../../src/report/index.js'
import { initialize } from '../../src/weights/initialize.js'
import { isLong } from '../support/effort.js'
import { steps } from '../support/steps.js'

/** The steps of every reader and writer grow linearly with the number of layers, whatever their links and names. */

const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at)

type Any = Record<string, (...given: unknown[]) => Any> & AnyNetwork

/** A network of data on `[3]`. */
const ofData = (layers: LayerData[], rest: Partial<NetworkData> = {}): AnyNetwork =>
  networkFrom({ format: 'stridewise', version: 1, input: [3], layers, output: [3], params: 0, ...rest })

/** A network that grows by one piece after the other. */
const grown =
  (begin: AnyNetwork, piece: (x: Any, at: number) => Any) =>
  (count: number): AnyNetwork =>
    upTo(count).reduce((so, at) => piece(so, at), begin as Any)

const networks: Readonly<Record<string, (count: number) => AnyNetwork>> = {
  'a chain': grown(input(3), (x, at) => (at % 3 ? x['relu']?.() : x['tanh']?.()) as Any),
  'dense layers of one name': grown(input(3), (x) => x['dense']?.(3, { name: 'same' }) as Any),
  'branches of one name': (count) =>
    (input(3) as unknown as Any)?.['concat']?.(...upTo(count).map(() => (x: Any) => x['dense']?.(2, { name: 'same' }))) as Any,
  'blocks with a skip': grown(input(3), (x) => x['residual']?.((y: Any) => y['dense']?.(3)) as Any),
  'skips in each other': (count) =>
    ofData([
      ...upTo(count).map((at) => ({ name: `r${at}`, kind: 'relu' })),
      ...upTo(count).map((at) => ({
        name: `a${at}`,
        kind: 'add',
        from: [at === 0 ? `r${count - 1}` : `a${at - 1}`, at === count - 1 ? 'input' : `r${count - at - 2}`],
      })),
    ]),
  'heads on the way': grown(input(3), (x, at) => x['relu']?.()?.['branchOut']?.(`aux ${at}`, (y: Any) => y['tanh']?.()) as Any),
  'heads of layers on the way': (count) =>
    ofData(
      upTo(count).map((at) => ({ name: `h${at}`, kind: 'relu' })),
      { heads: Object.fromEntries(upTo(count - 1).map((at) => [`o${at}`, `h${at}`])) },
    ),
  'heads beside each other': (count) =>
    ofData(
      [...upTo(count).map((at) => ({ name: `h${at}`, kind: 'relu', from: ['input'] })), { name: 'end', kind: 'tanh', from: ['input'] }],
      {
        heads: Object.fromEntries(upTo(count).map((at) => [`o${at}`, `h${at}`])),
      },
    ),
  'maps of ever smaller sizes': (count) => grown(input(count + 1, 2), (x) => x['conv1d']?.(2, 2) as Any)(count),
  'images as vectors and back': grown(input(2, 2, 2), (x) => x['flatten']?.()?.['dense']?.(8)?.['reshape']?.(2, 2, 2) as Any),
  'groups and normalizations': grown(
    input(2, 2, 2),
    (x) => x['conv2d']?.(2, 1, { groups: 2 })?.['groupNorm']?.(1)?.['instanceNorm']?.() as Any,
  ),
  sequences: grown(input(2, 2), (x) => x['conv1d']?.(2, 1)?.['layerNorm']?.()?.['lstm']?.(2) as Any),
  'attention and gates': grown(
    input(2, 2),
    (x) => x['multiHeadAttention']?.(1)?.['multiply']?.((y: Any) => y['meanTokens']?.()?.['sigmoid']?.()) as Any,
  ),
  'views in branches': grown(
    input(4),
    (x) =>
      x['add']?.(
        (y: Any) => y['flatten']?.(),
        (y: Any) => y['flatten']?.()?.['relu']?.(),
      ) as Any,
  ),
  'branches of different steps': grown(
    input(40, 2),
    (x) =>
      x['add']?.(
        (y: Any) => y['conv1d']?.(2, 2, { stride: 2 })?.['upsample']?.(2),
        (y: Any) => y['permute']?.(0, 1),
      ) as Any,
  ),
}

/** What is done with a network, after what is not counted. */
const uses: Readonly<Record<string, (network: AnyNetwork) => () => unknown>> = {
  'a copy and its graph': (network) => {
    const data = network as unknown as { toJSON(): NetworkData }
    return () => networkFrom(JSON.parse(JSON.stringify(data.toJSON()))).graph
  },
  'a report': (network) => () => report(network),
  'the texts of a report': (network) => {
    const made = report(network)
    return () => [table(made), markdown(made), csv(made), json(made)]
  },
  dot: (network) => () => dot(network),
  mermaid: (network) => () => mermaid(network),
  'a source in TypeScript': (network) => () => toTypeScript(network),
  'a source for PyTorch': (network) => () => toPyTorch(network),
  'keys of PyTorch': (network) => () => pyTorchKeys(network),
  'a file of Keras': (network) => () => toKeras(network),
  'a file of Keras, read': (network) => {
    const file = JSON.stringify(toKeras(network))
    return () => fromKeras(file)
  },
  'layers of Keras, read': (network) => {
    const { stridewise: _, ...file } = toKeras(network)
    return () => fromKeras(file)
  },
  'a file of ONNX': (network) => () => toOnnx(network, { weights: 'inputs' }),
  'a file of ONNX, read': (network) => {
    const file = toOnnx(network, { weights: 'inputs' })
    return () => fromOnnx(file)
  },
  'weights and safetensors': (network) => () => readSafetensors(writeSafetensors(initialize(network))),
}

const refused = (run: () => unknown): boolean => {
  try {
    run()
    return false
  } catch (error) {
    if (error instanceof FormatError) return true
    throw error
  }
}

/** Every use of every network in a long run; in a short one every fifth use, another of each network. */
const usesOf = (at: number) => Object.entries(uses).filter((_, index) => isLong || (index + at) % 5 === 0)

describe('four times as many layers take about four times as many steps', () => {
  describe.each(Object.entries(networks).map(([name, make], at) => [name, make, at] as const))('%s', (_, make, at) => {
    test.each(usesOf(at))('%s', (_use, use) => {
      const [some, more] = [make(100), make(400)]
      // What is refused is refused as fast.
      let runs: (() => unknown)[] = []
      if (refused(() => (runs = [use(some), use(more)]))) return
      const [few, many] = runs.map((run) => steps(() => void refused(run))) as [number, number]
      expect(many / few).toBeLessThan(6)
    })
  })

  test.each(['a chain', 'dense layers of one name', 'maps of ever smaller sizes'])('of a picture and a page of %s', (name) => {
    const make = networks[name] as (count: number) => AnyNetwork
    for (const draw of [(network: AnyNetwork) => svg(network), (network: AnyNetwork) => html([{ name, network }])]) {
      const [some, more] = [make(100), make(400)]
      expect(steps(() => void draw(more)) / steps(() => void draw(some))).toBeLessThan(6)
    }
  })
})
