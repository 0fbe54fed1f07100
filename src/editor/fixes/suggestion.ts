/*
 * What a sentence suggests, one by one.
 */

/** One change that a sentence suggests. */
export type Suggestion =
  /** `stride 1`, `padding: 'same'`, `rounding: 'floor'`, `kernel 5`, `heads 4`. */
  | { readonly kind: 'value'; readonly name: string; readonly value: string }
  /** A layer before the one that refused: `flatten()`. */
  | { readonly kind: 'before'; readonly layer: string }
  /** Another shortcut of a residual connection, and padding in its body if that is needed too. */
  | { readonly kind: 'shortcut'; readonly layer: string; readonly isPadded: boolean }
  /** Padding `'same'` in the windows of branches, counted from 0. */
  | { readonly kind: 'padded'; readonly branches: readonly number[] }
  /** Layers at the end of a branch. */
  | { readonly kind: 'behind'; readonly branch: number; readonly layer: string }
  /** Fewer cells to cut off. */
  | { readonly kind: 'cut'; readonly axis: string; readonly most: number }
  /** The valid options, to replace an unknown one. */
  | { readonly kind: 'option'; readonly wrong: string; readonly names: readonly string[] }
  /** The name of a value, to replace one that no value has. */
  | { readonly kind: 'name'; readonly wrong: string }
  /** The size of a ready architecture's input. */
  | { readonly kind: 'size'; readonly value: string }
  /** An image with its channels last. */
  | { readonly kind: 'input'; readonly args: string }
  /** A batch size that is left out. */
  | { readonly kind: 'batch' }
  /** Input channels or features that are left out. */
  | { readonly kind: 'first' }
  /** A function that is called: `relu` -> `relu()`. */
  | { readonly kind: 'call'; readonly name: string; readonly inside: string }
  /** A bare value in the place of the options: `2` -> `{ stride: 2 }`. */
  | { readonly kind: 'options'; readonly options: string }
  /** A list whose members are arguments of their own. */
  | { readonly kind: 'list' }
  /** The shape that is expected. */
  | { readonly kind: 'expect'; readonly shape: string }
  /** A join with the current value beside what is named. */
  | { readonly kind: 'join' }
  /** Functions as layer values in a block. */
  | { readonly kind: 'return' }

type Reader = (found: readonly string[], operation: string) => readonly Suggestion[]

const number = (text: string | undefined): number => Number(text)

const shapeOfWords = (text: string): string => /^a vector of (\d+) features?$/.exec(text)?.[1] ?? text.split('x').join(', ')

/** What is said of one thing alone; the first that is found is meant. */
const readers: readonly [RegExp, Reader][] = [
  [/ Flatten first: flatten\(\) gives [\d?]+ features\./, () => [{ kind: 'before', layer: 'flatten()' }]],
  [/ Use (\w+\(\)) first: it gives [\dx?]+\./, ([, layer = '']) => [{ kind: 'before', layer }]],
  [
    / The nearest that fit: ([\d, or]+)\./,
    ([, channels = '']) => channels.split(/, | or /).map((each): Suggestion => ({ kind: 'before', layer: `conv2d(${each}, 1)` })),
  ],
  [
    /nothing is left of the (axis \d+|\w+): .* Cut at most (\d+) of its \d+ cells/,
    ([, axis = '', most]) => [{ kind: 'cut', axis, most: number(most) }],
  ],
  [
    /^there is no option '([^']*)'\. The options are ([\w, ]+)\.$/,
    ([, wrong = '', names = '']) => [{ kind: 'option', wrong, names: names.split(/, | and /) }],
  ],
  [
    /^the options must be an object such as (\{ \w+: (?:\d+|'\w+') \}), not .*?\.( If .* leave it out: .*)?$/,
    ([, options = '', first]) => [{ kind: 'options', options }, ...(first ? [{ kind: 'first' } as const] : [])],
  ],
  [/ leave it out: \w+\([\w, .]+\)\.$/, () => [{ kind: 'first' }]],
  [/^(\w+) is a function: call it, \w+\((.*)\)\.$/, ([, name = '', inside = '']) => [{ kind: 'call', name, inside }]],
  [/^takes .* one by one, .*, not in a list\.$/, () => [{ kind: 'list' }]],
  [
    /^the shape here is ((?:\d+x)*\d+|a vector of \d+ features?), not /,
    ([, shape = '']) => [{ kind: 'expect', shape: shapeOfWords(shape) }],
  ],
  [/^nothing is kept as '([^']+)' here\. Check the name, /, ([, wrong = '']) => [{ kind: 'name', wrong }]],
  [/^needs at least two branches\. /, () => [{ kind: 'join' }]],
  [/^a function must return its argument with layers added, .*, not undefined\.$/, () => [{ kind: 'return' }]],
  [/^alignCorners needs method ('\w+') or '\w+'\.$/, ([, value = '']) => [{ kind: 'value', name: 'method', value }]],
  [/^method 'bicubic' needs an input of /, () => [{ kind: 'value', name: 'method', value: "'bilinear'" }]],
  [
    /^mode '\w+' has at most (\d+) cells for each end .* Use fewer, or mode ('\w+')\.$/,
    ([, most = '', value = '']) => [
      { kind: 'value', name: 'mode', value },
      { kind: 'value', name: 'amount', value: most },
    ],
  ],
  [/ Use input ([\d, or]+)\.$/, ([, sizes = '']) => sizes.split(/, | or /).map((value): Suggestion => ({ kind: 'size', value }))],
]

/** What may stand behind the advice. */
const noBatch = ' If the 1 is the batch size, leave it out: a shape is that of one example.'

/** The suggestions of what a layer says, the likeliest wish first. */
export const suggestionsIn = (rest: string, operation: string): readonly Suggestion[] => {
  const note = / Note: shapes are channels last: input\(([\d, ]+)\)\.$/.exec(rest)
  const said = (note ? rest.slice(0, note.index) : rest).replace(noBatch, '')
  const around: Suggestion[] = [
    ...(note ? [{ kind: 'input', args: note[1] as string } as const] : []),
    ...(rest.includes(noBatch) ? [{ kind: 'batch' } as const] : []),
  ]
  for (const [pattern, read] of readers) {
    const found = pattern.exec(said)
    if (found) return [...around, ...read([...found], operation)]
  }
  const advice = / Use (.*)\.$/.exec(said)?.[1]
  return advice === undefined ? around : [...around, ...adviceIn(advice)]
}

/** `stride 1, 2 or 4, padding 1, or rounding: 'floor'` one by one. */
const adviceIn = (advice: string): readonly Suggestion[] =>
  advice.split(/, or (?=\w+:? ['\d[]|a shortcut|padding|\w+\()/).flatMap((part) => {
    const whole = wholeAdvice(part)
    return whole ? [whole] : valuesIn(part)
  })

/** Whether advice is code, and not words such as `layers that give ?x?x8`, which stand where a shape is not known. */
const isCall = (layer: string): boolean => /^\w+\(/.test(layer)

const wholeAdvice = (part: string): Suggestion | undefined => {
  const [, padded, shortcut] = /^(padding: 'same' in the body and )?a shortcut of (.*)$/.exec(part) ?? []
  if (shortcut !== undefined) return isCall(shortcut) ? { kind: 'shortcut', layer: shortcut, isPadded: padded !== undefined } : undefined
  if (/^padding: 'same' in the body$/.test(part)) return { kind: 'padded', branches: [0] }
  const [, both, other] = /^padding: 'same' in branch(es 1 and)? (\d+)$/.exec(part) ?? []
  if (other !== undefined) return { kind: 'padded', branches: [...(both ? [0] : []), number(other) - 1] }
  const [, layer, branch] = /^(.*) at the end of branch (\d+)$/.exec(part) ?? []
  return layer !== undefined && isCall(layer) ? { kind: 'behind', branch: number(branch) - 1, layer } : undefined
}

const valuesIn = (part: string): readonly Suggestion[] => {
  const found: Suggestion[] = []
  let left = part
  while (left !== '') {
    const [matched = left, name, values = ''] = /^(\w+):? ('\w+'|\[[\d, [\]]+\]|\d+(?:, \d+)*(?: or \d+)?)(?:, |$)/.exec(left) ?? []
    if (name === undefined) return found
    const each = /^['[]/.test(values) ? [values] : values.split(/, | or /)
    found.push(...each.map((value): Suggestion => ({ kind: 'value', name, value })))
    left = left.slice(matched.length)
  }
  return found
}
