import { describe, expect, test } from 'vitest'
import { toTypeScript } from '../../../src/formats/typescript/index.js'
import { type AnyNetwork, block, branchOut, conv2d, dense, globalAvgPool, input, shared } from '../../../src/index.js'
import * as zoo from '../../../src/zoo/index.js'
import { sampled } from '../../support/effort.js'

/** Shapes in comments: behind each line of the chain, and nowhere else in the source. */

const makers = Object.entries(zoo) as unknown as readonly [string, () => AnyNetwork][]

const withoutComments = (source: string): string => source.replace(/ \/\/ \d+(x\d+)*$/gm, '')

describe('shapes in comments', () => {
  test.each(sampled(makers.filter(([name]) => name !== 'lenet1998')))('%s is the same source besides them', (_, make) => {
    const network = make()
    const source = toTypeScript(network, { shapes: true })
    expect(withoutComments(source)).toBe(toTypeScript(network))
    expect(toTypeScript(network, { shapes: true })).toBe(source)
    // The last of them is that of the output.
    expect([...source.matchAll(/ \/\/ (.*)$/gm)].at(-1)?.[1]).toBe((network.output as readonly number[]).join('x'))
  })

  test('of blocks, repetitions and shared layers', () => {
    const encoder = shared('encoder', conv2d(8, 3, { padding: 1 }))
    const network = input(8, 8, 8)
      .residual(conv2d(8, 3, { padding: 1 }))
      .apply(encoder)
      .maxPool2d(2)
      .apply(branchOut('aux', block(globalAvgPool(), dense(2))))
      .conv2d(4, 1)
    const lines = toTypeScript(network, { shapes: true }).split('\n')
    const comments = lines.flatMap((line) => (line.includes(' // ') ? [line.trim()] : []))
    expect(comments).toEqual([
      '.residual(conv2d(8, 3, { padding: 1 })) // 8x8x8',
      '.apply(encoder) // 8x8x8',
      '.maxPool2d(2) // 4x4x8',
      '.conv2d(4, 1) // 4x4x4',
    ])
  })
})
