import { expect, test } from 'vitest'
import { article, axesText, windowText } from '../../src/shape/window-text.js'
import { evaluateTypes } from '../support/evaluate-types.js'

/** Windows as messages name them: both halves say the same. */

const sizes = [[3], [8], [3, 3], [8, 8], [11, 11], [18, 3], [80, 7], [110, 1], [1, 8], [3, 5, 7]]

test('windows, hyperparameters and their articles', () => {
  const lines = sizes.flatMap((size, index) => {
    const list = `[${size.join(', ')}]`
    const text = windowText(size)
    return [
      `type Window${index} = WindowText<${list}>`,
      `type Axes${index} = AxesText<${list}>`,
      `type Article${index} = Article<'${text}'>`,
    ]
  })
  const { types } = evaluateTypes(
    `\nimport type { Article, AxesText, WindowText } from '../src/shape/window-text.js'\ntype One = AxesText<3>\n${lines.join('\n')}`,
  )
  const expected = sizes.flatMap((size, index) => [
    [`Window${index}`, `'${windowText(size)}'`],
    [`Axes${index}`, `'${axesText(size)}'`],
    [`Article${index}`, `'${article(windowText(size))}'`],
  ])
  expect(types).toEqual({ One: `'${axesText(3)}'`, ...Object.fromEntries(expected) })
})

test('an eight, an eleven and an eighteen', () => {
  expect(['3x3', '8x8', '11x11', '18x3', '80x7', '110x1', 'length-8'].map(article)).toEqual(['a', 'an', 'an', 'an', 'an', 'a', 'a'])
})
