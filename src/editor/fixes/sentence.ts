/*
 * The package's own sentence in a message of the compiler, and where in a layer of layers it says that the mistake is.
 */

/** A mistake that the compiler reports. */
export interface Diagnostic {
  readonly start: number
  /** Index behind what is underlined. */
  readonly end: number
  /** The whole message, with its details in lines of their own. */
  readonly text: string
}

/** Longer messages are not read. */
const longestMessage = 20_000

/** The package's sentence in a message; undefined where it has none. */
export const sentenceIn = ({ text }: Pick<Diagnostic, 'text'>): string | undefined => {
  if (text.length > longestMessage) return undefined
  const last = text.split('\n').at(-1) ?? ''
  const [, assigned, missing] = /to (?:parameter of )?type '(?:void \| )?"(.*)"'\.$|Mistake<"(.*?)">/.exec(last) ?? []
  // Beside an option that is spread, TypeScript marks another one: 'bias' does not exist in type '{ stride: "conv2d: ..."; }'.
  const spread = /does not exist in type '\{ \w+: "(.*?)"; (?:\w+: .*)?\}'\.$/.exec(last)?.[1]
  const sentence = (assigned ?? missing ?? spread)?.replace(/\\(["'\\])/g, '$1')
  return sentence !== undefined && /^\w+(?:, [^:]*| \d+ of \d+)?: /.test(sentence) ? sentence : undefined
}

/** One step into a layer of layers. */
export interface Step {
  /** The layer in which it goes: `'block'`, `'concat'`. */
  readonly of: string
  /** The index of its argument. */
  readonly at: number
}

/** The steps at the beginning of a sentence, the layer that refused, and what it says. */
export interface Located {
  readonly path: readonly Step[]
  /** `'conv2d'`. */
  readonly operation: string
  readonly rest: string
}

const steps: readonly [RegExp, (found: readonly string[]) => Step][] = [
  [/^layer (\d+) of \d+: /, ([, position]) => ({ of: 'block', at: Number(position) - 1 })],
  [/^time \d+ of \d+: /, () => ({ of: 'repeat', at: 1 })],
  [/^residual, (body|shortcut): (?=[\w ,']+: )/, ([, name]) => ({ of: 'residual', at: name === 'body' ? 0 : 1 })],
  [/^multiply, gate: (?=[\w ,']+: )/, () => ({ of: 'multiply', at: -1 })],
  [/^(\w+), branch (\d+): (?=[\w ,']+: )/, ([, of = '', position]) => ({ of, at: Number(position) - 1 })],
  [/^branchOut, output '[^']*': (?=[\w ,']+: )/, () => ({ of: 'branchOut', at: 1 })],
  [/^branch '[^']*', layer (\d+) of \d+: /, ([, position]) => ({ of: 'branch', at: Number(position) })],
]

/** Takes a sentence apart. */
export const locate = (sentence: string): Located => {
  for (const [pattern, step] of steps) {
    const found = pattern.exec(sentence)
    if (!found) continue
    const { path, ...inner } = locate(sentence.slice(found[0].length))
    return { path: [step([...found]), ...path], ...inner }
  }
  const [, operation = '', rest = sentence] = /^(\w+)(?:, [^:]*)?: ([\s\S]*)$/.exec(sentence) ?? []
  return { path: [], operation, rest }
}
