import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { input } from 'stridewise'
import { report, table } from 'stridewise/report'

/*
 * `npm run demo`: reports a network that fits, then type-checks one whose stride does not fit.
 *
 * Exits with 0 if the compiler rejects the stride with that message, with 1 otherwise.
 */

const width = 100

/** The 3x3 convolutions and the pool of one of VGG's stages. */
const stage = (network, number, filters, convolutions) => {
  for (let index = 1; index <= convolutions; index++) {
    network = network.conv2d(filters, 3, { padding: 1, name: `conv${number}_${index}` }).relu()
  }
  return network.maxPool2d(2, { name: `pool${number}` })
}

/** VGG-16 (Simonyan and Zisserman 2014, configuration D); `vgg.ts` has it typed. */
const vgg16 = () => {
  let network = input(224, 224, 3)
  for (const [index, [filters, convolutions]] of [
    [64, 2],
    [128, 2],
    [256, 3],
    [512, 3],
    [512, 3],
  ].entries()) {
    network = stage(network, index + 1, filters, convolutions)
  }
  return network.flatten().dense(4096, { name: 'fc6' }).relu().dense(4096, { name: 'fc7' }).relu().dense(1000, { name: 'fc8' }).softmax()
}

/** Wraps text at the width of the terminal; colour codes do not count. */
const wrap = (text) =>
  text
    .split('\n')
    .flatMap((line) => {
      const lines = ['']
      for (const word of line.split(/(?<=\S)(?= )/)) {
        const longer = lines.at(-1) + word
        if (stripVTControlCharacters(longer).length <= width) lines[lines.length - 1] = longer
        else lines.push(`  ${word.trimStart()}`)
      }
      return lines
    })
    .join('\n')

const heading = (text) => `${text}\n${'='.repeat(text.length)}`

const typeCheck = (project) => {
  const cwd = fileURLToPath(new URL('..', import.meta.url))
  const compiler = 'node_modules/typescript/bin/tsc'
  if (!existsSync(`${cwd}${compiler}`)) {
    console.log('This part needs a clone of the repository: run npm ci and npm run demo there.')
    process.exit(1)
  }
  const { stdout, error } = spawnSync(process.execPath, [compiler, '-p', project, '--pretty'], { cwd, encoding: 'utf8' })
  if (error) throw error
  return stdout
}

console.log(heading('VGG-16: parameters, MACs and memory'))
console.log(wrap(table(report(vgg16()), { width })))

console.log(heading('A 3x3 filter with stride 3 on a 7x7 input: the compiler reports an error'))
const said = typeCheck('examples/rejected')
  .trimEnd()
  .replace(/\n{3,}/g, '\n\n')
console.log(process.stdout.isTTY ? wrap(said) : stripVTControlCharacters(wrap(said)))

const rejected = said.includes('"conv2d: a 3x3 filter with stride 3 does not fit a 7x7 input: (7 - 3 + 2*0)/3 + 1 = 2.33.')
console.log(rejected ? '\nThe compiler rejected the stride, as expected.' : '\nThe compiler did not reject the stride. This is a bug.')
process.exitCode = rejected ? 0 : 1
