import * as stridewise from '../../src/index.js'
import { type AnyNetwork, input } from '../../src/index.js'
import { keptIn, shapesText } from './call.js'
import { type CheckedLine, checkLines } from './check.js'

/** Lines of source that build networks: run, and checked by the main compiler. */

/** Functions and values that lines may use which are not part of the package: `wide(7)` is a 7 that only the run time knows. */
const others = { wide: (value: number) => value }

/** Runs a line behind declarations: a network, or what it threw. */
export const runLine = (line: string, declarations = ''): AnyNetwork | Error => {
  const scope = { ...stridewise, ...others, input }
  try {
    return new Function(...Object.keys(scope), `${declarations}\nreturn ${line}`)(...Object.values(scope))
  } catch (error) {
    return error as Error
  }
}

/** The import of all names of the package but `input`, which checked lines have already. */
export const importAll = `import { ${Object.keys(stridewise)
  .filter((name) => name !== 'input')
  .join(', ')} } from 'stridewise'\n`

/** Checks lines with layer values in scope. */
export const checkAll = (lines: readonly string[], declarations = ''): Map<string, CheckedLine> =>
  checkLines(lines, importAll + declarations)

/** What a graph and a type say of kept values: each name with its shape, in the order of the type, and then what only the graph keeps. */
export const namesOf = (network: AnyNetwork, type: string): { found: unknown[]; wanted: unknown[] } => {
  const { nodes, inputs, kept, outputs } = network.graph
  // An input that a tower gives as it is has its own name.
  const known = keptIn(type)
  const nodeOf = (name: string): string | undefined => kept[name] ?? outputs[name] ?? inputs.find((each) => each === name)
  const shapeOf = (node: string | undefined) => nodes.find(({ name }) => name === node)?.output
  return {
    found: [
      ...[...known.keys()].map((name) => [name, shapesText(shapeOf(nodeOf(name)) ?? [])]),
      ...Object.keys(kept).filter((name) => !known.has(name)),
    ],
    wanted: [...known],
  }
}
