import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { root } from './support/compiler.js'

/** The types of parameters, such as `KernelOrUseABlock`: in functions that are generic in a dimension, messages show their names. */

const declaration = /^(?:export )?(?:declare )?type (\w+OrUseABlock)\b/gm

const declaredIn = (text: string): string[] => [...text.matchAll(declaration)].map(([, name]) => name as string)

const sources = readdirSync(`${root}src`, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(`${root}src/${file}`, 'utf8'))

test('the built declarations keep the names that users see', () => {
  const built = declaredIn(readFileSync(`${root}dist/core.d.cts`, 'utf8'))
  expect(built.length).toBeGreaterThan(60)
  expect(built.sort()).toEqual(sources.flatMap(declaredIn).sort())
})

test('the names in the guide are names of such types', () => {
  const guide = readFileSync(`${root}docs/guide/dynamic-sizes.md`, 'utf8').match(/\w+OrUseABlock/g) ?? []
  expect(guide.length).toBeGreaterThan(0)
  expect(sources.flatMap(declaredIn)).toEqual(expect.arrayContaining(guide))
})
