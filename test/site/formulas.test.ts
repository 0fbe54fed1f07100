import { expect, test } from 'vitest'
import { mathOf } from '../../scripts/formula.mjs'
import { formulas } from '../../scripts/reference-formulas.mjs'

/* The reference's formulas as MathML. */

test('a fraction, an index and a power', () => {
  expect(mathOf('frac(N - F, S) + x_i^2')).toBe(
    '<math display="inline"><mrow><mfrac displaystyle="true"><mrow><mi>N</mi><mo>−</mo><mi>F</mi></mrow><mi>S</mi></mfrac><mo>+</mo>' +
      '<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup></mrow></math>',
  )
})

test('words are escaped', () => expect(mathOf("'a < b'")).toBe('<math display="inline"><mtext>a &lt; b</mtext></math>'))

test.each(['frac(N, S', 'N)', 'frac(N)', 'N ? F', 'x_'])('%s is refused', (formula) => expect(() => mathOf(formula)).toThrow('The formula'))

test.each(Object.entries(formulas))('%s is typeset', (_, { formulas: own }) => {
  for (const [, formula] of own as [string, string][]) expect(mathOf(formula)).toMatch(/^<math .*<\/math>$/)
})
