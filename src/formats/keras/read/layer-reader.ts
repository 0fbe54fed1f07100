import type { LayerConfig } from '../config.js'
import type { Plan, Value } from './layer.js'

/** Reads a layer on its inputs. */
export type Reader = (plan: Plan, config: LayerConfig, inputs: readonly Value[]) => Value

/** The only input of a layer. */
export const one = (inputs: readonly Value[]): Value => inputs[0] as Value

/** An axis has to be the last one; Keras 2 writes it as a list. */
export const requireLastAxis = (config: LayerConfig, shape: Value['shape']): void =>
  config.only('axis', [-1, shape.length, [shape.length], [-1]], 'is not the last axis, and here all runs over the channels.')

/** A reader for each number of spatial axes, under the name of its class. */
export const byRank = (
  name: (rank: number) => string,
  reader: (rank: number) => Reader,
  ranks: readonly number[] = [1, 2, 3],
): Record<string, Reader> => Object.fromEntries(ranks.map((rank) => [name(rank), reader(rank)]))
