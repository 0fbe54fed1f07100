import type { AnyNetwork } from '../../src/index.js'
import * as stridewise from '../../src/index.js'

/** The network that a source of `toTypeScript` makes. */
export const evaluated = (source: string, name = 'network'): AnyNetwork => {
  const names = /^import \{ (.*) \}/.exec(source)?.[1]?.split(', ') ?? []
  // A function's numbers have types, which run nowhere.
  const untyped = source.replace(
    /^(const \w+ = )(?:<[^>]*>)?\(([^)]*)\) =>$/gm,
    (_, head, values) => `${head}(${values.replaceAll(/: \w+/g, '')}) =>`,
  )
  const body = untyped.replace(/^import .*\n/, '').replace(`export const ${name} =`, `const ${name} =`)
  const values = names.map((each) => (stridewise as unknown as Record<string, unknown>)[each])
  return new Function(...names, `'use strict'\n${body}\nreturn ${name}`)(...values)
}
