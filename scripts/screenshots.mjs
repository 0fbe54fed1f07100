// Takes screenshots of the site's main pages for review, light, dark and as wide as a phone, in the folder screenshots/.
import { mkdirSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { launch } from './chromium.mjs'
import { missing, serve } from './site.mjs'

if (missing) {
  console.error(`No pictures: ${missing}.`)
  process.exit(1)
}

const folder = fileURLToPath(new URL('../screenshots/', import.meta.url))
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder)

const ways = {
  light: { viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
  phone: { viewport: { width: 390, height: 844 }, colorScheme: 'light' },
}

/** Selects an example, and waits for its picture. */
const example = (name) => async (page) => {
  await page.waitForSelector('.complaints')
  await page.selectOption('.playground select', name)
  await page.waitForSelector('.picture svg')
}

const runDemo = async (page) => {
  await page.click('.onnx-demo button')
  await page.waitForSelector('.onnx-demo [role=status]')
}

const pages = [
  { name: 'home', path: 'index.html' },
  { name: 'getting-started', path: 'guide/getting-started.html' },
  { name: 'convolution', path: 'guide/convolution.html' },
  { name: 'course', path: 'course/index.html' },
  { name: 'exercise', path: 'course/a-window-that-fits.html' },
  { name: 'lecture-tables', path: 'guide/lecture-tables.html' },
  { name: 'demo', path: 'guide/running.html', prepare: runDemo },
  { name: 'reference', path: 'reference/index.html' },
  { name: 'conv2d', path: 'reference/conv2d.html' },
  { name: 'mistake', path: 'playground.html', prepare: (page) => page.waitForSelector('.squiggly-error') },
  { name: 'alexnet', path: 'playground.html', prepare: example('AlexNet, without normalization') },
  { name: 'residual', path: 'playground.html', prepare: example('A residual block') },
]

const { server, address } = await serve()
const browser = await launch()
for (const [way, options] of Object.entries(ways)) {
  const context = await browser.newContext(options)
  for (const { name, path, prepare } of pages) {
    const page = await context.newPage()
    await page.goto(`${address}/${path}`)
    await prepare?.(page)
    await page.screenshot({ path: `${folder}${name}-${way}.png`, fullPage: true })
    await page.close()
    console.log(`screenshots/${name}-${way}.png`)
  }
}
await browser.close()
server.close()
