/// <reference lib="dom" />
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium } from 'playwright-core'

/** The built site, as any server of static files would give it, and a browser to look at it. */

export const site = fileURLToPath(new URL('../../docs/.vitepress/dist', import.meta.url))

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)

/** Why the site cannot be tested here; nothing when it can. */
export const missing = executablePath
  ? existsSync(site)
    ? undefined
    : 'the site is not built: npm run docs:build'
  : 'there is no Chromium on this machine: apt-get install chromium'

if (missing) console.warn(`The site is not tested: ${missing}.`)

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
}

/** Serves the site; gives its address. */
export const serve = async (): Promise<{ server: Server; address: string }> => {
  const server = createServer(async ({ url = '/' }, response) => {
    const [path = '/'] = decodeURIComponent(url).split('?')
    try {
      const body = await readFile(join(site, path.endsWith('/') ? `${path}index.html` : path))
      response.setHeader('content-type', types[extname(path) || '.html'] ?? 'application/octet-stream')
      response.end(body)
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const bound = server.address()
  if (bound === null || typeof bound === 'string') throw new Error('no port')
  return { server, address: `http://127.0.0.1:${bound.port}` }
}

export const launch = (): Promise<Browser> => {
  const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking']
  return chromium.launch({ executablePath: executablePath ?? '', args: [...flags, '--disable-component-update', '--disable-sync'] })
}
