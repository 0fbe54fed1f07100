import { readFileSync } from 'node:fs'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import type { FrameLocator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { toOnnx } from '../../../src/formats/onnx/index.js'
import { input } from '../../../src/index.js'
import { answered } from '../../support/chromium.js'
import { noVSCode, type Opened, openInVSCode } from './web.js'

/* The packed extension in a real VS Code, as somebody uses it who types into it. TypeScript 6.0 answers, from this process. */

const text = `import { input } from 'stridewise'

export const alexnet = input(227, 227, 3)
  .conv2d(96, 11, { stride: 4 })
  .relu()
  .maxPool2d(3, { stride: 2 })
  .conv2d(256, 5, { padding: 2 })
  .relu()
  .maxPool2d(3, { stride: 2 })
  .conv2d(384, 3, { padding: 1 })
  .relu()
  .conv2d(256, 3, { padding: 1 })
  .relu()
  .maxPool2d(3, { stride: 2 })
  .flatten()
  .dense(4096)
  .relu()
  .dense(1000)
  .softmax()

export const small = input(7, 7, 1)
  .conv2d(8, 3, { stride: 3 })
`

const picture = fileURLToPath(new URL('../../../editors/vscode/panel.png', import.meta.url))
const pictureOfFixes = fileURLToPath(new URL('../../../docs/guide/in-vscode.png', import.meta.url))

if (noVSCode) console.log(`A real VS Code is not run: ${noVSCode}`)

describe.skipIf(noVSCode)('a real VS Code', () => {
  let opened: Opened
  let panel: FrameLocator

  const line = (code: string | RegExp) => opened.page.locator('.editor-instance .view-line', { hasText: code }).first()
  /** Without blanks, which are of several kinds in an editor. */
  const textOf = async (code: string): Promise<string> => ((await line(code).textContent()) ?? '').replaceAll(/[\s\p{Cf}]/gu, '')
  const command = async (name: string): Promise<void> => {
    await opened.page.keyboard.press('F1')
    await opened.page.locator('.quick-input-list .monaco-list-row').first().waitFor()
    await opened.page.keyboard.type(name)
    await opened.page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first().click()
  }

  beforeAll(async () => {
    const model = toOnnx(input(8, 8, 3).conv2d(4, 3).relu())
    opened = await openInVSCode('network.ts', { 'network.ts': text, 'model.onnx': model })
    panel = opened.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame')
  })
  afterAll(() => opened?.close())

  test('shows shapes behind calls, and totals above exports', async () => {
    await line('55×55×96').waitFor()
    expect(await textOf('.conv2d(96')).toBe('.conv2d(96,11,{stride:4})55×55×96')
    const lens = opened.page.locator('.codelens-decoration', { hasText: '227×227×3 → 1000' })
    await lens.waitFor()
    expect(await lens.textContent()).toMatch(/parameters · [\d.]+ [MG] MACs · [\d.]+ MB for inference/)
  })

  test('shows the network under the cursor', async () => {
    await line('.conv2d(256, 5').click()
    await command('stridewise: Show network')
    await panel.locator('h1', { hasText: 'alexnet' }).waitFor()
    await panel.locator('tr.here', { hasText: 'conv2d_2' }).waitFor()
    expect(await panel.locator('.picture svg').count()).toBeGreaterThan(0)
    if (process.env['UPDATE_GOLDEN']) await opened.page.screenshot({ path: picture })
  })

  test('a click on a layer selects its code', async () => {
    await panel.locator('tr[data-layer="maxPool2d_1"] th').click()
    await opened.page.locator('.editor-instance .selected-text').first().waitFor()
    await opened.page.keyboard.press('Control+C')
    await opened.page.locator('.right-items', { hasText: /Ln 6, Col \d+ \(\d+ selected\)/ }).waitFor()
  })

  test('a mistake is fixed by one click, and the picture changes', async () => {
    const { page } = opened
    await line('stride: 3').click({ position: { x: 130, y: 8 } })
    await panel.locator('#said.wrong', { hasText: 'conv2d: a 3x3 filter with stride 3 does not fit' }).waitFor()
    const fix = page.getByText('Set stride to 2', { exact: true })
    // VS Code has the fixes some time after the mistake.
    await answered(fix, async () => {
      await page.keyboard.press('Escape')
      await page.keyboard.press('Control+.')
    })
    if (process.env['UPDATE_GOLDEN']) await page.screenshot({ path: pictureOfFixes })
    // It lays something over a new menu until the mouse moves.
    const { x, y } = (await fix.boundingBox()) as { x: number; y: number }
    await page.mouse.move(x + 5, y + 5)
    await page.mouse.move(x + 20, y + 6, { steps: 3 })
    await page.mouse.click(x + 20, y + 6)
    await line('3×3×8').waitFor()
    await panel.locator('h1', { hasText: 'small' }).waitFor()
    await panel.locator('.lead', { hasText: '7 × 7 × 1 → 3 × 3 × 8' }).waitFor()
    expect(await panel.locator('#said').textContent()).toBe('')
  })

  test('offers strides that fit, each with its shape', async () => {
    const { page } = opened
    await line('3×3×8').click({ position: { x: 185, y: 8 } })
    await page.keyboard.press('Home')
    for (let times = 0; times < '.conv2d(8, 3, { stride: '.length; times += 1) await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Delete')
    const offered = page.locator('.suggest-widget .monaco-list-row', { hasText: '2×2×8' })
    await answered(offered, () => page.keyboard.press('Control+Space'))
    expect(await offered.first().textContent()).toMatch(/^4/)
    await page.keyboard.press('Escape')
    await page.keyboard.type('2')
    await line('3×3×8').waitFor()
  })

  test('opens a model as an architecture', async () => {
    const { page } = opened
    await page.getByRole('treeitem', { name: 'model.onnx' }).click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Open as architecture' }).click()
    await line('.conv2d(4, 3)').waitFor()
    await page.locator('.tab', { hasText: 'Untitled-1' }).waitFor()
  })

  test('the panel loads nothing from elsewhere', async () => {
    expect(await panel.locator('[src],link[href],img').count()).toBe(0)
    expect(readFileSync(picture).length).toBeGreaterThan(10_000)
  })
})
