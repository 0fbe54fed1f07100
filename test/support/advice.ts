import { axisName } from '../../src/layers/kind/per-axis.js'
import { type Call, plain, run } from './call.js'
import { makers, Value } from './value.js'

/** What a sentence suggests, done to the call that it is about. A suggestion that is not understood throws: none is skipped. */

/** One suggestion, as it stands in the sentence, and the call with it. */
export interface Suggestion {
  readonly text: string
  /** What is changed: `'stride'`, `'shortcut'`, `'flatten first'`. */
  readonly kind: string
  readonly call: Call
}

/** Words that only stand where something is suggested. */
const suggests = /\b(?:Use|Cut|nearest|first:|leave it out|The options are|one by one)\b/

/** A hint at the shape of the input. */
const hint = ' If the 1 is the batch size, leave it out: a shape is that of one example.'

/** A change of the layer that a sentence is about. */
interface Change {
  readonly text: string
  readonly kind: string
  readonly apply: (layer: Value, rank: () => number) => Value
}

/** The suggestions of a sentence that a call was refused with. */
export const suggestionsFor = (call: Call, sentence: string): Suggestion[] => {
  const whole = new Value(call.method, plain(call.args) as unknown[])
  const shape = plain(call.shape) as number[]
  const { path, rest: all } = pathOf(sentence)
  const rest = all.replace(hint, '')
  const withLayer = (apply: (layer: Value) => Value): Call => {
    const { kind: method, args } = changedAt(whole, path, apply)
    return { ...call, shape, method, args, applied: method === call.method ? call.applied : true }
  }
  // What a list of too many values is refused with.
  const rank = () => Number(/(\d) in all/.exec(sentenceFor(withLayer(({ kind }) => new Value(kind, [Array(9).fill(1)]))))?.[1])
  const changes = suggests.test(rest) ? changesIn(rest) : []
  const note = / Note: shapes are channels last: input\((.*)\)\.$/.exec(rest)?.[1]
  // Of a layer behind others the shape there would have to change.
  const isBatch = rest !== all && path.length === 0
  return [
    ...(isBatch ? [{ text: 'no batch', kind: 'batch', call: { ...call, shape: shape.slice(1) } }] : []),
    ...changes.map(({ text, kind, apply }) => ({ text, kind, call: withLayer((layer) => apply(layer, rank)) })),
    ...(note === undefined
      ? []
      : [{ text: `input(${note})`, kind: 'channels last', call: { ...call, shape: note.split(', ').map(Number) } }]),
  ]
}

const sentenceFor = (call: Call): string => {
  const outcome = run(call)
  return 'sentence' in outcome ? outcome.sentence : ''
}

/** Where a layer stands in others: each step takes a layer out of the one before, and puts another into its place. */
type Path = readonly { readonly at: number; readonly of: string }[]

const steps: readonly [RegExp, (found: RegExpExecArray) => Path[number]][] = [
  [/^layer (\d+) of \d+: /, ([, position]) => ({ of: 'block', at: Number(position) - 1 })],
  [/^time (\d+) of \d+: /, ([, position]) => ({ of: 'repeat', at: Number(position) - 1 })],
  [/^residual, (body|shortcut): /, ([, name]) => ({ of: 'residual', at: name === 'body' ? 0 : 1 })],
  [
    /^(concat|add|subtract|average|maximum|minimum|matmul), branch (\d+): /,
    ([, of, position]) => ({ of: of as string, at: Number(position) - 1 }),
  ],
  [/^multiply, gate: /, () => ({ of: 'multiply', at: 0 })],
  [/^branchOut, output '[^']*': /, () => ({ of: 'branchOut', at: 1 })],
]

/** What stands before the sentence of a layer, and that sentence. */
export const pathOf = (sentence: string): { path: Path; rest: string } => {
  for (const [pattern, step] of steps) {
    const found = pattern.exec(sentence)
    if (!found) continue
    const { path, rest } = pathOf(sentence.slice(found[0].length))
    return { path: [step(found), ...path], rest }
  }
  return { path: [], rest: sentence }
}

const changedAt = (layer: Value, path: Path, apply: (layer: Value) => Value): Value => {
  const [step, ...rest] = path
  if (!step) return apply(layer)
  if (step.of !== layer.kind) throw new Error(`A ${layer.kind} stands where the sentence has a ${step.of}.`)
  // Only one of the layers that are repeated is changed.
  if (layer.kind === 'repeat')
    return changedAt(new Value('block', Array(layer.args[0] as number).fill(layer.args[1])), [{ ...step, of: 'block' }, ...rest], apply)
  return withArgument(layer, step.at, changedAt(layer.args[step.at] as Value, rest, apply))
}

const withArgument = ({ kind, args }: Value, at: number, value: unknown): Value => {
  const before = [...args, ...Array(Math.max(0, at - args.length)).fill(undefined)]
  return new Value(kind, [...before.slice(0, at), value, ...before.slice(at + 1)])
}

const behind = (first: Value, second: Value): Value => new Value('block', [first, second])

/** `conv2d(8, 1, { stride: 2 })` as a value. */
const layersOf = (source: string): Value => {
  const names = Object.keys(makers)
  const makeValue = names.map(
    (kind) =>
      (...args: unknown[]) =>
        new Value(kind, args),
  )
  return new Function(...names, `return ${source}`)(...makeValue) as Value
}

/** Where the options of a layer stand, behind its arguments. */
const optionsAt = (kind: string): number =>
  /^(?:conv|separable|windowAttention)/.test(kind)
    ? 2
    : /^(?:depthwise|maxPool|avgPool|multiHeadAttention|upsample|pad$)/.test(kind)
      ? 1
      : Number.NaN

const withOption = (layer: Value, name: string, value: unknown): Value => {
  const at = optionsAt(layer.kind)
  if (Number.isNaN(at)) throw new Error(`There are no options of ${layer.kind} to change.`)
  return withArgument(layer, at, { ...(layer.args[at] as object | undefined), [name]: value })
}

/** Padding `'same'` in every window of a layer. */
const padded = (value: unknown): unknown => {
  if (!(value instanceof Value)) return value
  if (/^(?:conv|separableConv|depthwiseConv|maxPool|avgPool)\dd$/.test(value.kind)) return withOption(value, 'padding', 'same')
  return new Value(value.kind, value.args.map(padded))
}

const withPaddedBranches = (layer: Value, branches: readonly number[]): Value =>
  new Value(
    layer.kind,
    layer.args.map((branch, index) => (branches.includes(index) ? padded(branch) : branch)),
  )

/** Values that an option or an argument may have: a list of them, and where they go. */
const places: Readonly<Record<string, (layer: Value, value: unknown) => Value>> = {
  ...Object.fromEntries(
    ['stride', 'padding', 'rounding', 'outputPadding', 'keyValueHeads', 'shift', 'version'].map((name) => [
      name,
      (layer, value) => withOption(layer, name, value),
    ]),
  ),
  kernel: (layer, value) => withArgument(layer, optionsAt(layer.kind) - 1, value),
  groups: (layer, value) => (layer.kind === 'groupNorm' ? withArgument(layer, 0, value) : withOption(layer, 'groups', value)),
  heads: (layer, value) => withArgument(layer, 0, value),
  window: (layer, value) => withArgument(layer, 1, value),
  start: (layer, value) => withArgument(layer, 0, value),
  scale: (layer, value) => withArgument(layer, 0, value),
}

/** A value for each option, for an unknown one that is given another name. */
const valueFor: Readonly<Record<string, unknown>> = {
  ...{ stride: 1, padding: 0, outputPadding: 0, dilation: 1, groups: 1, multiplier: 1, rounding: 'floor', bias: true, affine: true },
  ...{ shared: true, returnSequences: true, epsilon: 1e-5, name: 'own', method: 'nearest', alpha: 1, beta: 1, k: 1 },
  ...{
    scale: true,
    shift: true,
    bidirectional: 'concat',
    countIncludePad: false,
    alignCorners: false,
    causal: true,
    keyValueHeads: 1,
    headWidth: 1,
    version: 1,
    mode: 'constant',
    keys: 'input',
  },
}

/** Where things are said in other words than `Use stride 1, padding 1, or rounding: 'floor'.` */
const otherwise: readonly [RegExp, (found: readonly string[]) => Change[]][] = [
  [/ Use identity\(\)\.$/, ([text = '']) => [{ text, kind: 'identity', apply: () => new Value('identity', []) }]],
  [
    / Use zeroPad\((\[\[.*\]\])\) first\.$/,
    ([text = '', amount = '']) => [
      { text, kind: 'zeroPad first', apply: (layer) => behind(new Value('zeroPad', [JSON.parse(amount)]), layer) },
    ],
  ],
  // How many are fewer, the sentence says before.
  [
    / Use fewer, or mode 'replicate'\.$/,
    ([text = '']) => [{ text, kind: 'mode', apply: (layer) => withOption(layer, 'mode', 'replicate') }],
  ],
  [
    / Flatten first: flatten\(\) gives \d+ features\.$/,
    ([text = '']) => [{ text, kind: 'flatten first', apply: (layer) => behind(new Value('flatten', []), layer) }],
  ],
  [
    / Use toTokens\(\) first: it gives \d+x\d+\.$/,
    ([text = '']) => [{ text, kind: 'toTokens first', apply: (layer) => behind(new Value('toTokens', []), layer) }],
  ],
  [
    / The nearest that fit: (\d+)(?: or (\d+))?\.$/,
    ([, ...nearest]) =>
      nearest.filter(Boolean).map((channels) => ({
        text: `channels ${channels}`,
        kind: 'nearest channels',
        apply: (layer) => behind(new Value('conv2d', [Number(channels), 1]), layer),
      })),
  ],
  [
    /nothing is left of the (axis \d+|\w+): .* Cut at most (\d+) of its \d+ cells, both ends together\.(?: Note: .*)?$/,
    ([, axis = '', most]) => [
      {
        text: `at most ${most} of the ${axis}`,
        kind: 'crop',
        apply: ({ kind, args: [amount] }, rank) => {
          const given = Array.isArray(amount) ? amount : Array(rank()).fill(amount)
          return new Value(kind, [given.map((each, index) => (axisName(given, index) === axis ? [Number(most), 0] : each))])
        },
      },
    ],
  ],
  [
    / The options are ([\w, ]+)\.$/,
    ([, names = '']) =>
      names.split(/, | and /).map((name) => ({
        text: `option ${name}`,
        kind: 'option name',
        apply: ({ kind, args }) => {
          const { stides: _, ...known } = args.at(-1) as Record<string, unknown>
          if (!(name in valueFor)) throw new Error(`There is no value for the option ${name}.`)
          return new Value(kind, [...args.slice(0, -1), { [name]: valueFor[name], ...known }])
        },
      })),
  ],
]

/** The changes that a layer's own sentence suggests. */
const changesIn = (sentence: string): Change[] => {
  for (const [pattern, changes] of otherwise) {
    const found = pattern.exec(sentence)
    if (found) return changes([...found])
  }
  const advice = / Use (.*?)\.(?: Note: .*)?$/.exec(sentence)?.[1]
  if (advice === undefined) throw new Error(`Nothing is understood of: ${sentence}`)
  const changes = advice.split(/, or (?=padding|rounding|stride|kernel|a shortcut|\w+\(.* at the end)/).flatMap((part) => changesOf(part))
  if (changes.length === 0) throw new Error(`No change is found in: ${sentence}`)
  return changes
}

/** `stride 1, 2 or 4, padding 1` one by one. */
const changesOf = (advice: string): Change[] => {
  const whole = wholeChange(advice)
  if (whole) return [whole]
  const changes: Change[] = []
  let left = advice
  while (left !== '') {
    const found = /^(\w+):? ('\w+'|\[[\d, ]+\]|\d+(?:, \d+)*(?: or (?:\d+|less))?)(?:, |$)/.exec(left)
    const place = found && places[found[1] as string]
    if (!found || !place) throw new Error(`Not understood: ${left}`)
    const [matched, name, values] = found as unknown as [string, string, string]
    const each = /^['[]/.test(values) ? [values] : values.replace(/ or less$/, '').split(/, | or /)
    for (const value of each) {
      changes.push({ text: `${name} ${value}`, kind: name, apply: (layer) => place(layer, JSON.parse(value.replaceAll("'", '"'))) })
    }
    left = left.slice(matched.length)
  }
  return changes
}

/** Suggestions for branches. */
const wholeChange = (text: string): Change | undefined => {
  const shortcut = /^a shortcut of (.*)$/.exec(text)?.[1]
  if (shortcut) return { text, kind: 'shortcut', apply: (layer) => withArgument(layer, 1, layersOf(shortcut)) }
  const inBody = /^padding: 'same' in the body(?: and a shortcut of (.*))?$/.exec(text)
  if (inBody) {
    const body = (layer: Value) => withArgument(layer, 0, padded(layer.args[0]))
    const { 1: with_ } = inBody
    return {
      text,
      kind: with_ ? 'padding and shortcut' : 'padding in the body',
      apply: (layer) => (with_ ? withArgument(body(layer), 1, layersOf(with_)) : body(layer)),
    }
  }
  const inBranches = /^padding: 'same' in branch(?:es 1 and)? (\d+)$/.exec(text)
  if (inBranches) {
    const branches = text.includes('branches') ? [0, Number(inBranches[1]) - 1] : [Number(inBranches[1]) - 1]
    return { text, kind: 'padding in branches', apply: (layer) => withPaddedBranches(layer, branches) }
  }
  const atEnd = /^(.*) at the end of branch (\d+)$/.exec(text)
  if (!atEnd) return undefined
  const [, layers, position] = atEnd as unknown as [string, string, string]
  const at = Number(position) - 1
  return { text, kind: 'layers at the end', apply: (layer) => withArgument(layer, at, behind(layer.args[at] as Value, layersOf(layers))) }
}
