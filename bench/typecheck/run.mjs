#!/usr/bin/env node
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { everyCompiler, isNative } from '../../scripts/compilers.mjs'
import { copyToCheck } from '../../scripts/unchecked.mjs'
import { alternatives, missing } from './alternatives.mjs'
import { compile, count, pathsTo } from './compile.mjs'
import { costPage } from './cost-page.mjs'
import { hovers } from './hovers.mjs'
import { lastStrides } from './last-stride.mjs'
import { block, chain } from './long.mjs'

/**
 * What the types cost: instantiations and types that each compiler counts for a fixture, on top of the import alone, beside what
 * the same network costs with other libraries; and how long an editor waits for a hover. The counts are the same in every run, so
 * they are limits; times and memory are shown and never judged.
 *
 *   node bench/typecheck/run.mjs                   exit code 1 when a count is over its limit in thresholds.json, or another than
 *                                                  docs/cost.md says
 *   node bench/typecheck/run.mjs --update          writes new limits, 2 % above what was counted, and the tables of docs/cost.md;
 *                                                  budgets stay as they are
 *   node bench/typecheck/run.mjs --counts          leaves out what is shown only: seconds, memory, and how long hovers take
 *   node bench/typecheck/run.mjs --sample          leaves out the fixtures of thousands of calls, which take as long as all others
 *   node bench/typecheck/run.mjs --compiler typescript   one compiler alone, by its name in node_modules; several may be named
 *   node bench/typecheck/run.mjs --tfjs <folder>   measures TensorFlow.js too, where it was installed by hand
 */

const {
  update,
  tfjs,
  counts,
  sample,
  compiler: chosen,
} = parseArgs({
  options: {
    update: { type: 'boolean', default: false },
    tfjs: { type: 'string' },
    counts: { type: 'boolean', default: false },
    sample: { type: 'boolean', default: false },
    compiler: { type: 'string', multiple: true, default: [...everyCompiler] },
  },
}).values

const here = fileURLToPath(new URL('.', import.meta.url))
const thresholdsFile = join(here, 'thresholds.json')
const { budgets, limits } = JSON.parse(readFileSync(thresholdsFile, 'utf8'))
/** The titles of the page's columns. */
const titles = ['5.4', '5.9', '6.0', '7.0', '7.1']
const compilers = everyCompiler.filter((compiler) => chosen.includes(compiler))
const unknown = chosen.filter((name) => !everyCompiler.includes(name))
if (unknown.length > 0) throw new Error(`There is no compiler ${unknown.join(', ')}. There are ${everyCompiler.join(', ')}.`)
if (update && (sample || compilers.length < everyCompiler.length)) throw new Error('--update writes all counts of every compiler.')
const measure = counts ? count : compile
const chains = [50, 100, 200, 400]
const notMeasured = missing(tfjs)

if (!existsSync(join(here, '../../dist/index.d.ts'))) throw new Error('The package is not built: npm run build')
const folder = mkdtempSync(join(tmpdir(), 'stridewise-bench-'))

const fixture = (name) => join(here, 'fixtures', `${name}.ts`)
const fixtures = [
  ...['alexnet', 'vgg16', 'vgg16-unsummed', 'annotated', 'passed-on', 'resnet50', 'resnet152', 'efficientnet-b7'].map((name) => ({
    name,
    file: fixture(name),
    errors: 0,
  })),
  { name: 'rejected', file: fixture('rejected'), errors: 1 },
  ...lastStrides(folder, fixture('vgg16')),
  ...chains.map((length) => ({ name: `chain-${length}`, file: chain(folder, length), errors: 0 })),
  // The maximum length: with more than about 600 calls in an expression the older compilers overflow their stack, in any fluent
  // interface.
  { name: 'chain-500', file: chain(folder, 500, true), errors: 0, isLarge: true },
  { name: 'chain-2000', file: chain(folder, 2000, true), errors: 0, isLarge: true, only: isNative },
  { name: 'block-2000', file: block(folder, 2000), errors: 0, isLarge: true },
  {
    isLarge: true,
    name: 'block-2000-rejected',
    file: block(folder, 2000, 1500),
    errors: 1,
    says: 'layer 1500 of 2000: maxPool2d: a 33x33 window',
    only: (compiler) => compiler === 'typescript',
  },
].filter(({ isLarge }) => !(sample && isLarge))

/** The declarations as the compiler would check them without the package's own word. */
const checked = join(folder, 'checked')
copyToCheck(join(here, '../../dist'), checked)

/** The imports to measure. */
const imports = {
  'import, skipLibCheck: true': { libraries: false },
  'import, skipLibCheck: false': { libraries: true },
  'every declaration, checked': { libraries: true, paths: pathsTo(checked) },
}

/** Values that are printed but not compared. */
const shownOf = ({ checkSeconds, memoryMegabytes }) => (counts ? [] : [`${checkSeconds} s`, `${memoryMegabytes} MB`])

const rows = []
const failures = []
const counted = {}
const beside = {}

for (const compiler of compilers) {
  const baseline = measure(compiler, fixture('baseline'), join(folder, compiler, 'baseline'))
  if (baseline.failure) failures.push(`baseline, ${compiler}: ${baseline.failure}`)
  // A single `input`, and the same file without the import.
  for (const [name, how] of Object.entries(imports)) {
    const [less, more] = ['no-import', 'one-input'].map((file) =>
      measure(compiler, fixture(file), join(folder, compiler, `${file}, ${name}`), how),
    )
    const failure = less.failure ?? more.failure
    if (failure) {
      failures.push(`${name}, ${compiler}: ${failure}`)
      continue
    }
    const [instantiations, types] = ['instantiations', 'types'].map((what) => more[what] - less[what])
    counted[name] = { ...counted[name], [compiler]: { instantiations, types } }
    rows.push([name, compiler, `${instantiations}`, `${types}`, ...shownOf(more)])
  }
  for (const { name, file, errors, says, only = () => true } of fixtures) {
    if (!only(compiler)) continue
    const found = measure(compiler, file, join(folder, compiler, name), { errors, says })
    if (found.failure) {
      failures.push(`${name}, ${compiler}: ${found.failure}`)
      continue
    }
    const instantiations = found.instantiations - baseline.instantiations
    const types = found.types - baseline.types
    counted[name] = { ...counted[name], [compiler]: { instantiations, types } }
    rows.push([name, compiler, `${instantiations}`, `${types}`, ...shownOf(found)])
  }
  for (const { name, failure, instantiations, types, ...more } of alternatives(measure, compiler, folder, tfjs)) {
    if (failure) failures.push(`${name}, ${compiler}: ${failure}`)
    beside[name] = { ...beside[name], [compiler]: { instantiations, types } }
    rows.push([name, compiler, `${instantiations}`, `${types}`, ...shownOf(more)])
  }
}
const waits = counts ? [] : await hovers(compilers, join(here, 'fixtures'), folder)
rmSync(folder, { recursive: true })

const growth = compilers.map((compiler) => {
  const [short, long] = [chains.at(0), chains.at(-1)].map((length) => counted[`chain-${length}`]?.[compiler]?.instantiations)
  return { compiler, ratio: long / short }
})

/** The difference of two fixtures on each compiler. */
const instantiationsOf = (name) =>
  Object.fromEntries(Object.entries(counted[name] ?? beside[name] ?? {}).map(([compiler, counts]) => [compiler, counts.instantiations]))
const difference = (name, without) => {
  const less = instantiationsOf(without)
  return Object.fromEntries(Object.entries(instantiationsOf(name)).map(([compiler, count]) => [compiler, count - less[compiler]]))
}

const print = (headings, lines, left = 2) => {
  const widths = headings.map((heading, column) => Math.max(heading.length, ...lines.map((row) => row[column].length)))
  const line = (row) => row.map((cell, column) => (column < left ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join('  ')
  console.log(`${[headings, widths.map((width) => '-'.repeat(width)), ...lines].map(line).join('\n')}\n`)
}

const shares = [
  ['the shapes', instantiationsOf('vgg16-unsummed')],
  ['the parameters of each layer, and their sum', difference('vgg16', 'vgg16-unsummed')],
  ['the sentence of a last stride that does not fit', difference('vgg16-last-rejected', 'vgg16-last-fits')],
]
const names = [...Object.keys(imports), ...fixtures.map(({ name }) => name), ...Object.keys(beside)]
const headings = ['fixture', 'compiler', 'instantiations', 'types', ...(counts ? [] : ['check time', 'memory'])]
const ordered = names.flatMap((name) => rows.filter((row) => row[0] === name))
print(headings, ordered)
print(
  ['of VGG-16, instantiations', ...compilers],
  shares.map(([name, by]) => [name, ...compilers.map((compiler) => `${by[compiler]}`)]),
  1,
)
if (!counts) print(['hover in', 'compiler', 'first', 'later', 'slowest later', 'after a letter'], waits)
const measures = counts ? '' : '; the memory is that of the whole run; hovers are a median without the first and the slowest'
console.log(`Instantiations and types on top of the import alone${measures}.`)
if (notMeasured) console.log(notMeasured)
for (const { compiler, ratio } of growth) {
  console.log(`${compiler}: a chain of ${chains.at(-1)} costs ${ratio.toFixed(2)} times a chain of ${chains.at(0)}`)
}

for (const [name, byCompiler] of Object.entries(budgets.instantiations)) {
  for (const [compiler, most] of Object.entries(byCompiler)) {
    if (!compilers.includes(compiler)) continue
    const found = counted[name]?.[compiler]?.instantiations
    if (!(found <= most)) failures.push(`${name}, ${compiler}: ${found} instantiations, the budget is ${most}`)
  }
}
for (const { compiler, ratio } of growth) {
  if (!(ratio <= budgets.growth)) failures.push(`chains, ${compiler}: growth ${ratio.toFixed(2)}, the budget is ${budgets.growth}`)
}

if (update) {
  const withMargin = (counts) => Object.fromEntries(Object.entries(counts).map(([what, count]) => [what, Math.ceil(count * 1.02)]))
  const fresh = Object.fromEntries(
    Object.entries(counted).map(([name, byCompiler]) => [
      name,
      Object.fromEntries(Object.entries(byCompiler).map(([compiler, counts]) => [compiler, withMargin(counts)])),
    ]),
  )
  writeFileSync(thresholdsFile, `${JSON.stringify({ budgets, limits: fresh }, null, 2)}\n`)
} else {
  for (const [name, byCompiler] of Object.entries(counted)) {
    for (const [compiler, counts] of Object.entries(byCompiler)) {
      for (const [what, count] of Object.entries(counts)) {
        const most = limits[name]?.[compiler]?.[what]
        if (!(count <= most)) failures.push(`${name}, ${compiler}: ${count} ${what}, the limit is ${most}`)
      }
    }
  }
}

const tables = {
  imports: Object.keys(imports).map((name) => [name, instantiationsOf(name)]),
  networks: [
    'alexnet',
    'vgg16',
    'resnet50',
    'resnet152',
    'efficientnet-b7',
    'annotated',
    'passed-on',
    'rejected',
    'chain-50',
    'chain-400',
  ].map((name) => [name, instantiationsOf(name)]),
  shares,
  alternatives: ['vgg16', ...Object.keys(beside)].map((name) => [name, instantiationsOf(name)]),
}
failures.push(...costPage(tables, everyCompiler, titles, update))

for (const failure of failures) console.error(`FAILED ${failure}`)
process.exitCode = failures.length === 0 ? 0 : 1
