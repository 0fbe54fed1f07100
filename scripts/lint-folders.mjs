// Checks which folders of `src` import which: `npm run lint`. CONTRIBUTING explains the rules, under "The house".
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const src = fileURLToPath(new URL('../src', import.meta.url))

/** The room of a file: its folder, or its subfolder under `layers`, `formats` and `drawing`. */
export const roomOf = (file) => {
  const [first, second] = file.split('/')
  if (!file.includes('/')) return 'index'
  const isDivided = ['layers', 'formats', 'drawing'].includes(first)
  return isDivided && file.split('/').length > 2 ? `${first}/${second}` : first
}

/** The imports of a source text, and whether each is type-only. */
export const importsOf = (text) => {
  const source = ts.createSourceFile('file.ts', text, ts.ScriptTarget.Latest)
  return source.statements.flatMap((statement) => {
    if (!(ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) || !statement.moduleSpecifier) return []
    const isOfTypes = ts.isImportDeclaration(statement) ? statement.importClause?.isTypeOnly : statement.isTypeOnly
    return [{ path: statement.moduleSpecifier.text, isOfTypes: isOfTypes === true }]
  })
}

const isDrawing = (room) => room === 'drawing' || room.startsWith('drawing/')

/** Exceptions to the order of the rooms. Every room may import a room that is not listed. */
const isAllowed = (from, to, isOfTypes) => {
  const isFamily = (room) => room.startsWith('layers/') && room !== 'layers/kind'
  if (from === 'index' || from === 'cli') return true
  if (isDrawing(from) && isDrawing(to)) return true
  if (isFamily(to)) return from === 'network' || from === 'zoo'
  if (from.startsWith('layers/') && to === 'network') return isOfTypes
  if (isDrawing(from) && to === 'report') return true
  if (from === 'formats/tfjs' && to === 'formats/keras') return true
  const isConsumer = (room) => ['report', 'zoo', 'editor'].includes(room) || isDrawing(room) || room.startsWith('formats/')
  return !(isConsumer(from) && isConsumer(to))
}

/** A cycle of rooms through value imports: its rooms in order, or nothing. */
export const circleIn = (edges) => {
  const done = new Set()
  const follow = (room, path) => {
    if (path.includes(room)) return [...path.slice(path.indexOf(room)), room]
    if (done.has(room)) return undefined
    for (const next of edges.get(room) ?? []) {
      const circle = follow(next, [...path, room])
      if (circle) return circle
    }
    done.add(room)
    return undefined
  }
  return [...edges.keys()].map((room) => follow(room, [])).find(Boolean)
}

/** The violations in a source tree, as sentences. */
export const faultsOf = (files) => {
  const faults = []
  const edges = new Map()
  for (const [file, text] of files) {
    for (const { path, isOfTypes } of importsOf(text)) {
      if (!path.startsWith('.')) continue
      const target = join(dirname(file), path)
      const [from, to] = [roomOf(file), roomOf(target)]
      if (from === to) continue
      if (!isAllowed(from, to, isOfTypes)) faults.push(`src/${file}: ${from} must not import ${isOfTypes ? 'types' : 'values'} of ${to}.`)
      if (!isOfTypes) edges.set(from, (edges.get(from) ?? new Set()).add(to))
    }
  }
  const circle = circleIn(edges)
  if (circle) faults.push(`Folders import each other in a circle: ${circle.join(' -> ')}.`)
  return faults
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const names = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
  const faults = faultsOf(names.map((name) => [relative(src, join(src, name)), readFileSync(join(src, name), 'utf8')]))
  for (const fault of faults) console.error(fault)
  process.exitCode = faults.length === 0 ? 0 : 1
}
