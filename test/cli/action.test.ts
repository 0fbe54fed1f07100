import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
import { type Project, projectOf } from '../support/command.js'
import { root } from '../support/compiler.js'
import { inLong, inShort as test } from '../support/runs.js'

/** The scripts of action.yml, run as GitHub runs them. */

const action = readFileSync(join(root, 'action.yml'), 'utf8')

/** The script of a step: a single line, or an indented block. */
const scriptOf = (step: string): string => {
  const [, rest = ''] = action.split(`- name: ${step}\n`)
  const [, line = '', block = ''] = /^ {6}run: (.*)\n((?: {8}.*\n)*)/m.exec(rest) ?? []
  return line === '|' ? block.replaceAll(/^ {8}/gm, '') : line
}

let project: Project
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=user', '-c', 'user.email=user@example.org', ...args], { cwd: project.folder, encoding: 'utf8' })

beforeAll(() => {
  project = projectOf(
    {
      '.gitignore': 'node_modules\nsummary.md\n',
      'nets/one.ts': "import { input } from 'stridewise'\nexport const one = input(4).dense(4)\n",
      'nets/deep/three.ts': "import { input } from 'stridewise'\nexport const three = input(4).dense(3)\n",
      'nets/two.ts': "import { input } from 'stridewise'\nexport const two = input(4).dense(5)\n",
    },
    'typescript-7.0',
  )
  mkdirSync(join(project.folder, 'node_modules/.bin'))
  // The installed command, with enough time for a busy machine.
  const command = join(project.folder, 'node_modules/stridewise/dist/cli/stridewise.js')
  const bin = `#!/bin/sh\ncommand=$1\nshift\nexec "${process.execPath}" "${command}" "$command" --timeout 3600 "$@"\n`
  writeFileSync(join(project.folder, 'node_modules/.bin/stridewise'), bin, { mode: 0o755 })
  git('init', '--quiet')
  git('add', '--all')
  git('commit', '--quiet', '--message', 'before')
  project.write('nets/two.ts', "import { input } from 'stridewise'\nexport const two = input(4).dense(6)\n")
})
afterAll(() => project.remove())

const run = (step: string, environment: Record<string, string>) => {
  const summary = join(project.folder, 'summary.md')
  const env = { ...process.env, GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary, ...environment }
  // https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell
  const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', scriptOf(step)], {
    cwd: project.folder,
    env,
    encoding: 'utf8',
  })
  return { status, stdout, stderr, summary: readFileSync(summary, 'utf8') }
}

test('check: patterns become files, and a budget that is passed fails the step with an annotation', () => {
  const { status, stdout, stderr, summary } = run('Check', { FILES: 'nets/**/*.ts', ARGUMENTS: '--max-params 28' })
  expect(status).toBe(1)
  for (const file of ['nets/one.ts', 'nets/deep/three.ts']) expect(stdout).toContain(`ok     ${file}`)
  expect(stderr).toContain('::error file=nets/two.ts,line=2::two: parameters 30, more than the budget of 28.')
  expect(summary).toContain('| one | nets/one.ts |')
})

inLong('compare: the base of the pull request', () => {
  const base = git('rev-parse', 'HEAD').trim()
  const { status, stdout, summary } = run('Compare', { FILES: 'nets/*.ts', BASE: base })
  expect(status).toBe(0)
  expect(stdout).toContain('one in nets/one.ts: unchanged')
  expect(stdout).toContain('~ dense_1  units: 5 -> 6; output 5 -> 6; params 25 -> 30; MACs 20 -> 24')
  expect(summary).toContain('### two in nets/two.ts: 1 changed')
})

test('what is in the inputs is not run', () => {
  const { status, stderr } = run('Check', { FILES: 'nets/one.ts; touch hacked', ARGUMENTS: '$(touch hacked)' })
  expect(status).toBe(2)
  expect(stderr).toContain('There is no file nets/one.ts;.')
  expect(git('status', '--porcelain')).not.toContain('hacked')
})
