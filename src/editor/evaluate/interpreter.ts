import type { AnyNetwork } from '../../network/network.js'
import type { Span } from '../source/source.js'
import { most } from './limits.js'
import { MistakeError } from './mistake.js'
import { Names } from './names.js'
import { arithmetic, element, isObject, isPlain, number } from './operators.js'
import { type Origin, ownOrigin, takenBy } from './origins.js'
import { sizeOf } from './size.js'
import { type Expression, type FunctionExpression, type Invocation, type Item, UnreadError } from './syntax.js'

/*
 * Works out expressions without running them as JavaScript: numbers, lists, objects, and calls of this package. Nothing else can be
 * called, so a text can do no harm, and what it asks for is limited.
 */

const tooManyLayers = 'all networks together have too many layers to be worked out'

/** A function of the text. */
type Closure = ((...args: unknown[]) => unknown) & { readonly trace: { origins: readonly Origin[] } }

/** Functions of the package that take code or data of users. */
const refusedFunctions: ReadonlySet<string> = new Set(['defineLayer', 'networkFrom'])

/** Works out the expressions of one text. */
export class Interpreter {
  #steps = 0
  #nested = 0
  #layers = 0
  #shownLayers = 0
  #depth = 0
  readonly #origins = new WeakMap<object, readonly Origin[]>()
  /** How many items the lists and objects of the text hold. */
  readonly #counts = new WeakMap<object, number>()
  /** The functions of the package that the text has imported, by what they are called. */
  readonly #functions = new WeakMap<object, string>()
  readonly #networks: object
  /** The network that each call of the package has given, by where its name begins; undefined where it has given several. */
  readonly #given = new Map<number, AnyNetwork | undefined>()
  /** The methods of networks that can be called. */
  readonly #methods: ReadonlySet<string>

  /** @param network any network of the package, whichever build of it: others have the same class */
  constructor(network: object) {
    this.#networks = Object.getPrototypeOf(network)
    const names = Object.getOwnPropertyNames(this.#networks)
    this.#methods = new Set(names.filter((name) => !['constructor', 'toString', 'toJSON'].includes(name)))
  }

  isNetwork(value: unknown): value is AnyNetwork {
    return isObject(value) && Object.getPrototypeOf(value) === this.#networks
  }

  /** The networks of the calls that have given one only, by where their names begin. */
  given(): ReadonlyMap<number, AnyNetwork> {
    return new Map([...this.#given].flatMap(([start, network]) => (network ? [[start, network] as const] : [])))
  }

  /** A function of the package, as the text calls it. */
  imported(name: string, value: unknown): unknown {
    if (typeof value !== 'function' || refusedFunctions.has(name)) throw new UnreadError(`'${name}' is not read without running the file`)
    this.#functions.set(value, name)
    return value
  }

  /** A network that is shown with all its layers, unless those of all such networks are too many. */
  shown(network: AnyNetwork): AnyNetwork {
    this.#shownLayers += network.graph.nodes.length
    if (this.#shownLayers > most.allLayers) throw new UnreadError(tooManyLayers)
    return network
  }

  /** Where the layers of a value come from. */
  originsOf(value: unknown): readonly Origin[] {
    if (typeof value === 'function') return (value as Partial<Closure>).trace?.origins ?? []
    if (!isObject(value)) return []
    const own = this.#origins.get(value)
    if (own) return own
    if (Array.isArray(value)) return value.flatMap((each) => this.originsOf(each))
    return isPlain(value) ? Object.values(value).flatMap((each) => this.originsOf(each)) : []
  }

  value(expression: Expression, names: Names): unknown {
    this.#steps += 1
    if (this.#steps > most.steps) throw new UnreadError('working it out takes too many steps')
    if (this.#nested >= most.nested) throw new UnreadError('an expression is nested too deeply')
    this.#nested += 1
    try {
      return this.#valueOf(expression, names)
    } finally {
      this.#nested -= 1
    }
  }

  #valueOf(expression: Expression, names: Names): unknown {
    switch (expression.kind) {
      case 'value':
        return expression.value
      case 'name':
        return names.get(expression.name)
      case 'list':
        return this.#items(expression.items, names)
      case 'object': {
        const members: [string, unknown][] = []
        for (const { name, value } of expression.members) {
          const of = this.value(value, names)
          if (name !== undefined) members.push([name, of])
          else if (isPlain(of)) members.push(...Object.entries(of))
          else throw new UnreadError('what is spread into an object is no object')
        }
        if (members.length > most.items || members.some(([name]) => name === '__proto__')) throw new UnreadError('an object is not read')
        return this.#counted(Object.fromEntries(members))
      }
      case 'function':
        return this.#closure(expression, names)
      case 'call':
        return this.#call(expression, names)
      case 'member':
        return this.#member(this.value(expression.of, names), expression.name)
      case 'index':
        return element(this.value(expression.of, names), this.value(expression.at, names))
      case 'negative':
        return -number(this.value(expression.of, names))
      case 'arithmetic':
        return arithmetic(expression.sign, this.value(expression.left, names), this.value(expression.right, names))
      case 'equality':
        return (this.value(expression.left, names) === this.value(expression.right, names)) === expression.isEqual
      case 'choice':
        return this.value(this.value(expression.condition, names) ? expression.yes : expression.no, names)
    }
  }

  #member(of: unknown, name: string): unknown {
    if (Array.isArray(of) && name === 'length') return of.length
    if (isPlain(of) && Object.hasOwn(of, name)) return of[name]
    if (this.isNetwork(of) && (name === 'input' || name === 'output' || name === 'params')) return of[name]
    throw new UnreadError(`'.${name.slice(0, 40)}' is not read without running the file`)
  }

  #items(items: readonly Item[], names: Names): unknown[] {
    const values: unknown[] = []
    for (const { value, isSpread } of items) {
      const of = this.value(value, names)
      if (!isSpread) values.push(of)
      else if (Array.isArray(of)) values.push(...of)
      else throw new UnreadError('what is spread into a list is no list')
      if (values.length > most.items) throw new UnreadError('a list is too long')
    }
    return this.#counted(values)
  }

  /** A list or an object, unless the lists and objects in it hold too much. */
  #counted<Value extends object>(value: Value): Value {
    const count = Object.values(value).reduce((sum: number, each) => sum + 1 + ((isObject(each) && this.#counts.get(each)) || 0), 0)
    if (count > most.itemsInside) throw new UnreadError('lists in lists hold too many items')
    this.#counts.set(value, count)
    return value
  }

  #closure({ parameters, body }: FunctionExpression, around: Names): Closure {
    const trace: { origins: readonly Origin[] } = { origins: [] }
    const run = (...args: unknown[]): unknown => {
      if (this.#depth >= most.depth) throw new UnreadError('functions call each other too deeply')
      this.#depth += 1
      try {
        const names = new Names(around)
        for (const [index, { name, isRest, standard }] of parameters.entries()) {
          const given = isRest ? args.slice(index) : args[index]
          names.set(name, given === undefined && standard ? this.value(standard, names) : given)
        }
        for (const statement of body) {
          const value = this.value(statement.value, names)
          if (statement.kind === 'constant') names.set(statement.name, value)
          else {
            // A branch's function is called on a network of its own: its layers are those that come from here.
            trace.origins = this.originsOf(value)
            return value
          }
        }
        return undefined
      } finally {
        this.#depth -= 1
      }
    }
    return Object.assign(run, { trace })
  }

  #call({ callee, args: items, span }: Invocation, names: Names): unknown {
    if (callee.kind === 'member') {
      const receiver = this.value(callee.of, names)
      if (this.isNetwork(receiver)) {
        if (!this.#methods.has(callee.name)) throw new UnreadError(`'${callee.name}' is not read without running the file`)
        const args = this.#items(items, names)
        const method = (receiver as unknown as Record<string, (...args: unknown[]) => unknown>)[callee.name] as (
          ...args: unknown[]
        ) => unknown
        const before = this.originsOf(receiver)
        return this.#applied(callee.name, args, span, () => method.apply(receiver, args), { network: receiver, origins: before })
      }
    }
    const called = this.value(callee, names)
    if (typeof called !== 'function') throw new UnreadError('what is called is no function')
    const args = this.#items(items, names)
    if ('trace' in called) {
      const result = called(...args)
      // A stage that a function makes: a call on a network goes on from its layers, which have their calls already.
      const own = this.originsOf(result)
      if (isObject(result) && !args.some((each) => this.isNetwork(each))) this.#origins.set(result, takenBy(own, span))
      return result
    }
    const name = this.#functions.get(called)
    if (name === undefined) throw new UnreadError('a function is not read without running the file')
    return this.#applied(name, args, span, () => called(...args), undefined)
  }

  /** What a function or a method of the package gives, with where its layers come from. */
  #applied(name: string, args: readonly unknown[], span: Span, apply: () => unknown, before: MistakeError['before']): unknown {
    const size = sizeOf([name, args])
    this.#layers += 1 + size
    if (size > most.layers) throw new UnreadError('a network has too many layers to be worked out')
    if (this.#layers > most.allLayers) throw new UnreadError(tooManyLayers)
    let result: unknown
    try {
      result = apply()
    } catch (error) {
      if (error instanceof UnreadError || error instanceof MistakeError) throw error
      throw new MistakeError(error instanceof Error ? error.message : `${error}`, span, before)
    }
    if (this.isNetwork(result)) this.#given.set(span.start, this.#given.has(span.start) ? undefined : result)
    if (!isObject(result)) return result
    // A function that makes a network adds all its layers.
    if (!before && this.isNetwork(result)) this.#layers += result.graph.nodes.length
    const inner = takenBy(
      args.flatMap((each) => this.originsOf(each)),
      span,
    )
    const own = [...(before?.origins ?? []), ...times(inner, name, args[0]), ...ownOrigin(name, span)]
    if (own.length > most.layers) throw new UnreadError('a network has too many layers to be worked out')
    this.#origins.set(result, own)
    return result
  }
}

/** A repeated layer is added several times. */
const times = (origins: readonly Origin[], name: string, count: unknown): readonly Origin[] =>
  name === 'repeat' && origins.length > 0 && typeof count === 'number' && count >= 1 && count * origins.length <= most.layers
    ? Array.from({ length: Math.floor(count) }, () => origins).flat()
    : origins
