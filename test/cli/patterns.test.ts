import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Project, projectOf } from '../support/command.js'

/** Patterns that no shell has expanded: on the command line, and in a configuration. */

const net = (units: number) => `import { input } from 'stridewise'\nexport const net${units} = input(4).dense(${units})\n`

let project: Project
beforeAll(() => {
  project = projectOf(
    {
      'nets/two.ts': net(2),
      'nets/one.ts': net(1),
      'nets/deep/three.mjs': net(3),
      'nets/types.d.ts': 'declare const SIZE: number\n',
      'nets/README.md': '',
      'nets/node_modules/other/four.ts': net(4),
      'odd/[five].ts': net(5),
      'conf/stridewise.config.json': '{ "files": ["../nets/*.ts"], "budget": { "params": "1k" } }',
      'conf/none.json': '{ "files": ["nets/*.ts"] }',
    },
    'typescript-7.0',
  )
})
afterAll(() => project.remove())

const reported = async (...patterns: string[]) => {
  const { code, stdout, stderr } = await project.run(['report', ...patterns, '--json'])
  expect([code, stderr]).toEqual([0, ''])
  return JSON.parse(stdout).map(({ file }: { file: string }) => file)
}

describe('what a pattern matches', () => {
  test('files that can be run, by their names', async () => expect(await reported('nets/*')).toEqual(['nets/one.ts', 'nets/two.ts']))

  test('in folders of folders, but not of packages', async () =>
    expect(await reported('nets/**/*.{ts,mjs}')).toEqual(['nets/deep/three.mjs', 'nets/one.ts', 'nets/two.ts']))

  test('a file of that very name goes first', async () => expect(await reported('odd/[five].ts')).toEqual(['odd/[five].ts']))

  test('an absolute pattern', async () => expect(await reported(`${project.folder}/nets/*.ts`)).toHaveLength(2))
})

test.each([['report'], ['check'], ['annotate'], ['diff', '--base', 'HEAD']])('%s: nothing matches', async (command, ...options) => {
  const { code, stdout, stderr } = await project.run([command, 'nets/*.tsx', ...options])
  expect([code, stdout, stderr]).toEqual([2, '', 'error No TypeScript or JavaScript file matches nets/*.tsx.\n'])
})

test.each([['report'], ['check'], ['annotate'], ['diff', '--base', 'HEAD'], ['export', '--to', 'onnx']])(
  '%s: an empty name',
  async (command, ...options) => {
    const { code, stdout, stderr } = await project.run([command, '', ...options])
    expect([code, stdout, stderr]).toEqual([2, '', 'error The name of a file is empty.\n'])
  },
)

test('check', async () => {
  const { code, stdout } = await project.run(['check', 'nets/*.ts', 'nets/one.ts', '--json'])
  expect([code, JSON.parse(stdout).files.map(({ file }: { file: string }) => file)]).toEqual([0, ['nets/one.ts', 'nets/two.ts']])
})

test('check: a configuration, from its own folder', async () => {
  const { code, stdout } = await project.run(['check', '--no-types', '--config', 'conf/stridewise.config.json', '--json'])
  expect([code, JSON.parse(stdout).files.map(({ file }: { file: string }) => file)]).toEqual([0, ['nets/one.ts', 'nets/two.ts']])
  const none = await project.run(['check', '--no-types', '--config', 'conf/none.json'])
  expect([none.code, none.stderr]).toEqual([2, 'error No TypeScript or JavaScript file matches nets/*.ts.\n'])
})

test('annotate', async () => {
  const { code, stdout } = await project.run(['annotate', '--check', 'nets/*.ts'])
  expect(code).toBe(1)
  expect(stdout).toBe('stale     nets/one.ts: its comment\nstale     nets/two.ts: its comment\n')
})

test('diff: a pattern that gives two files', async () => {
  expect((await project.run(['diff', 'nets/*.ts'])).stdout).toContain('net1 -> net2: 1 changed')
})
