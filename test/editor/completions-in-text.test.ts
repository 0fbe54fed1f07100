import { expect, test } from 'vitest'
import { completionPlace } from '../../src/editor/completions/place.js'
import { sourceOf } from '../../src/editor/source/source.js'

/** What the user writes in comments and templates is no code: nothing is offered there. */

const placeAt = (marked: string) => {
  const text = `import { input } from 'stridewise'\n${marked}`
  return completionPlace(sourceOf(text.replace('|', '')), text.indexOf('|'))?.kind
}

test.each([
  ['input(9, 9, 3).conv2d(8, // kernel |', undefined],
  ['input(9, 9, 3).conv2d(8, 3, { stride: /* | */ 2 })', undefined],
  ['input(9, 9, 3).conv2d(8, 3, { stride: `|` })', undefined],
  ['input(9, 9, 3). // |', undefined],
  ['input(9, 9, 3).conv2d(8, // kernel\n|', 'value'],
  ['input(9, 9, 3).conv2d(8, /* kernel */ |)', 'value'],
])('%s', (marked, kind) => expect(placeAt(marked)).toBe(kind))
