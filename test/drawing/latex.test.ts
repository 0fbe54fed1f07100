import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { type Style, svg } from '../../src/drawing/svg/svg.js'
import { tikz } from '../../src/drawing/tikz/tikz.js'
import { type AnyNetwork, input } from '../../src/index.js'
import { alexnetLecture, densenet121, resnet50, swinT, unet } from '../../src/zoo/index.js'
import { isLong } from '../support/effort.js'

/** Pictures in LaTeX, whose fonts and lengths have limits. */

const hasLatex = isLong && spawnSync('pdflatex', ['--version']).status === 0
if (isLong && !hasLatex)
  console.warn(
    'Pictures are not typeset: there is no pdflatex here. Install texlive-latex-base and texlive-pictures to run test/drawing/latex.test.ts.',
  )

const folder = mkdtempSync(join(tmpdir(), 'stridewise-latex-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What pdfLaTeX finds wrong in a paper with a picture, fitted as the picture's first line says. */
const faultsOf = (picture: string): string[] => {
  const [, fit = ''] = /^%.*(\\resizebox\{.*\}\{.*\})\{\\input/.exec(picture) ?? []
  writeFileSync(join(folder, 'picture.tex'), picture)
  const paper = `\\documentclass{article}\\usepackage{graphicx}\\usepackage{tikz}
\\begin{document}\\noindent${fit}{\\input{picture.tex}}\\end{document}\n`
  writeFileSync(join(folder, 'paper.tex'), paper)
  const { status, stdout } = spawnSync('pdflatex', ['-no-shell-escape', '-interaction=nonstopmode', 'paper.tex'], {
    cwd: folder,
    encoding: 'utf8',
  })
  const faults = stdout.split('\n').filter((line) => line.startsWith('!'))
  if (faults.length > 0) return faults
  expect(status).toBe(0)
  expect(readFileSync(join(folder, 'paper.pdf')).subarray(0, 4).toString()).toBe('%PDF')
  return faults
}

/** Names with everything that TeX reads as a command. */
const named = input(8, 8, 3)
  .conv2d(4, 3, { name: 'a_b%c#d$e&f' })
  .conv2d(4, 1, { name: '{g}h~i^j\\k|l<m>' })
  .conv2d(2, 1, { name: '\\input{/etc/passwd}' })
  .conv2d(2, 1, { name: 'ä×é « 日本 😀' })
  .conv2d(2, 1, { name: '`--]{' })

const networks: Readonly<Record<string, readonly [() => AnyNetwork, Style]>> = {
  named: [() => named, 'volumes'],
  alexnetLecture: [alexnetLecture, 'volumes'],
  resnet50: [resnet50, 'blocks'],
  unet: [unet, 'volumes'],
  swinT: [swinT, 'graph'],
}

describe.skipIf(!hasLatex)(hasLatex ? 'through pdfLaTeX' : 'not run: npm run test:long runs it where there is pdflatex', () => {
  test.each(Object.entries(networks))('%s', (_, [make, style]) => {
    expect(faultsOf(tikz(svg(make(), { style })))).toEqual([])
  })

  test('a picture that is higher than TeX can measure', () => {
    expect(faultsOf(tikz(svg(densenet121(), { style: 'graph' })))).toEqual([])
  })
})

test('lengths stay below the limit of TeX', () => {
  const content = tikz(svg(densenet121(), { style: 'graph' }))
  expect(content.split('\n')[0]).toContain('\\resizebox{!}{\\textheight}')
  const numbers = content
    .split('\n')
    .slice(2)
    .flatMap((line) => [...line.matchAll(/[(,](\d+(?:\.\d+)?)(?=[,)])/g)].map(([, found]) => Number(found)))
  expect(numbers.length).toBeGreaterThan(1000)
  expect(Math.max(...numbers)).toBeLessThanOrEqual(16_000)
})
