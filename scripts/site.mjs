// Serves the built site like any server of static files.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { executablePath } from './chromium.mjs'

/** The folder of the built site. */
export const site = fileURLToPath(new URL('../docs/.vitepress/dist', import.meta.url))

/** Why the site cannot be checked here; false if it can. */
export const missing = !executablePath
  ? 'there is no Chromium on this machine: apt-get install chromium'
  : !existsSync(site)
    ? 'the site is not built: npm run docs:build'
    : undefined

/** @type {Readonly<Record<string, string>>} */
const types = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
}

/** Serves the site, and returns its address. */
export const serve = async () => {
  const server = createServer(async ({ url = '/' }, response) => {
    const [path = '/'] = decodeURIComponent(url).split('?')
    try {
      const body = await readFile(join(site, path.endsWith('/') ? `${path}index.html` : path))
      response.setHeader('content-type', types[extname(path) || '.html'] ?? 'application/octet-stream')
      response.setHeader('cache-control', 'max-age=600')
      response.end(body)
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)))
  const bound = server.address()
  if (bound === null || typeof bound === 'string') throw new Error('no port')
  return { server, address: `http://127.0.0.1:${bound.port}` }
}
