// Shows which type aliases cause the instantiations of a fixture: `npm run bench:shares -- resnet50`. It runs a patched copy of
// TypeScript 6.0 that counts each instantiation under the named conditional type that is being resolved.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { tableOf } from '../../scripts/table.mjs'
import { compilerOptions } from './compile.mjs'

const compiler = fileURLToPath(new URL('../../node_modules/typescript/lib/', import.meta.url))
const fixtures = fileURLToPath(new URL('fixtures/', import.meta.url))
const name = process.argv[2] ?? 'vgg16'
const known = readdirSync(fixtures).map((file) => basename(file, '.ts'))
if (!known.includes(name)) {
  console.error(`There is no fixture '${name}'. The fixtures are ${known.join(', ')}.`)
  process.exit(2)
}

/** Replaces a part of the compiler's source. It fails on a version without that part. */
const replaced = (text, part, by) => {
  if (!text.includes(part)) throw new Error(`This TypeScript has no "${part}": shares.mjs was written for 6.0.`)
  return text.replace(part, by)
}

const atStart = `const shareStack = [], shares = new Map();
process.on("exit", () => process.stderr.write(JSON.stringify([...shares])));
`
const counting = `
  function nameOfConditional(root) {
    for (let node = root.node; node; node = node.parent) if (node.name && node.typeParameters) return node.name.escapedText;
    return "(no name)";
  }
  function getConditionalTypeInstantiation(type, mapper, forConstraint, aliasSymbol, aliasTypeArguments) {
    shareStack.push(nameOfConditional(type.root));
    try { return conditionalTypeInstantiation(type, mapper, forConstraint, aliasSymbol, aliasTypeArguments); } finally { shareStack.pop(); }
  }
  function conditionalTypeInstantiation(type, mapper, forConstraint, aliasSymbol, aliasTypeArguments) {`

const folder = mkdtempSync(join(tmpdir(), 'stridewise-shares-'))
try {
  mkdirSync(join(folder, 'lib'))
  for (const file of readdirSync(compiler)) if (file !== '_tsc.js') symlinkSync(join(compiler, file), join(folder, 'lib', file))
  let text = readFileSync(join(compiler, '_tsc.js'), 'utf8')
  text = replaced(
    text,
    '  function getConditionalTypeInstantiation(type, mapper, forConstraint, aliasSymbol, aliasTypeArguments) {',
    counting.slice(1),
  )
  const counted = 'instantiationCount++;'
  text = replaced(text, counted, `${counted} { const n = shareStack.at(-1) ?? "(outside)"; shares.set(n, (shares.get(n) ?? 0) + 1); }`)
  writeFileSync(join(folder, 'lib/_tsc.js'), `${atStart}${text}`)
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [join(fixtures, `${name}.ts`)] }))

  const { stderr, stdout } = spawnSync(process.execPath, [join(folder, 'lib/_tsc.js'), '-p', folder], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  })
  if (!stderr.startsWith('[[')) throw new Error(`The compiler said: ${stdout}${stderr}`)
  const shares = JSON.parse(stderr).toSorted(([, one], [, other]) => other - one)
  const total = shares.reduce((sum, [, count]) => sum + count, 0)
  const rows = shares.map(([alias, count]) => [alias, `${count}`, `${((100 * count) / total).toFixed(1)} %`])
  console.log(tableOf(['alias', 'instantiations', 'share'], [...rows.slice(0, 40), ['all', `${total}`, '100.0 %']]))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
