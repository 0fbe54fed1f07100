import { decimal } from '../../../settings.js'
import type { OnnxAttribute, OnnxNode } from '../../model.js'
import { named } from '../../words.js'
import { Layers } from './layers.js'

/** Reads the attributes of operators. */
export class Attributes extends Layers {
  /** Refuses attributes that are not known: none is passed over that may mean something. */
  known(node: OnnxNode, ...names: readonly string[]): void {
    const other = Object.keys(node.attributes).find((name) => !names.includes(name))
    if (other !== undefined) this.fail(node, `has the attribute '${named(other)}', which no layer here has.`)
  }

  #attribute<Key extends string, Value>(node: OnnxNode, name: string, key: Key, standard: Value): Value {
    const found = node.attributes[name] as OnnxAttribute | undefined
    if (!found) return standard
    return key in found
      ? ((found as Record<Key, unknown>)[key] as Value)
      : this.fail(node, `its attribute '${name}' must be of the type ${key}.`)
  }

  int<Standard extends number | undefined>(node: OnnxNode, name: string, standard: Standard): number | Standard {
    return this.#attribute<'int', number | Standard>(node, name, 'int', standard)
  }

  /** What is 0 or 1. */
  flag(node: OnnxNode, name: string, standard: boolean): boolean {
    const value = this.int(node, name, standard ? 1 : 0)
    return value === 0 || value === 1 ? value === 1 : this.fail(node, `its ${name} must be 0 or 1, not ${value}.`)
  }

  ints(node: OnnxNode, name: string): readonly number[] | undefined {
    return this.#attribute<'ints', readonly number[] | undefined>(node, name, 'ints', undefined)
  }

  texts(node: OnnxNode, name: string): readonly string[] | undefined {
    return this.#attribute<'texts', readonly string[] | undefined>(node, name, 'texts', undefined)
  }

  float(node: OnnxNode, name: string, standard: number): number {
    return decimal(this.#attribute(node, name, 'float', standard))
  }

  text(node: OnnxNode, name: string, standard: string): string {
    return this.#attribute(node, name, 'text', standard)
  }
}
