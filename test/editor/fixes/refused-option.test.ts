import { describe, expect, test } from 'vitest'
import { fixesFor } from '../../../src/editor/fixes/fixes.js'
import { knownOptions, wordsOf, wordsOnAnyInput } from '../../../src/editor/layers/refusals.js'
import { applied } from '../../../src/editor/source/edits.js'
import { sourceOf } from '../../../src/editor/source/source.js'

/** Options and words that TypeScript refuses in its own words, and what a layer says of them itself. */

/** The options after each fix, by its title, for a mistake at the place that is marked `«...»`. */
const fixed = (marked: string, message: string, head = "import { input } from 'stridewise'\n"): Record<string, string> => {
  const code = head + marked
  const text = code.replace('«', '').replace('»', '')
  const fixes = fixesFor(sourceOf(text), { start: code.indexOf('«'), end: code.indexOf('»') - 1, text: message })
  return Object.fromEntries(fixes.map(({ title, edits }) => [title, applied(text, edits).slice(head.length)]))
}

const unknown = (name: string, type: string): string =>
  `No overload matches this call.\n  Object literal may only specify known properties, and '${name}' does not exist in type '${type}'.`
const word = (value: string, type: string): string => `Type '"${value}"' is not assignable to type '${type}'.`
const refused = (name: string): string =>
  `Type 'string' is not assignable to type '"upsample: there is no option '${name}'. The options are method, alignCorners, rounding and name."'.`

describe('an option of another library', () => {
  const upsample = (options: string): string => `input(7, 7, 3).upsample(2, ${options})`
  test.each([
    ["{ «mode»: 'bilinear' }", { 'Change to method': "{ method: 'bilinear' }" }],
    ["{ «mode»: 'linear' }", { "Change to method: 'bilinear'": "{ method: 'bilinear' }" }],
    ["{ «mode»: 'trilinear' }", { "Change to method: 'bilinear'": "{ method: 'bilinear' }" }],
    ["{ «mode»: 'nearest-exact' }", { "Change to method: 'nearest'": "{ method: 'nearest' }" }],
    ['{ «mode» }', { 'Change to method': '{ method: mode }' }],
    ['{ «mode»: how(3) }', { 'Change to method': '{ method: how(3) }' }],
    // What it means is not known, or given already.
    ["{ «mode»: 'lanczos' }", {}],
    ["{ method: 'nearest', «mode»: 'bilinear' }", {}],
  ])('%s', (options, expected) => {
    for (const message of [unknown('mode', 'UpsampleOptions'), refused('mode')]) {
      const changed = Object.fromEntries(Object.entries(fixed(upsample(options), message)).filter(([title]) => title.startsWith('Change')))
      expect(changed).toEqual(Object.fromEntries(Object.entries(expected).map(([title, after]) => [title, upsample(after)])))
      expect(fixed(upsample(options), message)).toHaveProperty('Remove mode')
    }
  })

  test('with the size of the output before it', () => {
    expect(fixed("input(7, 7, 3).upsample({ size: 14 }, { «mode»: 'nearest' })", unknown('mode', 'UpsampleOptions'))).toEqual({
      'Change to method': "input(7, 7, 3).upsample({ size: 14 }, { method: 'nearest' })",
      'Remove mode': 'input(7, 7, 3).upsample({ size: 14 })',
    })
  })

  test("PyTorch's way to round", () => {
    const pool = (options: string): string => `input(8, 8, 3).maxPool2d(3, ${options})`
    const message = unknown('ceil_mode', 'PoolingOptions<2>')
    expect(fixed(pool('{ stride: 2, «ceil_mode»: true }'), message)).toEqual({
      "Change to rounding: 'ceil'": pool("{ stride: 2, rounding: 'ceil' }"),
    })
    expect(fixed(pool('{ stride: 2, «ceil_mode»: false }'), message)).toEqual({
      "Change to rounding: 'floor'": pool("{ stride: 2, rounding: 'floor' }"),
    })
    expect(Object.keys(fixed(pool('{ stride: 2, «ceil_mode»: yes }'), message))).toEqual(['Remove ceil_mode'])
  })

  test('nothing in what is no layer, nor for an option that exists', () => {
    expect(fixed("f({ «mode»: 'linear' })", unknown('mode', 'FilterOptions'))).toEqual({})
    expect(fixed("input(7).dense(3, f({ «mode»: 'linear' }))", unknown('mode', 'Filter'))).toEqual({})
    expect(fixed("input(7, 7, 3).upsample(2, { name: { «mode»: 'linear' } })", unknown('mode', 'FilterOptions'))).toEqual({})
  })
})

describe('a word that an option does not accept', () => {
  test('those that it accepts on every input, the likeliest first', () => {
    expect(fixed("input(7, 7, 3).pad(2, { «mode»: 'edge' })", word('edge', 'PadMode | undefined'))).toEqual({
      "Change to 'replicate'": "input(7, 7, 3).pad(2, { mode: 'replicate' })",
      "Change to 'constant'": "input(7, 7, 3).pad(2, { mode: 'constant' })",
      "Change to 'reflect'": "input(7, 7, 3).pad(2, { mode: 'reflect' })",
      "Change to 'symmetric'": "input(7, 7, 3).pad(2, { mode: 'symmetric' })",
      "Change to 'circular'": "input(7, 7, 3).pad(2, { mode: 'circular' })",
    })
    const head = 'import { input } from "stridewise"\n'
    expect(
      Object.keys(fixed('input(7, 7, 3).upsample(2, { «method»: "area" })', word('area', 'UpsampleMethod | undefined'), head)),
    ).toEqual(['Change to "nearest"', 'Change to "bilinear"'])
  })

  test('none for a value that is no word', () => {
    expect(fixed("input(7).dense(3, { «name»: 'a' })", word('a', 'undefined'))).toEqual({})
    expect(fixed('input(7, 7, 3).pad(2, { «mode»: how })', word('edge', 'PadMode | undefined'))).toEqual({})
  })
})

test('what a layer says itself', () => {
  expect(knownOptions('upsample')).toEqual(['method', 'alignCorners', 'rounding', 'name'])
  expect(knownOptions('relu')).toEqual([])
  expect(knownOptions('block')).toEqual([])
  expect(wordsOf('upsample', 'method')).toEqual(['nearest', 'bilinear', 'bicubic'])
  expect(wordsOnAnyInput('upsample', 'method')).toEqual(['nearest', 'bilinear'])
  expect(wordsOf('conv2d', 'padding')).toEqual(['same', 'valid'])
  // Without padding, or without rounding, a layer may not fit.
  expect(wordsOnAnyInput('conv2d', 'padding')).toEqual(['same'])
  expect(wordsOnAnyInput('conv2d', 'rounding')).toEqual(['floor', 'ceil'])
  expect(wordsOf('conv2d', 'name')).toEqual([])
})

describe('suggestions of messages about words', () => {
  const option = (sentence: string): string => `Type 'boolean' is not assignable to type '"${sentence}"'.`
  test('alignCorners, and a method for images only', () => {
    const corners = "upsample: alignCorners needs method 'bilinear' or 'bicubic'."
    expect(fixed('input(7, 7, 3).upsample(2, { «alignCorners»: true })', option(corners))).toEqual({
      "Add method: 'bilinear'": "input(7, 7, 3).upsample(2, { alignCorners: true, method: 'bilinear' })",
    })
    const images = "upsample: method 'bicubic' needs an input of [height, width, channels], not 7x3."
    expect(fixed("input(7, 3).upsample(2, { «method»: 'bicubic' })", option(images))).toEqual({
      "Set method to 'bilinear'": "input(7, 3).upsample(2, { method: 'bilinear' })",
    })
  })

  test('more cells than there are', () => {
    const many =
      "pad: mode 'reflect' has at most 6 cells for each end of the height, which is 7 long, not 9. Use fewer, or mode 'replicate'."
    const message = `Argument of type '9' is not assignable to parameter of type '"${many}"'.`
    expect(fixed("input(7, 7, 3).pad(«9», { mode: 'reflect' })", message)).toEqual({
      "Set mode to 'replicate'": "input(7, 7, 3).pad(9, { mode: 'replicate' })",
      'Set amount to 6': "input(7, 7, 3).pad(6, { mode: 'reflect' })",
    })
    expect(Object.keys(fixed("input(7, 7, 3).pad(«[9, 1]», { mode: 'reflect' })", message))).toEqual(["Set mode to 'replicate'"])
  })
})

test.each([' ', ' padding: number; '])('an option beside one that is spread and does not fit (%j)', (more) => {
  const sentence =
    "conv2d: a 3x3 filter with stride 3 does not fit a 7x7 input: (7 - 3 + 2*0)/3 + 1 = 2.33. Use stride 1, or rounding: 'floor'."
  const message = `Object literal may only specify known properties, and 'bias' does not exist in type '{ stride: "${sentence}";${more}}'.`
  expect(fixed('input(7, 7, 3).conv2d(8, 3, { ...common, «bias»: false })', message)).toEqual({
    'Add stride: 1': 'input(7, 7, 3).conv2d(8, 3, { ...common, bias: false, stride: 1 })',
    "Add rounding: 'floor'": "input(7, 7, 3).conv2d(8, 3, { ...common, bias: false, rounding: 'floor' })",
  })
})

test('comments stay', () => {
  const code = (options: string): string => `input(7, 7, 3).upsample(2, ${options})`
  const after = (options: string): string | undefined => fixed(code(options), refused('mode'))['Remove mode']
  expect(after("{ «mode»: 'linear', // why\n  name: 'up' }")).toBe(code("{  // why\n  name: 'up' }"))
  expect(after("{ name: 'up', /* why */ «mode»: 'linear' /* not */ }")).toBe(code("{ name: 'up' /* why */  /* not */ }"))
  expect(after("{ «mode»: 'linear' /* why */ }")).toBe('input(7, 7, 3).upsample(2 /* why */ )')
  expect(after("// why\n { «mode»: /* how */ 'linear' }")).toBe('input(7, 7, 3).upsample(2 // why\n  /* how */ )')
})

test('comments that a fix writes again stay once', () => {
  const message = `Argument of type 'number[]' is not assignable to parameter of type '"input: takes the dimensions one by one, such as input(224, 224, 3), not in a list."'.`
  expect(fixed('input(«[28, /* w */ 28, 1 /* c */]»)', message)).toEqual({
    'Write the numbers one by one': 'input(28, /* w */ 28, 1 /* c */)',
  })
})
