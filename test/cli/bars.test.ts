import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { bar, tableWithBars } from '../../src/cli/output/bars.js'
import { report } from '../../src/report/index.js'
import { type Project, projectOf } from '../support/command.js'
import { sampled } from '../support/effort.js'
import { vgg16 } from '../support/networks.js'
import { inBoth, inShort as test } from '../support/runs.js'

/** A report in a terminal. */

test('a bar is as long as its share, in eighths of a character; what is there at all is seen', () => {
  expect([bar(1, 4), bar(0.5, 4), bar(0.28125, 4), bar(1e-9, 4), bar(0, 4)]).toEqual(['████', '██', '█▏', '▏', ''])
})

describe('a table', () => {
  const one = report(vgg16)
  const headings = (width?: number) =>
    (
      tableWithBars(one, width)
        .split('\n')
        .find((line) => line.startsWith('layer ')) ?? ''
    ).split(/ {2,}/)
  const all = [
    'layer',
    'kind',
    'output',
    'params',
    'MACs',
    'activations',
    'memory',
    'ops/byte',
    'receptive field',
    'share of params',
    'share of memory',
  ]

  test('has all columns where there is room, and leaves some out where there is not', () => {
    const without = (...names: readonly string[]) => all.filter((name) => !names.includes(name))
    expect(headings()).toEqual(all)
    expect(headings(185)).toEqual(all)
    expect(headings(175)).toEqual(without('ops/byte'))
    expect(headings(160)).toEqual(without('ops/byte', 'receptive field'))
    expect(headings(145)).toEqual(without('ops/byte', 'receptive field', 'activations'))
    const few = ['layer', 'output', 'params', 'MACs', 'memory']
    const withKinds = ['layer', 'kind', 'output', 'params', 'MACs', 'memory']
    expect(headings(116)).toEqual([...withKinds, 'share of params'])
    expect(headings(108)).toEqual(withKinds)
    expect(headings(95)).toEqual(withKinds)
    // Kinds are cut before they are left out.
    expect(headings(88)).toEqual(withKinds)
    expect(tableWithBars(one, 88)).toMatch(/^conv1_1 +conv2d 3x3, 64, .*… /m)
    expect(headings(70)).toEqual(few)
    expect(headings(20)).toEqual(['layer', 'output', 'params', 'memory'])
  })

  test('says which columns are not shown', () => {
    expect(tableWithBars(one)).not.toContain('Not shown')
    expect(tableWithBars(one, 175)).toContain('\n\nNot shown for lack of room: ops/byte. A wider terminal or --format csv has them.\n\n')
    expect(tableWithBars(one, 70).replace(/\n(?=\w)/g, ' ')).toContain(
      'Not shown for lack of room: kind, activations, ops/byte, receptive field. A wider terminal or --format csv has them.',
    )
  })

  test('the shares of the layers are those of the whole', () => {
    const rows = tableWithBars(one)
      .split('\n')
      .slice(4, 4 + one.layers.length)
    const shares = rows.map((row) => [...row.matchAll(/([\d.]+) % /g)].map(([, share]) => Number(share)))
    const conv = rows.findIndex((row) => row.startsWith('conv1_2'))
    // 3,211,264 of 15,237,608 values.
    expect(shares[conv]).toEqual([0, 21.1])
    expect(rows[conv]).toMatch(/21\.1 % ████████████$/)
    expect(rows.find((row) => row.startsWith('fc6'))).toMatch(/74\.3 % ████████████ {5}0\.0 % ▏$/)
  })
})

const hasScript = spawnSync('script', ['--version']).status === 0

describe.skipIf(!hasScript)(hasScript ? 'on a terminal' : 'not run: there is no `script` here, which makes terminals', () => {
  let project: Project
  beforeAll(() => {
    project = projectOf({
      'alexnet.mjs': "import { alexnet } from 'stridewise/zoo'\nexport const net = alexnet()\n",
      'resnet.mjs': "import { resnet50 } from 'stridewise/zoo'\nexport const net = resnet50()\n",
      'long.mjs': `import { input } from 'stridewise'\nexport const net = input(4).dense(2, { name: '${'long'.repeat(20)}' })\n`,
      'net.mjs': "import { input } from 'stridewise'\nexport const net = input(28, 28, 1).conv2d(8, 3).flatten().dense(10)\n",
    })
  })
  afterAll(() => project.remove())

  const inTerminal = (columns: number, environment: Record<string, string> = {}, file = 'net.mjs'): string => {
    const command = `stty cols ${columns}; "${process.execPath}" node_modules/stridewise/dist/cli/stridewise.js report --timeout 3600 ${file}`
    const { NO_COLOR: _, ...outside } = process.env
    const env = { ...outside, TERM: 'xterm-256color', ...environment }
    return spawnSync('script', ['-qec', command, '/dev/null'], { cwd: project.folder, env, encoding: 'utf8' }).stdout
  }

  test('there are colours, but not where NO_COLOR is set or the terminal knows none', () => {
    expect(inTerminal(200)).toContain('\u001b[36m█')
    expect(inTerminal(200, { NO_COLOR: '1' })).not.toContain('\u001b')
    expect(inTerminal(200, { TERM: 'dumb' })).not.toContain('\u001b')
  })

  inBoth.each(sampled(['alexnet', 'resnet', 'long'].flatMap((name) => [60, 80].map((columns) => [name, columns] as const))))(
    '%s: no line is longer than %i columns',
    (name, columns) => {
      const lines = inTerminal(columns, { NO_COLOR: '1' }, `${name}.mjs`).split(/\r?\n/)
      expect(lines.filter((line) => line.length > columns)).toEqual([])
      expect(lines.filter((line) => /^layer /.test(line))).toHaveLength(1)
      expect(lines.some((line) => line.includes('MACs for one example'))).toBe(true)
      if (columns === 80 && name !== 'long') expect(lines.find((line) => /^layer /.test(line))).toContain('MACs')
      if (name === 'long') expect(lines.some((line) => /^(long)+l?o?n?g?… /.test(line))).toBe(true)
    },
  )

  test('the table is no wider than the terminal', () => {
    const lines = inTerminal(100, { NO_COLOR: '1' }).split(/\r?\n/)
    const first = lines.findIndex((line) => line.startsWith('layer '))
    const table = lines.slice(first, lines.indexOf('', first))
    expect(table.length).toBe(8)
    expect(Math.max(...table.map((line) => line.length))).toBeLessThanOrEqual(100)
    expect(table[0]).not.toContain('receptive field')
  })
})
