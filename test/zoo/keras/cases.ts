import { readFileSync } from 'node:fs'
import type { AnyNetwork } from '../../../src/index.js'
import * as zoo from '../../../src/zoo/keras/index.js'

/** Keras's models, as they are published and as they are here. */

/** A row of `published.json`. */
export interface Published {
  /** Keras's name. */
  readonly model: string
  readonly trainable: number
  readonly nonTrainable: number
  readonly weightedLayers: number
  /** The output without the top; `null` where Keras leaves the size open. */
  readonly map: readonly (number | null)[]
}

export const { models: published } = JSON.parse(readFileSync(new URL('published.json', import.meta.url), 'utf8')) as {
  models: Published[]
}

export const makers = zoo as unknown as Readonly<Record<string, (options?: object) => AnyNetwork>>

/** The function of a model: Keras's name, in small letters where this package's zoo has them. */
export const functionOf = (model: string): string => {
  const name = Object.keys(makers).find((each) => each.toLowerCase() === model.toLowerCase())
  if (name === undefined) throw new Error(`There is no ${model}.`)
  return name
}

/** A model by Keras's name. */
export const made = (model: string, options?: object): AnyNetwork =>
  (makers[functionOf(model)] as (options?: object) => AnyNetwork)(options)

/** What differs from Keras, and why. */
export interface Difference {
  readonly models: RegExp
  /** What Keras has more. */
  readonly nonTrainable?: number
  readonly weightedLayers?: number
  readonly reason: string
}

export const differences: readonly Difference[] = [
  {
    models: /^EfficientNetB/,
    nonTrainable: 1,
    reason: 'Keras keeps the number of batches that its Normalization has seen with the statistics; no output depends on it',
  },
  {
    models: /^ConvNeXt/,
    weightedLayers: -4,
    reason: 'Keras counts its stem and each of its three downsamplings, a Sequential of two layers, as one layer',
  },
]

export const differenceOf = (model: string): Difference | undefined => differences.find(({ models }) => models.test(model))
