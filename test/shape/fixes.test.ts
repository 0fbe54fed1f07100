import { describe, expect, test } from 'vitest'
import { input } from '../../src/index.js'
import { refusal } from '../support/check.js'

/** Which changes are advised; that they are true is tried in `misfit.test.ts`. */

describe('advice is true', () => {
  test('an axis that is too small outweighs another whose stride does not fit', () => {
    const wrong = () => input(3, 3, 3).conv2d(1, [2, 5] as never, { stride: 2 } as never)
    expect(refusal(wrong)).toMatchObject({ argument: 'kernel', message: expect.stringContaining('larger') })
  })

  test('rounding is not advised where it is already given', () => {
    const wrong = () => input(3, 3, 3).conv2d(1, [2, 5] as never, { stride: 2, rounding: 'floor' } as never)
    expect(refusal(wrong).message).not.toContain('rounding')
  })

  test('padding is at most half of the kernel', () => {
    expect(refusal(() => input(101, 8).avgPool1d([3] as never)).message).not.toContain('padding 2')
    expect(refusal(() => input(10, 10, 3).conv2d(1, [2, 2], { stride: 3 } as never)).message).not.toContain('padding 2')
    expect(refusal(() => input(4, 3).maxPool1d(5 as never)).message).not.toContain('padding 3')
  })
})
