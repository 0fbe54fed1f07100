import { truncateSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { mainCompiler } from '../../scripts/compilers.mjs'
import { toKeras } from '../../src/formats/keras/index.js'
import { input } from '../../src/index.js'
import { faulty, type Project, projectOf } from '../support/command.js'
import { isLong } from '../support/effort.js'
import { inBoth, inShort as test } from '../support/runs.js'

/** Every command on every kind of file, valid or invalid in some way: the output and the exit code. */

const deep = "import { block, input, relu, repeat } from 'stridewise'\nexport const network = input(4).apply(repeat(5000, block(relu())))\n"

/** Without the DOM library and the check of declarations, which take longer than all files. */
const compilerOptions = { module: 'nodenext', target: 'es2022', lib: ['es2022'], types: [], strict: true, skipLibCheck: true }

const files = {
  ...faulty,
  'tsconfig.json': JSON.stringify({ compilerOptions }),
  'good.ts': "import { input } from 'stridewise'\nexport const network = input(4).dense(2)\n",
  'huge.ts': deep,
  'chain.ts': `import { input } from 'stridewise'\nexport const network = input(4)${'.dense(4)'.repeat(5000)}\n`,
  'good.json': JSON.stringify(toKeras(input(4).dense(2))),
  'shape.json': JSON.stringify({
    class_name: 'Sequential',
    config: {
      layers: [
        { class_name: 'InputLayer', config: { name: 'in', batch_input_shape: [null, 4, 4, 3] } },
        { class_name: 'Conv2D', config: { name: 'wide', filters: 8, kernel_size: [5, 5] } },
      ],
    },
  }),
  'syntax.json': '{ "class_name": ',
  'no-network.json': '{ "weights": [] }',
  'huge.json': '',
}

let project: Project
beforeAll(() => {
  project = projectOf(files, mainCompiler)
  // Longer than any string in Node. The file is sparse, so it takes no space on disk.
  truncateSync(`${project.folder}/huge.json`, 2 ** 29)
})
afterAll(() => project.remove())

/** Only a file that never ends has a time limit, since a busy machine may take any time to load the others. */
const limitOf = (file: string): string[] => (file === 'hangs.ts' ? ['--timeout', '1'] : [])

const commands = {
  report: (file: string) => ['report', file, '--format', 'csv', ...limitOf(file)],
  check: (file: string) => ['check', file, ...limitOf(file)],
  'check --no-types': (file: string) => ['check', file, '--no-types', ...limitOf(file)],
  // A limit is for both files.
  diff: (file: string) => ['diff', file === 'hangs.ts' ? file : 'good.ts', file, ...limitOf(file)],
  annotate: (file: string) => ['annotate', '--check', file],
  export: (file: string) => ['export', file, '--to', 'dot', ...limitOf(file)],
  import: (file: string) => ['import', file.replace(/ts$/, 'json')],
}

type Command = keyof typeof commands

/** What each command that runs files says of one: its exit code, and a part of what it prints. */
const running = ['report', 'check', 'check --no-types', 'diff', 'export'] as const
const same = (code: number, message: string) => Object.fromEntries(running.map((command) => [command, [code, message] as const]))

type Expected = Partial<Record<Command, readonly [code: number, message: string]>>

const doesNotFit = 'conv2d: a 3x3 filter with stride 3 does not fit a 7x7 input'
const overflows = 'stack overflow: a function calls itself without end, or one expression has too many chained calls.'

const cases: Readonly<Record<string, Expected>> = {
  'good.ts': {
    report: [0, 'network,dense_1,dense,4,2,10'],
    check: [0, 'ok     good.ts'],
    'check --no-types': [0, 'ok     good.ts'],
    diff: [0, 'network: unchanged'],
    annotate: [1, 'good.ts:2: the comment // 2 is missing.'],
    export: [0, 'digraph'],
    import: [0, '.dense(2)'],
  },
  'shape.ts': {
    ...same(1, `shape.ts:5:4: ${doesNotFit}`),
    annotate: [1, 'shape.ts:5: the comment // ?x?x8 is missing.'],
    import: [1, 'shape.json: wide: '],
  },
  'syntax.ts': {
    ...same(1, 'syntax.ts:3:1: syntax error: Unexpected token'),
    check: [1, 'syntax.ts:3:1: TS1135: Argument expression expected.'],
    annotate: [1, 'syntax.ts:3:1: TS1135: Argument expression expected.'],
    import: [1, 'syntax.json: is not valid JSON: '],
  },
  'missing.ts': {
    ...same(2, 'There is no file missing.ts.'),
    annotate: [2, 'There is no file missing.ts.'],
    import: [2, 'There is no file missing.json.'],
  },
  'huge.ts': {
    report: [0, 'network,relu_5000,relu,'],
    check: [0, 'ok     huge.ts'],
    'check --no-types': [0, 'ok     huge.ts'],
    diff: [0, 'network: 5000 added, 1 removed'],
    annotate: [1, 'huge.ts:2: the comment // 4 is missing.'],
    export: [0, 'digraph'],
    import: [1, 'huge.json: has 536870912 bytes: more than 536870888 cannot be read.'],
  },
  'chain.ts': {
    ...same(1, `chain.ts: ${overflows}`),
    check: [1, 'TypeScript 6.0.3 crashed: RangeError: Maximum call stack size exceeded. One expression has too many chained calls'],
    annotate: [1, 'TypeScript 6.0.3 crashed: RangeError: Maximum call stack size exceeded. One expression has too many chained calls'],
  },
  'no-network.ts': {
    ...same(2, 'no-network.ts exports no network: build is a function and size is 3.'),
    check: [0, 'ok     no-network.ts: it exports no network. check does not call functions: export what'],
    'check --no-types': [0, 'ok     no-network.ts: it exports no network. check does not call functions: export what'],
    diff: [0, 'note  no-network.ts exports no network'],
    annotate: [0, 'nothing   no-network.ts: no line ends in a call that returns a network'],
    import: [1, 'no-network.json: needs a model'],
  },
  'throws.ts': {
    ...same(1, 'throws.ts:2:7: it threw Error: no weights for 3'),
    annotate: [0, 'nothing   throws.ts'],
  },
  'hangs.ts': {
    ...same(1, 'hangs.ts: it timed out after 1 s. A file should only build its networks'),
    annotate: [0, 'nothing   hangs.ts'],
  },
}

/** What a short run runs in a process of its own too. */
const alone: readonly Command[] = ['report', 'check --no-types', 'import']

/** A short run has the files that nothing is wrong with, and one that never ends. */
const inThisRun = Object.entries(cases).filter(([file]) => isLong || ['good.ts', 'hangs.ts'].includes(file))

describe.each(inThisRun)('%s', (file, expected) => {
  inBoth.each(Object.entries(expected) as [Command, readonly [number, string]][])('%s', async (command, [code, message]) => {
    const ran = await project.run(commands[command](file))
    expect(`${ran.stdout}${ran.stderr}`).toContain(message)
    // Other tests rely on it that a process of all runs says the same.
    if (isLong || alone.includes(command)) expect(await project.runAlone(commands[command](file))).toEqual(ran)
    expect([ran.code, ran.stderr.includes('    at ')]).toEqual([code, false])
  })
})

test('nothing is left out: models cannot throw or hang, as they are not run', () => {
  const left = Object.entries(cases).flatMap(([file, expected]) =>
    Object.keys(commands)
      .filter((command) => !Object.hasOwn(expected, command))
      .map((command) => `${command} ${file}`),
  )
  expect(left).toEqual(['import chain.ts', 'import throws.ts', 'import hangs.ts'])
})
