import type { Budget } from '../../report/within.js'
import { listOf, shown } from '../../shape/message.js'
import { isObject } from '../../shape/objects.js'
import { named } from '../../shape/printable.js'
import { UsageError } from '../output/exit.js'
import { quantityOf } from './quantity.js'

/*
 * What a configuration says, from its JSON. The extension for VS Code reads it too, so nothing here needs a file system.
 */

/** The contents of a configuration. */
export interface Budgets {
  /** Paths and patterns, relative to its folder. */
  readonly files: readonly string[]
  /** The budget of every network. */
  readonly budget: Budget
  /** Budgets by export name, which override the budget of every network. */
  readonly networks: Readonly<Record<string, Budget>>
}

/**
 * Checks a configuration.
 *
 * @param where the file, for messages
 * @throws {UsageError} for an unknown setting, and for one that is no quantity
 */
export const budgetsFrom = (where: string, value: unknown): Budgets => {
  const { files = [], budget = {}, networks = {} } = members(where, value, ['files', 'budget', 'networks'])
  if (!Array.isArray(files) || !files.every((file) => typeof file === 'string')) {
    throw new UsageError(`${where}: files must be a list of paths or patterns, such as ["nets/*.ts"].`)
  }
  return {
    files,
    budget: budgetOf(`${where}: budget`, budget),
    networks: Object.fromEntries(
      Object.entries(members(`${where}: networks`, networks)).map(([name, networkBudget]) => [
        name,
        budgetOf(`${where}: networks.${name}`, networkBudget),
      ]),
    ),
  }
}

const budgetOf = (where: string, value: unknown): Budget => {
  const { params, macs, memory } = members(where, value, ['params', 'macs', 'memory'])
  return {
    ...(params === undefined ? {} : { params: quantityOf(`${where}.params`, params, 'count') }),
    ...(macs === undefined ? {} : { macs: quantityOf(`${where}.macs`, macs, 'count') }),
    ...(memory === undefined ? {} : { memory: quantityOf(`${where}.memory`, memory, 'bytes') }),
  }
}

/** The members of an object, which may only have these names. */
const members = (where: string, value: unknown, names?: readonly string[]): Record<string, unknown> => {
  if (!isObject(value) || Array.isArray(value)) throw new UsageError(`${where} must be an object, not ${shown(value)}.`)
  const unknown = Object.keys(value).find((name) => names !== undefined && !names.includes(name))
  if (unknown !== undefined && names) throw new UsageError(`${where}: there is no '${named(unknown)}'. There are ${listOf(names)}.`)
  return value
}
