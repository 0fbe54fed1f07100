import { describe, expect, test } from 'vitest'
import { sentenceOf } from '../support/call.js'
import type { Editor } from './editor.js'
import { diagnosticsByLine, fileOf } from './lines.js'
import { openEverywhere, versions } from './session.js'

/** Records of inputs and networks that may be empty by their types. The run time refuses them if they are. */

const preamble = `import { type AnyNetwork, type Network, input, inputs, parallel } from 'stridewise'
declare const flag: boolean
declare const tower: Network<[8], [4], 36>
declare const none: Record<string, never>
declare const perhaps: { a?: Network<[8], [4], 36> }
declare const shapes: { a?: [8] }
declare const many: Record<string, AnyNetwork>
declare const sizes: Record<string, [8, 8]>
declare const anything: unknown
`
const needsInputs = 'inputs: needs the shape of each input by its name, such as inputs({ image: [224, 224, 3], sensors: [12] }).'
const needsTowers = 'parallel: needs networks by their names, such as parallel({ image: imageTower, sensors: sensorTower }).'

const refused: Readonly<Record<string, string>> = {
  'inputs({})': needsInputs,
  'inputs(none)': needsInputs,
  'inputs(shapes)': needsInputs,
  'inputs(flag ? {} : { a: [8] })': needsInputs,
  'inputs(anything)': needsInputs,
  'inputs({} as object)': needsInputs,
  'parallel({})': needsTowers,
  'parallel({} as const)': needsTowers,
  'parallel(none)': needsTowers,
  'parallel(perhaps)': needsTowers,
  'parallel(flag ? {} : { a: tower })': needsTowers,
  'parallel(anything)': needsTowers,
  'parallel({} as object)': needsTowers,
}
const accepted = ['inputs(sizes)', 'inputs({ a: [8] })', 'parallel(many)', 'parallel({ a: tower })', 'parallel({ a: tower } as any)']

const lines = [...Object.keys(refused), ...accepted]
const source = fileOf(preamble, lines)
const editors = openEverywhere({ 'empty.ts': source })

describe.each(versions)('%s', (version) => {
  test('those that may be empty are refused with one sentence, and no others', async () => {
    const found = await diagnosticsByLine(editors.get(version) as Editor, 'empty.ts', source, lines.length)
    const said = lines.map((line, index) => [
      line,
      ...(found[index] ?? []).map(({ text }) => sentenceOf({ text: text.split('\n')[0] as string })),
    ])
    expect(said).toEqual([...Object.entries(refused), ...accepted.map((line) => [line])])
  })
})
