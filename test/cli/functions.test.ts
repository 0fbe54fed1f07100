import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signatureIn } from '../../src/editor/types/signature.js'
import { type Project, projectOf } from '../support/command.js'

/* Functions that return a network: what the compiler says of them, and what `report` and `export` do with them. */

describe('a type as text', () => {
  test.each([
    ['() => Network<[4], [2], 10>', false, 'Network<[4], [2], 10>'],
    ['(classes?: number) => Network<[4], [2], 10>', false, 'Network<[4], [2], 10>'],
    ['(classes: number) => Network<[4], [2], 10>', true, 'Network<[4], [2], 10>'],
    ['(...sizes: number[]) => Network<[4], [2], 10>', false, 'Network<[4], [2], 10>'],
    ['(options?: { build: (a: number, b: number) => string; }, more?: [1, 2]) => number', false, 'number'],
    ['(option?: "a) => b", more: 1) => number', true, 'number'],
    ['<Size extends number = 3>(size?: Size) => Layer<"a", [Size]>', false, 'Layer<"a", [Size]>'],
    ['() => () => Network<[4], [2], 10>', false, '() => Network<[4], [2], 10>'],
  ])('%s', (type, needsArguments, returns) => expect(signatureIn(type)).toEqual({ needsArguments, returns }))

  test.each(['Network<[4], [2], 10>', '{ (a: number): string; (b: string): number; }', '(', '(a', ''])(
    '%s is no single signature',
    (type) => expect(signatureIn(type)).toBeUndefined(),
  )
})

describe('in a file', () => {
  let project: Project
  beforeAll(() => {
    project = projectOf(
      {
        'functions.ts': [
          "import { conv2d, input, type Network } from 'stridewise'",
          "import { lenet5 } from 'stridewise/zoo'",
          'export function plain() {',
          '  return input(4).dense(2)',
          '}',
          'export const small = input(3).dense(2)',
          'export const optional = (units = 5) => input(4).dense(units)',
          'export const fromZoo = (): Network<[32, 32, 1], [10], 61706> => lenet5()',
          'export const needs = (units: number) => input(4).dense(units)',
          'export const block = () => conv2d(8, 3)',
          "export const danger = (): never => { throw new Error('called') }",
          '',
        ].join('\n'),
        'untyped.mjs': "import { input } from 'stridewise'\nexport const build = () => input(4).dense(2)\n",
        'throws.ts':
          "import { input } from 'stridewise'\nexport const net = () => {\n  const size: number = 3\n  return input(8, 8, 1).conv2d(2, 3, { stride: size })\n}\n",
      },
      'typescript',
    )
  })
  afterAll(() => project.remove())

  test('those that need no arguments are called, in the order of the source; the others are named', async () => {
    const { code, stdout, stderr } = await project.run(['report', 'functions.ts', '--json'])
    expect([code, JSON.parse(stdout).map(({ network }: { network: string }) => network)]).toEqual([
      0,
      ['plain', 'small', 'optional', 'fromZoo'],
    ])
    expect(stderr).toBe(
      'note  functions.ts: the function needs needs arguments. Export what it returns: export const network = needs(...)\n',
    )
  })

  test('export takes them too', async () => {
    const { code } = await project.run(['export', 'functions.ts', '--to', 'mermaid', '--output', 'all/'])
    expect(code).toBe(0)
    expect((await project.run(['export', 'functions.ts', '--export', 'plain', '--to', 'mermaid'])).code).toBe(0)
  })

  test('no function is called of which nothing is known', async () => {
    const { code, stderr } = await project.run(['report', 'untyped.mjs'])
    expect(code).toBe(2)
    expect(stderr).toContain('A function is called when it is named: --export build.')
  })

  test('an error in a function has its line and column', async () => {
    const { code, stderr } = await project.run(['report', 'throws.ts'])
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^error throws\.ts:4:25: conv2d: a 3x3 filter with stride 3 does not fit/)])
  })
})
