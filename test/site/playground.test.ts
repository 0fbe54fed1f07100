import type { Server } from 'node:http'
import { gzipSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { examples } from '../../docs/.vitepress/playground/examples.js'
import { launch, missing, serve } from './browser.js'

/* The playground, as somebody uses it who types into it. */

const fits = `import { input } from 'stridewise'

export const network = input(7, 7, 1).conv2d(8, 3, { stride: 2 })
`

const sentence =
  "conv2d: a 3x3 filter with stride 3 does not fit a 7x7 input: (7 - 3 + 2*0)/3 + 1 = 2.33. Use stride 1, 2 or 4, padding 1, or rounding: 'floor'."

describe.skipIf(missing)('the playground', () => {
  let server: Server
  let address: string
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    ;({ server, address } = await serve())
    browser = await launch()
    const context = await browser.newContext()
    page = await context.newPage()
    await page.goto(`${address}/playground.html`)
    await page.waitForSelector('.complaints')
  })
  afterAll(async () => {
    await browser?.close()
    server?.close()
  })

  /** Replaces the code, as typed. */
  const write = async (text: string): Promise<void> => {
    await page.click('.editor .view-lines')
    await page.keyboard.press('Control+A')
    await page.keyboard.insertText(text)
  }

  test('begins with a mistake: its underline, its hover and the report say the same sentence', async () => {
    await page.waitForSelector('.squiggly-error')
    expect(await page.textContent('.complaints')).toContain(sentence)
    const underlined = await page.locator('.squiggly-error').boundingBox()
    if (!underlined) throw new Error('nothing is underlined')
    await page.mouse.move(underlined.x + 4, underlined.y - 3)
    const hover = page.locator('.monaco-hover', { hasText: 'does not fit' })
    await hover.waitFor()
    expect((await hover.textContent())?.replaceAll(/\s/g, ' ')).toContain(sentence)
  })

  test('a stride that fits brings the table, one that does not takes it away again', async () => {
    await write(fits)
    await page.waitForSelector('.report-bars')
    expect(await page.textContent('.network')).toContain('Network<[7, 7, 1], [3, 3, 8], 80>')
    await write(fits.replace('stride: 2', 'stride: 3'))
    await page.waitForSelector('.complaints')
    expect(await page.locator('.report-bars').count()).toBe(0)
    expect(await page.textContent('.complaints')).toContain(sentence)
  })

  test('a hover in the code has the shape', async () => {
    await write(fits)
    await page.waitForSelector('.report-bars')
    await page.locator('.editor .view-line span span', { hasText: 'network' }).first().hover()
    const hover = page.locator('.monaco-hover', { hasText: 'const network' })
    await hover.waitFor()
    expect((await hover.textContent())?.replaceAll(/\s/g, ' ')).toContain('const network: Network<[7, 7, 1], [3, 3, 8], 80>')
  })

  test('a link holds the code', async () => {
    await write(fits.replace('conv2d(8', 'conv2d(24'))
    await page.waitForFunction(() => document.querySelector('.network')?.textContent?.includes('[3, 3, 24]'))
    await page.click('text=Share')
    await page.waitForFunction(() => location.hash.startsWith('#code='))
    const other = await browser.newPage()
    await other.goto(page.url())
    await other.waitForSelector('.report-bars')
    expect(await other.textContent('.network')).toContain('Network<[7, 7, 1], [3, 3, 24], 240>')
    await other.close()
  })

  test('a damaged link gives the first example', async () => {
    const other = await browser.newPage()
    await other.goto(`${address}/playground.html#code=%%%`)
    await other.waitForSelector('.complaints')
    expect(await other.textContent('.complaints')).toContain(sentence)
    await other.close()
  })

  test('what is printed and what is thrown is shown; a loop without end is stopped', async () => {
    await write("console.log('printed')\nexport {}\n")
    await page.waitForFunction(() => document.querySelector('.result')?.textContent?.includes('printed'))
    await write("throw new Error('thrown')\n")
    await page.waitForFunction(() => document.querySelector('.thrown')?.textContent?.includes('Error: thrown'))
    await write('while (true) {}\n')
    await page.waitForFunction(() => document.querySelector('.thrown')?.textContent?.includes('was stopped'), undefined, {
      timeout: 60_000,
    })
    await write(fits)
    await page.waitForSelector('.report-bars')
  })

  test.each(Object.keys(examples).slice(1))('the example %s has a report', async (name) => {
    await page.selectOption('.playground select', name)
    await page.waitForFunction((code) => document.querySelector('.editor')?.textContent?.includes(code), 'export')
    await page.waitForSelector('.report-bars')
    expect(await page.locator('.complaints').count()).toBe(0)
  })

  test('takes less than 3.5 MB, compressed', async () => {
    const other = await browser.newPage()
    const bodies: Promise<Buffer>[] = []
    other.on('response', (response) => bodies.push(response.body()))
    await other.goto(`${address}/playground.html`)
    await other.waitForSelector('.complaints')
    const sizes = (await Promise.all(bodies)).map((body) => gzipSync(body).length)
    await other.close()
    expect(sizes.length).toBeGreaterThan(5)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(3_500_000)
  })
})
