import { type Call, type Literal, literalText } from './call.js'
import { type Entry, isJoinEntry, type JoinEntry } from './entries.js'

/* Branches as classes. Branches that differ only in numbers share a class, which has these numbers as parameters. */

/** A parameter of a class. */
export interface Parameter {
  readonly name: string
  /** Its Python type. */
  readonly type: string
}

/** A class for branches with the same structure. */
export interface BlockClass {
  readonly name: string
  readonly parameters: readonly Parameter[]
  /** One of the joins that the class represents. */
  readonly example: JoinEntry
  /** The number of its uses. */
  readonly uses: number
  /** For each argument of its calls, in order, the name of the parameter, or the literal. */
  readonly values: readonly string[]
}

/** The classes for a module's branches, and the calls that create them. */
export interface Classes {
  /** Each class comes before its uses. */
  readonly all: readonly BlockClass[]
  readonly callOf: (join: JoinEntry) => Call
  /** The number of uses of the class for these branches. */
  readonly usesOf: (join: JoinEntry) => number
}

interface Hole {
  readonly name: string
  readonly value: Literal
}

/**
 * Finds branches with the same structure.
 *
 * @param taken the names of other classes
 */
export const classesOf = (entries: readonly Entry[], taken: ReadonlySet<string>): Classes => {
  const families = new Map<string, JoinEntry[]>()
  const familyOf = new Map<JoinEntry, number>()
  const ids = new Map<string, number>()
  const gather = (list: readonly Entry[]): void => {
    for (const entry of list.filter(isJoinEntry)) {
      entry.branches.forEach(gather)
      const key = `${entry.expression}:${entry.branches.map((branch) => branch.map((each) => outlineOf(each, familyOf)).join(';')).join('|')}`
      if (!ids.has(key)) ids.set(key, ids.size)
      familyOf.set(entry, ids.get(key) as number)
      const family = families.get(key)
      if (family) family.push(entry)
      else families.set(key, [entry])
    }
  }
  gather(entries)

  const names = classNames(
    [...families.values()].map(([first]) => stemOf(first as JoinEntry)),
    taken,
  )
  const calls = new Map<JoinEntry, Call>()
  const callOf = (join: JoinEntry): Call => calls.get(join) as Call
  const all = [...families.values()].map((members, index): BlockClass => {
    const holes = members.map((member) => member.branches.flat().flatMap((entry) => holesOf(entry, callOf)))
    const columns = (holes[0] as Hole[]).map(({ name }, at) => ({ name, values: holes.map((row) => (row[at] as Hole).value) }))
    const { parameters, values, given: parameterColumns } = parametersOf(columns, members)
    const name = names[index] as string
    for (const [at, member] of members.entries()) {
      calls.set(member, {
        callee: name,
        args: parameterColumns.map((column, position) => ({
          name: (parameters[position] as Parameter).name,
          value: column[at] as Literal,
          keyword: false,
        })),
      })
    }
    return { name, parameters, example: members[0] as JoinEntry, uses: members.length, values }
  })
  return { all, callOf, usesOf: (join) => (all[familyOf.get(join) as number] as BlockClass).uses }
}

/** The structure of an entry: everything but numbers. */
const outlineOf = (entry: Entry, familyOf: ReadonlyMap<JoinEntry, number>): string => {
  if (isJoinEntry(entry)) return `#${familyOf.get(entry)}`
  const { callee, args } = entry.call
  return `${callee}(${args.map(({ name, value, keyword }) => `${keyword ? name : ''}=${typeof value === 'boolean' ? literalText(value) : ''}`).join()})`
}

const holesOf = (entry: Entry, callOf: (join: JoinEntry) => Call): readonly Hole[] => (isJoinEntry(entry) ? callOf(entry) : entry.call).args

const stems: Readonly<Record<string, string>> = {
  concat: 'Concat',
  multiply: 'Gate',
  matmul: 'Product',
  subtract: 'Difference',
  average: 'Average',
  maximum: 'Maximum',
  minimum: 'Minimum',
}

/** The base name of a class: `Residual`, `Concat`, `Gate`. */
const stemOf = ({ node, branches }: JoinEntry): string => stems[node.kind] ?? (branches.length === 2 ? 'Residual' : 'Sum')

/** Adds numbers to names that occur several times. */
const classNames = (stems: readonly string[], taken: ReadonlySet<string>): string[] => {
  const parameterColumns = new Set(taken)
  const uses = new Map<string, number>()
  for (const stem of stems) uses.set(stem, (uses.get(stem) ?? 0) + 1)
  const counts = new Map<string, number>()
  return stems.map((stem) => {
    let count = counts.get(stem) ?? 1
    let name = uses.get(stem) === 1 ? stem : `${stem}${count}`
    while (parameterColumns.has(name)) name = `${stem}${++count}`
    counts.set(stem, count)
    parameterColumns.add(name)
    return name
  })
}

interface Column {
  readonly name: string
  readonly values: readonly Literal[]
}

const isWidth = (name: string): boolean => /channels|features|groups|embed_dim|size_|shape/.test(name)

/** Creates parameters for the columns that vary; columns that always have equal values share one. */
const parametersOf = (columns: readonly Column[], members: readonly JoinEntry[]) => {
  const keyOf = ({ name, values }: Column): string => `${isWidth(name) ? '' : name}:${values.join()}`
  const varying = new Set(columns.filter(({ values }) => values.some((value) => value !== values[0])))
  const groups = new Map<string, Column>()
  for (const column of varying) if (!groups.has(keyOf(column))) groups.set(keyOf(column), column)
  const ends = {
    in: members.map(({ input }) => input.shape.at(-1)).join(),
    out: members.map(({ tensor }) => tensor.shape.at(-1)).join(),
  }
  const named = [...groups].map(([key, column]) => ({ key, column, name: parameterName(column, ends) }))
  const rank = (name: string): number =>
    name.startsWith('in_') || name === 'channels' || name === 'features' ? 0 : name.startsWith('out_') ? 2 : isWidth(name) ? 1 : 3
  named.sort((one, other) => rank(one.name) - rank(other.name))
  const names = distinctNames(named.map(({ name }) => name))
  const parameters = named.map(({ column }, index): Parameter => ({ name: names[index] as string, type: typeOf(column.values) }))
  const nameOf = new Map(named.map(({ key }, index) => [key, names[index] as string]))
  return {
    parameters,
    given: named.map(({ column }) => column.values),
    values: columns.map((column) =>
      varying.has(column) ? (nameOf.get(keyOf(column)) as string) : literalText(column.values[0] as Literal),
    ),
  }
}

const parameterName = ({ name, values }: Column, ends: { in: string; out: string }): string => {
  if (!isWidth(name)) return name.replace(/_\d+$/, '')
  const noun = /feature|embed|normalized/.test(name) ? 'features' : 'channels'
  const text = values.join()
  if (text === ends.in) return ends.in === ends.out ? noun : `in_${noun}`
  if (text === ends.out) return `out_${noun}`
  return /groups/.test(name) ? name : `hidden_${noun}`
}

const distinctNames = (names: readonly string[]): string[] => {
  const counts = new Map<string, number>()
  return names.map((name) => {
    const count = (counts.get(name) ?? 0) + 1
    counts.set(name, count)
    return count === 1 ? name : `${name}_${count}`
  })
}

const typeOf = (values: readonly Literal[]): string => {
  if (values.every((value) => Number.isInteger(value))) return 'int'
  if (values.every((value) => typeof value === 'number')) return 'float'
  return values.every((value) => `${value}`.startsWith('(')) ? 'tuple' : 'object'
}
