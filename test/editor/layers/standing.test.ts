import { expect, test } from 'vitest'
import { askedKinds, unfitMethods } from '../../../src/editor/layers/standing.js'
import { inputs } from '../../../src/network/inputs.js'

/** Which methods are offered last. */

test('every kind that is asked about can stand on some shape', () => {
  const unfit = [[8], [8, 8], [8, 8, 4], [8, 8, 8, 4]].map((shape) => unfitMethods(shape))
  expect(askedKinds.filter((kind) => unfit.every((each) => each.has(kind)))).toEqual([])
  expect(askedKinds).toEqual(expect.arrayContaining(['conv2d', 'dense', 'maxPool2d', 'flatten', 'multiHeadAttention']))
})

test('a vector takes dense layers and no windows; a map takes windows of its rank', () => {
  expect(unfitMethods([10])).toContain('conv2d')
  expect(unfitMethods([10])).not.toContain('dense')
  expect(unfitMethods([7, undefined, 3])).toContain('dense')
  expect(unfitMethods([7, undefined, 3])).not.toContain('conv2d')
  expect(unfitMethods([7, 7, 3])).toContain('conv3d')
})

test('behind several inputs: what needs a current value', () => {
  const net = inputs({ left: [8, 8, 3], right: [8, 8, 3] })
  const unfit = unfitMethods(new Map([['left', [8, 8, 3]]]))
  const call = (name: string, ...args: unknown[]): unknown =>
    (net as never as Record<string, (...args: unknown[]) => unknown>)[name]?.(...args)
  for (const name of unfit) expect(() => call(name, 'x'), name).toThrow(/no current one|one argument|takes/)
  for (const name of [
    'from',
    'outputs',
    'expect',
    'apply',
    'add',
    'concat',
    'subtract',
    'average',
    'maximum',
    'minimum',
    'multiply',
    'matmul',
  ])
    expect(unfit).not.toContain(name)
  expect(call('from', 'left')).toBeDefined()
  for (const name of ['add', 'concat', 'subtract', 'average', 'maximum', 'minimum', 'multiply'])
    expect(call(name, 'left', 'right')).toBeDefined()
})
