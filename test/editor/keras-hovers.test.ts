import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { sampled } from '../support/effort.js'
import { functionOf, published } from '../zoo/keras/cases.js'
import { openEverywhere, versions } from './session.js'

/** The hover of a model of Keras where it is called ends in the network that comes of it, with Keras's trainable parameters. */

const models = sampled(published).map((one) => ({ ...one, name: functionOf(one.model) }))
const text = [
  `import { ${models.map(({ name }) => name).join(', ')} } from 'stridewise/zoo/keras'`,
  ...models.map(({ name }) => `const ${name}Network = ${name}()`),
  '',
].join('\n')
const editors = openEverywhere({ 'keras.ts': text })

describe.each(versions)('%s', (version) => {
  test('the hover ends in the network', async () => {
    for (const { name, trainable } of models) {
      const hover = await editors.get(version)?.hover('keras.ts', text.indexOf(`= ${name}()`) + 2)
      const code = (hover?.code ?? 'nothing').replace(/\nimport .*/s, '').replace(/\s+/g, ' ')
      expect(code).toMatch(new RegExp(`(?::|=>) Network<\\[(\\d+), \\1, 3\\], \\[1000\\], ${trainable}>$`))
    }
  })
})

/** The sources, whose docstrings state the type of a call. */
const source = (name: string): string =>
  ['convnext', 'densenet', 'efficientnet', 'efficientnet-v2', 'inception', 'inception-resnet', 'mobilenet', 'mobilenet-v2', 'mobilenet-v3']
    .concat(['nasnet', 'resnet', 'resnet-v2', 'vgg', 'xception'])
    .map((file) => readFileSync(new URL(`../../src/zoo/keras/${file}.ts`, import.meta.url), 'utf8'))
    .find((file) => file.includes(`export const ${name}: `)) ?? ''

test.each(published)('the docstring of $model states the type of a call', ({ model, trainable }) => {
  const name = functionOf(model)
  const [, size, params] = new RegExp(
    `\\* ${name}\\(\\) // Network<\\[(\\d+), \\d+, 3\\], \\[1000\\], (\\d+)>\\n \\*/\\nexport const ${name}:`,
  ).exec(source(name)) ?? ['', '', '']
  expect([model, Number(params)]).toEqual([model, trainable])
  expect(Number(size)).toBeGreaterThan(200)
})
