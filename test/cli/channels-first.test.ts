import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Project, projectOf } from '../support/command.js'

/** A valid network whose input looks like channels first: the commands add a note, but accept it. */

let project: Project
beforeAll(() => {
  project = projectOf({
    'first.mjs': "import { input } from 'stridewise'\nexport const net = input(3, 224, 224).conv2d(8, 3, { padding: 1 })\n",
    'last.mjs': "import { input } from 'stridewise'\nexport const net = input(224, 224, 3).conv2d(8, 3, { padding: 1 })\n",
  })
})
afterAll(() => project.remove())

const note = 'note  first.mjs: the input of net is 3x224x224. If this is an image, shapes are channels last: input(224, 224, 3).\n'

test.each([['report'], ['check', '--no-types']])('%s', async (...args) => {
  const first = await project.run([...args, 'first.mjs'])
  expect([first.code, first.stderr]).toEqual([0, note])
  const last = await project.run([...args, 'last.mjs'])
  expect([last.code, last.stderr]).toEqual([0, ''])
})
