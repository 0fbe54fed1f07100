import { readFileSync, rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { faulty, type Project, projectOf } from '../support/command.js'
import { expectGolden } from '../support/golden.js'
import { inBoth, inShort as test } from '../support/runs.js'
import { compilerNames } from '../support/tsc.js'

/** `stridewise check`: types by the project's own compiler, shapes by running the files, budgets. */

const files = {
  ...faulty,
  'tsconfig.json':
    '{ "compilerOptions": { "strict": true, "module": "nodenext", "types": [], "lib": ["es2022"], "skipLibCheck": true, "composite": true }, "include": ["types", "nets"] }',
  'types/globals.d.ts': 'declare const IMAGE: 28\n',
  'nets/good.ts': `import { input } from 'stridewise'
import { within } from 'stridewise/report'

export const small = input(28, 28, 1).conv2d(8, 3, { padding: 1 }).relu().flatten().dense(10)

export const tiny = within(input(784).dense(10), { params: 8000, macs: 8000, memory: 64_000 })
`,
  'twice/option.ts': "import { input } from 'stridewise'\nexport const net = input(9, 9, 3).conv2d(8, 3, { strides: 2 })\n",
  'twice/import.ts': "import { size } from './nowhere.js'\nexport const twice = 2 * size\n",
  'nets/mistakes.ts': `import { input } from 'stridewise'
import { within } from 'stridewise/report'

export const strided = input(7, 7, 1)
  .conv2d(8, 3, { stride: 3 })
  .relu()
export const budget = within(input(784).dense(100), { params: 78_000 })
export const flat = input(7, 7, 1).dense(1)
export const pooled = input(7).globalAvgPool()
const text: string = 4
`,
  'nets/ambient.ts': "import { input } from 'stridewise'\nconst size: 28 = IMAGE\nexport const typed = input(size, 28, 1).relu()\n",
  'nets/over.mjs':
    "import { input } from 'stridewise'\nimport { within } from 'stridewise/report'\n\nexport const network = within(input(784).dense(10), { macs: 7000 })\n",
}

describe.each(compilerNames)('%s', (compiler) => {
  let project: Project
  beforeAll(() => {
    project = projectOf(files, compiler)
  })
  afterAll(() => project.remove())

  inBoth('mistakes at their places, with their sentences', async () => {
    const { code, stdout } = await project.run(['check', 'nets/good.ts', 'nets/mistakes.ts', 'shape.ts', 'syntax.ts'])
    expectGolden('cli/check.txt', stdout.replace(/TypeScript [\d.]+(-beta)?/, 'TypeScript VERSION'))
    expect(code).toBe(1)
  })
})

describe('a project', () => {
  let project: Project
  beforeAll(() => {
    project = projectOf(files, 'typescript-7.0')
  })
  afterAll(() => project.remove())
  const check = (...args: string[]) => project.run(['check', ...args])

  test('good files', async () => {
    const { code, stdout, stderr } = await check('nets/good.ts', 'no-network.ts')
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout.replace(/\n {7}/g, ' ')).toContain(
      'ok     no-network.ts: it exports no network. check does not call functions: export what build returns\n',
    )
    expect(stdout).toContain('no problems in 2 files; types checked with TypeScript 7.0.2\n')
  })

  test.each(['twice/option.ts', 'twice/import.ts'])('%s: what the compiler and the run say in other words is one problem', async (file) => {
    const { code, stdout } = await project.run(['check', file])
    expect([code, stdout.match(/\n {7}twice/g)?.length]).toEqual([1, 1])
    expect(stdout).toContain('\n1 problem in 1 file;')
  })

  test('json', async () => {
    const { code, stdout } = await check('nets/good.ts', 'nets/over.mjs', '--json', '--max-params', '7k')
    expect(code).toBe(1)
    expectGolden('cli/check.json', stdout)
  })

  test('budgets on the command line', async () => {
    const { code, stdout } = await check('nets/good.ts', '--no-types', '--max-params', '10k', '--max-macs', '50k', '--max-memory', '64kB')
    expect(code).toBe(1)
    expect(stdout.split('\n').slice(0, 4)).toEqual([
      'failed nets/good.ts',
      '       nets/good.ts:4: small: parameters 62,810, more than the budget of 10,000.',
      '       nets/good.ts:4: small: MACs 119.17 k (119,168), more than the budget of 50.00 k (50,000).',
      '       nets/good.ts:4: small: inference memory 279.46 kB (279,464 bytes), more than the budget of 64.00 kB (64,000 bytes).',
    ])
  })

  test('a budget that no network is held to is a slip', async () => {
    project.write('nets/factory.ts', "import { input } from 'stridewise'\n\nexport const large = () => input(784).dense(5000)\n")
    const factory = await check('nets/factory.ts', '--no-types', '--max-params', '1k')
    expect([factory.code, factory.stderr]).toEqual([
      2,
      'error There is a budget, but no file exports a network. Export a network: check does not call functions.\n',
    ])
    expect((await check('nets/factory.ts', '--no-types')).code).toBe(0)
    project.write('stridewise.config.json', JSON.stringify({ files: ['nets/good.ts'], networks: { smal: { params: '1k' } } }))
    const misspelt = await check('--no-types')
    expect(misspelt.code).toBe(2)
    expect(misspelt.stderr).toContain('There is a budget for smal, but no file exports a network of that name. There are small')
    const named = await check('nets/good.ts', '--no-types')
    expect([named.code, named.stderr]).toEqual([
      0,
      'note  stridewise.config.json has a budget for smal, which none of the checked files exports\n',
    ])
    project.write('stridewise.config.json', JSON.stringify({ files: ['nets/factory.ts'], budget: { params: '1k' } }))
    expect((await check('--no-types')).code).toBe(2)
    // A file that is named, as by a hook before a commit, need not be one that the budget is for.
    const hook = await check('nets/factory.ts', '--no-types')
    expect([hook.code, hook.stderr, hook.stdout.split('\n')[0]]).toEqual([
      0,
      '',
      'ok     nets/factory.ts: it exports no network. check does not call functions: export what large returns',
    ])
    expect((await check('nets/factory.ts', '--no-types', '--max-macs', '1k')).code).toBe(2)
    project.write('stridewise.config.json', '{}')
  })

  test('the configuration is the nearest to each file, wherever the command runs', async () => {
    const net = "import { input } from 'stridewise'\nexport const net = input(10).dense(10)\n"
    const at = (within: string, ...args: string[]) => project.run(['check', '--no-types', ...args], {}, within)
    project.write('far/a/net.ts', net)
    project.write('far/b/net.ts', net)
    project.write('far/b/package.json', '{}')
    project.write('far/stridewise.config.json', JSON.stringify({ files: ['*/net.ts'], budget: { params: 100 } }))
    const over = 'net: parameters 110, more than the budget of 100.'
    const file = `${project.folder}/far/stridewise.config.json`
    const below = await at('far/a', 'net.ts')
    expect([below.code, below.stdout]).toEqual([1, expect.stringContaining(over)])
    expect(below.stdout).toContain(`1 problem in 1 file; types not checked; configuration ${file}\n`)
    const above = await at('.', 'far/b/net.ts')
    expect([above.code, above.stdout]).toEqual([1, expect.stringContaining(over)])
    expect(above.stdout).toContain('; configuration far/stridewise.config.json\n')
    expect(JSON.parse((await at('.', 'far/b/net.ts', '--json')).stdout).configurations).toEqual(['far/stridewise.config.json'])
    const inside = await at('far')
    expect([inside.code, inside.stdout]).toEqual([1, expect.stringContaining('2 problems in 2 files; types not checked\n')])
    expect((await at('far/a')).stdout).toContain('2 problems in 2 files')
    project.write('far/b/package.json', JSON.stringify({ stridewise: { budget: { params: 110 } } }))
    const each = await at('.', 'far/a/net.ts', 'far/b/net.ts')
    expect(each.stdout).toContain(
      '1 problem in 2 files; types not checked; configuration far/stridewise.config.json and far/b/package.json\n',
    )
    expect((await at('far', '--config', 'b/package.json', 'a/net.ts')).code).toBe(2)
    rmSync(`${project.folder}/far`, { recursive: true })
  })

  test('units in small letters or capitals', async () => {
    for (const memory of ['280kb', '280KB', '1mib', '1MIB'])
      expect((await check('nets/good.ts', '--no-types', '--max-memory', memory, '--max-params', '1m')).code).toBe(0)
    for (const memory of ['273kib', '279kb'])
      expect([memory, (await check('nets/good.ts', '--no-types', '--max-memory', memory)).code]).toEqual([
        memory,
        memory === '273kib' ? 0 : 1,
      ])
  })

  test('a budget is one in bytes of the format and the batch that are asked for', async () => {
    expect((await check('nets/good.ts', '--no-types', '--max-memory', '279464')).code).toBe(0)
    expect((await check('nets/good.ts', '--no-types', '--max-memory', '279463')).code).toBe(1)
    expect((await check('nets/good.ts', '--no-types', '--max-memory', '70kB', '--dtype', 'i8')).code).toBe(0)
  })

  test('budgets and files in stridewise.config.json, with others for networks by their names', async () => {
    const config = { files: ['nets/good.ts'], budget: { params: '10k' }, networks: { small: { params: 62_810, memory: '1 MiB' } } }
    project.write('stridewise.config.json', JSON.stringify(config))
    expect((await check('--no-types')).code).toBe(0)
    project.write('stridewise.config.json', JSON.stringify({ ...config, networks: { small: { params: 62_809 } } }))
    expect((await check('--no-types')).stdout).toContain('nets/good.ts:4: small: parameters 62,810, more than the budget of 62,809.')
    rmSync(`${project.folder}/stridewise.config.json`)
    project.write('package.json', JSON.stringify({ name: 'user', stridewise: { files: ['nets/good.ts'], budget: { macs: '1k' } } }))
    expect((await check('--no-types')).stdout).toContain('small: MACs 119.17 k (119,168), more than the budget of 1.00 k (1,000).')
    rmSync(`${project.folder}/package.json`)
  })

  test.each([
    ['{ "budgets": {} }', "there is no 'budgets'. There are files, budget and networks."],
    ['{ "budget": { "params": "five" } }', 'budget.params must be a quantity such as 5M, 600k or 1000000, not "five".'],
    ['{ "budget": { "params": -1 } }', 'budget.params must be a quantity such as'],
    ['{ "budget": { "macs": "5MiB" } }', 'budget.macs must be a quantity such as'],
    ['{ "networks": { "small": 3 } }', 'networks.small must be an object, not 3.'],
    ['{ "files": "nets" }', 'files must be a list of paths'],
    ['[]', 'odd.json must be an object, not [].'],
    ['{', 'odd.json is not valid JSON: '],
  ])('a configuration of %s is refused', async (text, message) => {
    project.write('odd.json', text)
    const { code, stderr } = await check('nets/good.ts', '--no-types', '--config', 'odd.json')
    expect(stderr).toContain(message)
    expect(code).toBe(2)
  })

  test('the project: its own globals are known, and what a composite one writes is not asked for', async () => {
    expect(await check('nets/ambient.ts')).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('ReferenceError: IMAGE is not defined'),
    })
    const { stdout } = await check('nets/ambient.ts', '--json')
    expect(JSON.parse(stdout).files[0].problems).toHaveLength(1)
  })

  test('a GitHub workflow gets annotations and a summary', async () => {
    const summary = `${project.folder}/summary.md`
    const { code, stderr } = await project.run(['check', 'nets/good.ts', 'nets/mistakes.ts', 'shape.ts'], {
      GITHUB_ACTIONS: 'true',
      GITHUB_STEP_SUMMARY: summary,
    })
    expect(code).toBe(1)
    expectGolden('cli/check-annotations.txt', stderr)
    expectGolden('cli/check-summary.md', readFileSync(summary, 'utf8'))
  })

  test('annotations name files from the folder of the repository, wherever the command runs', async () => {
    const environment = (GITHUB_WORKSPACE: string) => ({ GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE })
    const args = ['check', 'good.ts', '--no-types', '--max-params', '10k']
    const inside = await project.run(args, environment(project.folder), 'nets')
    expect(inside.stderr).toMatch(/^::error file=nets\/good\.ts,line=4::small: parameters 62,810/)
    const outside = await project.run(args, environment(`${project.folder}/types`), 'nets')
    expect(outside.stderr).toMatch(/^::error file=good\.ts,line=4::/)
  })

  test.each([
    ['throws.ts', 'throws.ts:2:7: it threw Error: no weights for 3'],
    ['exits.ts', 'exits.ts: it exited before its exports could be read'],
    ['misspelt.ts', "misspelt.ts:1:23: TS2307: Cannot find module 'stridewize'"],
  ])('%s', async (file, message) => {
    const { code, stdout } = await check(file)
    expect(stdout).toContain(message)
    expect(code).toBe(1)
  })

  test('a file that never ends is stopped', async () => {
    const { code, stdout } = await check('hangs.ts', '--timeout', '0.5', '--no-types')
    expect([code, stdout.split('\n')[1]]).toEqual([1, expect.stringContaining('hangs.ts: it timed out after 0.5 s.')])
  })

  test.each([
    [['absent.ts'], 'There is no file absent.ts.'],
    [[], 'Name the files to check, here or as "files" in stridewise.config.json.'],
    [['nets/good.ts', '--max-params', 'few'], '--max-params must be a quantity such as 5M, 600k or 1000000, not "few".'],
    [['nets/good.ts', '--max-memory', '5Q'], '--max-memory must be a quantity such as 64MiB, 64MB or 1000000, not "5Q".'],
    [['nets/good.ts', '--optimizer', 'adam'], "unknown option '--optimizer'\n('stridewise help check' explains it)"],
    [['nets/good.ts', '--config', 'absent.json'], 'There is no configuration file absent.json.'],
    [['nets/good.ts', '--project', 'absent.json'], 'There is no file absent.json.'],
  ])('usage error: %j', async (args, message) => {
    const { code, stdout, stderr } = await check(...args)
    expect([code, stdout, stderr]).toEqual([2, '', `error ${message}\n`])
  })

  test('nothing is left behind', async () => {
    const { readdirSync } = await import('node:fs')
    expect(readdirSync(`${project.folder}/node_modules/.cache`)).toEqual([])
  })
})

test('without TypeScript the types cannot be checked, and the message says so', async () => {
  const project = projectOf({ 'net.ts': "import { input } from 'stridewise'\nexport const net = input(4).relu()\n" })
  const { code, stderr } = await project.run(['check', 'net.ts'])
  expect([code, stderr]).toEqual([
    2,
    'error There is no TypeScript for net.ts. Install it: npm install --save-dev typescript. Or leave the types out: --no-types.\n',
  ])
  expect((await project.run(['check', 'net.ts', '--no-types'])).code).toBe(0)
  await project.remove()
})
