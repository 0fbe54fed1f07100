/// <reference lib="dom" />
import type { Server } from 'node:http'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exercises, questions } from '../../docs/.vitepress/course/exercises.js'
import { coursePages } from '../../docs/.vitepress/course/pages.js'
import { serve } from '../../scripts/site.mjs'
import { launchPatient, noSite, type PatientBrowser } from '../support/chromium.js'

/* The course, as a student takes it. */

describe.skipIf(noSite)('the course', () => {
  let server: Server
  let address: string
  let browser: PatientBrowser
  let page: Page

  beforeAll(async () => {
    ;({ server, address } = await serve())
    browser = await launchPatient()
    page = await (await browser.newContext()).newPage()
  })
  afterAll(async () => {
    await browser?.close()
    server?.close()
  })

  const open = async (link: string): Promise<void> => {
    await page.goto(`${address}${link}.html`)
    await page.waitForFunction(() => '__vue_app__' in (document.querySelector('#app') ?? {}))
  }

  /** Goes on to a page by its link, so that the editor and the compiler are still loaded; the first page is opened. */
  const goTo = async (link: string): Promise<void> => {
    if (page.url() === 'about:blank') return open(link)
    await page.click(`.VPSidebar a[href$="${link}.html"]`)
    await page.waitForURL(`**${link}.html`)
    // The exercise of the page before has its editor in place of the button.
    await page.waitForSelector('section.task > button')
  }

  test.each(coursePages.map(({ link, tasks: [question, exercise] }) => ({ link, question, exercise })))(
    '$link: a wrong answer, the right one, a mistake in code and its solution',
    async ({ link, question, exercise }) => {
      const { answer, why } = questions[question as keyof typeof questions]
      const { starter, solution } = exercises[exercise as keyof typeof exercises]
      await goTo(link)

      const status = page.locator('form.task [role=status]')
      await page.fill('form.task input', 'many')
      await page.click('form.task button')
      expect(await status.textContent()).toBe('Type a whole number.')
      await page.fill('form.task input', `${answer + 1}`)
      await page.click('form.task button')
      expect(await status.textContent()).toContain('is not it.')
      await page.fill('form.task input', answer.toLocaleString('en'))
      await page.click('form.task button')
      expect(await status.textContent()).toBe(`Right. ${why}`)

      await page.click('section.task > button')
      await page.waitForSelector('.verdict .wrong')
      expect(await page.textContent('.exercise-editor .view-lines')).toContain('export')
      await page.click('.exercise-editor .view-lines')
      await page.keyboard.press('Control+A')
      await page.keyboard.insertText(solution)
      await page.waitForSelector('.verdict .right')
      expect(await page.locator('section.task .solved').count()).toBe(1)
      await page.click('text=Start again')
      await page.waitForSelector('.verdict .wrong')
      expect(starter).not.toBe(solution)
    },
  )

  test('what is solved is known on the first page, and at the next visit', async () => {
    await open('/course/index')
    await page.waitForSelector('.course-pages .solved')
    const solved = await page.$$eval('.course-pages .solved', (all) => all.map(({ textContent }) => textContent))
    expect(solved).toEqual(coursePages.map(() => '2 of 2 solved'))
  })
})
