import type { Compare } from '../arithmetic/compare.js'
import type { Literal } from '../arithmetic/natural.js'
import { copied } from '../layers/kind/value.js'
import type { AnyNetwork } from '../network/network.js'
import { knownAcrossBuilds } from '../shape/across-builds.js'
import { type Fill, fill, listOf, shown } from '../shape/message.js'
import { isObject } from '../shape/objects.js'
import { named } from '../shape/printable.js'
import { requireWhole, type WholeMessage } from '../shape/whole.js'
import { requireNetwork } from './checked-input.js'
import type { ReportOptions } from './options.js'
import { report } from './report.js'

/** Budgets: what a network may cost at most, checked where it is written. */

/** What a network may cost at most. */
export interface Budget {
  /** Trainable parameters. */
  readonly params?: number
  /** Multiply-accumulates for one example. */
  readonly macs?: number
  /** Bytes for inference: parameters and the peak of live activations, for the batch and the number format of a report. */
  readonly memory?: number
}

const overBudget = 'within: the network has {actual} {unit}, more than the budget of {budget}.'

/** The words for what is counted. */
const units = { params: 'parameters', macs: 'MACs', memory: 'bytes of inference memory' } as const

/** The most parameters that there may be, or the sentence where there are more. What is only `number` is left to the run time. */
type MostParams<Params extends number, Most extends number> =
  // Without a name for the fault: with one the compiler does not infer the literal.
  [BudgetFault<Params, Literal<Most>>] extends [never] ? Most : BudgetFault<Params, Literal<Most>>

type BudgetFault<Params extends number, Most extends number> = number extends Params | Most
  ? never
  : [WholeMessage<'within', 'params', Most, 0>] extends [never]
    ? Compare<Params, Most> extends 'greater'
      ? Fill<typeof overBudget, { actual: `${Params}`; unit: (typeof units)['params']; budget: `${Most}` }>
      : never
    : WholeMessage<'within', 'params', Most, 0>

/** A budget that is checked at run time, or the sentence where it is no whole number. */
type WholeBudget<Name extends string, Most extends number> = [WholeMessage<'within', Name, Literal<Most>, 0>] extends [never]
  ? Most
  : WholeMessage<'within', Name, Literal<Most>, 0>

/** A network that costs more than its budget, thrown with the sentence that the compiler gives for its parameters. */
export class BudgetError extends Error {
  override readonly name = 'BudgetError'

  static {
    knownAcrossBuilds(BudgetError, 'BudgetError')
  }

  constructor(
    message: string,
    /** What there is too much of. */
    readonly quantity: keyof Budget,
    /** How much there is. */
    readonly actual: number,
    /** How much there may be. */
    readonly budget: number,
  ) {
    super(message)
  }
}

/**
 * Holds a network to a budget, and gives it back unchanged.
 *
 * The compiler checks `params` where both numbers are literals; `macs` and `memory` are checked when it runs, by the rules of
 * {@link report}.
 *
 * @param network any network
 * @param budget `params` (trainable), `macs` (for one example), `memory` (bytes for inference, batch 1 in f32)
 * @throws {BudgetError} when the network costs more
 * @throws {ShapeError} when a budget is no whole number
 * @throws {TypeError} when it is given no network, or no budget
 * @example
 * export const small = within(input(784).dense(100).relu().dense(10), { params: 80_000 })
 */
export const within = <Given extends AnyNetwork, Most extends number, Macs extends number, Memory extends number>(
  network: Given,
  budget: {
    readonly params?: MostParams<Given['params'], Most>
    readonly macs?: WholeBudget<'macs', Macs>
    readonly memory?: WholeBudget<'memory', Memory>
  },
): Given => {
  requireNetwork('within', network)
  requireBudget(budget)
  for (const excess of excessesOf(network, budget as Budget)) throw excess
  return network
}

/** What a network has too much of, each as the error that tells of it. */
export const excessesOf = (network: AnyNetwork, budget: Budget, options: ReportOptions = {}): BudgetError[] => {
  const { params, macs, bytes } = report(network, options).totals
  const actual = { params, macs, memory: bytes.inference }
  return quantities
    .filter((name) => actual[name] > (budget[name] ?? Number.POSITIVE_INFINITY))
    .map((name) => {
      const most = budget[name] as number
      const message = fill(overBudget, { actual: `${actual[name]}`, unit: units[name], budget: `${most}` })
      return new BudgetError(message, name, actual[name], most)
    })
}

const quantities = ['params', 'macs', 'memory'] as const satisfies readonly (keyof Budget)[]

/**
 * Refuses what is no budget.
 *
 * @throws {TypeError} when it is no object, or holds something else
 * @throws {ShapeError} when a number in it is not whole
 */
const requireBudget = (budget: unknown): void => {
  if (!isObject(budget) || Array.isArray(budget)) {
    throw new TypeError(`within: the budget must be an object such as { params: 5_000_000 }, not ${shown(budget)}.`)
  }
  for (const [name, value] of Object.entries(copied(budget, 'within'))) {
    if (!Object.hasOwn(units, name)) {
      throw new TypeError(`within: there is no budget '${named(name)}'. The budgets are ${listOf(quantities)}.`)
    }
    if (value !== undefined) requireWhole('within', name, value, 0)
  }
}
