/// <reference lib="dom" />
import { readdirSync, readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { createRequire } from 'node:module'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { serve, site } from '../../scripts/site.mjs'
import { launchPatient, noSite, type PatientBrowser } from '../support/chromium.js'

/* Every page of the site, in Chromium: no error, no link that leads nowhere, and what axe finds on the main ones. */

if (noSite) console.warn(`The site is not tested: ${noSite}.`)

const schemes = ['light', 'dark'] as const

/** What stands for no page, and what the playground runs code in, which is not to be looked at. */
const noPages = ['404.html', 'playground-sandbox.html']

const pages = noSite
  ? []
  : readdirSync(site, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.html') && !noPages.includes(file))

const playground = 'playground.html'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

describe.skipIf(noSite)('the site', () => {
  let server: Server
  let address: string
  let browser: PatientBrowser
  let contexts: Readonly<Record<Scheme, BrowserContext>>

  beforeAll(async () => {
    ;({ server, address } = await serve())
    browser = await launchPatient()
    contexts = {
      light: await browser.newContext({ colorScheme: 'light' }),
      dark: await browser.newContext({ colorScheme: 'dark' }),
    }
  })
  afterAll(async () => {
    await browser?.close()
    server?.close()
  })

  /** Has a page note what goes wrong on it. */
  const watched = (page: Page): { page: Page; wrong: string[] } => {
    const wrong: string[] = []
    page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()))
    page.on('pageerror', (error) => wrong.push(error.message))
    page.on('response', (response) => response.status() >= 400 && wrong.push(`${response.status()} ${response.url()}`))
    return { page, wrong }
  }

  /** Goes to a page of the site, and waits until its script has taken it over. */
  const open = async (page: Page, path: string): Promise<void> => {
    await page.goto(`${address}/${path}`, { waitUntil: 'load' })
    await page.waitForFunction(() => '__vue_app__' in (document.querySelector('#app') ?? {}))
  }

  const targets = new Map<string, string>()

  let reader: ReturnType<typeof watched>
  beforeAll(async () => {
    reader = watched(await contexts.light.newPage())
  })

  /** What a page is to show once somebody has used it, for the main pages. */
  const prepared: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
    'index.html': async () => {},
    'guide/convolution.html': async () => {},
    'guide/lecture-tables.html': async () => {},
    'guide/running.html': async (page) => {
      await page.click('.onnx-demo button')
      await page.waitForSelector('.onnx-demo [role=status]')
    },
    'course/index.html': async () => {},
    'course/a-window-that-fits.html': (page) => page.waitForSelector('section.task > button'),
    'reference/index.html': async () => {},
    'reference/names.html': async () => {},
    'reference/conv2d.html': async () => {},
    'reference/multiHeadAttention.html': async () => {},
    'reference/toOnnx.html': async () => {},
    'command-line.html': async () => {},
    'zoo.html': async () => {},
    'changelog.html': async () => {},
  }

  test('every main page is one of the site', () => {
    expect(pages).toEqual(expect.arrayContaining([...Object.keys(prepared), playground]))
  })

  /** What axe finds on a page as it is shown. */
  const violations = (page: Page): Promise<string[]> =>
    page.evaluate(async () => {
      const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<{ violations: Violation[] }> } }
      const { violations } = await axe.run({ runOnly: ['wcag2a', 'wcag2aa'] })
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
      )
    })

  /** The page in the reader's tab, in which it has just been loaded, and in both schemes: CSS alone makes the difference. */
  const expectNoViolations = async (prepare: (page: Page) => Promise<unknown>): Promise<void> => {
    const { page } = reader
    await prepare(page)
    // The pages let no script be put into them.
    await page.evaluate(axe)
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    const light = { background: await background(), found: await violations(page) }
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.waitForFunction(
      () =>
        document.documentElement.classList.contains('dark') && document.getAnimations().every(({ playState }) => playState === 'finished'),
    )
    const dark = { background: await background(), found: await violations(page) }
    await page.emulateMedia({ colorScheme: 'light' })
    expect(light.found).toEqual([])
    expect(dark.found).toEqual([])
    expect(dark.background).not.toBe(light.background)
  }

  // One page after the other in one tab: a tab of its own for each would take several times as long.
  describe.each(pages)('%s', (path) => {
    test('loads without an error', async () => {
      const { page, wrong } = reader
      wrong.length = 0
      await open(page, path)
      const links = await page.$$eval('a[href]', (anchors) => anchors.map((anchor) => (anchor as HTMLAnchorElement).href))
      for (const link of links) if (link.startsWith(address)) targets.set(link, path)
      expect(links.length).toBeGreaterThan(3)
      expect(wrong).toEqual([])
    })

    const prepare = prepared[path]
    if (prepare) test('light and dark: axe finds nothing', () => expectNoViolations(prepare))
  })

  // The scripts of the playground ask for the scheme, so that what they draw may depend on which they began with.
  describe.each(schemes)(`${playground}, %s`, (scheme) => {
    let page: Page
    beforeAll(async () => {
      page = await contexts[scheme].newPage()
      await open(page, playground)
      // The page lets no script be put into it.
      await page.evaluate(axe)
    })
    afterAll(() => page?.close())

    test('with a mistake: axe finds nothing', async () => {
      await page.waitForSelector('.squiggly-error')
      expect(await violations(page)).toEqual([])
    })

    test('with a network: axe finds nothing', async () => {
      await page.waitForSelector('.complaints')
      await page.selectOption('.playground select', 'AlexNet, without normalization')
      await page.waitForSelector('.picture svg')
      expect(await violations(page)).toEqual([])
    })
  })

  test('no link inside the site leads nowhere', async () => {
    const broken: string[] = []
    const documents = new Map<string, string>()
    for (const [link, from] of targets) {
      const [url = '', anchor] = link.split('#')
      if (!documents.has(url)) {
        const response = await fetch(url)
        documents.set(url, response.ok ? await response.text() : '')
      }
      const text = documents.get(url) ?? ''
      const found = text !== '' && (!anchor || anchor.startsWith('code=') || text.includes(`id="${decodeURIComponent(anchor)}"`))
      if (!found) broken.push(`${from}: ${link.slice(address.length)}`)
    }
    expect(targets.size).toBeGreaterThan(100)
    expect(broken).toEqual([])
  })
})

type Scheme = (typeof schemes)[number]

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary: string }[]
}
