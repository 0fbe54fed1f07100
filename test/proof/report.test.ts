import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { lackingIn } from '../../scripts/proof-lacking.mjs'
import { proofReport } from '../../scripts/proof-report.mjs'
import { count, type Finding } from './tally.js'

/** What `npm run proof` prints of what was found. */

const times = (number: number, finding: Finding): Finding[] => Array.from({ length: number }, () => finding)
const nothing = { layers: [], nested: [], networks: [], graphs: [], damaged: [] }
const agreed: Finding = { row: 'conv2d', source: 'input(8, 8, 1).conv2d(1, 1)', verdict: 'agreed' }

const networks = count([
  ...times(40, { row: 'PyTorch', source: '', verdict: 'agreed', kinds: ['avgPool2d', 'relu'] }),
  ...times(60, { row: 'PyTorch', source: '', verdict: 'agreed', kinds: ['relu'] }),
  ...times(2, { row: 'PyTorch', source: '', verdict: 'refused', reason: 'avgPool2d: a dilation', kinds: ['avgPool2d'] }),
  ...times(3, { row: 'PyTorch', source: '', verdict: 'refused', reason: 'avgPool2d: an edge', kinds: ['avgPool2d'] }),
  ...times(3, { row: 'PyTorch', source: '', verdict: 'refused', reason: 'relu: a dilation', kinds: ['relu'] }),
])

describe('the report of a proof', () => {
  test('adds pieces up, and is good where nothing differs', () => {
    const impossible: Finding = { ...agreed, verdict: 'impossible' }
    const piece = count([...times(1200, agreed), impossible])
    const { text, isGood } = proofReport({ ...nothing, layers: [piece, piece] }, { seed: 7 })
    expect(text).toMatch(/^conv2d {2,}2,402 {2,}2,402 {2,}2 {2,}0 {2,}0$/m)
    expect(text).toContain('(seed 7)')
    expect(text).toMatch(/\nNothing differs\.$/)
    expect(isGood).toBe(true)
  })

  test('has a table of graphs, in which a difference counts too', () => {
    const graph: Finding = { row: 'types 7.1', source: "input(4).keep('a')", verdict: 'agreed' }
    const good = proofReport({ ...nothing, graphs: [count(times(3, graph))] }, { seed: 7 })
    expect(good.text).toMatch(/^graphs {2,}judged .*\n-.*\ntypes 7\.1 {2,}3 {2,}3 {2,}0 {2,}0$/m)
    expect(good.isGood).toBe(true)
    const bad = proofReport(
      { ...nothing, graphs: [count([{ ...graph, verdict: 'different', says: ['types 7.1: another'] }])] },
      { seed: 7 },
    )
    expect(bad.text).toContain('1 differ. The smallest:\ntypes 7.1:')
    expect(bad.isGood).toBe(false)
  })

  test('shows what differs, the shortest first', () => {
    const long: Finding = { row: 'conv2d', source: `input(${'8, '.repeat(40)}1)`, verdict: 'different', says: ['oracle: long'] }
    const short: Finding = { row: 'conv2d', source: 'input(1)', verdict: 'different', says: ['report: 2, oracle: 1'] }
    const { text, isGood } = proofReport({ ...nothing, layers: [count([long]), count([agreed, short])] }, { seed: 7 })
    expect(text).toContain('2 differ. The smallest:\nconv2d:\n  input(1)\n    report: 2, oracle: 1\nconv2d:\n  input(8,')
    expect(isGood).toBe(false)
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  })

  test('holds refusals to 3 % of the networks with that kind of layer, all reasons together', () => {
    const { text, isGood } = proofReport({ ...nothing, networks: [networks] }, { seed: 7 })
    expect(isGood).toBe(false)
    expect(text).toContain('More than 3 % are refused of PyTorch: avgPool2d.')
    expect(text).toMatch(/^avgPool2d: a dilation {2,}45 {2,}2 {2,}4\.4 % {2}> 3 %$/m)
    expect(text).toMatch(/^avgPool2d: an edge {2,}45 {2,}3 {2,}6\.7 % {2}> 3 %$/m)
    expect(text).toMatch(/^relu: a dilation {2,}103 {2,}3 {2,}2\.9 % *$/m)
  })

  test('except for kinds that a format does not have at all, by the table of formats', () => {
    const found = (reason: string): Finding => ({ row: 'TensorFlow.js', source: '', verdict: 'refused', reason, kinds: ['gru', 'lstm'] })
    const of = (reason: string) => proofReport({ ...nothing, networks: [count(times(5, found(reason)))] }, { seed: 7 })
    const lacking = of('gru: no such layer')
    expect(lacking.text).toMatch(/^no such layer for TensorFlow\.js {2,}with it {2,}refused\n-.*\ngru: no such layer {2,}5 {2,}5$/m)
    expect(lacking.isGood).toBe(true)
    const others = of('lstm: too many layers')
    expect(others.text).toMatch(/^lstm: too many layers {2,}5 {2,}5 {2,}100\.0 % {2}> 3 %$/m)
    expect(others.isGood).toBe(false)
    const page = readFileSync(new URL('../../docs/formats.md', import.meta.url), 'utf8')
    expect(['ONNX Runtime', 'PyTorch', 'TensorFlow.js'].map((judge) => lackingIn(page, judge))).toEqual([
      [],
      [],
      ['windowAttention', 'gru', 'localResponseNorm'],
    ])
  })

  test('says how many networks magnify rounding', () => {
    const found = (row: string, magnified: boolean): Finding => ({ row, source: '', verdict: 'agreed', kinds: ['relu'], magnified })
    const piece = count([found('ONNX Runtime', true), found('TensorFlow.js', true), found('TensorFlow.js', true)])
    const { text, isGood } = proofReport({ ...nothing, networks: [piece, piece] }, { seed: 7 })
    expect(text).toMatch(/^4 of them magnify rounding: their values are more than 1e-4 apart/m)
    expect(isGood).toBe(true)
    const other = proofReport({ ...nothing, networks: [count([found('ONNX Runtime', false)])] }, { seed: 7 })
    expect(other.text).not.toContain('magnify')
  })

  test('says what the slowest and the largest damaged file took', () => {
    const found = (time: number, memory: number): Finding => ({ row: 'Keras', source: '', verdict: 'impossible', took: { time, memory } })
    const { text } = proofReport({ ...nothing, damaged: [count([found(12, 1e6)]), count([found(3, 5e6)])] }, { seed: 7 })
    expect(text).toMatch(/^Keras {2,}2 {2,}0 {2,}2 {2,}0 {2,}12 ms {2,}5\.0 MB$/m)
  })
})
