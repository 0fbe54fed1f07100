import { describe, expect, test } from 'vitest'
import { ShapeError } from '../../src/index.js'
import { checkAll, runLine } from '../support/lines.js'

/**
 * An empty name in the place of one that there is. The compiler lists the names, since editors complete from this list while the name is
 * still empty; the run time has a sentence.
 */

const declarations = "const net = input(8, 8, 4).keep('a').conv2d(4, 1)\nconst tokens = input(8, 4).keep('a').dense(4)\n"

const lines = [
  "net.from('')",
  "net.outputs('')",
  "net.outputs('a', '')",
  "net.add('', identity())",
  "net.add(identity(), '')",
  "net.concat('', 'a')",
  "net.subtract('', identity())",
  "net.average('a', '')",
  "net.multiply('')",
  "net.residual('')",
  "tokens.matmul('', identity())",
  "tokens.multiHeadAttention(2, { keys: '' })",
]

const checked = checkAll(lines, declarations)

describe('an empty name', () => {
  test.each(lines)('%s', (line) => {
    const { diagnostics } = checked.get(line) ?? { diagnostics: [] }
    expect(diagnostics).toHaveLength(1)
    expect(diagnostics[0]?.underlined).toBe(line.includes('keys') ? 'keys' : "''")
    expect(diagnostics[0]?.text).toMatch(/is not assignable to (?:parameter of )?type '(?:"input" \| "a"|"a" \| "input")'/)
    const error = runLine(line, declarations)
    expect(error).toBeInstanceOf(ShapeError)
    expect((error as ShapeError).message).toMatch(/: needs a name that is not empty\.$/)
  })
})
