import { describe, expect, test } from 'vitest'
import { dot } from '../../src/drawing/graphs/dot.js'
import { mermaid } from '../../src/drawing/graphs/mermaid.js'
import { html } from '../../src/drawing/html/html.js'
import { svg } from '../../src/drawing/index.js'
import { fromKeras, toKeras } from '../../src/formats/keras/index.js'
import { toOnnx } from '../../src/formats/onnx/index.js'
import { toPyTorch } from '../../src/formats/pytorch/index.js'
import { writeSafetensors } from '../../src/formats/safetensors/index.js'
import { toTypeScript } from '../../src/formats/typescript/index.js'
import { input } from '../../src/index.js'
import { csv, json, markdown, report, table } from '../../src/report/index.js'

/** Half of a surrogate pair in a name: JavaScript's text holds it, and UTF-8 does not, so it would change in a file. */

const networks = {
  layer: input(8).dense(4, { name: 'half\ud800' }),
  kept: input(8).keep('\udc00half').relu(),
  output: input(8).dense(4).keep('a\ud801').outputs('a\ud801'),
  head: input(8).branchOut('h\udfff', (x) => x.dense(2)),
}

const sentence = /: UTF-8 cannot hold this name, which has half of a character\. Change it\.$/

describe.each(Object.entries(networks))('in the name of a %s', (_, network) => {
  test('onnx refuses it', () => expect(() => toOnnx(network)).toThrow(sentence))

  test('keras has it in what only this package reads', () => {
    const text = JSON.stringify(toKeras(network))
    expect(Buffer.from(text).toString()).toBe(text)
    expect(fromKeras(JSON.parse(text)).network.graph).toEqual(network.graph)
  })

  test.each([
    ['pytorch', () => toPyTorch(network)],
    ['typescript', () => toTypeScript(network)],
    ['json', () => JSON.stringify(json(report(network)))],
    ['csv', () => csv(report(network))],
    ['table', () => table(report(network))],
    ['markdown', () => markdown(report(network))],
    ['dot', () => dot(network)],
    ['mermaid', () => mermaid(network)],
    ['svg', () => svg(network)],
    ['html', () => html([{ name: 'net', network }])],
  ])('%s escapes it', (_, write) => expect(write()).toSatisfy((text: string) => Buffer.from(text).toString() === text))
})

test('in the name of a tensor, and in metadata', () => {
  const tensor = { shape: [1], dtype: 'F32' as const, data: new Float32Array(1) }
  expect(() => writeSafetensors(new Map([['a\ud800', tensor]]))).toThrow(sentence)
  expect(() => writeSafetensors(new Map([['a', tensor]]), { made: 'by \udc00' })).toThrow(sentence)
})

test('whole pairs stay', () => {
  expect(fromKeras(toKeras(input(8).dense(4, { name: '🧠' })) as never).network.graph.nodes[1]?.name).toBe('🧠')
})
