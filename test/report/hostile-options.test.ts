import { expect, test } from 'vitest'
import { svg } from '../../src/drawing/index.js'
import { input } from '../../src/index.js'
import { report, table, within } from '../../src/report/index.js'
import { vgg16 } from '../../src/zoo/index.js'

/** Options that hold themselves, that throw where they are read, or that have long names. */

const network = input(4).dense(2)
const circular: Record<string, unknown> = {}
circular['self'] = circular
const throwing = {
  get batch() {
    throw new Error('boom')
  },
}

const calls: Readonly<Record<string, (options: never) => unknown>> = {
  report: (options) => report(network, options),
  table: (options) => table(report(network), options),
  within: (options) => within(network, options),
  svg: (options) => svg(network, options),
  zoo: (options) => vgg16(options),
}

test.each(Object.entries(calls))('%s', (name, call) => {
  const sentence = `${name}: an argument cannot be read: it is circular, too large, or throws.`
  expect(() => call(circular as never)).toThrow(sentence)
  expect(() => call(throwing as never)).toThrow(sentence)
  try {
    call({ ['x'.repeat(1e6)]: 1 } as never)
    expect.unreachable()
  } catch (error) {
    expect((error as Error).message).toMatch(/^\w+: there is no (option|budget) 'x+…?'/)
    expect((error as Error).message.length).toBeLessThan(11_000)
  }
})
