import { Argument, InvalidArgumentError, Option } from 'commander'
import type { FormatError } from '../../network/format-error.js'
import { bytesOf, copiesOf, type ReportOptions } from '../../report/options.js'
import { sentenceOf } from '../output/problem.js'

/** Options that several commands have. */

/** The files that a command works on. */
export const filesArgument = (languages = 'TypeScript or JavaScript') =>
  new Argument('<files...>', `${languages} files that export networks, or quoted patterns such as "nets/*.ts"`)

/** What {@link exportOption} and {@link timeoutOption} give. */
export interface RunOptions {
  readonly export?: readonly string[]
  readonly timeout: number
}

/** Which exports are meant. */
export const exportOption = () =>
  new Option('-e, --export <name>', 'use only this export: a network, or a function without arguments (repeatable)').argParser(
    (name: string, before: string[] = []) => [...before, name],
  )

/** How long a file may run. */
export const timeoutOption = () => new Option('--timeout <seconds>', 'time limit for running a file').argParser(positive).default(30)

/** What a report should assume. */
export const assumptions = () => {
  const [batch, dtype, biases] = assumptionsOfInference()
  const weights = new Option('--weights <type>', 'number format of parameters where it differs, for quantized weights').choices(
    Object.keys(bytesOf),
  )
  const optimizer = new Option('--optimizer <name>', 'optimizer whose state counts as training memory')
    .choices(Object.keys(copiesOf))
    .default('sgd')
  return [batch, dtype, weights, optimizer, biases]
}

/** What a report that says nothing of training should assume. */
export const assumptionsOfInference = (): [Option, Option, Option] => [
  new Option('-b, --batch <size>', 'batch size').argParser(positiveWhole).default(1),
  new Option('--dtype <type>', 'number format of parameters and activations').choices(Object.keys(bytesOf)).default('f32'),
  new Option('--no-biases', 'leave biases out of the counts, as the tables of CS231n do'),
]

/** The options of {@link assumptions} as a report takes them. */
export const reportOptionsOf = ({ batch, dtype, weights, optimizer, biases }: ReportOptions): ReportOptions => ({
  ...(batch === undefined ? {} : { batch }),
  ...(dtype === undefined ? {} : { dtype }),
  ...(weights === undefined ? {} : { weights }),
  ...(optimizer === undefined ? {} : { optimizer }),
  ...(biases === undefined ? {} : { biases }),
})

const wholeFrom =
  (least: number) =>
  (text: string): number => {
    const value = Number(text)
    if (!/^\d+$/.test(text) || value < least || !Number.isSafeInteger(value))
      throw new InvalidArgumentError(`It must be a whole number from ${least}.`)
    return value
  }

/** A whole number from 1. */
export const positiveWhole = wholeFrom(1)

/** A whole number from 0. */
export const whole = wholeFrom(0)

/** What something in a source is called. */
export const nameOption = (description: string) =>
  new Option('--name <name>', description).argParser((text: string): string => {
    if (/^\d/.test(text)) throw new InvalidArgumentError('It must not begin with a digit.')
    if (!/^[A-Za-z_][A-Za-z_\d]*$/.test(text)) throw new InvalidArgumentError('It must be letters, digits and _.')
    return text
  })

/** Whether a format has something against the name, not against the network. */
export const isAboutName = (error: FormatError): boolean =>
  /^(name must |name: the name of a class |(name: )?'.*' cannot be the name)/.test(sentenceOf(error))

const positive = (text: string): number => {
  const value = Number(text)
  if (!/^\d+(\.\d+)?$/.test(text) || value <= 0 || value > 86_400) {
    throw new InvalidArgumentError('It must be a number of seconds above 0 and at most 86400 (a day).')
  }
  return value
}
