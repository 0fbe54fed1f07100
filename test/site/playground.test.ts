import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { Server } from 'node:http'
import { gzipSync } from 'node:zlib'
import type { Page, Response } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { examples } from '../../docs/.vitepress/playground/examples.js'
import { serve } from '../../scripts/site.mjs'
import { paletteOf } from '../../src/drawing/colours/palette.js'
import { fromKeras } from '../../src/formats/keras/index.js'
import { fromOnnx } from '../../src/formats/onnx/index.js'
import { answered, launchPatient, noSite, type PatientBrowser } from '../support/chromium.js'

/* The playground, as somebody uses it who types into it. */

const fits = `import { input } from 'stridewise'

export const network = input(7, 7, 1).conv2d(8, 3, { stride: 2 })
`

const sentence =
  "conv2d: a 3x3 filter with stride 3 does not fit a 7x7 input: (7 - 3 + 2*0)/3 + 1 = 2.33. Use stride 1, 2 or 4, padding 1, or rounding: 'floor'."

const python = '/usr/bin/python3'

describe.skipIf(noSite)('the playground', () => {
  let server: Server
  let address: string
  let browser: PatientBrowser
  let page: Page
  /** What the first visit loads. */
  const bodies: Promise<Buffer>[] = []

  beforeAll(async () => {
    ;({ server, address } = await serve())
    browser = await launchPatient()
    const context = await browser.newContext()
    page = await context.newPage()
    const keep = (response: Response) => bodies.push(response.body())
    page.on('response', keep)
    await page.goto(`${address}/playground.html`)
    await page.waitForSelector('.complaints')
    page.off('response', keep)
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

  /** What the editor says where the mouse rests on the underlined place. */
  const hoverOfMistake = async (): Promise<string> => {
    const hover = page.locator('.monaco-hover', { hasText: 'does not fit' })
    await answered(hover, async () => {
      // The line is new while it is checked.
      const underlined = await page.locator('.squiggly-error').first().boundingBox()
      if (!underlined) return
      // From elsewhere: a mouse that already rests there shows nothing.
      await page.mouse.move(0, 0)
      await page.mouse.move(underlined.x + 4, underlined.y + underlined.height / 2, { steps: 5 })
    })
    return ((await hover.textContent()) ?? '').replaceAll(/\s/g, ' ')
  }

  test('begins with a mistake: its underline, its hover and the report say the same sentence', async () => {
    await page.waitForSelector('.squiggly-error')
    expect(await page.textContent('.complaints')).toContain(sentence)
    expect(await hoverOfMistake()).toContain(sentence)
  })

  test('a stride that fits brings the table, one that does not takes it away again and is underlined', async () => {
    await write(fits)
    await page.waitForSelector('.report-bars')
    expect(await page.textContent('.network')).toContain('Network<[7, 7, 1], [3, 3, 8], 80>')
    await write(fits.replace('{ stride: 2 })\n', ''))
    await page.keyboard.type('{ stride: 3 })', { delay: 30 })
    await page.waitForSelector('.squiggly-error')
    await page.waitForFunction((text) => document.querySelector('.complaints')?.textContent?.includes(text), sentence)
    expect(await page.locator('.report-bars').count()).toBe(0)
    expect(await hoverOfMistake()).toContain(sentence)
  })

  test('shapes stand behind calls', async () => {
    await write(fits)
    await page.locator('.editor .view-line', { hasText: '3×3×8' }).first().waitFor()
    const line = await page.locator('.editor .view-line', { hasText: 'conv2d' }).textContent()
    expect(line?.replaceAll(/\s/g, '')).toContain('input(7,7,1)7×7×1.conv2d')
  })

  test('a mistake keeps the last picture, dimmed, with the layer in red that does not fit; one click fixes it', async () => {
    await write(fits)
    await page.waitForSelector('.network:not(.old) .picture svg')
    await write(fits.replace('stride: 2', 'stride: 3'))
    await page.waitForSelector('.network.old .picture .faulty')
    expect(await page.locator('.network .faulty').getAttribute('data-layer')).toBe('conv2d_1')
    const opacityOf = (selector: string): Promise<string> =>
      page
        .locator(selector)
        .first()
        .evaluate((part) => getComputedStyle(part).opacity)
    // Texts keep their contrast.
    expect(Number(await opacityOf('.network.old .volume:not(.faulty) .box'))).toBeLessThan(0.5)
    expect(await opacityOf('.network.old .volume.faulty .box')).toBe('1')
    expect(await page.locator('.report-bars, .downloads').count()).toBe(0)
    await page.waitForSelector('.squiggly-error')
    const fix = page.locator('.action-widget .monaco-list-row', { hasText: 'Set stride to 2' })
    await answered(fix, async () => {
      await page.keyboard.press('Escape')
      await page.click('.complaints button')
      await page.keyboard.press('Control+.')
    })
    await fix.click()
    await page.waitForSelector('.network:not(.old) .report-bars')
    expect(await page.locator('.faulty').count()).toBe(0)
    expect(await page.textContent('.network')).toContain('Network<[7, 7, 1], [3, 3, 8], 80>')
  })

  test('strides that fit are offered, each with its shape', async () => {
    const offered = page.locator('.suggest-widget .monaco-list-row', { hasText: '55×55×96' })
    await answered(offered, async () => {
      await write("import { input } from 'stridewise'\n\nexport const network = input(227, 227, 3).conv2d(96, 11, { stride:})")
      await page.keyboard.press('ArrowLeft')
      await page.keyboard.press('ArrowLeft')
      await page.keyboard.type(' ')
    })
    expect(await offered.first().textContent()).toMatch(/^4/)
    await page.keyboard.press('Escape')
  })

  test('the picture is drawn without the compiler, and the page says how far that is', async () => {
    const context = await browser.newContext()
    const other = await context.newPage()
    await other.addInitScript((text) => localStorage.setItem('stridewise-playground', text), examples['LeNet-5'] as string)
    // Neither the editor nor the compiler ever arrives.
    await other.route(/\/(?:assets\/)?(?:chunks\/)?(?:editor|ts\.worker)[^/]*\.js/, () => {})
    await other.goto(`${address}/playground.html`)
    await other.waitForSelector('.network .picture svg')
    expect(await other.textContent('.network code')).toBe('Network<[28, 28, 1], [10], 61706>')
    expect(await other.textContent('.starting')).toContain('Loading the editor')
    expect(await other.locator('.monaco-editor').count()).toBe(0)
    await context.close()
  })

  test('a hover in the code has the shape', async () => {
    await write(fits)
    // The text moves when shapes come between.
    await page.locator('.editor .view-line', { hasText: '3×3×8' }).first().waitFor()
    const hover = page.locator('.monaco-hover', { hasText: 'const network' })
    await answered(hover, async () => {
      await page.mouse.move(0, 0)
      await page.locator('.editor .view-line span span', { hasText: 'network' }).first().hover()
    })
    expect((await hover.textContent())?.replaceAll(/\s/g, ' ')).toContain('const network: Network<[7, 7, 1], [3, 3, 8], 80>')
  })

  test('what stands after a point is offered', async () => {
    await answered(page.locator('.suggest-widget .monaco-list-row', { hasText: 'maxPool2d' }), async () => {
      await write("import { input } from 'stridewise'\n\nexport const network = input(7, 7, 1)")
      await page.keyboard.type('.maxPo')
    })
    await page.keyboard.press('Escape')
  })

  test('the keyboard gets into the editor and out of it', async () => {
    await write(fits)
    // What is told of a mistake goes away with it, and with the focus on it.
    await page.waitForSelector('.downloads')
    const inEditor = (): Promise<boolean> => page.evaluate(() => document.activeElement?.closest('.editor') !== null)
    expect(await inEditor()).toBe(true)
    await page.keyboard.press('Control+M')
    await page.keyboard.press('Tab')
    expect(await inEditor()).toBe(false)
    await page.keyboard.press('Shift+Tab')
    expect(await inEditor()).toBe(true)
    await page.keyboard.press('Control+M')
  })

  describe('downloads', () => {
    const downloaded = async (label: string): Promise<{ name: string; bytes: Buffer }> => {
      const [download] = await Promise.all([page.waitForEvent('download'), page.click(`.downloads button:text-is("${label}")`)])
      return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) }
    }

    beforeAll(async () => {
      await write(fits)
      await page.waitForSelector('.network')
    })

    test('ONNX is read back as the same network', async () => {
      const { name, bytes } = await downloaded('ONNX')
      expect(name).toBe('network.onnx')
      expect(`${fromOnnx(bytes).network}`).toBe('Network<[7, 7, 1], [3, 3, 8], 80>')
    })

    test('Keras JSON is read back as the same network', async () => {
      const { name, bytes } = await downloaded('Keras JSON')
      expect(name).toBe('network.json')
      expect(`${fromKeras(JSON.parse(`${bytes}`)).network}`).toBe('Network<[7, 7, 1], [3, 3, 8], 80>')
    })

    test('PyTorch is a module with the layer', async () => {
      const { name, bytes } = await downloaded('PyTorch')
      expect(name).toBe('network.py')
      expect(`${bytes}`).toContain('class Network(nn.Sequential):')
      expect(`${bytes}`).toContain('nn.Conv2d(1, 8, kernel_size=3, stride=2)')
      if (existsSync(python))
        expect(spawnSync(python, ['-c', 'import ast, sys; ast.parse(sys.stdin.read())'], { input: bytes }).status).toBe(0)
    })

    test('SVG is well formed and names the layer', async () => {
      const { name, bytes } = await downloaded('SVG')
      expect(name).toBe('network.svg')
      const texts = await page.evaluate((svg) => {
        const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml')
        return parsed.querySelector('parsererror') ? [] : [...parsed.querySelectorAll('text')].map(({ textContent }) => textContent)
      }, `${bytes}`)
      expect(texts.join(' ')).toContain('3x3x8')
    })
  })

  test('a link holds the code', async () => {
    await write(fits.replace('conv2d(8', 'conv2d(24'))
    await page.waitForFunction(() => document.querySelector('.network')?.textContent?.includes('[3, 3, 24]'))
    await page.click('text=Share')
    await page.waitForFunction(() => location.hash.startsWith('#code='))
    const other = await (await browser.newContext()).newPage()
    await other.goto(page.url())
    await other.click('text=Run this code')
    await other.waitForSelector('.report-bars')
    expect(await other.textContent('.network')).toContain('Network<[7, 7, 1], [3, 3, 24], 240>')
    await other.close()
  })

  test('a damaged link gives the first example', async () => {
    const other = await (await browser.newContext()).newPage()
    await other.goto(`${address}/playground.html#code=%%%`)
    await other.waitForSelector('.complaints')
    expect(await other.textContent('.complaints')).toContain(sentence)
    expect(await other.textContent('.bar')).toContain('The link is damaged')
    await other.close()
  })

  test('what is changed is no longer what the address holds, nor the example; it is there again at the next visit', async () => {
    await page.selectOption('.playground select', 'LeNet-5')
    await page.waitForFunction(() => document.querySelector('.network h2')?.textContent === 'lenet')
    await page.click('text=Share')
    await page.waitForFunction(() => location.hash.startsWith('#code='))
    await write(fits.replace('conv2d(8', 'conv2d(12'))
    await page.waitForFunction(() => document.querySelector('.network')?.textContent?.includes('[3, 3, 12]'))
    expect(await page.evaluate(() => location.hash)).toBe('')
    expect(await page.inputValue('.playground select')).toBe('')
    await page.reload()
    await page.waitForFunction(() => document.querySelector('.network')?.textContent?.includes('[3, 3, 12]'))
  })

  test('values of options are offered inside quotes', async () => {
    await answered(page.locator('.suggest-widget .monaco-list-row', { hasText: 'floor' }), async () => {
      await write("import { input } from 'stridewise'\n\nexport const network = input(8, 8, 1).conv2d(8, 3, { stride: 2, rounding: ")
      await page.keyboard.type("'f")
    })
    await page.keyboard.press('Escape')
  })

  test('a download that cannot be says why, beside its button', async () => {
    await write("import { alexnetLecture } from 'stridewise/zoo'\n\nexport const network = alexnetLecture()\n")
    await page.waitForFunction(() => document.querySelector('.network code')?.textContent?.includes('62378344'))
    await page.click('.downloads button:text-is("Keras JSON")')
    await page.waitForFunction(() => document.querySelector('.downloaded')?.textContent?.includes('localResponseNorm'))
  })

  test('what is printed and what is thrown is shown', async () => {
    await write("console.log('printed')\nexport {}\n")
    await page.waitForFunction(() => document.querySelector('.result')?.textContent?.includes('printed'))
    await write("throw new Error('thrown')\n")
    await page.waitForFunction(() => document.querySelector('.thrown')?.textContent?.includes('Error: thrown'))
  })

  test.each([
    ['LeNet-5', 'lenet', 'Network<[28, 28, 1], [10], 61706>'],
    ['AlexNet, without normalization', 'alexnet', 'Network<[227, 227, 3], [1000], 62378344>'],
    ['VGG-16, in stages', 'vgg16', 'Network<[224, 224, 3], [1000], 138357544>'],
    ['A residual block', 'network', 'Network<[56, 56, 64], [28, 28, 128], 303872>'],
    ['Out of the zoo', 'residual', 'Network<[224, 224, 3], [1000], 25557032>'],
  ])('the example %s has a report and a picture', async (example, network, type) => {
    expect(Object.keys(examples)).toContain(example)
    await page.selectOption('.playground select', example)
    await page.waitForFunction((text) => document.querySelector('.network code')?.textContent === text, type)
    expect(await page.textContent('.network h2')).toBe(network)
    expect(await page.locator('.network').first().locator('.picture svg').count()).toBe(1)
    expect(await page.locator('.complaints').count()).toBe(0)
  })

  test('the picture goes with the page from light to dark', async () => {
    for (const colorScheme of ['light', 'dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme })
      const { ink } = paletteOf(colorScheme)
      await page.waitForFunction((colour) => document.querySelector('.network .picture svg text')?.getAttribute('fill') === colour, ink)
    }
  })

  test('takes less than 3.5 MB, compressed', async () => {
    const sizes = (await Promise.all(bodies)).map((body) => gzipSync(body).length)
    expect(sizes.length).toBeGreaterThan(5)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(3_500_000)
  })

  // The last: the clock of the page stays put forward.
  test('a loop without end is stopped', async () => {
    await page.clock.install()
    page.on('console', (message) => message.text() === 'it runs' && page.clock.fastForward(10_000))
    await write("// @ts-nocheck\nself.console.log('it runs')\nwhile (true) {}\nexport {}\n")
    await page.waitForFunction(() => document.querySelector('.thrown')?.textContent?.includes('was stopped'))
    await write(fits)
    await page.waitForSelector('.report-bars')
  })
})
