import type { GraphNode } from '../../network/graph.js'
import { pythonText } from '../../shape/quoted.js'
import { ordered, outerAxes, type Tensor } from './axes.js'
import { assigned, blockText, branchNames } from './blocks.js'
import { classesOf } from './classes.js'
import { type Entry, entriesOf, isJoinEntry, type JoinEntry, type PartEntry } from './entries.js'
import { helpers } from './helpers/index.js'
import { distinct, ownName } from './names.js'
import { entryNames, sequentialLines } from './sequential.js'
import { type Head, isJoin, type Series, type Structure } from './series.js'
import { type ModuleInput, shapeCheck } from './shape-text.js'

/** The state dict key of each of a layer's weights. */
export type Keys = Readonly<Record<string, string>>

/** A network as a class, with the classes that it needs. */
export interface ModuleCode {
  /** The classes before the module's own. */
  readonly classes: readonly string[]
  /** The lines of the module's class after its docstring. */
  readonly lines: readonly string[]
  /** Its base class, `'nn.Module'`. */
  readonly base: string
  /** For each layer, the module that computes its output, and the keys of its weights. */
  readonly places: ReadonlyMap<string, { readonly path: string; readonly keys: Keys }>
  readonly inputs: readonly ModuleInput[]
  /** The outputs; several are returned as a dict. */
  readonly outputs: readonly ModuleOutput[]
  /** The layers that no output needs. The module contains their weights. */
  readonly unused: readonly GraphNode[]
  /** The first input. */
  readonly input: Tensor
  /** The first output. */
  readonly output: Tensor
}

/** An output of a module. */
export interface ModuleOutput {
  readonly name: string
  readonly tensor: Tensor
}

interface Piece {
  /** The attribute; `''` for the module itself. */
  readonly name: string
  readonly entries: readonly Entry[]
}

/** A module of consecutive pieces, with classes for its branches. */
export const structuredModule = (name: string, structure: Structure, input: Tensor, byChannels: ReadonlySet<string>): ModuleCode => {
  const headsAfter = new Map<number, number[]>()
  for (const [at, { after }] of structure.heads.entries()) {
    const known = headsAfter.get(after)
    if (known) known.push(at)
    else headsAfter.set(after, [at])
  }
  const cuts = [...headsAfter.keys()].sort((one, other) => one - other)
  const pieces: Piece[] = []
  const forward: string[] = []
  const headAttributes = distinct(structure.heads.map((head) => ownName(head.name)))
  const untaken = distinct([...headAttributes, ...cuts.map((_, index) => `layers_${index + 1}`), `layers_${cuts.length + 1}`])
  const heads: ModuleOutput[] = []
  const start: ModuleInput = { name: 'input', parameter: 'x', tensor: input }
  let tensor = input

  const end = structure.steps.at(-1)?.node
  const run = (steps: Series, attribute: string, ends: boolean): void => {
    const piece = entriesOf(steps, tensor, byChannels)
    const assembled = ends && end ? inUsualOrder(piece, end) : piece
    tensor = assembled.tensor
    if (assembled.entries.length === 0) return
    pieces.push({ name: attribute, entries: assembled.entries })
    forward.push(`x = self.${attribute}(x)`)
  }

  for (const [index, cut] of cuts.entries()) {
    run(structure.steps.slice(index === 0 ? 0 : cuts[index - 1], cut), untaken[headAttributes.length + index] as string, false)
    for (const at of headsAfter.get(cut) as number[]) {
      const head = structure.heads[at] as Head
      const attribute = headAttributes[at] as string
      const piece = entriesOf(head.steps, tensor, byChannels)
      const last = head.steps.at(-1) ?? structure.steps[head.after - 1]
      const assembled = last ? inUsualOrder(piece, last.node) : piece
      if (assembled.entries.length > 0) pieces.push({ name: attribute, entries: assembled.entries })
      forward.push(`outputs[${pythonText(head.name)}] = ${assembled.entries.length > 0 ? `self.${attribute}(x)` : 'x'}`)
      heads.push({ name: head.name, tensor: assembled.tensor })
    }
  }
  run(structure.steps.slice(cuts.at(-1) ?? 0), untaken.at(-1) as string, true)

  const classes = classesOf(
    pieces.flatMap(({ entries }) => entries),
    new Set([name, ...Object.keys(helpers)]),
  )
  const blocks = classes.all.map((each) => blockText(each, classes))
  const alone = structure.heads.length === 0
  const places = new Map<string, { path: string; keys: Keys }>()
  for (const piece of pieces) place(alone ? '' : piece.name, piece.entries, true, places, alone, classes.usesOf)
  const only = pieces[0]?.entries ?? []
  const lines = alone
    ? [
        '    def __init__(self) -> None:',
        ...(only.length === 0
          ? ['        super().__init__()']
          : ['        super().__init__(', ...sequentialLines(only, entryNames(only, true), classes, ' '.repeat(12)), '        )']),
        '',
        '    def forward(self, x: torch.Tensor) -> torch.Tensor:',
        ...shapeCheck(name, start),
        '        return super().forward(x)',
      ]
    : [
        '    def __init__(self) -> None:',
        '        super().__init__()',
        ...pieces.flatMap((piece) => assigned(piece.name, piece.entries, classes, true)),
        '',
        '    def forward(self, x: torch.Tensor) -> dict:',
        ...shapeCheck(name, start),
        '        outputs = {}',
        ...forward.map((line) => `        ${line}`),
        `        outputs[${pythonText(mainName(structure))}] = x`,
        '        return outputs',
      ]
  return {
    classes: blocks,
    lines,
    base: alone ? 'nn.Sequential' : 'nn.Module',
    places,
    inputs: [start],
    outputs: [{ name: 'output', tensor }, ...heads],
    unused: [],
    input,
    output: tensor,
  }
}

interface Ended {
  readonly entries: readonly Entry[]
  readonly tensor: Tensor
}

/** Permutes an output to channels first, unless it is a sequence. */
const inUsualOrder = ({ entries, tensor }: Ended, node: GraphNode): Ended => {
  const parts = ordered(tensor, outerAxes(tensor.shape))
  return { entries: [...entries, ...parts.map((part) => ({ ...part, node }))], tensor: parts.at(-1)?.tensor ?? tensor }
}

/** The name of the main output, next to those of heads. */
export const mainName = ({ heads }: { readonly heads: readonly { readonly name: string }[] }): string =>
  distinct([...heads.map(({ name }) => name), 'output']).at(-1) as string

/** Records the position of each entry in the module: its path, and the keys of its weights. */
const place = (
  path: string,
  entries: readonly Entry[],
  mayBeNamed: boolean,
  places: Map<string, { path: string; keys: Keys }>,
  sequential: boolean,
  uses: (join: JoinEntry) => number,
): void => {
  const names = entryNames(entries, mayBeNamed)
  for (const [index, entry] of entries.entries()) {
    const own = entries.length === 1 && !sequential ? path : [path, names[index]].filter((each) => each !== '').join('.')
    if (isJoinEntry(entry)) {
      places.set(entry.node.name, { path: own, keys: {} })
      const branches = branchNames(entry.node.kind, entry.branches.length)
      for (const [at, branch] of entry.branches.entries()) place(`${own}.${branches[at]}`, branch, uses(entry) === 1, places, false, uses)
    } else {
      placePart(own, entry, places)
    }
  }
}

const placePart = (path: string, { node, weights = {} }: PartEntry, places: Map<string, { path: string; keys: Keys }>): void => {
  // A permutation of a branch belongs to the join, not to a layer.
  if (isJoin(node)) return
  const keys = Object.fromEntries(Object.entries(weights).map(([name, own]) => [name, `${path}.${own}`]))
  places.set(node.name, { path, keys: { ...places.get(node.name)?.keys, ...keys } })
}
