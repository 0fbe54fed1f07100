import type { Browser, BrowserContext, BrowserContextOptions, Locator } from 'playwright-core'
import { executablePath, launch } from '../../scripts/chromium.mjs'
import { missing } from '../../scripts/site.mjs'
import { isLong } from './effort.js'

/** What is looked at in Chromium, which long runs do where the machine has it. */

const left = isLong ? undefined : 'npm run test:long does'

/** Why pages are not looked at in this run; nothing where they are. */
export const noChromium = left ?? (executablePath ? undefined : 'there is no Chromium on this machine: apt-get install chromium')

/** Why the built site is not looked at in this run; nothing where it is. */
export const noSite = left ?? missing

/** A browser whose pages wait as long as it takes: how busy the machine is, is no verdict. */
export interface PatientBrowser {
  readonly newContext: (options?: BrowserContextOptions) => Promise<BrowserContext>
  readonly close: () => Promise<void>
}

/** Milliseconds after which a page that shows nothing hangs. */
const patience = 1_200_000

export const launchPatient = async (): Promise<PatientBrowser> => {
  const browser: Browser = await launch()
  return {
    newContext: async (options) => {
      const context = await browser.newContext(options)
      context.setDefaultTimeout(patience)
      return context
    },
    close: () => browser.close(),
  }
}

/** Milliseconds after which a reader tries again. */
const soon = 5000

/** Does again what a reader does until the page answers: an editor that is just being drawn forgets where the mouse rests, and what was pressed. */
export const answered = async (answer: Locator, gesture: () => Promise<void>): Promise<void> => {
  const isThere = (): Promise<boolean> =>
    answer
      .first()
      .waitFor({ timeout: soon })
      .then(
        () => true,
        () => false,
      )
  for (const end = Date.now() + patience; Date.now() < end; ) {
    await gesture()
    if (await isThere()) return
  }
  throw new Error(`the page never shows ${answer}`)
}
