/*
 * Memory of a graph by brute force, from nothing but its definition: it imports nothing, so that it shares no mistake with what it judges.
 */

/** A node: what it reads, what it writes, and where. */
export interface OracleNode {
  readonly name: string
  readonly isInput: boolean
  readonly reads: readonly string[]
  readonly values: number
  readonly memory: 'own' | 'overwrites' | 'view'
}

export interface OracleResult {
  /** Values of all storages. */
  readonly written: number
  /** The most values that are alive at one moment. */
  readonly peak: number
}

/**
 * Runs a graph moment by moment: before the first layer, and while each layer runs.
 *
 * A storage is alive at a moment when a layer that runs then or later reads or writes it under any of its names, or when it is an output. Inputs
 * are storages from the beginning on.
 */
export const memoryOf = (nodes: readonly OracleNode[], outputs: readonly string[]): OracleResult => {
  /** For each name, the storage that holds it: the name of the node that made it. */
  const storage = new Map<string, string>()
  const isReadLater = (name: string, moment: number): boolean =>
    outputs.includes(name) || nodes.some(({ reads }, index) => index > moment && reads.includes(name))
  nodes.forEach(({ name, reads, memory }, moment) => {
    const source = reads[0] === undefined ? undefined : (storage.get(reads[0]) as string)
    const aliases = [...storage].filter(([, held]) => held === source).map(([alias]) => alias)
    const mayOverwrite = memory === 'overwrites' && aliases.every((alias) => !isReadLater(alias, moment))
    storage.set(name, source !== undefined && (memory === 'view' || mayOverwrite) ? source : name)
  })
  const made = nodes.filter(({ name }) => storage.get(name) === name)

  const aliveAt = (owner: (typeof nodes)[number], moment: number): boolean => {
    const begin = owner.isInput ? -1 : nodes.indexOf(owner)
    if (moment < begin) return false
    if (moment === -1) return true
    return nodes.some(({ name, reads, isInput }, index) => {
      if (storage.get(name) === owner.name && outputs.includes(name)) return true
      const touches = (!isInput && storage.get(name) === owner.name) || reads.some((each) => storage.get(each) === owner.name)
      return touches && index >= moment
    })
  }
  const runs = nodes.flatMap(({ isInput }, index) => (isInput ? [] : [index]))
  const peaks = [-1, ...runs].map((moment) => made.filter((owner) => aliveAt(owner, moment)).reduce((sum, { values }) => sum + values, 0))
  return { written: made.reduce((sum, { values }) => sum + values, 0), peak: Math.max(...peaks) }
}
