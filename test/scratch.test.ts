import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import * as stridewise from '../src/index.js'
import { checkLines } from './support/check.js'
import { graphMistakes, graphRefusedByType, graphValues } from './support/graph-mistakes.js'

test('x', () => {
  const lines = [...Object.values(graphMistakes).flat(), ...graphRefusedByType]
  const names = Object.keys(stridewise).filter((n) => n !== 'input')
  const checked = checkLines(lines, `import { ${names.join(', ')} } from 'stridewise'\n${graphValues}`)
  const out: string[] = []
  let bad = 0
  for (const line of lines) {
    const found = checked.get(line)
    let rt = 'no error'
    try {
      new Function(...Object.keys(stridewise), `${graphValues}\nreturn ${line}`)(...Object.values(stridewise))
    } catch (e) {
      rt = (e instanceof stridewise.ShapeError ? '' : 'OTHER ') + (e as Error).message
    }
    const types = found?.sentences ?? []
    const same = types.length === 1 && types[0] === rt
    if (!same) bad++
    out.push(
      `${same ? 'ok  ' : 'BAD '} ${line}\n     rt: ${rt}${same ? '' : types.map((t, i) => `\n     ts: ${t} @ ${found?.diagnostics[i]?.underlined}`).join('') || '\n     ts: nothing ' + found?.type}`,
    )
  }
  writeFileSync('/tmp/wt/w14d-mistakes.txt', `${bad} of ${lines.length}\n` + out.join('\n'))
  expect(1).toBe(1)
}, 600000)
