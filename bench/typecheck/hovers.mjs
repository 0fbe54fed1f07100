import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isNative } from '../../scripts/compilers.mjs'
import { compilerOptions } from './compile.mjs'
import { classic, native } from './language-servers.mjs'

/**
 * Measures how long an editor waits for a hover in a file with ResNet-152, from the zoo and written by hand: the first hover, which
 * checks the file, later hovers elsewhere, and hovers after each letter typed at the end of the file.
 */

const wanted = 'Network<[224, 224, 3], [1000], 60192808>'

const zoo = (fixtures) => readFileSync(join(fixtures, 'resnet152.ts'), 'utf8')

/** The hand-written ResNet-50, extended to the blocks of ResNet-152. */
export const byHand = (fixtures) =>
  readFileSync(join(fixtures, 'resnet50.ts'), 'utf8')
    .replace('repeat(3,', 'repeat(7,')
    .replace('repeat(5,', 'repeat(35,')
    .replaceAll('resnet50', 'net')
    .replaceAll('25557032', '60192808')

/** The positions of the hovers: every declared name, and every call on the network. */
const places = (text) => [...text.matchAll(/(?<=const )\w+|(?<=\.)\w+(?=\()/g)].map(({ index }) => index)

export const timed = async (run) => {
  const begin = performance.now()
  const found = await run()
  return { found, time: performance.now() - begin }
}

export const median = (times) => [...times].sort((one, other) => one - other)[Math.floor(times.length / 2)]

const measure = async (compiler, name, text, folder) => {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${name}.ts`)
  writeFileSync(file, text)
  const open = isNative(compiler) ? native : classic
  const editor = await open(compiler, file, compilerOptions)
  const network = text.indexOf('const net = ') + 'const '.length
  try {
    const first = await timed(() => editor.hover(network))
    if (!first.found.includes(wanted)) throw new Error(`${name}, ${compiler}: the hover is ${first.found}`)
    const later = []
    for (const place of places(text)) later.push((await timed(() => editor.hover(place))).time)
    const typed = []
    for (const letters of ['c', 'co', 'con', 'cons', 'const', 'const ', 'const x']) {
      await editor.edit(`${text}${letters}`)
      typed.push((await timed(() => editor.hover(network))).time)
    }
    return { first: first.time, later: median(later), worst: Math.max(...later), typed: median(typed) }
  } finally {
    await editor.close()
  }
}

/** A row of milliseconds for each file and compiler. */
export const hovers = async (compilers, fixtures, folder) => {
  const rows = []
  for (const [name, text] of [
    ['resnet152 of the zoo', zoo(fixtures)],
    ['resnet152 by hand', byHand(fixtures)],
  ]) {
    for (const compiler of compilers) {
      const times = await measure(compiler, name.replaceAll(' ', '-'), text, join(folder, compiler, 'hovers'))
      rows.push([name, compiler, ...Object.values(times).map((time) => `${time.toFixed(1)} ms`)])
    }
  }
  return rows
}
