/// <reference lib="dom" />
import { expect, test } from 'vitest'
import { serve } from '../../scripts/site.mjs'
import { launchPatient, noSite } from '../support/chromium.js'

/* The page that exports networks and runs them with ONNX Runtime: what comes out has the shapes that the types say. */

test.skipIf(noSite)('every shape of the demo comes out as it was said', async () => {
  const { server, address } = await serve()
  const browser = await launchPatient()
  try {
    const page = await (await browser.newContext()).newPage()
    const wrong: string[] = []
    page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()))
    page.on('pageerror', (error) => wrong.push(error.message))
    await page.goto(`${address}/guide/running.html`)
    await page.waitForFunction(() => '__vue_app__' in (document.querySelector('#app') ?? {}))
    await page.click('.onnx-demo button')
    await page.waitForSelector('.onnx-demo [role=status]')
    const rows = await page.$$eval('.onnx-demo tbody tr', (found) =>
      found.map((row) => [...row.querySelectorAll('td')].slice(1, 3).map(({ innerText }) => innerText)),
    )
    expect(rows).toEqual(['28x28x6', '14x14x6', '10x10x16', '5x5x16', '400', '120', '10'].map((shape) => [shape, shape]))
    expect(wrong).toEqual([])
  } finally {
    await browser.close()
    server.close()
  }
})
