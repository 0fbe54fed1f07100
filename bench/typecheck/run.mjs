#!/usr/bin/env node
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compile } from './compile.mjs'
import { block, chain } from './long.mjs'

/**
 * What the types cost: instantiations and types that each compiler counts for a fixture, on top of the import alone. The counts
 * are the same in every run, so they are limits; times and memory are shown and never judged.
 *
 *   node bench/typecheck/run.mjs            exit code 1 when a count is over its limit in thresholds.json
 *   node bench/typecheck/run.mjs --update   writes new limits, 2 % above what was counted; budgets stay as they are
 */

const here = fileURLToPath(new URL('.', import.meta.url))
const thresholdsFile = join(here, 'thresholds.json')
const { budgets, limits } = JSON.parse(readFileSync(thresholdsFile, 'utf8'))
const compilers = ['typescript-5.4', 'typescript-5.9', 'typescript', 'typescript-7.0']
const chains = [50, 100, 200, 400]

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
  ...chains.map((length) => ({ name: `chain-${length}`, file: chain(folder, length), errors: 0 })),
  // How far a network can go: beyond some 600 calls in one expression the older compilers' own stack ends, in any fluent interface.
  { name: 'chain-500', file: chain(folder, 500, true), errors: 0 },
  { name: 'chain-2000', file: chain(folder, 2000, true), errors: 0, only: 'typescript-7.0' },
  { name: 'block-2000', file: block(folder, 2000), errors: 0 },
  {
    name: 'block-2000-rejected',
    file: block(folder, 2000, 1500),
    errors: 1,
    says: 'layer 1500 of 2000: maxPool2d: a 33x33 window',
    only: 'typescript',
  },
]

const rows = []
const failures = []
const counted = {}

for (const compiler of compilers) {
  const baseline = compile(compiler, fixture('baseline'), join(folder, compiler, 'baseline'))
  if (baseline.failure) failures.push(`baseline, ${compiler}: ${baseline.failure}`)
  for (const { name, file, errors, says, only = compiler } of fixtures) {
    if (only !== compiler) continue
    const found = compile(compiler, file, join(folder, compiler, name), errors, says)
    if (found.failure) {
      failures.push(`${name}, ${compiler}: ${found.failure}`)
      continue
    }
    const instantiations = found.instantiations - baseline.instantiations
    const types = found.types - baseline.types
    counted[name] = { ...counted[name], [compiler]: { instantiations, types } }
    rows.push([name, compiler, `${instantiations}`, `${types}`, `${found.checkSeconds} s`, `${found.memoryMegabytes} MB`])
  }
}
rmSync(folder, { recursive: true })

const growth = compilers.map((compiler) => {
  const [short, long] = [chains.at(0), chains.at(-1)].map((length) => counted[`chain-${length}`]?.[compiler]?.instantiations)
  return { compiler, ratio: long / short }
})

const headings = ['fixture', 'compiler', 'instantiations', 'types', 'check time', 'memory']
const ordered = fixtures.flatMap(({ name }) => rows.filter((row) => row[0] === name))
const widths = headings.map((heading, column) => Math.max(heading.length, ...ordered.map((row) => row[column].length)))
const line = (row) => row.map((cell, column) => (column < 2 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join('  ')
console.log([headings, widths.map((width) => '-'.repeat(width)), ...ordered].map(line).join('\n'))
console.log('\nInstantiations and types on top of the import alone; memory of the whole run.')
for (const { compiler, ratio } of growth) {
  console.log(`${compiler}: a chain of ${chains.at(-1)} costs ${ratio.toFixed(2)} times a chain of ${chains.at(0)}`)
}

for (const [name, byCompiler] of Object.entries(budgets.instantiations)) {
  for (const [compiler, most] of Object.entries(byCompiler)) {
    const found = counted[name]?.[compiler]?.instantiations
    if (!(found <= most)) failures.push(`${name}, ${compiler}: ${found} instantiations, the budget is ${most}`)
  }
}
for (const { compiler, ratio } of growth) {
  if (!(ratio <= budgets.growth)) failures.push(`chains, ${compiler}: growth ${ratio.toFixed(2)}, the budget is ${budgets.growth}`)
}

if (process.argv.includes('--update')) {
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

for (const failure of failures) console.error(`FAILED ${failure}`)
process.exitCode = failures.length === 0 ? 0 : 1
