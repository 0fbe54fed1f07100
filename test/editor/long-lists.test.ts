import * as stridewise from 'stridewise'
import { describe, expect, test } from 'vitest'
import type { Editor } from './editor.js'
import { diagnosticsByLine, fileOf } from './lines.js'
import { openEverywhere, versions } from './session.js'

/** Lists that are far too long: one sentence, and nothing of types that are too deep. Compilers cut off the end of a very long one. */

const list = (item: string): string => Array.from({ length: 130 }, () => item).join(', ')

const lines = [
  `net.expect(${list('1')})`,
  `net.expect(${list('-2')})`,
  `net.expect(${list("'x'")})`,
  `net.expect(...[${list('true')}])`,
  `net.reshape(${list('2')})`,
  `net.permute(${list('1')})`,
  `net.unflatten(0, ${list('1')})`,
  `net.conv2d(8, [${list('1')}])`,
  `net.conv2d(8, 3, { stride: [${list('3')}] })`,
  `net.conv2d(8, 3, { padding: [${list('0.5')}] })`,
  `net.maxPool2d([${list('2')}])`,
  `net.apply(conv2d(8, [${list('1')}]))`,
  `net.concat(${list("'x'")})`,
  `net.outputs(${list("'x'")})`,
  `net.chunk(${list("'x'")})`,
  `inputs({ a: [${list("'8'")}] })`,
]
const source = fileOf("import { conv2d, input, inputs } from 'stridewise'\nconst net = input(8, 8, 8)\n", lines)
const editors = openEverywhere({ 'long.ts': source })

const messageOf = (line: string): string => {
  try {
    const run = new Function(...Object.keys(stridewise), `const net = input(8, 8, 8)\nreturn ${line}`)
    run(...Object.values(stridewise))
  } catch (error) {
    if (error instanceof stridewise.ShapeError) return error.message
  }
  throw new Error(`It was not refused: ${line}`)
}

/** The sentence up to what the list has in it. */
const startOf = (line: string): string => messageOf(line).split(' ').slice(0, 5).join(' ')

describe.each(versions)('%s', (version) => {
  test('one diagnostic each, with the sentence of the run time', async () => {
    const found = await diagnosticsByLine(editors.get(version) as Editor, 'long.ts', source, lines.length)
    const wrong = lines.flatMap((line, index) => {
      const own = found[index] ?? []
      const isRight = own.length === 1 && own.every(({ code, text }) => [2322, 2345].includes(code) && text.includes(startOf(line)))
      return isRight
        ? []
        : [{ line: line.slice(0, 60), start: startOf(line), said: own.map(({ code, text }) => `${code} ${text.slice(0, 200)}`) }]
    })
    expect(wrong).toEqual([])
  })
})
