/// <reference lib="dom" />
import type { Server } from 'node:http'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { serve } from '../../scripts/site.mjs'
import { launchPatient, noSite, type PatientBrowser } from '../support/chromium.js'

/* The site at the widths of screens, tablets and phones; hovers by keyboard; and the words that the search finds. */

const pages = ['guide/layers.html', 'reference/conv2d.html', 'reference/names.html', 'command-line.html'] as const
const screens = [1280, 1440, 1536, 1679, 1680, 1920] as const

describe.skipIf(noSite)('the site', () => {
  let server: Server
  let address: string
  let browser: PatientBrowser
  let page: Page

  beforeAll(async () => {
    ;({ server, address } = await serve())
    browser = await launchPatient()
    page = await (await browser.newContext()).newPage()
  })
  afterAll(async () => {
    await browser?.close()
    server?.close()
  })

  let shown = ''
  /** Shows a page at a width. Where it is the page of the test before, the window gets another size: to load the page takes far longer. */
  const open = async (path: string, width: number): Promise<void> => {
    await page.setViewportSize({ width, height: 900 })
    if (shown === path) {
      // What listens to the size of the window is told before the next frame.
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)))
      return
    }
    shown = path
    await page.goto(`${address}/${path}`)
    await page.waitForFunction(() => '__vue_app__' in (document.querySelector('#app') ?? {}))
  }

  /** Whether the page itself scrolls sideways. */
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

  test.each(pages.flatMap((path) => screens.map((width) => ({ width, path }))))(
    '$path at $width: sidebar and outline',
    async ({ width, path }) => {
      await open(path, width)
      const clipped = await page.$$eval('.VPSidebar .text', (labels) => {
        const bar = (document.querySelector('.VPSidebar') as Element).getBoundingClientRect()
        return labels
          .filter((label) => {
            const { left, right, width: shown } = label.getBoundingClientRect()
            return shown > 0 && (left < bar.left || right > bar.right || label.scrollWidth > label.clientWidth + 1)
          })
          .map((label) => label.textContent)
      })
      expect(clipped).toEqual([])
      expect(await page.locator('.VPDocAsideOutline').isVisible()).toBe(true)
      const [content, outline] = await Promise.all([
        page.locator('.VPDoc .content-container').boundingBox(),
        page.locator('.VPDocAsideOutline').boundingBox(),
      ])
      expect((content?.x ?? 0) + (content?.width ?? 0)).toBeLessThanOrEqual(outline?.x ?? 0)
      expect(outline && outline.x + outline.width).toBeLessThanOrEqual(width)
      expect(await overflow()).toBeLessThanOrEqual(0)
    },
  )

  test.each([...pages, 'index.html', 'zoo.html'].flatMap((path) => [390, 820].map((width) => ({ width, path }))))(
    '$path at $width does not scroll sideways',
    async ({ width, path }) => {
      await open(path, width)
      expect(await overflow()).toBeLessThanOrEqual(0)
    },
  )

  test.each(['reference/names.html', 'reference/conv2d.html', 'command-line.html', 'index.html'])(
    'on a phone every column of a table of words is in sight: %s',
    async (path) => {
      await open(path, 390)
      const hidden = await page.$$eval('.vp-doc table:has(td[data-column])', (tables) =>
        tables.filter((table) => table.scrollWidth > table.clientWidth + 1).map((table) => table.textContent?.slice(0, 60)),
      )
      expect(await page.locator('.vp-doc table:has(td[data-column])').count()).toBeGreaterThan(0)
      expect(hidden).toEqual([])
    },
  )

  test('on a phone the card with the error covers nothing', async () => {
    await open('index.html', 390)
    const [card, title] = await Promise.all([page.locator('.hero-card').boundingBox(), page.locator('.VPHero h1').boundingBox()])
    expect((card?.y ?? 0) + (card?.height ?? 0)).toBeLessThanOrEqual(title?.y ?? 0)
  })

  test('types by keyboard: the arrow keys go through the names of a block', async () => {
    await open('index.html', 1280)
    await page.locator('.vp-doc pre.twoslash').first().focus()
    await page.keyboard.press('ArrowRight')
    const popup = page.locator('.twoslash-floating:visible')
    await popup.waitFor()
    const first = await popup.textContent()
    await page.keyboard.press('ArrowRight')
    await page.waitForFunction((before) => {
      const shown = [...document.querySelectorAll('.twoslash-floating')].find((each) => each.getClientRects().length > 0)
      return shown !== undefined && shown.textContent !== before
    }, first)
    await page.keyboard.press('Home')
    expect(await page.evaluate(() => document.activeElement?.classList.contains('twoslash-hover'))).toBe(true)
  })

  describe('the search', () => {
    // One box for all words: each page that opens it reads the whole index anew.
    beforeAll(async () => {
      await open('guide/layers.html', 1280)
      await page.click('.VPNavBarSearch button')
      await page.waitForSelector('#localsearch-input')
    })

    test.each([
      ['NCHW', /rules|names|permute|formats/],
      ['max pooling', /maxPool/],
      ['kernel size', /conv|Pool|rules/],
      ['FLOPs', /counting|reports/],
      ['ZeroPadding2D', /zeroPad|names/],
      ['Linear', /dense|names/],
      ['self-attention', /multiHeadAttention/],
      ['deconvolution', /convTranspose/],
    ])('finds %s', async (words, found) => {
      // The box remembers what was searched before, with its results.
      await page.fill('#localsearch-input', '')
      await page.waitForSelector('.VPLocalSearchBox .result', { state: 'detached' })
      await page.fill('#localsearch-input', words)
      await page.waitForSelector('.VPLocalSearchBox .result')
      const links = await page.$$eval('.VPLocalSearchBox .result', (results) =>
        results.slice(0, 6).map((result) => (result as HTMLAnchorElement).pathname),
      )
      expect(links.join(' ')).toMatch(found)
    })
  })
})
