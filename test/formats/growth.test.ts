import { describe, expect, test } from 'vitest'
import { fromOnnx, toOnnx } from '../../src/formats/onnx/index.js'
import type { OnnxModel, OnnxNode } from '../../src/formats/onnx/model.js'
import { encodeModel } from '../../src/formats/onnx/wire/encode.js'
import { toTypeScript } from '../../src/formats/typescript/index.js'
import { type AnyLayer, type AnyNetwork, input } from '../../src/index.js'
import { FormatError } from '../../src/network/format-error.js'
import { floats, int, ints, model, op, wholes } from '../support/onnx/models.js'
import { steps } from '../support/steps.js'

/** The steps of reading a file, writing it, and converting it to a source grow linearly with its operators and names. */

const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at)
const joined = (operator: 'Concat' | 'Sum', inputs: readonly string[], output = 'y'): OnnxNode => ({
  ...op(`${operator} -> ${output}`, operator === 'Concat' ? { axis: int(1) } : {}),
  inputs,
})
const chain = (count: number): OnnxNode[] => upTo(count).map((at) => op(`Relu ${at === 0 ? 'x' : `r${at}`} -> r${at + 1}`))

/** Inputs of images that are added up, and what follows. */
const severalInputs = (count: number, behind: readonly OnnxNode[]): OnnxModel => {
  const made = model([4], [joined('Sum', names('x', count), behind.length === 0 ? 'y' : 'j'), ...behind])
  return { ...made, graph: { ...made.graph, inputs: names('x', count).map((name) => ({ name, type: 1, dims: [1, 2, 3, 4] })) } }
}
const names = (prefix: string, count: number): string[] => upTo(count).map((at) => `${prefix}${at}`)
const chainOf = (count: number, from: string): OnnxNode[] =>
  upTo(count).map((at) => op(`Relu ${at === 0 ? from : `r${at}`} -> ${at === count - 1 ? 'y' : `r${at + 1}`}`))

const models: Readonly<Record<string, (count: number) => OnnxModel>> = {
  'a chain': (count) => model([4], [...chain(count), op(`Relu r${count} -> y`)]),
  'a concatenation of many': (count) => {
    const names = upTo(count).map((at) => `r${at}`)
    return model([4], [...names.map((name) => op(`Relu x -> ${name}`)), joined('Concat', names)])
  },
  'a sum of many': (count) => {
    const names = upTo(count).map((at) => `r${at}`)
    return model([4], [...names.map((name) => op(`Relu x -> ${name}`)), joined('Sum', names)])
  },
  'one value many times': (count) =>
    model(
      [4],
      [
        joined(
          'Concat',
          upTo(count).map(() => 'x'),
        ),
      ],
    ),
  'a concatenation that many take': (count) => {
    const [before, behind] = [upTo(count).map((at) => `r${at}`), upTo(count).map((at) => `s${at}`)]
    return model(
      [4],
      [
        ...before.map((name) => op(`Relu x -> ${name}`)),
        joined('Concat', before, 'c'),
        ...behind.map((name) => op(`Relu c -> ${name}`)),
        joined('Sum', behind),
      ],
    )
  },
  'skips in each other': (count) =>
    model(
      [4],
      [
        ...chain(count),
        ...upTo(count).map((at) =>
          op(
            `Add ${at === 0 ? `r${count}` : `a${at}`} ${at === count - 1 ? 'x' : `r${count - at - 1}`} -> ${at === count - 1 ? 'y' : `a${at + 1}`}`,
          ),
        ),
      ],
    ),
  'skips to the beginning': (count) => {
    const names = upTo(count).map((at) => `s${at}`)
    return model([4], [...chain(count), ...names.map((name) => op(`Add r${count} x -> ${name}`)), joined('Sum', names)])
  },
  'one block after the other': (count) =>
    model(
      [4],
      upTo(count).flatMap((at) => [
        op(`Relu ${at === 0 ? 'x' : `a${at}`} -> r${at}`),
        op(`Add r${at} ${at === 0 ? 'x' : `a${at}`} -> ${at === count - 1 ? 'y' : `a${at + 1}`}`),
      ]),
    ),
  'layers with weights': (count) =>
    model(
      [2],
      upTo(count).map((at) => op(`Gemm ${at === 0 ? 'x' : `d${at}`} w${at} -> ${at === count - 1 ? 'y' : `d${at + 1}`}`)),
      upTo(count).map((at) => ({ ...floats('w', 2, 2), name: `w${at}` })),
    ),
  'images as vectors and back': (count) =>
    model(
      [2, 1, 2],
      upTo(count).flatMap((at) => [
        op(`Flatten ${at === 0 ? 'x' : `b${at}`} -> f${at}`),
        op(`Gemm f${at} w${at} -> g${at}`),
        op(`Reshape g${at} s -> ${at === count - 1 ? 'y' : `b${at + 1}`}`),
      ]),
      [wholes('s', [0, 2, 1, 2]), ...upTo(count).map((at) => ({ ...floats('w', 4, 4), name: `w${at}` }))],
    ),
  'weights that are turned': (count) =>
    model(
      [2],
      upTo(count).flatMap((at) => [
        op(`Transpose w${at} -> t${at}`, { perm: ints(1, 0) }),
        op(`MatMul ${at === 0 ? 'x' : `d${at}`} t${at} -> ${at === count - 1 ? 'y' : `d${at + 1}`}`),
      ]),
      upTo(count).map((at) => ({ ...floats('w', 2, 2), name: `w${at}` })),
    ),
  'inputs that are joined': (count) => severalInputs(count, []),
  'inputs before a chain': (count) => severalInputs(count, chainOf(count, 'j')),
  'sizes of sizes': (count) =>
    model(
      [2, 3],
      [
        op('Shape x -> s0'),
        ...upTo(count).flatMap((at) => [op(`Slice s${at} zero three -> c${at}`), op(`Concat c${at} -> s${at + 1}`, { axis: int(0) })]),
        op(`Reshape x s${count} -> y`),
      ],
      [wholes('zero', [0]), wholes('three', [3])],
    ),
}

/** Steps for so many, and for four times as many. A sum of those in the square grows sixteenfold. */
const growth = (run: (count: number) => () => void, count = 150): number => {
  const [some, more] = [run(count), run(4 * count)]
  return steps(more) / steps(some)
}

const tolerant = (run: () => void) => (): void => {
  try {
    run()
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
  }
}

describe('four times as many operators take about four times as many steps', () => {
  test.each(Object.entries(models))('of %s', (_, make) => {
    const read = (count: number) => {
      const bytes = encodeModel(make(count))
      return () => void fromOnnx(bytes)
    }
    expect(growth(read)).toBeLessThan(6)
    const of = (count: number): AnyNetwork => fromOnnx(encodeModel(make(count))).network as AnyNetwork
    const written = (count: number) => {
      const network = of(count)
      return () => void toOnnx(network, { weights: 'inputs' })
    }
    expect(growth(written)).toBeLessThan(6)
    const recorded = (count: number) => {
      const bytes = toOnnx(of(count), { weights: 'inputs' })
      return () => void fromOnnx(bytes)
    }
    expect(growth(recorded)).toBeLessThan(6)
    const source = (count: number) => {
      const network = of(count)
      return tolerant(() => void toTypeScript(network))
    }
    expect(growth(source)).toBeLessThan(6)
  })

  test('of embeddings, heads and repeated blocks', () => {
    const kinds: Readonly<Record<string, (count: number) => AnyNetwork>> = {
      embeddings: (count) =>
        (input(3) as unknown as { add: (...branches: unknown[]) => AnyNetwork }).add(
          ...upTo(count).map(() => (x: { embedding: (...of: number[]) => unknown }) => x.embedding(4, 2)),
        ),
      heads: (count) =>
        upTo(count).reduce<AnyNetwork>(
          (so, at) =>
            (so as unknown as { relu: () => { branchOut: (...of: unknown[]) => AnyNetwork } })
              .relu()
              .branchOut(`aux ${at}`, { kind: 'relu', given: [] } as unknown as AnyLayer),
          input(3) as AnyNetwork,
        ),
      blocks: (count) =>
        upTo(count).reduce<AnyNetwork>(
          (so, at) => (so as unknown as Record<string, () => AnyNetwork>)[at % 5 === 0 ? 'tanh' : 'relu']?.() as AnyNetwork,
          input(3) as AnyNetwork,
        ),
    }
    for (const [kind, make] of Object.entries(kinds)) {
      const graph = (count: number) => {
        const network = make(count)
        return () => void network.graph
      }
      expect(growth(graph), `graph of ${kind}`).toBeLessThan(6.5)
      const written = (count: number) => {
        const network = make(count)
        return () => void toOnnx(network, { weights: 'inputs' })
      }
      expect(growth(written), kind).toBeLessThan(6)
      const recorded = (count: number) => {
        const bytes = toOnnx(make(count), { weights: 'inputs' })
        return () => void fromOnnx(bytes)
      }
      expect(growth(recorded), kind).toBeLessThan(6.5)
      const source = (count: number) => {
        const network = make(count)
        return tolerant(() => void toTypeScript(network))
      }
      expect(growth(source), kind).toBeLessThan(6)
    }
  })
})

describe('what would make much of little', () => {
  const doubled = (count: number, first: string, operator: 'Concat', axis: number): OnnxNode[] =>
    upTo(count).map((at) =>
      op(`${operator} ${at === 0 ? first : `t${at}`} ${at === 0 ? first : `t${at}`} -> t${at + 1}`, { axis: int(axis) }),
    )

  test.each<[string, OnnxModel, string]>([
    [
      'weights joined to themselves again and again',
      model([2], [...doubled(40, 'w', 'Concat', 0), op('Gemm x t40 -> y', { transB: int(1) })], [floats('w', 2, 2)]),
      'computes more values than the file has, which no layer needs.',
    ],
    [
      'sizes joined to themselves again and again',
      model([2], [op('Shape x -> s'), ...doubled(40, 's', 'Concat', 0), op('Reshape x t40 -> y')]),
      'computes more values than the file has, which no layer needs.',
    ],
    [
      'weights turned again and again',
      model(
        [2],
        [...upTo(500).map((at) => op(`Transpose ${at === 0 ? 'w' : `t${at}`} -> t${at + 1}`)), op('MatMul x t500 -> y')],
        [floats('w', 100, 100)],
      ),
      'computes more values than the file has, which no layer needs.',
    ],
    [
      'a vector with one axis more each time',
      model(
        [2],
        [...upTo(100).map((at) => op(`Unsqueeze ${at === 0 ? 'x' : `t${at}`} one -> t${at + 1}`)), op('Relu t100 -> y')],
        [wholes('one', [1])],
      ),
      'is on more than 32 axes.',
    ],
    [
      'a tensor of many axes',
      model([2], [op('Gemm x w -> y')], [floats('w', ...upTo(1000).map(() => 1))]),
      "the tensor 'w' has 1000 axes: more than 32 are not read.",
    ],
    ['a long list', model([2], [op('Relu x -> y', { pads: ints(...upTo(100_000)) })]), 'has a list of more than 65536 whole numbers.'],
  ])('%s', (_, of, sentence) => {
    const bytes = encodeModel(of)
    expect(() => fromOnnx(bytes)).toThrow(FormatError)
    expect(() => fromOnnx(bytes)).toThrow(sentence)
  })
})
