import { existsSync, readdirSync, readFileSync } from 'node:fs'
import * as zoo from 'stridewise/zoo'
import { describe, expect, test } from 'vitest'
import { kinds } from '../../src/network/kinds.js'
import { root } from '../support/compiler.js'
import { sampled } from '../support/effort.js'
import { agreed, expectAgreedGolden, openEverywhere, versions } from './session.js'

/** The hover of every method and of every ready architecture ends in the network that comes of it, with its numbers. */

/** Joins of many layers, as architectures have them. Functions are written out: four of them leave no room for the network. */
const joins = {
  residualOfBlocks: {
    method: 'residual',
    call: `input(56, 56, 64).residual(
  block(conv2d(64, 1), batchNorm(), relu(), conv2d(64, 3, { padding: 1 }), batchNorm(), relu(), conv2d(256, 1), batchNorm()),
  block(conv2d(256, 1), batchNorm()),
)`,
  },
  residualOfFunctions: {
    method: 'residual',
    call: 'input(56, 56, 64).residual((x) => x.conv2d(64, 1).relu().conv2d(128, 3, { padding: 1 }), (x) => x.conv2d(128, 1))',
  },
  concatOfBlocks: {
    method: 'concat',
    call: `input(56, 56, 64).concat(
  block(conv2d(64, 1), batchNorm(), relu()),
  block(conv2d(64, 3, { padding: 1 }), batchNorm(), relu()),
  block(conv2d(64, 5, { padding: 2 }), batchNorm(), relu()),
)`,
  },
  concatOfFunctions: {
    method: 'concat',
    call: `input(28, 28, 192).concat(
  (x) => x.conv2d(64, 1),
  (x) => x.conv2d(96, 1).relu().conv2d(128, 3, { padding: 1 }),
  (x) => x.maxPool2d(3, { stride: 1, padding: 1 }).conv2d(32, 1),
)`,
  },
  addOfBoth: {
    method: 'add',
    call: `input(56, 56, 64).add(
  block(conv2d(64, 1), batchNorm(), relu()),
  (x) => x.conv2d(64, 1),
)`,
  },
  addOfNames: {
    method: 'add',
    call: "input(56, 56, 64).keep('skip').conv2d(64, 1).keep('other').conv2d(64, 1).add('skip', 'other', identity())",
  },
  averageOfBlocks: {
    method: 'average',
    call: `input(56, 56, 64).average(
  block(conv2d(64, 1), batchNorm(), relu(), conv2d(64, 1)),
  block(conv2d(64, 1), batchNorm(), relu(), conv2d(64, 1)),
)`,
  },
  maximumOfFunctions: {
    method: 'maximum',
    call: 'input(56, 56, 64).maximum((x) => x.conv2d(64, 1), (x) => x.conv2d(64, 1))',
  },
  minimumOfFunctions: {
    method: 'minimum',
    call: 'input(56, 56, 64).minimum((x) => x.conv2d(64, 1), (x) => x.conv2d(64, 1))',
  },
  subtractOfBoth: {
    method: 'subtract',
    call: 'input(56, 56, 64).subtract((x) => x.conv2d(64, 1), block(conv2d(64, 1), batchNorm(), relu(), conv2d(64, 1), batchNorm()))',
  },
  multiplyOfBlocks: {
    method: 'multiply',
    call: `input(56, 56, 64).multiply(
  block(conv2d(64, 3, { padding: 1 }), batchNorm(), relu(), conv2d(64, 1), batchNorm()),
  block(globalAvgPool(), dense(16), relu(), dense(64), sigmoid()),
)`,
  },
  gateOfBlock: { method: 'multiply', call: 'input(56, 56, 64).multiply(block(globalAvgPool(), dense(16), relu(), dense(64), sigmoid()))' },
  matmulOfBlocks: {
    method: 'matmul',
    call: `input(49, 64).matmul(
  block(dense(64), layerNorm(), dense(64), layerNorm(), dense(64)),
  block(dense(64), layerNorm(), dense(64), layerNorm(), dense(64), permute(1, 0)),
)`,
  },
  headOfBlock: {
    method: 'branchOut',
    call: `input(14, 14, 512).branchOut(
  'auxiliary',
  block(avgPool2d(5, { stride: 3 }), conv2d(128, 1), relu(), flatten(), dense(1024), relu(), dense(1000)),
)`,
  },
  headOfFunction: {
    method: 'branchOut',
    call: "input(14, 14, 512).branchOut('auxiliary', (x) => x.avgPool2d(5, { stride: 3 }).conv2d(128, 1).relu().flatten().dense(1000))",
  },
  appliedBlock: {
    method: 'apply',
    call: `input(56, 56, 64).apply(
  block(conv2d(64, 1), batchNorm(), relu(), conv2d(64, 3, { padding: 1 }), batchNorm(), relu(), conv2d(256, 1), batchNorm()),
)`,
  },
  appliedFunction: {
    method: 'apply',
    call: 'input(56, 56, 64).apply((x) => x.conv2d(64, 1).batchNorm().relu().conv2d(64, 3, { padding: 1 }))',
  },
  appliedNetwork: { method: 'apply', call: 'input(784).dense(32).relu().apply(input(32).dense(64).relu().dense(784).sigmoid())' },
}

/** The lines of the docstrings that call a method and say what comes of it. */
const examples = [...kinds.keys()].flatMap((kind) => {
  const call = sources().find((line) => line.startsWith('input(') && line.includes(`.${kind}(`))
  return call === undefined ? [] : [{ name: kind, call }]
})

function sources(): string[] {
  const families = readdirSync(`${root}src/layers`).filter((family) => existsSync(`${root}src/layers/${family}/methods.ts`))
  const files = [...families.map((family) => `layers/${family}/methods`), 'network/network']
  return files.flatMap((file) =>
    [...readFileSync(`${root}src/${file}.ts`, 'utf8').matchAll(/^ {3}\* (input\(.*?)(?:\n {3}\*)? \/\/ Network</gm)].map(
      ([, call]) => call as string,
    ),
  )
}

const layers = [
  ...new Set(
    [...examples, ...Object.values(joins)]
      .map(({ call }) => call)
      .join(' ')
      .match(/(?<![\w.])[a-z]\w*(?=\()/gi) ?? [],
  ),
].filter((name) => name !== 'x')
const models = sampled(Object.keys(zoo).filter((name) => /^[a-z]/.test(name) && name !== 'lenet1998'))
const text = [
  `import { ${layers.join(', ')} } from 'stridewise'`,
  `import { ${models.join(', ')} } from 'stridewise/zoo'`,
  ...examples.map(({ call }, index) => `const example${index} = ${call}`),
  ...Object.entries(joins).map(([name, { call }]) => `const ${name} = ${call}`),
  ...models.map((name) => `const ${name}Network = ${name}()`),
  '',
].join('\n')
const editors = openEverywhere({ 'literal.ts': text })

const places = [
  ...examples.map(({ name, call }, index) => {
    const line = text.indexOf(`const example${index} = `) + `const example${index} = `.length
    return { name, at: line + call.lastIndexOf(`.${name}(`) + 1 }
  }),
  ...Object.entries(joins).map(([name, { method, call }]) => ({
    name,
    at: text.indexOf(`const ${name} = `) + `const ${name} = `.length + call.indexOf(`.${method}(`) + 1,
  })),
  ...models.map((name) => ({ name, at: text.indexOf(`= ${name}()`) + 2 })),
]

const literal = /Network<\[[\d, ]+\](?: & \{ kept: \{ \w+: \[[\d, ]+\]; \}; \})*, \[[\d, ]+\], \d+>(?: \(\+\d+ overloads?\))?$/

test('every kind of layer has an example, but for those that are values alone', () => {
  const lacking = [...kinds.keys()].filter((kind) => !examples.some(({ name }) => name === kind))
  expect(lacking).toEqual(['identity', 'block', 'repeat', 'branch', 'shared'])
})

describe.each(versions)('%s', (version) => {
  test('the hover ends in the network', async () => {
    const editor = editors.get(version)
    const wrong: string[] = []
    for (const { name, at } of places) {
      const code = ((await editor?.hover('literal.ts', at))?.code ?? 'nothing').replace(/\nimport .*/s, '').replace(/\s+/g, ' ')
      if (!literal.test(code)) wrong.push(name)
    }
    // TypeScript 5.4 cuts every hover after 160 characters, which functions and lists as arguments fill; 5.9 and later after 500.
    const cut = ['branchOut', 'concat', 'add', ...Object.keys(joins)]
    expect(wrong.filter((name) => version !== '5.4' || !cut.includes(name))).toEqual([])
  })
})

test('the hovers', async () => {
  const found: string[] = []
  for (const { name, at } of places) {
    const answers = await agreed(editors, async (editor) =>
      ((await editor.hover('literal.ts', at))?.code ?? 'nothing').replace(/\nimport .*/s, '').replace(/\s+/g, ' '),
    )
    found.push(answers.replace(/^/gm, `//  ${name}: `))
  }
  // Of the architectures a short run has some.
  const names = new Set(places.map(({ name }) => name))
  expectAgreedGolden('literal-hovers.txt', `${found.join('\n')}\n`, (line) => names.has(/^\/\/ {2}(\w+): /.exec(line)?.[1] ?? ''))
})
