import { argumentNames } from '../../network/arguments.js'
import { isObject } from '../../shape/objects.js'
import type { BlockFunction } from './block-function.js'
import { type Call, isCall, shapeKey } from './call.js'
import { functionName } from './function-names.js'
import { Parameter } from './parameter.js'
import { printCall } from './print.js'

/*
 * Functions for blocks that differ in their numbers only, as a person writes them: `bottleneck(64, 256)`, `bottleneck(128, 512)`.
 */

/** A number that may differ from one block to the next. */
interface Hole {
  readonly value: number
  /** The argument or option that the number is for: `filters`, `stride`. */
  readonly role: string
}

/** Blocks that differ only in their numbers. */
interface Group {
  readonly calls: Call[]
  readonly holes: (readonly Hole[])[]
}

/** The number of functions in a source, and of parameters of a function. */
const limits = { functions: 24, parameters: 6 } as const

/** A function must save at least this many lines. */
const minSavedLines = 4

/** The calls that a function can replace. */
const extractableKinds = new Set(['block', 'residual', 'add', 'concat', 'multiply'])

/** Options whose default is a number. */
const implicitOptions: Readonly<Record<string, number>> = { stride: 1, dilation: 1, groups: 1 }

/** Whether these are the defaults of a layer. The default stride of a pool is its kernel. */
const hasImplicitOptions = ({ name }: Call): boolean => /^(depthwise|separable)?conv/i.test(name)

/**
 * Puts functions in place of blocks that differ in their numbers only.
 *
 * @param untaken gives a name that no other has
 */
export const withFunctions = (
  calls: readonly Call[],
  untaken: (name: string) => string,
): { calls: readonly Call[]; functions: readonly BlockFunction[] } => {
  let current = calls
  let functions: BlockFunction[] = []
  while (functions.length < limits.functions) {
    const found = bestOf(groupsIn([...current, ...functions.map(({ body }) => body)]))
    if (!found) break
    const name = untaken(functionName(found.body))
    const replacements = new Map(found.calls.map((call, index): [Call, Call] => [call, callOf(name, found.values[index] as number[])]))
    current = current.map((call) => replaced(call, replacements))
    // Functions run only once the network is built, so their order does not matter.
    functions = [
      { name, parameters: found.parameters, body: found.body },
      ...functions.map((each) => ({ ...each, body: replaced(each.body, replacements) })),
    ]
  }
  return { calls: current, functions }
}

/** A call of a function in this source. */
const callOf = (name: string, args: readonly number[]): Call => ({ name, args, isOwn: true })

/** Calls that are the same without their numbers. */
const groupsIn = (calls: readonly Call[]): Group[] => {
  const groups = new Map<string, Group>()
  const ids = new Map<string, string>()
  /** A short name for a text, so that texts of calls in calls stay short. */
  const idOf = (text: string): string => {
    const known = ids.get(text)
    if (known !== undefined) return known
    ids.set(text, `#${ids.size}`)
    return `#${ids.size - 1}`
  }
  const visit = (call: Call): { id: string; holes: readonly Hole[] } => {
    const holes: Hole[] = []
    const texts = call.args.map((arg, index) => textOf(call, arg, index, holes, visit))
    const id = idOf(`${call.name}${call.constant === undefined ? '' : ' constant'}${call.isOwn ? ' own' : ''}(${texts.join()})`)
    if (extractableKinds.has(call.name) && call.constant === undefined) {
      const group = groups.get(id)
      if (group) {
        group.calls.push(call)
        group.holes.push(holes)
      } else groups.set(id, { calls: [call], holes: [holes] })
    }
    return { id, holes }
  }
  for (const call of calls) visit(call)
  return [...groups.values()].filter((group) => group.calls.length > 1)
}

/** An argument without its numbers, which are added to the holes. */
const textOf = (
  call: Call,
  arg: unknown,
  index: number,
  holes: Hole[],
  visit: (call: Call) => { id: string; holes: readonly Hole[] },
): string => {
  if (isCall(arg)) {
    const inner = visit(arg)
    // One by one: a spread of very many would be too many arguments.
    for (const hole of inner.holes) holes.push(hole)
    return inner.id
  }
  const isLast = index === call.args.length - 1
  if (typeof arg === 'number') {
    holes.push({ value: arg, role: roleOf(call, index) })
    return isLast && hasImplicitOptions(call) ? `?,${optionsText(call, {}, holes)}` : '?'
  }
  return isObject(arg) && !Array.isArray(arg) && !(arg instanceof Parameter) ? optionsText(call, arg, holes) : JSON.stringify(arg)
}

/** Options without their numbers. Those that a layer has anyway stand there too, in the same order for all. */
const optionsText = (call: Call, options: Readonly<Record<string, unknown>>, holes: Hole[]): string => {
  const all = hasImplicitOptions(call) ? { ...implicitOptions, ...options } : options
  return Object.keys(all)
    .sort()
    .map((key) => {
      const value = all[key]
      if (typeof value !== 'number') return `${key}:${value instanceof Parameter ? value.name : JSON.stringify(value)}`
      holes.push({ value, role: key })
      return key
    })
    .join()
}

/** The name of an argument, as the documentation has it. */
const roleOf = ({ name }: Call, index: number): string => {
  if (name === 'repeat') return 'times'
  const names: readonly string[] = Object.hasOwn(argumentNames, name) ? argumentNames[name as keyof typeof argumentNames] : []
  return (names[index] ?? names.at(-1) ?? 'size').replace('...', '')
}

/** A function that can be made of a group. */
interface Found {
  readonly calls: readonly Call[]
  /** For each call, the values of the parameters. */
  readonly values: readonly (readonly number[])[]
  readonly parameters: readonly string[]
  readonly body: Call
}

/** The function that saves most lines. */
const bestOf = (groups: readonly Group[]): Found | undefined => {
  let best: { group: Group; saved: number } | undefined
  for (const group of groups) {
    if (differing(group).length > limits.parameters) continue
    const lines = printCall(group.calls[0] as Call, '  ').split('\n').length
    const saved = (group.calls.length - 1) * (lines - 1) - 3
    if (lines > 1 && saved >= minSavedLines && saved > (best?.saved ?? 0)) best = { group, saved }
  }
  return best && functionOf(best.group)
}

/** The numbers that are not the same in all calls, each with its places: numbers that differ in the same way are one. */
const differing = ({ holes }: Group): { readonly places: number[]; readonly values: readonly number[]; readonly role: string }[] => {
  const found = new Map<string, { places: number[]; values: readonly number[]; role: string }>()
  const [first = []] = holes
  for (const [place, { role }] of first.entries()) {
    const values = holes.map((list) => (list[place] as Hole).value)
    if (values.every((value) => value === values[0])) continue
    const key = JSON.stringify([values, quantityOf(role)])
    const same = found.get(key)
    if (same) same.places.push(place)
    else found.set(key, { places: [place], values, role })
  }
  return [...found.values()]
}

/** Filters and units count channels, so equal ones are one parameter; a kernel that is as large as a stride is still another thing. */
const quantityOf = (role: string): string => (['filters', 'units', 'features'].includes(role) ? 'filters' : role)

const functionOf = (group: Group): Found => {
  const differ = differing(group)
  const parameters = parameterNames(differ.map(({ role }) => role))
  const atPlace = new Map(differ.flatMap(({ places }, index) => places.map((place) => [place, parameters[index] as string] as const)))
  return {
    calls: group.calls,
    values: group.calls.map((_, call) => differ.map(({ values }) => values[call] as number)),
    parameters,
    body: withParameters(group.calls[0] as Call, atPlace),
  }
}

/** Distinct names. With several numbers of filters, the last one is that of the output. */
const parameterNames = (roles: readonly string[]): string[] =>
  roles.map((role, index) => {
    const count = roles.filter((other) => other === role).length
    const before = roles.slice(0, index).filter((other) => other === role).length
    if (count === 1) return role
    if (role === 'filters' && before === count - 1) return 'outFilters'
    return before === 0 ? role : `${role}${before + 1}`
  })

/** A call with parameters in the places of its numbers, which are counted as {@link groupsIn} finds them. */
const withParameters = (call: Call, atPlace: ReadonlyMap<number, string>): Call => {
  let place = 0
  const next = (value: number): number | Parameter => {
    const name = atPlace.get(place)
    place += 1
    return name === undefined ? value : new Parameter(name)
  }
  const options = (of: Call, given: Readonly<Record<string, unknown>>): Record<string, unknown> => {
    const all: Record<string, unknown> = hasImplicitOptions(of) ? { ...implicitOptions, ...given } : { ...given }
    const changed = Object.fromEntries(
      Object.keys(all)
        .sort()
        .flatMap((key) => {
          const value = typeof all[key] === 'number' ? next(all[key]) : all[key]
          return Object.hasOwn(given, key) || value instanceof Parameter ? [[key, value] as const] : []
        }),
    )
    // In the order in which they stood.
    return Object.fromEntries(
      [...new Set([...Object.keys(implicitOptions), ...Object.keys(given)])].flatMap((key) =>
        key in changed ? [[key, changed[key]]] : [],
      ),
    )
  }
  const visit = (of: Call): Call => ({
    ...of,
    args: of.args.flatMap((arg, index): unknown[] => {
      if (isCall(arg)) return [visit(arg)]
      if (typeof arg === 'number') {
        const value = next(arg)
        const added = index === of.args.length - 1 && hasImplicitOptions(of) ? options(of, {}) : {}
        return Object.keys(added).length > 0 ? [value, added] : [value]
      }
      return [isObject(arg) && !Array.isArray(arg) && !(arg instanceof Parameter) ? options(of, arg) : arg]
    }),
  })
  return visit(call)
}

/** A call with others in the places of some that stand in it. */
const replaced = (call: Call, replacements: ReadonlyMap<Call, Call>): Call => {
  const replacement = replacements.get(call)
  if (replacement) return { ...replacement, [shapeKey]: call[shapeKey] }
  const args = call.args.map((arg) => (isCall(arg) ? replaced(arg, replacements) : arg))
  return args.some((arg, index) => arg !== call.args[index]) ? { ...call, args } : call
}
