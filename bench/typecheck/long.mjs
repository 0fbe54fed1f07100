import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Generates long networks on demand. Every convolution has new channels, so that no result is reused. All have three digits, and small
 * and large ones are mixed evenly (163 and 400 have no common factor), so that only the length grows.
 */

const channelsAfter = (index) => 101 + ((index * 163) % 400)
const convolutions = (length) => Array.from({ length }, (_, index) => `conv2d(${channelsAfter(index)}, 3, { padding: 1 })`)

/** The expected result, computed without the types. */
const expectation = (length) => {
  let [params, channels] = [0, 100]
  for (let index = 0; index < length; index += 1) {
    params += channelsAfter(index) * (3 * 3 * channels + 1)
    channels = channelsAfter(index)
  }
  return `export const output: [32, 32, ${channels}] = net.output\nexport const params: ${params} = net.params\n`
}

const write = (folder, name, text) => {
  const file = join(folder, `${name}.ts`)
  writeFileSync(file, text)
  return file
}

/** A chain of calls in one expression. `checked` adds assertions of its shape and count, which cost a little. */
export const chain = (folder, length, checked) => {
  const calls = convolutions(length).map((call) => `  .${call}`)
  const text = `import { input } from 'stridewise'\n\nexport const net = input(32, 32, 100)\n${calls.join('\n')}\n`
  return write(folder, `chain-${length}`, checked ? `${text}${expectation(length)}` : text)
}

/** A block of layers, applied at once. At `fault` a window is too large, which depends on all layers before it. */
export const block = (folder, length, fault) => {
  const layers = convolutions(length)
  if (fault) layers[fault - 1] = 'maxPool2d(33)'
  const applied = `input(32, 32, 100).apply(\n  block(\n${layers.map((layer) => `    ${layer},`).join('\n')}\n  ),\n)`
  const text = `import { block, conv2d, input, maxPool2d } from 'stridewise'\n\nexport const net = ${applied}\n`
  return write(folder, `block-${length}${fault ? '-rejected' : ''}`, fault ? text : `${text}${expectation(length)}`)
}
