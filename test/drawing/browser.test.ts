/// <reference lib="dom" />
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { withPolicy } from '../../src/cli/output/page-policy.js'
import { paletteOf } from '../../src/drawing/colours/palette.js'
import { html } from '../../src/drawing/html/html.js'
import { svg } from '../../src/drawing/svg/svg.js'
import { googlenet, lenet5, resnet50, unet, vgg16 } from '../../src/zoo/index.js'
import { launchPatient, noChromium, type PatientBrowser } from '../support/chromium.js'

/** `#rrggbb` as a browser says it. */
const rgb = (hex: string): string => `rgb(${[1, 3, 5].map((start) => Number.parseInt(hex.slice(start, start + 2), 16)).join(', ')})`

/** Pages and pictures in Chromium, as a reader sees them. */

describe.skipIf(noChromium)(noChromium ? `not looked at in Chromium: ${noChromium}` : 'in Chromium', () => {
  let browser: PatientBrowser
  beforeAll(async () => {
    browser = await launchPatient()
  })
  afterAll(() => browser?.close())

  /** A page with what went wrong on it, and what it asked for. */
  const open = async (content: string, colorScheme: 'light' | 'dark' = 'light') => {
    const page = await (await browser.newContext({ colorScheme, viewport: { width: 1280, height: 900 } })).newPage()
    const faults: string[] = []
    page.on('pageerror', (error) => faults.push(String(error)))
    page.on('console', (message) => faults.push(message.text()))
    page.on('request', (request) => faults.push(request.url()))
    await page.setContent(content)
    return { page, faults }
  }

  const paper = (page: Page) => page.evaluate('getComputedStyle(document.body).backgroundColor')

  test('a page of a report runs its own script and nothing else, and sends nothing', async () => {
    const { page, faults } = await open(withPolicy(html([{ name: 'lenet', network: lenet5() }])))
    await page.click('[data-do=sort]')
    expect(await page.locator('[aria-sort=descending]').count()).toBe(1)
    expect(faults).toEqual([])
    const blocked = await page.evaluate(
      (markup) =>
        new Promise<string>((resolve) => {
          addEventListener('securitypolicyviolation', ({ effectiveDirective }) => resolve(effectiveDirective))
          document.body.insertAdjacentHTML('beforeend', markup)
        }),
      '<svg onload="window.broken=1"></svg>',
    )
    expect(blocked).toMatch(/^script-src/)
    expect(await page.evaluate(() => fetch('https://example.com').then(String, () => 'refused'))).toBe('refused')
    expect(await page.evaluate(() => 'broken' in window)).toBe(false)
    await page.close()
  })

  describe.each(Object.entries({ lenet5: lenet5(), vgg16: vgg16(), googlenet: googlenet(), resnet50: resnet50(), unet: unet() }))(
    '%s',
    (name, network) => {
      test('a page with a row for each layer, without a fault or a request, no wider than the window', async () => {
        const { page, faults } = await open(html([{ name, network }]))
        expect(await page.locator('tbody tr[data-layer]').count()).toBe(network.graph.nodes.length)
        expect(await page.locator('h1').textContent()).toBe(name)
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(1280)
        expect(faults).toEqual([])
        await page.close()
      })

      test('the captions of a picture do not lie on one another nor on a line, and none leaves it', async () => {
        const { page } = await open(svg(network))
        const found = (await page.evaluate(`(() => {
        const paper = document.querySelector('svg').getBoundingClientRect()
        const boxes = [...document.querySelectorAll('svg text')].map((text) => ({ text: text.textContent, ...text.getBoundingClientRect().toJSON() }))
        const outside = boxes.filter((a) => a.left < paper.left || a.right > paper.right || a.top < paper.top || a.bottom > paper.bottom)
        // A line of text is given more room than its letters take.
        const over = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4
        const overlaps = boxes.flatMap((a, index) => boxes.slice(index + 1).filter((b) => over(a, b)).map((b) => a.text + ' / ' + b.text))
        const lines = [...document.querySelector('svg > g').children].flatMap((line) => {
          const length = line.getTotalLength()
          return Array.from({ length: Math.ceil(length / 3) }, (_, index) => line.getPointAtLength(index * 3))
        })
        const on = (box) => ({ x, y }) => x + paper.left > box.left + 1 && x + paper.left < box.right - 1 && y + paper.top > box.top + 3 && y + paper.top < box.bottom - 3
        const crossed = boxes.filter((box) => lines.some(on(box))).map(({ text }) => text)
        return { outside: outside.map(({ text }) => text), overlaps, crossed, count: boxes.length, points: lines.length }
      })()`)) as { outside: string[]; overlaps: string[]; crossed: string[]; count: number; points: number }
        expect(found.count).toBeGreaterThan(10)
        expect(found.points).toBeGreaterThan(100)
        expect([found.outside, found.overlaps, found.crossed]).toEqual([[], [], []])
        await page.close()
      })
    },
  )

  /** The colour of the first convolution's front, and of the first text in a picture. */
  const drawn = (page: Page) =>
    page.evaluate(`['.convolution .front', '.picture .ink'].map((part) => getComputedStyle(document.querySelector(part)).fill)`)

  test('light or dark as the screen is, and the other by the button', async () => {
    const content = html([{ name: 'lenet5', network: lenet5() }])
    const { page: light } = await open(content, 'light')
    const { page: dark } = await open(content, 'dark')
    expect(await paper(light)).toBe('rgb(255, 255, 255)')
    expect(await paper(dark)).toBe('rgb(18, 22, 28)')
    const colours = (['light', 'dark'] as const).map((theme) => {
      const { ink, boxes } = paletteOf(theme)
      return [rgb(boxes.convolution.front), rgb(ink)]
    })
    expect([await drawn(light), await drawn(dark)]).toEqual(colours)
    await light.click('#theme')
    await dark.click('#theme')
    expect(await paper(light)).toBe('rgb(18, 22, 28)')
    expect(await paper(dark)).toBe('rgb(255, 255, 255)')
    expect([await drawn(light), await drawn(dark)]).toEqual([...colours].reverse())
    await Promise.all([light.close(), dark.close()])
  })

  test('a layer under the mouse has a tooltip, and is marked in the picture and in the table', async () => {
    const { page } = await open(html([{ name: 'lenet5', network: lenet5() }]))
    await page.locator('.volume[data-layer="C3"] .front').hover()
    expect(await page.locator('#tip').textContent()).toBe(
      [
        'C3: conv2d 5x5',
        '14x14x6 → 10x10x16',
        '2,416 parameters (3.9 %)',
        '240,000 MACs (57.6 %)',
        'memory 6.40 kB (17.5 %)',
        'receptive field 14x14',
      ].join('\n'),
    )
    // Its volume stands for the activation behind it too.
    expect(await page.locator('tr.lit th').allTextContents()).toEqual(['C3', 'tanh_2'])
    await page.locator('tr[data-layer="F6"] th').hover()
    expect(await page.locator('#tip').textContent()).toMatch(/^F6: dense\n120 → 84\n/)
    expect(await page.locator('.volume.lit').getAttribute('data-layer')).toBe('F6')
    await page.locator('h1').hover()
    expect(await page.locator('#tip').isHidden()).toBe(true)
    await page.close()
  })

  test('the bars of a column go with its numbers', async () => {
    const { page } = await open(html([{ name: 'vgg16', network: vgg16() }]))
    const width = (layer: string, column: number) =>
      page
        .locator(`tr[data-layer="${layer}"] td.bar`)
        .nth(column)
        .locator('i')
        .evaluate((bar) => (bar as unknown as { getBoundingClientRect(): { width: number } }).getBoundingClientRect().width)
    expect((await width('conv2d_1', 2)) / (await width('maxPool2d_1', 2))).toBeCloseTo(4, 1)
    expect((await width('dense_1', 0)) / (await width('dense_2', 0))).toBeCloseTo(102_764_544 / 16_781_312, 0)
    await page.close()
  })

  test('the rows of a block fold, and a search or a click on the picture shows them', async () => {
    const { page, faults } = await open(html([{ name: 'resnet50', network: resnet50() }]))
    const visible = () => page.locator('tbody tr[data-layer]:visible').count()
    // More than 100 rows start folded. A block of one row has nothing to fold.
    const alone = await visible()
    expect(alone).toBeLessThan(20)
    const blocks = page.locator('tbody tr.block')
    expect(await blocks.count()).toBeGreaterThan(15)
    await blocks.nth(1).getByRole('button').click()
    const unfolded = await visible()
    expect(unfolded).toBeGreaterThan(alone + 3)
    expect(await blocks.nth(1).getByRole('button').getAttribute('aria-expanded')).toBe('true')
    await page.getByRole('searchbox').fill('dense')
    expect(await visible()).toBe(1)
    await page.getByRole('searchbox').fill('')
    expect(await visible()).toBe(unfolded)
    await page.getByRole('button', { name: 'Collapse blocks' }).click()
    expect(await visible()).toBeGreaterThan(100)
    await page.getByRole('button', { name: 'Collapse blocks' }).click()
    expect(await visible()).toBe(alone)
    await page.locator('.volume[data-layer="dense_1"]').first().click()
    expect(await page.locator('tr[data-layer="dense_1"]').isVisible()).toBe(true)
    expect(faults).toEqual([])
    await page.close()
  })

  test('a page of several networks begins with links to them, and each has links to its parts', async () => {
    const { page } = await open(
      html([
        { name: 'lenet5', network: lenet5() },
        { name: 'vgg16', network: vgg16(), place: 'nets/vgg.ts' },
      ]),
    )
    expect(await page.locator('.contents a').allTextContents()).toEqual(['lenet5', 'vgg16 in nets/vgg.ts'])
    for (const href of await page.$$eval('nav a', (links) => links.map((link) => link.getAttribute('href'))))
      expect(await page.locator(href ?? '').count()).toBe(1)
    // A chain is one block, which has nothing to fold.
    expect(await page.locator('tr.block').count()).toBe(0)
    await page.close()
  })

  test('a page sorts and searches its rows, shows every layer, zooms, and goes from a row to the picture', async () => {
    const { page, faults } = await open(html([{ name: 'resnet50', network: resnet50() }]))
    const first = () => page.locator('tbody tr[data-layer]:not([hidden])').first().locator('th').textContent()
    await page.getByRole('button', { name: 'MACs' }).click()
    expect(await first()).not.toBe('input')
    expect(await page.locator('th[aria-sort=descending]').textContent()).toBe('MACs')
    await page.getByRole('button', { name: 'MACs' }).click()
    await page.getByRole('button', { name: 'MACs' }).click()
    expect(await first()).toBe('input')
    await page.getByRole('searchbox').fill('dense')
    expect(await page.locator('tbody tr:not([hidden])').count()).toBe(1)
    await page.getByRole('searchbox').fill('')

    const [folded, whole] = [page.locator('.picture').nth(0), page.locator('.picture').nth(1)]
    expect([await folded.isVisible(), await whole.isVisible()]).toEqual([true, false])
    const adds = (picture: typeof folded) => picture.locator('.volume.join').count()
    expect([await adds(folded), await adds(whole)]).toEqual([8, 16])
    const width = async () => (await folded.locator('svg').boundingBox())?.width ?? 0
    const before = await width()
    await page.getByRole('button', { name: 'Zoom in' }).click()
    expect(await width()).toBeGreaterThan(1.2 * before)
    await page.getByRole('button', { name: 'Fit' }).click()
    expect(await width()).toBe(before)

    // A layer that is not drawn lights up the one that stands for it.
    await page.getByRole('button', { name: 'Collapse blocks' }).click()
    await page.locator('tr[data-layer=conv2d_9]').hover()
    expect(await folded.locator('.volume.lit').getAttribute('data-layer')).toBe('conv2d_6')
    await page.locator('.frame text').first().click()
    expect([await folded.isVisible(), await whole.isVisible()]).toEqual([false, true])
    expect(faults).toEqual([])
    await page.close()
  })
})
