// Takes screenshots of the site's main pages for review, in the folder screenshots/: whole pages, light, dark and as wide as a phone, and
// what the window shows at the widths of tablets and screens. `npm run screenshots -- home conv2d` takes only these pages.
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
  light: { viewport: { width: 1280, height: 900 }, colorScheme: 'light', fullPage: true },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: 'dark', fullPage: true },
  phone: { viewport: { width: 390, height: 844 }, colorScheme: 'light', fullPage: true },
  ...Object.fromEntries(
    [820, 1440, 1536, 1680, 1920].map((width) => [width, { viewport: { width, height: 900 }, colorScheme: 'light', fullPage: false }]),
  ),
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
  { name: 'names', path: 'reference/names.html' },
  { name: 'conv2d', path: 'reference/conv2d.html' },
  { name: 'attention', path: 'reference/multiHeadAttention.html' },
  { name: 'function', path: 'reference/toOnnx.html' },
  { name: 'command-line', path: 'command-line.html' },
  { name: 'zoo', path: 'zoo.html' },
  { name: 'mistake', path: 'playground.html', prepare: (page) => page.waitForSelector('.squiggly-error') },
  { name: 'alexnet', path: 'playground.html', prepare: example('AlexNet, without normalization') },
  { name: 'residual', path: 'playground.html', prepare: example('A residual block') },
]

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !pages.some((page) => page.name === name))
if (unknown.length > 0) {
  console.error(`There are no pages ${unknown.join(', ')}. The pages are ${pages.map(({ name }) => name).join(', ')}.`)
  process.exit(2)
}

const { server, address } = await serve()
const browser = await launch()
for (const [way, { fullPage, ...options }] of Object.entries(ways)) {
  const context = await browser.newContext(options)
  for (const { name, path, prepare } of pages.filter((page) => wanted.length === 0 || wanted.includes(page.name))) {
    const page = await context.newPage()
    await page.goto(`${address}/${path}`)
    await prepare?.(page)
    await page.screenshot({ path: `${folder}${name}-${way}.png`, fullPage })
    await page.close()
    console.log(`screenshots/${name}-${way}.png`)
  }
}
await browser.close()
server.close()
