// Measures the first hover in a file with ResNet-152 by hand, as a ratio to the first hover in a file with one constant, and counts what the
// compiler reads for one `input`: `npm run build && node bench/first-hover.mjs`. The counts are the same on every machine. The hovers
// take turns, so that a busy machine slows down both.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compilerCommand, isNative } from '../scripts/compilers.mjs'
import { compilerOptions } from './typecheck/compile.mjs'
import { byHand, median, timed } from './typecheck/hovers.mjs'
import { classic, native } from './typecheck/language-servers.mjs'

const fixtures = fileURLToPath(new URL('typecheck/fixtures', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'stridewise-bench-'))
const texts = {
  empty: 'export const net = 1\n',
  'one input': "import { input } from 'stridewise'\nexport const net = input(28, 28, 1)\n",
  'resnet152 by hand': byHand(fixtures),
}
const times = 7

/** Writes a file into a folder of its own, with its settings. */
const written = (compiler, name) => {
  const own = join(folder, compiler, name.replaceAll(' ', '-'))
  mkdirSync(own, { recursive: true })
  writeFileSync(join(own, 'net.ts'), texts[name])
  writeFileSync(join(own, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['net.ts'] }))
  return join(own, 'net.ts')
}

/** What the compiler reads for a file: files, lines and names, and the seconds that it takes to read and bind them. */
const readFor = (compiler, name) => {
  const [program, args] = compilerCommand(compiler, ['-p', join(written(compiler, name), '../tsconfig.json'), '--extendedDiagnostics'])
  const { stdout } = spawnSync(program, args, { encoding: 'utf8' })
  const sum = (pattern) => [...stdout.matchAll(pattern)].reduce((all, [, number]) => all + Number(number), 0)
  return {
    files: sum(/^Files:\s+(\d+)/gm),
    lines: sum(/^Lines(?: of \w+)?:\s+(\d+)/gm),
    names: sum(/^Identifiers:\s+(\d+)/gm),
  }
}

/** Milliseconds from opening a file to the hover on its network. */
const firstHover = async (compiler, name) => {
  const file = written(compiler, name)
  const { time } = await timed(async () => {
    const editor = await (isNative(compiler) ? native : classic)(compiler, file, compilerOptions)
    const found = await editor.hover(texts[name].indexOf('const net = ') + 'const '.length)
    if (!found.includes('net')) throw new Error(`${name}, ${compiler}: the hover is ${found}`)
    await editor.close()
  })
  return time
}

for (const compiler of ['typescript', 'typescript-7.0']) {
  const found = Object.fromEntries(Object.keys(texts).map((name) => [name, []]))
  // The first loads the compiler.
  await firstHover(compiler, 'empty')
  for (let turn = 0; turn < times; turn += 1) for (const name of Object.keys(texts)) found[name].push(await firstHover(compiler, name))
  console.log(`${compiler.padEnd(20)} files   lines   names   first hover, median of ${times}`)
  for (const name of Object.keys(texts)) {
    const { files, lines, names } = readFor(compiler, name)
    const time = median(found[name])
    const ratio = (time / median(found.empty)).toFixed(2)
    console.log(
      `${name.padEnd(20)} ${[files, lines, names].map((count) => `${count || '-'}`.padStart(5)).join('   ')}   ${time.toFixed(0)} ms, ${ratio}`,
    )
  }
  console.log('')
}
rmSync(folder, { recursive: true, force: true })
