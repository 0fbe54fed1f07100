import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { mainCompiler } from '../../scripts/compilers.mjs'
import { type Project, projectOf } from '../support/command.js'
import { root } from '../support/compiler.js'
import { isLong } from '../support/effort.js'
import { inBoth, inShort as test } from '../support/runs.js'

/* Invalid files and folders, and files that never end: each gives a single sentence and the documented exit code. */

const good = "import { input } from 'stridewise'\nexport const network = input(4).dense(2)\n"

/** Starts a process that never ends by itself, and records its id. */
const starts = (options: string) =>
  `import { spawn } from 'node:child_process'\nspawn(process.execPath, ['-e', 'require("fs").writeFileSync("started", String(process.pid)); setInterval(() => {}, 1e6)'], ${options})\n`
/** Never ends, as an endless loop, but takes nothing of the processor. */
const blocks = 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)\n'
const waits = "import { existsSync } from 'node:fs'\nwhile (!existsSync('started')) {}\n"

const files = {
  'good.mjs': good,
  'grandchild.mjs': `${starts("{ stdio: 'inherit' }")}${waits}${blocks}`,
  'grandchild-apart.mjs': `${starts("{ stdio: 'inherit', detached: true }")}${waits}${blocks}`,
  'grandchild-good.mjs': `${starts("{ stdio: 'inherit' }")}${waits}${good}`,
  'buffers.mjs': `const all = []\nwhile (all.length < 24) all.push(Buffer.alloc(2 ** 26, 1))\n${blocks}`,
  'heap.mjs': 'const all = []\nwhile (true) all.push(new Array(1e6).fill(1.5))\n',
  // It needs a process of its own.
  'fills-pipe.mjs': `import { writeSync } from 'node:fs'\nconst piece = Buffer.alloc(2 ** 24, 255)\nlet count = 0\nwhile (count++ < 40) writeSync(3, piece)\n${good}`,
  'writes-to-pipe.mjs': `import { writeSync } from 'node:fs'\nwhile (!writeSync(3, 'hello')) {}\n${good}`,
  'throws-object.mjs': 'throw { a: 1 }\n',
  'throws-object.ts': 'throw { a: 1 }\n',
  'throws-null.mjs': 'throw null\n',
  'throws-null.ts': 'throw null\n',
  'throws-undefined.mjs': 'throw undefined\n',
  'throws-bare.mjs': 'throw Object.create(null)\n',
  'throws-symbol.mjs': "throw Symbol('a')\n",
  'throws-getter.mjs': "throw { get message() { throw new Error('again') } }\n",
  'throws-loop.mjs': 'const a = {}\na.a = a\nthrow a\n',
  'a.mjs': `import { existsSync, writeFileSync } from 'node:fs'\nconsole.log('from a')\nwriteFileSync('a-runs', '')\nwhile (!existsSync('b-runs')) {}\n${good}`,
  'b.mjs': `import { existsSync, writeFileSync } from 'node:fs'\nconsole.log('from b')\nwriteFileSync('b-runs', '')\nwhile (!existsSync('a-runs')) {}\n${good}`,
  'removes-itself.mjs': `import { rmSync } from 'node:fs'\nrmSync(new URL(import.meta.url))\n${good}`,
}

let project: Project
beforeAll(() => {
  project = projectOf(files)
  const at = (name: string) => join(project.folder, name)
  spawnSync('mkfifo', [at('pipe.mjs'), at('pipe.onnx'), at('pipe.safetensors'), at('pipe.config.json')])
  symlinkSync('circle.mjs', at('circle.mjs'))
  symlinkSync('circle.onnx', at('circle.onnx'))
  symlinkSync('circle.json', at('circle.json'))
  mkdirSync(at('folder.mjs'))
  mkdirSync(at('folder.onnx'))
})
afterAll(() => project.remove())

const runs = (pid: number): boolean => /^[^Z]/.test(spawnSync('ps', ['-o', 'stat=', '-p', `${pid}`], { encoding: 'utf8' }).stdout.trim())

/** One sentence, and the code. */
const expectSentence = async (args: readonly string[], code: number, sentence: RegExp, environment = {}): Promise<void> => {
  const ran = await project.run(args, environment)
  const errors = ran.stderr.trimEnd().split('\n')
  expect([ran.code, errors.length]).toEqual([code, 1])
  expect(errors[0]).toMatch(sentence)
  expect(errors[0]).toMatch(/^error .*\.$/)
}

describe('a process that a file starts', () => {
  inBoth.each(['grandchild.mjs', ...(isLong ? ['grandchild-apart.mjs'] : [])])(
    'does not keep the command beyond its time: %s',
    async (file) => {
      const started = join(project.folder, 'started')
      spawnSync('rm', ['-f', started])
      await expectSentence(['report', file, '--timeout', '2'], 1, /it timed out after 2 s/)
      // On a machine so busy that it was not started yet, there is nothing to end.
      if (!existsSync(started)) return
      const pid = Number(readFileSync(started, 'utf8'))
      if (file === 'grandchild-apart.mjs') process.kill(pid, 'SIGKILL')
      while (runs(pid)) await pause(50)
    },
  )

  test('ends with a file that has answered', async () => {
    const started = join(project.folder, 'started')
    spawnSync('rm', ['-f', started])
    const { code } = await project.run(['report', 'grandchild-good.mjs'])
    expect(code).toBe(0)
    const pid = Number(readFileSync(started, 'utf8'))
    while (runs(pid)) await pause(50)
  })
})

inBoth.each(['buffers.mjs', ...(isLong ? ['heap.mjs'] : [])])('memory is limited, whatever takes it: %s', async (file) => {
  await expectSentence(['report', file, '--timeout', '600'], 1, /it needs more than 512 MB of memory\.$/)
})

test.each(['fills-pipe.mjs', 'writes-to-pipe.mjs'])(
  'what a file writes to the pipe of its answer is bounded, and no answer: %s',
  async (file) => {
    await expectSentence(['report', file, '--timeout', '600'], 1, /it exited before its exports could be read: .*$/)
  },
)

test('files run several at a time, and what they print comes in their order', async () => {
  const { code, stdout, stderr } = await project.run(['report', 'a.mjs', 'b.mjs', '--format', 'csv'])
  expect(code).toBe(0)
  expect(stderr).toBe('from a\nfrom b\n')
  expect(stdout.split('\n').map((line) => line.split(',')[0])).toEqual(['file', 'a.mjs', 'a.mjs', 'b.mjs', 'b.mjs', ''])
})

test.each([
  ['throws-object.mjs', 'it threw {"a":1}'],
  ['throws-object.ts', 'it threw {"a":1}'],
  ['throws-null.mjs', 'it threw null'],
  ['throws-null.ts', 'it threw null'],
  ['throws-undefined.mjs', 'it threw undefined'],
  ['throws-bare.mjs', 'it threw {}'],
  ['throws-symbol.mjs', 'it threw Symbol(a)'],
  ['throws-getter.mjs', 'it threw an object that is no text'],
  ['throws-loop.mjs', 'it threw an object that is no text'],
])('%s: %s', async (file, sentence) => {
  const { code, stderr } = await project.run(['report', file])
  expect([code, stderr]).toEqual([1, `error ${file}: ${sentence}\n`])
})

describe('paths', () => {
  const name = 'n'.repeat(300)
  const notUtf8 = '\ufffd.mjs'

  test.each([
    [['report', 'pipe.mjs'], /pipe\.mjs is no file: it is a pipe/],
    [['check', 'pipe.mjs', '--no-types'], /pipe\.mjs is no file: it is a pipe/],
    [['import', 'pipe.onnx'], /pipe\.onnx is no file: it is a pipe/],
    [['export', 'good.mjs', '--to', 'onnx', '--weights', 'pipe.safetensors', '--output', 'x.onnx'], /it is a pipe/],
    [['check', 'good.mjs', '--no-types', '--config', 'pipe.config.json'], /it is a pipe/],
    [['report', 'circle.mjs'], /circle\.mjs is a link that leads back to itself/],
    [['import', 'circle.onnx'], /circle\.onnx is a link that leads back to itself/],
    [['check', 'good.mjs', '--no-types', '--config', 'circle.json'], /circle\.json/],
    [['report', `${name}.mjs`], /n… has too long a name/],
    [['import', `${name}.onnx`], /n… has too long a name/],
    [['report', 'good.mjs', '--output', `${name}.txt`], /n… has too long a name/],
    [['report', 'good.mjs', '--output', 'folder.mjs'], /folder\.mjs is a folder/],
    [['report', 'good.mjs', '--output', 'good.mjs/x.txt'], /x\.txt/],
    [['import', 'folder.onnx'], /folder\.onnx is a folder/],
    [['report', 'folder.mjs'], /folder\.mjs is a folder/],
    [['report', 'good.mjs/inside.mjs'], /There is no file/],
    [['report', notUtf8], /A name that is not UTF-8 cannot be read/],
  ] as const)('%j', async (args, sentence) => {
    const before = readdirSync(project.folder)
    await expectSentence(args, 2, sentence)
    expect(readdirSync(project.folder)).toEqual(before)
  })

  test('a name as long as there can be is written', async () => {
    const { code } = await project.run(['report', 'good.mjs', '--output', `${'n'.repeat(250)}.txt`])
    expect(code).toBe(0)
  })

  test('a file that removes itself has run all the same', async () => {
    const { code, stdout } = await project.run(['report', 'removes-itself.mjs', '--format', 'csv'])
    expect([code, stdout.split('\n').length]).toEqual([0, 4])
  })

  test('a file that may not be read', () => {
    const closed = project.write('closed.mjs', good)
    chmodSync(closed, 0o000)
    chmodSync(project.folder, 0o755)
    // Root may read everything.
    const user = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}
    const { status, stderr } = spawnSync(process.execPath, [join(root, 'dist/cli/stridewise.js'), 'report', 'closed.mjs'], {
      cwd: project.folder,
      encoding: 'utf8',
      ...user,
    })
    expect([status, stderr]).toEqual([2, 'error closed.mjs may not be read or written: permission is denied.\n'])
  })
})

test('a package.json that begins with a mark of its encoding has its budget', async () => {
  const inside = projectOf({ 'good.mjs': good, 'package.json': '\ufeff{ "stridewise": { "budget": { "params": 1 } } }' })
  const { code, stdout } = await inside.run(['check', 'good.mjs', '--no-types'])
  await inside.remove()
  expect(code).toBe(1)
  expect(stdout).toContain('more than the budget of 1.')
})

test('where node_modules is a link, an error is told once and at its place', async () => {
  const compilerOptions = { module: 'nodenext', lib: ['es2022'], types: [], skipLibCheck: true }
  const inside = projectOf(
    { 'nets/shape.ts': good.replace('dense(2)', 'dense(0)'), 'tsconfig.json': JSON.stringify({ compilerOptions }) },
    mainCompiler,
  )
  mkdirSync(join(inside.folder, 'far/away'), { recursive: true })
  renameSync(join(inside.folder, 'node_modules'), join(inside.folder, 'far/away/modules'))
  symlinkSync('far/away/modules', join(inside.folder, 'node_modules'))
  const { code, stdout } = await inside.run(['check', 'nets/shape.ts'])
  await inside.remove()
  expect(code).toBe(1)
  expect(stdout).toContain('1 problem in 1 file')
  expect(stdout).toMatch(/^failed nets\/shape\.ts\n {7}nets\/shape\.ts:2:\d+: dense: /)
})

test('what a killed run left is removed by the next, and nothing else', async () => {
  const hangs = `import { writeFileSync } from 'node:fs'\nwriteFileSync(${'process.env.STARTED'}, '')\n${blocks}`
  const inside = projectOf({ 'net.mjs': hangs, '.gitignore': '*\n!net.mjs\n' })
  const git = (...args: string[]) => spawnSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: inside.folder })
  git('init')
  git('add', 'net.mjs')
  git('commit', '-m', 'a')
  writeFileSync(join(inside.folder, 'net.mjs'), good)
  const temporary = join(inside.folder, 'temporary')
  mkdirSync(temporary)
  const own = '.stridewise-00000000-1-1.tmp'
  writeFileSync(join(temporary, own), '')
  const started = join(inside.folder, 'started')
  const environment = { ...process.env, TMPDIR: temporary, STARTED: started }
  const binary = join(root, 'dist/cli/stridewise.js')
  const child = spawn(process.execPath, [binary, 'diff', 'net.mjs', '--base', 'HEAD', '--timeout', '3600'], {
    cwd: inside.folder,
    env: environment,
    stdio: 'ignore',
  })
  const ended = new Promise((done) => child.on('exit', done))
  while (!existsSync(started)) await pause(20)
  child.kill('SIGKILL')
  await ended
  const left = readdirSync(temporary)
  git('commit', '-am', 'b')
  const { code } = await inside.run(['diff', 'net.mjs', '--base', 'HEAD'], { TMPDIR: temporary })
  const after = readdirSync(temporary)
  await inside.remove()
  expect(left.length).toBe(2)
  expect([code, after]).toEqual([0, [own]])
})
