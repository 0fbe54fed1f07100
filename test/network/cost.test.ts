import { describe, expect, test } from 'vitest'
import { isLong } from '../support/effort.js'
import { evaluateTypes } from '../support/evaluate-types.js'
import { unetBlocks, unetByNames, unetByNamesInBlock, unetNested, unetNestedInChain } from '../support/unet.js'

/** The compiler's cost of names, in instantiations, which are the same in every run. */

const header = `import { add, block, branch, concat, conv2d, convTranspose2d, crop, dense, identity, input, inputs, keep, maxPool2d, parallel, relu } from 'stridewise'\n`

let ofTheImport: number | undefined

/** The instantiations of a source on top of the import alone. It compiles without errors, so the compiler's depth suffices. */
const costOf = (source: string): number => {
  const { instantiations, diagnostics } = evaluateTypes(`${header}${source}`, 'dist')
  expect(diagnostics).toEqual([])
  ofTheImport ??= evaluateTypes(`${header}export const n = input(8)`, 'dist').instantiations
  return instantiations - ofTheImport
}

/** A network of as many kept values, with twenty-five in a statement; each value is joined with the one before it. */
const named = (count: number): string => {
  const statements = ['const n0 = input(8)']
  for (let start = 0; start < count; start += 25) {
    const calls = Array.from({ length: 25 }, (_, index) => {
      const at = start + index
      return `.dense(8).keep('v${at}')${at % 5 === 4 ? `.add('v${at - 3}', identity())` : ''}`
    })
    statements.push(`const n${start + 25} = n${start}${calls.join('')}`)
  }
  return `${statements.join('\n')}\nexport const params: ${72 * count} = n${count}.params`
}

/** The same without names: each joins what it has. */
const unnamed = (count: number): string =>
  named(count)
    .replaceAll(/\.keep\('\w+'\)/g, '')
    .replaceAll(/add\('v\d+'/g, "add('input'")

describe('300 kept values in one network, over several statements; in a short run 75', () => {
  const counts = isLong ? [100, 300] : [25, 75]
  const costs = counts.map((count) => costOf(named(count))) as [number, number]

  test('they cost in proportion to their number', () => {
    console.log(`${counts.join(' and ')} kept values: ${costs.join(' and ')} instantiations`)
    if (isLong) console.log(`without names: ${counts.map((count) => costOf(unnamed(count))).join(' and ')}`)
    expect(costs[1] / costs[0]).toBeLessThan(3.3)
  })

  test.skipIf(isLong)('where the network goes on from each, as well', () => {
    const fromEach = (count: number) => named(count).replaceAll(/\.keep\('(\w+)'\)/g, ".keep('$1').from('$1')")
    const [few, many] = [25, 75].map((count) => costOf(fromEach(count))) as [number, number]
    console.log(`25 values with from: ${few} instantiations, 75: ${many}`)
    expect(many / few).toBeLessThan(3.3)
  })

  test.skipIf(isLong)('in functions, which add what is new, as well', () => {
    const inFunctions = (count: number) => named(count).replaceAll(/\.dense\(8\)\.keep\('(\w+)'\)/g, ".apply((x) => x.dense(8).keep('$1'))")
    const [few, many] = [25, 75].map((count) => costOf(inFunctions(count))) as [number, number]
    console.log(`25 values kept in functions: ${few} instantiations, 75: ${many}`)
    expect(many / few).toBeLessThan(3.3)
  })
})

describe('300 inputs, joined by name in one call; in a short run 100', () => {
  const names = Array.from({ length: isLong ? 300 : 100 }, (_, index) => `v${index}`)
  const list = names.map((name) => `'${name}'`).join(', ')
  const many = `const many = inputs({ ${names.map((name) => `${name}: [8]`).join(', ')} })`

  test.each([
    ['concat', 8 * names.length],
    ['add', 8],
  ])('%s', (join, size) => {
    costOf(`${many}\nexport const output: [${size}] = many.${join}(${list}).output`)
    costOf(`${many}\nexport const output: [${size}] = many.apply(${join}(${list})).output`)
  })
})

const unets = { 'a chain': [unetByNames, unetNestedInChain], 'one block': [unetByNamesInBlock, unetNested] }

test.each(Object.entries(unets).slice(0, isLong ? 2 : 1))(
  'U-Net by names as %s costs at most 15 percent more than the nested one',
  (form, sources) => {
    const [byNames, nested] = sources.map((source) =>
      costOf(`${unetBlocks}const net = ${source}\nexport const params: 31030658 = net.params`),
    ) as [number, number]
    console.log(`U-Net as ${form}: ${byNames} instantiations by names, ${nested} nested: ${((byNames / nested - 1) * 100).toFixed(1)} %`)
    expect(byNames).toBeLessThanOrEqual(nested * 1.15)
  },
)

describe('networks side by side, and several inputs', () => {
  const times = <Item>(count: number, item: (at: number) => Item): Item[] => Array.from({ length: count }, (_, at) => item(at))

  /** A source with as many towers, whose parameters are the literal in its last line. */
  const towers = (count: number): string => {
    const constants = times(count, (at) => `const t${at} = input(${8 + (at % 5)}).dense(${4 + (at % 7)})`)
    const params = times(count, (at) => (9 + (at % 5)) * (4 + (at % 7))).reduce((sum, one) => sum + one)
    return `${constants.join('\n')}\nexport const params: ${params} = parallel({ ${times(count, (at) => `t${at}`).join(', ')} }).params`
  }

  const joined = (count: number): string =>
    `export const net = inputs({ ${times(count, (at) => `x${at}: [4]`).join(', ')} }).concat(${times(count, (at) => `'x${at}'`).join(', ')})`

  test.each([
    ['towers', towers],
    ['joined inputs', joined],
  ])('%s cost about as much as there are', (what, source) => {
    const [few, many] = [25, 100].map((count) => costOf(source(count))) as [number, number]
    console.log(`25 ${what}: ${few} instantiations, 100: ${many}`)
    expect(many / few).toBeLessThan(4.6)
  })
})
