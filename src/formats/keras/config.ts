import { described } from '../../network/described.js'
import { FormatError } from '../../network/format-error.js'
import { shown } from '../../shape/message.js'
import { isObject } from '../../shape/objects.js'
import { named } from '../../shape/printable.js'
import type { Writer } from './read/writer.js'

/** Options that say how a layer is trained or kept, and nothing of what it computes. */
const ignored =
  /(_initializer|_regularizer|_constraint)$|^(name|trainable|dtype|batch_input_shape|batch_shape|input_length|momentum|seed|sparse|ragged|stateful|unroll|implementation|unit_forget_bias|synchronized|use_cudnn|zero_output_for_mask|lora_rank|lora_alpha|quantization_mode|quantization_config|optional|build_config)$/

/** The config of a layer: every option that it has is read, or is known to say nothing of what the layer computes. */
export class LayerConfig {
  #read = new Set<string>()

  constructor(
    readonly layer: string,
    readonly className: string,
    readonly values: Readonly<Record<string, unknown>>,
    /** What wrote the file: some options mean something else in each. */
    readonly writer?: Writer,
  ) {}

  /** The same layer with other options in the place of some of its own. What is read of it is read of this one. */
  with(values: Readonly<Record<string, unknown>>): LayerConfig {
    const other = new LayerConfig(this.layer, this.className, { ...this.values, ...values }, this.writer)
    other.#read = this.#read
    return other
  }

  /** @throws {FormatError} at the layer */
  refuse(sentence: string): never {
    throw new FormatError(`${named(this.className)}: ${sentence}`, 'keras', this.layer)
  }

  /** An option; one that is left out or null has its standard. */
  any(name: string, standard: unknown): unknown {
    this.#read.add(name)
    return (Object.hasOwn(this.values, name) ? this.values[name] : undefined) ?? standard
  }

  /** A whole number of at least `least`; without a standard it has to be there. */
  whole(name: string, least: number, standard?: number): number {
    const value = this.any(name, standard)
    if (Number.isSafeInteger(value) && (value as number) >= least) return value as number
    return this.refuse(`${name} must be a whole number of at least ${least}, not ${text(value)}.`)
  }

  /** A finite number. */
  number(name: string, standard?: number): number {
    const value = this.any(name, standard)
    return typeof value === 'number' && Number.isFinite(value) ? value : this.refuse(`${name} must be a number, not ${text(value)}.`)
  }

  boolean(name: string, standard: boolean): boolean {
    const value = this.any(name, standard)
    return typeof value === 'boolean' ? value : this.refuse(`${name} must be true or false, not ${text(value)}.`)
  }

  /** One of several words; TensorFlow.js may write them in camel case. */
  word<Word extends string>(name: string, words: readonly Word[], standard?: Word): Word {
    const value = this.any(name, standard)
    const found = words.find((word) => typeof value === 'string' && word === snakeCase(value))
    return found ?? this.refuse(`${name} must be ${words.map((word) => `'${word}'`).join(' or ')}, not ${text(value)}.`)
  }

  /** A whole number for each axis; one stands for all. */
  axes(name: string, rank: number, least: number, standard?: number | readonly number[]): number[] {
    const value = this.any(name, standard)
    const list = Array.isArray(value) ? value : Array.from({ length: rank }, () => value)
    if (list.length === rank && list.every((each) => Number.isSafeInteger(each) && each >= least)) return list as number[]
    return this.refuse(`${name} must be a whole number of at least ${least}, or ${rank} of them, not ${text(value)}.`)
  }

  /** An option that must have a certain value where it is given: of others the layer would be another. */
  only(name: string, allowed: readonly unknown[], why: string): void {
    const value = this.any(name, allowed[0])
    if (!allowed.some((each) => JSON.stringify(each) === JSON.stringify(value))) this.refuse(`${name} ${text(value)} ${why}`)
  }

  /** The channels have to be last. */
  channelsLast(): void {
    this.word('data_format', ['channels_last'], 'channels_last')
  }

  /**
   * Refuses options that were not read: nothing is guessed.
   *
   * @throws {FormatError} with the first of them
   */
  close(): void {
    const name = Object.keys(this.values).find((key) => !this.#read.has(key) && !ignored.test(key))
    if (name !== undefined) this.refuse(`the option '${named(name)}' is not known here.`)
  }
}

/** A value as a message shows it. */
export const text = (value: unknown): string => {
  if (value === undefined) return 'nothing'
  const shownText = isObject(value) ? safely(value) : shown(value)
  return named(shownText.length > 60 ? `${shownText.slice(0, 60)}...` : shownText)
}

const safely = (value: object): string => {
  try {
    return JSON.stringify(value)
  } catch {
    return described(value)
  }
}

const snakeCase = (word: string): string => word.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
