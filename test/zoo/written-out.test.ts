import { describe, expect, test } from 'vitest'
import * as zoo from '../../src/zoo/index.js'
import * as keras from '../../src/zoo/keras/index.js'
import { check } from '../support/compiler.js'
import { isLong } from '../support/effort.js'

/** The type of a model that is not called, as an editor writes it out: in an import, or as the value of a constant. */

const models = [...modelsOf('stridewise/zoo', zoo), ...modelsOf('stridewise/zoo/keras', keras)]

function modelsOf(from: string, entry: object): { name: string; from: string }[] {
  const names = Object.keys(entry).filter((name) => /^[a-z]/.test(name))
  // A short run has those whose widths are a parameter, whose type is written out, not named; a long one those of Keras too.
  const isAsked = (name: string): boolean => /^mobilenet|^unet$/.test(name) || (isLong && from.endsWith('keras'))
  return names.filter(isAsked).map((name) => ({ name, from }))
}

describe('the hover of a model', () => {
  test.each(models)('$from: $name', ({ name, from }) => {
    const path = `test/${name}-of-${from.replaceAll('/', '-')}.ts`
    const text = `import { ${name} } from '${from}'\nexport const model = ${name}\n`
    const { complaints, hover } = check(new Map([[path, text]])).get(path) as NonNullable<ReturnType<ReturnType<typeof check>['get']>>
    expect(complaints).toEqual([])
    for (const at of [text.indexOf(name), text.indexOf('model')]) expect(hover(at)).toMatch(/^(?:\(alias\) )?const \w+: ./)
  })
})
