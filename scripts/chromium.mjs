// Chromium, where the machine has one, without a window and without what it would fetch by itself.
import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'

/** Where it is; nothing where there is none. */
export const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path))

/** Starts it. */
export const launch = () => {
  const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking']
  const args = [...flags, '--disable-component-update', '--disable-sync']
  // A busy machine may take longer than any limit to start it.
  return chromium.launch({ executablePath: executablePath ?? '', args, timeout: 0 })
}
