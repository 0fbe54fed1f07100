import { readdirSync, readFileSync } from 'node:fs'
import { type AnyNetwork, type Graph, type GraphNode, input } from 'stridewise'
import { report } from 'stridewise/report'
import { inceptionV3, unet as nestedUnet } from 'stridewise/zoo'
import { describe, expect, test } from 'vitest'
import { count } from '../../bench/typecheck/compile.mjs'
import * as cspDarknet from '../../examples/graphs/cspdarknet.js'
import * as dla from '../../examples/graphs/dla.js'
import * as pyramid from '../../examples/graphs/fpn.js'
import * as gan from '../../examples/graphs/gan.js'
import * as hrnet from '../../examples/graphs/hrnet.js'
import * as photographs from '../../examples/graphs/image-and-metadata.js'
import * as inception from '../../examples/graphs/inception.js'
import * as nasnet from '../../examples/graphs/nasnet.js'
import * as res2net from '../../examples/graphs/res2net.js'
import { resnet50Stages } from '../../examples/graphs/resnet.js'
import * as retinaNet from '../../examples/graphs/retinanet.js'
import * as siamese from '../../examples/graphs/siamese.js'
import * as attention from '../../examples/graphs/transformer.js'
import * as towers from '../../examples/graphs/two-towers.js'
import * as unet from '../../examples/graphs/unet.js'
import * as yolo from '../../examples/graphs/yolov3.js'
import { mainCompiler } from '../../scripts/compilers.mjs'
import { check, root } from '../support/compiler.js'
import { bare, discrepancies } from '../support/stated.js'

const totalsOf = (network: AnyNetwork) => report(network).totals

describe('each file compiles with the parameters in its types, and every hover in a comment is what an editor shows', () => {
  const names = readdirSync(`${root}examples/graphs`).map((name) => `examples/graphs/${name}`)
  const checked = check(new Map(names.map((name) => [name, bare(readFileSync(root + name, 'utf8'))])))
  test.each([...checked])('%s', (_, file) => {
    expect(discrepancies(file)).toEqual([])
  })
})

test('the types of YOLOv3 cost at most 40,000 instantiations', () => {
  const { failure, instantiations }: { failure?: string | undefined; instantiations?: number | undefined } = count(
    mainCompiler,
    `${root}examples/graphs/yolov3.ts`,
    root,
  )
  expect(failure).toBeUndefined()
  expect(instantiations).toBeLessThanOrEqual(40_000)
})

describe('parameters and MACs', () => {
  // timm 1.0.29 counts the parameters, and the MACs of convolutions, linear layers and matrix products.
  test.each([
    ['CSPDarknet-53', cspDarknet.cspDarknet53, cspDarknet.parameters, 27_642_184, 6_533_652_480],
    ['DLA-34', dla.dla34, dla.parameters, 15_742_104, 3_060_043_776],
    ['Res2Net-50 26w4s', res2net.res2net50, res2net.parameters, 25_699_120, 4_255_166_464],
    ['HRNet-W18', hrnet.hrnetW18, hrnet.parameters, 21_299_004, 4_283_537_072],
  ])('%s, as timm counts', (_, network, inTypes, params, macs) => {
    expect(network.output).toEqual([1000])
    expect([network.params, inTypes, totalsOf(network).params]).toEqual([params, params, params])
    expect(totalsOf(network).macs).toBe(macs)
  })

  test('U-Net is the same graph as the nested one of the zoo', () => {
    expect([unet.unet.params, unet.parameters]).toEqual([31_030_658, 31_030_658])
    const nested = nestedUnet()
    expect(totalsOf(unet.unet).macs).toBe(totalsOf(nested).macs)
    const known = new Map<string, number>()
    expect(numberOf(outputNode(unet.unet.graph), unet.unet.graph, known)).toBe(numberOf(outputNode(nested.graph), nested.graph, known))
    expect(unet.unet.graph.nodes.length).toBe(nested.graph.nodes.length)
  })

  test("FPN: torchvision's 26,799,296, and the frozen batch normalization of its backbone", () => {
    expect([pyramid.fpn.params, pyramid.parameters]).toEqual([26_852_416, 26_852_416])
    expect(pyramid.fpn.params - paramsOfKind(pyramid.fpn, 'batchNorm')).toBe(26_799_296)
    expect(pyramid.fpn.output).toEqual({ p2: [128, 128, 256], p3: [64, 64, 256], p4: [32, 32, 256], p5: [16, 16, 256] })
  })

  test("RetinaNet: torchvision's 34,014,999, and what its parts have", () => {
    const { retinanet, parameters } = retinaNet
    const norms = paramsOfKind(retinanet, 'batchNorm')
    expect([retinanet.params, parameters, norms]).toEqual([34_068_119, 34_068_119, 53_120])
    expect(retinanet.params - norms).toBe(34_014_999)
    const backbone = input(512, 512, 3).apply(resnet50Stages)
    expect(backbone.params - norms).toBe(23_454_912)
    const head = (name: string) =>
      retinanet.graph.nodes.filter(({ shared }) => shared === name).reduce((sum, node) => sum + paramsOf(node), 0)
    expect([head('classes'), head('boxes')]).toEqual([4_248_115, 2_443_300])
    expect(23_454_912 + 918_272 + 1_770_240 + 1_180_160 + head('classes') + head('boxes')).toBe(34_014_999)
  })

  test('RetinaNet: the MACs of the heads count at each of the five levels', () => {
    const { retinanet } = retinaNet
    const cells = 64 * 64 + 32 * 32 + 16 * 16 + 8 * 8 + 4 * 4
    const ofHeads = retinanet.graph.nodes.filter(({ shared }) => shared !== undefined).reduce((sum, { macs }) => sum + macs, 0)
    expect(ofHeads).toBe(cells * 9 * 256 * (8 * 256 + 819 + 36))
  })

  test('two towers have twice the parameters of one that is shared, and the same MACs', () => {
    expect([towers.twoTowers.params, towers.score.params, towers.oneTower.params]).toEqual(towers.parameters)
    expect(towers.parameters).toEqual([18_258_256, 18_258_256, 9_129_128])
    const macs = 2 * (30_000 * 300 + 300 * 300 + 300 * 128)
    expect([totalsOf(towers.twoTowers).macs, totalsOf(towers.oneTower).macs]).toEqual([macs, macs])
    expect(towers.twoTowers.output).toEqual({ query: [128], document: [128] })
    expect(towers.oneTower.output).toEqual({ asked: [128], found: [128] })
  })

  test('the siamese network counts its encoder once, and its MACs twice', () => {
    expect([siamese.siamese.params, siamese.parameters]).toEqual([38_951_745, 38_951_745])
    const convolutions = 96 ** 2 * 64 * 100 + 42 ** 2 * 128 * 49 * 64 + 18 ** 2 * 128 * 16 * 128 + 6 ** 2 * 256 * 16 * 128
    expect(totalsOf(siamese.siamese).macs).toBe(2 * (convolutions + 9216 * 4096) + 4096)
  })

  test('image and metadata', () => {
    const { imageAndMetadata, parameters } = photographs
    expect([imageAndMetadata.params, parameters]).toEqual([11_252_961, 11_252_961])
    expect(imageAndMetadata.input).toEqual({ image: [224, 224, 3], metadata: [12] })
  })

  test('Inception v3 with its auxiliary classifier and without', () => {
    expect([inception.inception.params, inception.inceptionInTraining.params]).toEqual([23_834_568, 27_161_264])
    expect(inception.parameters).toEqual([23_834_568, 27_161_264])
    expect(totalsOf(inception.inceptionInTraining).macs).toBe(totalsOf(inceptionV3()).macs)
    expect(inception.inceptionInTraining.output).toEqual({ classes: [1000], auxiliary: [1000] })
  })

  test("NASNet-A mobile: Keras's parameters, 564 million MACs in the paper's table 3", () => {
    expect([nasnet.nasnetMobile.params, nasnet.parameters]).toEqual([5_289_978, 5_289_978])
    expect(runningValues(nasnet.nasnetMobile)).toBe(36_738)
    expect(totalsOf(nasnet.nasnetMobile).macs).toBe(563_638_816)
  })

  test("YOLOv3: the numbers in the authors' file of weights, and the 65.86 billion FLOPs that Darknet prints", () => {
    expect([yolo.yolov3.params, yolo.parameters]).toEqual([61_949_149, 61_949_149])
    expect(yolo.yolov3.params + runningValues(yolo.yolov3)).toBe(62_001_757)
    expect((totalsOf(yolo.yolov3).macs * 2) / 1e9).toBeCloseTo(65.86, 2)
  })

  test("the transformer: PyTorch's 44,140,544, and the MACs by hand", () => {
    const { transformer, parameters, withWords, parametersWithWords } = attention
    expect([transformer.params, parameters]).toEqual([44_140_544, 44_140_544])
    expect([withWords.params, parametersWithWords]).toEqual([63_084_544, 63_084_544])
    const [d, s, t] = [512, 30, 20]
    const encoder = 4 * s * d * d + 2 * s * s * d + 2 * s * d * 2048
    const decoder = 4 * t * d * d + 2 * t * t * d + (2 * t * d * d + 2 * s * d * d + 2 * t * s * d) + 2 * t * d * 2048
    expect([encoder, decoder]).toEqual([95_293_440, 90_152_960])
    expect([totalsOf(transformer).macs, totalsOf(withWords).macs]).toEqual([1_112_678_400, 1_112_678_400])
    const across = transformer.graph.nodes.filter(({ kind, inputs }) => kind === 'multiHeadAttention' && inputs.length === 2)
    expect(new Set(across.map(({ inputs }) => inputs[1]))).toEqual(new Set([transformer.graph.kept['memory']]))
    expect(across.length).toBe(6)
  })

  test('a generator and its discriminator', () => {
    expect([gan.generator.params, gan.discriminator.params, gan.judged.params, gan.both.params]).toEqual(gan.parameters)
    expect(gan.parameters).toEqual([3_576_704, 2_765_568, 6_342_272, 6_342_272])
    expect(totalsOf(gan.both).macs).toBe(totalsOf(gan.generator).macs + 2 * totalsOf(gan.discriminator).macs)
  })
})

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1)

const paramsOf = ({ weights }: GraphNode): number => weights.reduce((sum, { shape, trainable }) => sum + (trainable ? sizeOf(shape) : 0), 0)

const paramsOfKind = ({ graph }: AnyNetwork, kind: string): number =>
  graph.nodes.filter((node) => node.kind === kind).reduce((sum, node) => sum + paramsOf(node), 0)

/** The values of a network that are not trained: the running means and variances of its batch normalization. */
const runningValues = ({ graph }: AnyNetwork): number =>
  graph.nodes.flatMap(({ weights }) => weights).reduce((sum, { shape, trainable }) => sum + (trainable ? 0 : sizeOf(shape)), 0)

const outputNode = (graph: Graph): string => graph.output ?? ''

/** A number for what a node computes: the same for nodes of the same kind and settings on the same values. */
const numberOf = (name: string, graph: Graph, known: Map<string, number>): number => {
  const nodes = new Map(graph.nodes.map((node) => [node.name, node]))
  const found = new Map<string, number>()
  const visit = (at: string): number => {
    const before = found.get(at)
    if (before !== undefined) return before
    const { kind, settings, output, inputs } = nodes.get(at) as GraphNode
    const text = JSON.stringify([kind, settings, output, inputs.map(visit)])
    const number = known.get(text) ?? known.size
    known.set(text, number)
    found.set(at, number)
    return number
  }
  return visit(name)
}
