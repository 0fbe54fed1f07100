import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { root } from './support/compiler.js'

/** What the workflows run, where it can be tried without GitHub; and the forms. */

interface Step {
  readonly uses?: string
  readonly run?: string
}
interface Workflow {
  readonly permissions: unknown
  readonly jobs: Readonly<Record<string, { readonly steps?: readonly Step[]; readonly uses?: string; readonly permissions?: unknown }>>
}

const read = (path: string) => readFileSync(join(root, path), 'utf8')
const workflows = readdirSync(join(root, '.github/workflows')).map((name) => {
  const workflow: Workflow = parse(read(`.github/workflows/${name}`))
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps ?? [])
  return { name, workflow, steps, lines: steps.flatMap(({ run }) => run?.trim().split('\n') ?? []) }
})

/** Lines that cannot be tried on another machine, with the reason. */
const publishersOnly: Readonly<Record<string, string>> = {
  'npm publish --provenance': 'npm knows the workflow of the repository as the publisher, and signs what it publishes only there',
}

describe.each(workflows)('$name', ({ workflow, steps, lines }) => {
  test('every line that it runs is a line of .ci/run, but for what only a publisher can run', () => {
    const local = new Set(read('.ci/run').split('\n'))
    expect(lines.length).toBeGreaterThan(0)
    expect(lines.filter((line) => !local.has(line) && !Object.hasOwn(publishersOnly, line))).toEqual([])
  })

  test('its actions have a major version', () => {
    for (const { uses } of steps) if (uses) expect(uses).toMatch(/^[\w-]+\/[\w-]+@v\d+$/)
  })

  test('it may read the repository, and no more unless a job says so', () => {
    const ofJobs = Object.values(workflow.jobs).flatMap(({ permissions }) => permissions ?? [])
    for (const given of [workflow.permissions, ...ofJobs]) {
      expect([{}, { contents: 'read' }, { contents: 'read', 'id-token': 'write' }]).toContainEqual(given)
    }
  })
})

test('no line is excused for nothing', () => {
  const lines = workflows.flatMap((workflow) => workflow.lines)
  expect(Object.keys(publishersOnly).filter((line) => !lines.includes(line))).toEqual([])
})

test('only the job that publishes gets a token that npm trusts, and it waits for the tests', () => {
  const jobs = workflows.flatMap(({ workflow }) => Object.entries(workflow.jobs))
  const trusted = jobs.filter(([, { permissions }]) => JSON.stringify(permissions ?? {}).includes('id-token'))
  expect(trusted.map(([name]) => name)).toEqual(['publish'])
  expect(trusted[0]?.[1]).toMatchObject({ needs: 'test', environment: 'npm' })
})

test('the tests run on the oldest Node that package.json names, and on two newer ones', () => {
  const ci = workflows.find(({ name }) => name === 'ci.yml')?.workflow.jobs['test'] as unknown as {
    strategy: { matrix: { node: number[] } }
  }
  expect(ci.strategy.matrix.node).toEqual([20, 22, 24])
  expect(JSON.parse(read('package.json')).engines.node).toMatch(/^>=20\./)
})

/** https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema */
describe.each(['bug', 'feature'])('the form of a %s', (name) => {
  const form = parse(read(`.github/ISSUE_TEMPLATE/${name}.yml`))
  const fields: readonly { type: string; id?: string; attributes: Record<string, unknown> }[] = form.body

  test('has what GitHub asks of a form', () => {
    expect(Object.keys(form)).toEqual(['name', 'description', 'labels', 'body'])
    for (const { type, id, attributes } of fields) {
      if (type === 'markdown') expect(attributes).toEqual({ value: expect.any(String) })
      else
        expect([['input', 'textarea'].includes(type), /^[a-z]+$/.test(id ?? ''), typeof attributes['label']]).toEqual([
          true,
          true,
          'string',
        ])
    }
    const ids = fields.flatMap(({ id }) => id ?? [])
    expect(new Set(ids).size).toBe(ids.length)
    expect(fields.some(({ type }) => type !== 'markdown')).toBe(true)
  })
})

test('a bug comes with versions, code and message', () => {
  const fields: readonly { id?: string; validations?: { required: boolean } }[] = parse(read('.github/ISSUE_TEMPLATE/bug.yml')).body
  const required = fields.filter(({ validations }) => validations?.required).map(({ id }) => id)
  expect(required).toEqual(['version', 'typescript', 'code', 'message', 'expected'])
})
