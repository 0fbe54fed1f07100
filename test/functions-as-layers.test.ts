import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as stridewise from '../src/index.js'
import { discard, type Workspace, workspaceOf } from './editor/workspace.js'
import { covers, networkText } from './support/call.js'
import { checkLines } from './support/check.js'
import { compilerNames, tsc } from './support/tsc.js'
import { makersImport } from './support/value.js'

/**
 * A function where a layer or a network is needed is one mistake: one diagnostic with the package's sentence, and none of TypeScript's
 * on the type of the function's parameter.
 */

const declarations = `${makersImport}
import { parallel } from 'stridewise'
const net = input(8, 8, 3)
declare const annotated: (y: typeof net) => typeof net
`

const noFunction = 'needs a layer value such as conv2d(8, 3), not a function.'
const noList = 'needs a layer value such as conv2d(8, 3), not a list. Spread it, ...list, or make one layer of it: block(...list).'

const noTowers = 'parallel: needs networks by their names, such as parallel({ image: imageTower, sensors: sensorTower }).'

const mistakes: readonly (readonly [line: string, sentence: string])[] = [
  ["net.add(branch('input', (y) => y.relu()), identity())", `add, branch 1: branch 'input', layer 1 of 1: ${noFunction}`],
  ["net.add(identity(), branch('input', relu(), (y) => y.relu()))", `add, branch 2: branch 'input', layer 2 of 2: ${noFunction}`],
  ["net.add(branch('input', annotated), identity())", `add, branch 1: branch 'input', layer 1 of 1: ${noFunction}`],
  ["net.apply(branch('input', (y) => y.relu()))", `branch 'input', layer 1 of 1: ${noFunction}`],
  ['net.apply(block((y) => y.relu()))', `layer 1 of 1: ${noFunction}`],
  ['net.apply(block(relu(), (y) => y.relu()))', `layer 2 of 2: ${noFunction}`],
  ['net.apply(residual(block((y) => y.relu())))', `layer 1 of 1: ${noFunction}`],
  ['parallel({ a: (y) => y.relu() })', "parallel: 'a' must be a network, not a function."],
  ['parallel({ a: net, b: (y) => y.relu() })', "parallel: 'b' must be a network, not a function."],
  ['parallel({ a: net, b: annotated })', "parallel: 'b' must be a network, not a function."],
  ['parallel({ a: net, b: [(y) => y.relu()] })', "parallel: 'b' must be a network, not a list."],
  // In the place of the towers' names.
  ['parallel((y) => y)', noTowers],
  ['parallel((y) => y.relu())', noTowers],
  ['parallel(annotated)', noTowers],
  ['parallel(() => ({ a: net }))', noTowers],
  ['parallel([net])', noTowers],
  ['parallel([(y) => y.relu()])', noTowers],
  ['parallel([net, (y) => y.relu()])', noTowers],
  ['parallel(net)', noTowers],
  ['parallel(relu())', noTowers],
  ['parallel({ a: [(y) => y.relu()] })', "parallel: 'a' must be a network, not a list."],
  // The elements of a list.
  ['net.add([(y) => y, (z) => z.relu()])', `add, branch 1: ${noList}`],
  ["net.add([(y) => y, 'input'])", `add, branch 1: ${noList}`],
  ['net.concat([(y) => y.relu(), relu()])', `concat, branch 1: ${noList}`],
  ['net.add(relu(), [relu(), (y) => y.relu()])', `add, branch 2: ${noList}`],
  ['net.concat([relu(), (y) => y], relu())', `concat, branch 1: ${noList}`],
  ['net.maximum((y) => y, relu(), [(y) => y.relu()])', `maximum, branch 3: ${noList}`],
  ["net.average(relu(), [(y) => y.relu(), 'input', 3, undefined, null])", `average, branch 2: ${noList}`],
  ['net.subtract([(y) => y.relu(), relu()], relu())', `subtract, branch 1: ${noList}`],
  ['net.matmul(relu(), [(y) => y.relu()])', `matmul, branch 2: ${noList}`],
  ['net.multiply([(y) => y.relu()])', `multiply, gate: ${noList}`],
  ['net.residual([(y) => y])', `residual, body: ${noList}`],
  ['net.residual(relu(), [(y) => y])', `residual, shortcut: ${noList}`],
  ["net.branchOut('aux', [(y) => y])", `branchOut, output 'aux': ${noList}`],
  ['net.apply([relu(), (y) => y])', `apply: ${noList}`],
  ['net.apply(block([(y) => y.relu(), relu()]))', `layer 1 of 1: ${noList}`],
  ['net.apply(concat([(y) => y.relu(), (z) => z]))', `concat, branch 1: ${noList}`],
  ['net.apply(repeat(2, [(y) => y.relu(), relu()]))', `time 1 of 2: ${noList}`],
  ["net.apply(shared('n', [(y) => y.relu(), relu()]))", `apply: ${noList}`],
  ['net.apply(residual([(y) => y.relu()]))', `residual, body: ${noList}`],
  ["net.add(branch('input', [(y) => y.relu()]), identity())", `add, branch 1: branch 'input', layer 1 of 1: ${noList}`],
]

/** Functions in layer values, where the types know only that they take a network. */
const possible = [
  'net.apply(add(identity(), (y) => y.relu()))',
  'net.apply(add((y) => y.relu(), identity()))',
  'net.apply(subtract(identity(), (y) => y.relu()))',
  'net.apply(concat(identity(), (y) => y.conv2d(4, 1)))',
  'net.apply(matmul(identity(), (y) => y.permute(0, 2, 1)))',
  'net.apply(multiply((y) => y.sigmoid()))',
  'net.apply(multiply(relu(), (y) => y.sigmoid()))',
  'net.apply(residual((y) => y.conv2d(3, 1)))',
  'net.apply(residual(conv2d(4, 1), (y) => y.conv2d(4, 1)))',
  'net.apply(residual(relu()))',
  'net.apply(residual(relu(), identity()))',
  "net.apply(branchOut('aux', (y) => y.globalAvgPool().dense(2)))",
  'net.apply(repeat(2, (y) => y.conv2d(3, 3)))',
  "net.apply(shared('n', (y) => y.conv2d(4, 1)))",
]

const checked = checkLines([...mistakes.map(([line]) => line), ...possible], declarations)

const built = (line: string): string => {
  const scope = { ...stridewise, net: stridewise.input(8, 8, 3), annotated: (y: unknown) => y }
  return networkText(new Function(...Object.keys(scope), `return ${line}`)(...Object.values(scope)) as never)
}

test.each(mistakes)('%s', (line, sentence) => {
  expect(checked.get(line)?.diagnostics).toHaveLength(1)
  expect(checked.get(line)?.diagnostics[0]?.text).toContain(sentence)
  // The run time says the same.
  expect(() => built(line)).toThrow(sentence)
})

test.each(possible)('%s', (line) => {
  expect(checked.get(line)?.diagnostics).toEqual([])
  const type = (checked.get(line)?.type ?? '').replace(/ & \{ (?:kept|shared): .*?\}; \}(?=, )/, '')
  expect(covers(type.replaceAll('number[]', 'Shape'), built(line)), `${type}, built ${built(line)}`).toBe(true)
})

/** The same on every compiler, against the built package. */
describe.each(compilerNames)('on %s', (compiler) => {
  let workspace: Workspace
  beforeAll(() => {
    workspace = workspaceOf({ 'functions.ts': '' })
    rmSync(join(workspace.folder, 'tsconfig.json'))
    const lines = [...mistakes.map(([line]) => line), ...possible].map((line, index) => `export const n${index} = ${line}`)
    writeFileSync(join(workspace.folder, 'functions.ts'), `import { input } from 'stridewise'\n${declarations}${lines.join('\n')}\n`)
  })
  afterAll(() => discard(workspace))

  test('one diagnostic for each mistake', () => {
    const settings =
      '--noEmit --strict --noErrorTruncation --pretty false --target es2022 --lib es2022 --module nodenext --moduleResolution nodenext'
    const said = tsc(compiler, workspace.folder, [...settings.split(' '), '--skipLibCheck', 'functions.ts'])
    const first = `import\n${declarations}`.split('\n').length
    const inLine = new Map<number, string[]>()
    let line = 0
    for (const text of said) {
      const at = /^functions\.ts\((\d+),\d+\): error/.exec(text)?.[1]
      if (at) line = Number(at)
      const before = inLine.get(line) ?? []
      // A line that does not begin with a place goes on with the diagnostic before it.
      inLine.set(line, at ? [...before, text] : [...before.slice(0, -1), `${before.at(-1)}${text}`])
    }
    expect([...inLine.keys()].sort((one, other) => one - other)).toEqual(mistakes.map((_, index) => first + index))
    for (const [index, [source, sentence]] of mistakes.entries()) {
      const found = inLine.get(first + index) ?? []
      expect(found, `${source}\n${found.join('\n')}`).toHaveLength(1)
      expect(found[0]).toContain(sentence)
    }
  })
})
