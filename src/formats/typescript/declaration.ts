import { jsonText } from '../../shape/quoted.js'
import type { ModelValue, Signature } from '../signature.js'
import { commentText } from './comment.js'

/** A declaration of what goes into a model and what comes out: for the code that runs its file. */

/** What holds the values of each element type. */
const arrays: Readonly<Record<string, string>> = {
  float32: 'Float32Array',
  float64: 'Float64Array',
  float16: 'Uint16Array',
  bfloat16: 'Uint16Array',
  int8: 'Int8Array',
  int16: 'Int16Array',
  int32: 'Int32Array',
  int64: 'BigInt64Array',
  uint8: 'Uint8Array',
  uint16: 'Uint16Array',
  uint32: 'Uint32Array',
  uint64: 'BigUint64Array',
  bool: 'Uint8Array',
  string: 'readonly string[]',
}

/**
 * The text of a `.d.ts` with the names, shapes and element types of a model's inputs and outputs.
 *
 * @param file the name of the model's file, for the comment
 */
export const declarationOf = ({ inputs, outputs }: Signature, file: string): string =>
  [
    `// Inputs and outputs of ${commentText(file)}. A size that is \`number\` may be any.`,
    '',
    '/** A tensor: its element type, its sizes, and its values row by row. */',
    'export interface Tensor<Type extends string, Sizes extends readonly number[], Data> {',
    '  readonly type: Type',
    '  readonly dims: Sizes',
    '  readonly data: Data',
    '}',
    '',
    ...interfaceOf('Inputs', 'What the model takes.', inputs),
    '',
    ...interfaceOf('Outputs', 'What the model gives.', outputs),
    '',
  ].join('\n')

const interfaceOf = (name: string, what: string, values: readonly ModelValue[]): string[] => [
  `/** ${what} */`,
  `export interface ${name} {`,
  ...values.flatMap((value) => [`  /** ${sizesText(value)} */`, `  readonly ${keyOf(value.name)}: ${typeOf(value)}`]),
  '}',
]

const keyOf = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : jsonText(name))

/** `float32 [batch, 3, 224, 224]`. */
const sizesText = ({ type, dims }: ModelValue): string =>
  commentText(
    dims ? `${type} [${dims.map((size) => (size === '' ? '?' : size)).join(', ')}]` : `${type}, of a shape that the file does not say`,
  )

const typeOf = ({ type, dims }: ModelValue): string => {
  const sizes = dims ? `readonly [${dims.map((size) => (typeof size === 'number' ? size : 'number')).join(', ')}]` : 'readonly number[]'
  return `Tensor<${jsonText(type).replaceAll('"', "'")}, ${sizes}, ${arrays[type] ?? 'unknown'}>`
}
