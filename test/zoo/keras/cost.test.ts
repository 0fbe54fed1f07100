import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { count } from '../../../bench/typecheck/compile.mjs'
import { sampled } from '../../support/effort.js'
import { functionOf, published } from './cases.js'

/*
 * What a model of Keras costs the compiler: instantiations of TypeScript 6.0 on top of the import of the package, which are the same in
 * every run. The exact parameters are checked at the same time.
 */

/** A DenseNet has another width in every layer, and the compiler computes each. */
const limits: Readonly<Record<string, number>> = { DenseNet121: 66_000, DenseNet169: 96_000, DenseNet201: 113_000 }
const limit = 60_000

const folder = mkdtempSync(join(tmpdir(), 'stridewise-keras-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** The instantiations of a text. */
const instantiationsOf = (name: string, text: string): number => {
  const file = join(folder, `${name}.ts`)
  writeFileSync(file, text)
  const { instantiations, failure } = count('typescript', file, join(folder, name)) as { instantiations?: number; failure?: string }
  expect(failure).toBeUndefined()
  return instantiations as number
}

const baseline = instantiationsOf('baseline', "import { input } from 'stridewise'\nexport { input }\n")

test('an import costs nothing', () => {
  const text = "import { input } from 'stridewise'\nimport * as keras from 'stridewise/zoo/keras'\nexport { input, keras }\n"
  expect(instantiationsOf('import', text) - baseline).toBeLessThan(100)
})

describe('a model costs less than', () => {
  test.each(sampled(published).map((one) => ({ ...one, most: limits[one.model] ?? limit })))('$most: $model', (one) => {
    const name = functionOf(one.model)
    const text = `import { ${name} } from 'stridewise/zoo/keras'\nexport const params: ${one.trainable} = ${name}().params\n`
    expect(instantiationsOf(name, text) - baseline).toBeLessThan(one.most)
  })
})
