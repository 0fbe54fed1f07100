// Starts Chromium, if it is installed, without a window and without background requests.
import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'

/** The path of Chromium; undefined if it is not installed. */
export const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path))

/** Starts Chromium. */
export const launch = () => {
  const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking']
  const args = [...flags, '--disable-component-update', '--disable-sync']
  // No time limit, since a busy machine may take long to start it.
  return chromium.launch({ executablePath: executablePath ?? '', args, timeout: 0 })
}
