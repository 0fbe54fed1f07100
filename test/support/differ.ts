import { type Call, covers, isWide, type Outcome, sentenceOf, sourceOf, text, withoutKept, withoutNote } from './call.js'
import type { Diagnostic } from './evaluate-types.js'
import { Value } from './value.js'

/** How the two halves of the rules differ on one call. */

/** What the types say of a call: a network, or a sentence with the source that is underlined. */
export interface CheckedCall {
  readonly type: string
  readonly diagnostics: readonly Diagnostic[]
}

/** The arguments of methods by name, so that blame can be looked up in the source. */
const parameters: Readonly<Record<string, readonly string[]>> = {
  dense: ['units', 'options'],
  dropout: ['rate'],
  stochasticDepth: ['rate'],
  localResponseNorm: ['size', 'options'],
  groupNorm: ['groups', 'options'],
  rescale: ['scale', 'offset'],
  normalize: ['mean', 'variance'],
  upsample: ['scale', 'options'],
  pixelShuffle: ['scale'],
  pixelUnshuffle: ['scale'],
  adaptiveAvgPool: ['size'],
  adaptiveMaxPool: ['size'],
  zeroPad: ['amount'],
  crop: ['amount'],
  pad: ['amount', 'options'],
  flatten: ['start'],
  unflatten: ['axis'],
  squeeze: ['axis'],
  unsqueeze: ['axis'],
  slice: ['axis', 'start', 'end'],
  selectToken: ['index'],
  multiHeadAttention: ['heads', 'options'],
  windowAttention: ['heads', 'window', 'options'],
  embedding: ['vocabulary', 'features'],
  lstm: ['units', 'options'],
  gru: ['units', 'options'],
  residual: ['body', 'shortcut'],
  multiply: ['gate'],
  matmul: ['first', 'second'],
  branchOut: ['name', 'body'],
  chunk: [],
  split: ['sizes'],
}

const parametersOf = (method: string): readonly string[] => {
  if (method.startsWith('depthwise') || method.includes('Pool')) return parameters[method] ?? ['kernel', 'options']
  if (method.startsWith('conv') || method.startsWith('separable')) return ['filters', 'kernel', 'options']
  return parameters[method] ?? []
}

/** What the compiler may underline when an argument is blamed. */
const underlinedFor = ({ method, args, applied }: Call, blamed: string): string[] => {
  if (applied) return [text(new Value(method, args))]
  if (blamed === '') return [method]
  if (/^\w+\./.test(blamed)) return [blamed.replace(/^\w+\./, '')]
  // One of a list of numbers: which of them is told by the tests of these layers.
  if (method === 'reshape' || method === 'permute') return args.map(text)
  if (method === 'chunk') return args.map(text)
  if (method === 'split' && blamed.startsWith('name')) return args.slice(1).map(text)
  if (method === 'unflatten' && blamed === 'sizes') return args.slice(1).map(text)
  if (blamed.startsWith('branches[')) return [text(args[Number(blamed.slice('branches['.length, -1))])]
  return [text(args[parametersOf(method).indexOf(blamed)])]
}

/** In words; nothing when they agree. */
export const differ = (call: Call, built: Outcome, { type, diagnostics }: CheckedCall): string | undefined => {
  const texts = diagnostics.map(sentenceOf)
  if (diagnostics.length > 1) return `${diagnostics.length} diagnostics: ${texts.join(' | ')}`
  const [diagnostic] = diagnostics
  if (isWide(call)) {
    if (diagnostic) return 'sentence' in built ? undefined : `refused by the types only: ${texts[0]}`
    return 'sentence' in built || covers(type, built.network) ? undefined : `type ${type}, built ${built.network}`
  }
  if ('network' in built) {
    if (diagnostic) return `refused by the types only: ${texts[0]}`
    return withoutKept(type) === built.network ? undefined : `type ${type}, built ${built.network}`
  }
  if (!diagnostic) return `refused at run time only: ${built.sentence}`
  if (texts[0] !== built.sentence && texts[0] !== withoutNote(built.sentence))
    return `types say: ${texts[0]}\n      run time: ${built.sentence}`
  const expected = underlinedFor(call, built.blamed)
  return expected.includes(diagnostic.underlined)
    ? undefined
    : `underlined ${diagnostic.underlined}, to blame is ${built.blamed}: ${expected.join(' or ')} in ${sourceOf(call)}`
}
