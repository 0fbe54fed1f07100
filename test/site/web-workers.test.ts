import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, normalize, sep } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { input } from '../../src/index.js'
import { report } from '../../src/report/report.js'
import { table } from '../../src/report/table.js'
import { launchPatient, noChromium } from '../support/chromium.js'
import { root } from '../support/compiler.js'
import { blocksOf } from '../support/markdown.js'

/* The code of the page on web workers, as it stands there, in Chromium: a page and its worker with the built package. */

if (noChromium) console.warn(`The code of docs/guide/web-workers.md is not run: ${noChromium}.`)

const addresses = JSON.parse(readFileSync(`${root}package.json`, 'utf8')).exports
const blocks = blocksOf(readFileSync(`${root}docs/guide/web-workers.md`, 'utf8')).map(({ text }) => text)
const blockWith = (part: string): string => blocks.find((text) => text.includes(part)) ?? ''

/** A block as a bundler would give it to a browser: its types taken out, the package's entries by their addresses. */
const forBrowsers = (block: string): string =>
  ts
    .transpileModule(block, { compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 } })
    .outputText.replace(/from 'stridewise(\/\w+)?'/g, (_, entry = '') => `from '${addresses[`.${entry}`].import.default.slice(1)}'`)

/** The page, its worker, and the built package. */
const contentOf = (url: string, worker: string): [type: string, content: string] | undefined => {
  if (url === '/') return ['text/html', '<!doctype html><meta charset="utf-8"><body></body><script type="module" src="/page.js"></script>']
  if (url === '/page.js') return ['text/javascript', forBrowsers(blockWith('new Worker('))]
  if (url === '/report.worker.ts') return ['text/javascript', worker]
  const path = normalize(join(root, url))
  return path.startsWith(`${join(root, 'dist')}${sep}`) && path.endsWith('.js')
    ? ['text/javascript', readFileSync(path, 'utf8')]
    : undefined
}

/** What the page shows in the end. */
const shownWith = async (worker: string): Promise<string> => {
  const server = createServer(({ url = '/' }, response) => {
    const [type, content] = contentOf(url, worker) ?? []
    response.writeHead(type ? 200 : 404, type ? { 'content-type': type } : {}).end(content)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const browser = await launchPatient()
  try {
    const page = await (await browser.newContext()).newPage()
    const wrong: string[] = []
    page.on('pageerror', (error) => wrong.push(error.message))
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    await page.waitForFunction('document.body.textContent !== ""')
    expect(wrong).toEqual([])
    return (await page.textContent('body')) ?? ''
  } finally {
    await browser.close()
    server.close()
  }
}

const worker = forBrowsers(blockWith("addEventListener('message', ({ data }) => {\n  try"))

test.skipIf(noChromium)('the worker makes a network of the data, and answers with its report', async () => {
  const network = input(227, 227, 3).conv2d(96, 11, { stride: 4 }).relu().maxPool2d(3, { stride: 2 })
  expect(await shownWith(worker)).toBe(table(report(network)))
})

test.skipIf(noChromium)('the message of an error comes back', async () => {
  const broken = worker.replace('networkFrom(data)', 'networkFrom({ ...data, params: 3 })')
  expect(broken).not.toBe(worker)
  expect(await shownWith(broken)).toBe('network: params: is 3 in the data, and the layers have 34944.')
})

test.skipIf(noChromium)('what the page says of copies is so in Chromium too', async () => {
  const answer = `import { input, networkFrom, ShapeError } from '/dist/index.js'
    const copy = structuredClone(input(28, 28, 1).conv2d(6, 5).relu())
    let thrown
    try { input(7, 7, 1).conv2d(8, 3, { stride: 3 }) } catch (error) { thrown = structuredClone(error) }
    addEventListener('message', () => postMessage({ table: [
      Object.keys(copy).join(), typeof copy.relu, String(networkFrom(copy)), thrown instanceof ShapeError, thrown.operation, thrown.message.slice(0, 9),
    ].join(' ') }))`
  expect(await shownWith(answer)).toBe('input,output,params,graph undefined Network<[28, 28, 1], [24, 24, 6], 156> false  conv2d: a')
})
