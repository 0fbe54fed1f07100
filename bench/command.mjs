// Measures how long the command takes from a cold start: `npm run build && npm run bench:command`. What counts are the ratios: of a report
// to Node alone, and of a check to `tsc --noEmit` on the same file. The runs take turns, so that a busy machine slows down all of them.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'stridewise-bench-'))
mkdirSync(join(folder, 'node_modules'))
symlinkSync(root, join(folder, 'node_modules/stridewise'))
symlinkSync(join(root, 'node_modules/typescript'), join(folder, 'node_modules/typescript'))
const compilerOptions = { strict: true, module: 'nodenext', target: 'es2022', types: [], skipLibCheck: true, noEmit: true }
writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['vgg16.ts'] }))
writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }))
const networkFile = (name) => `import { ${name} } from 'stridewise/zoo'\n\nexport const network = ${name}()\n`
for (const name of ['vgg16', 'resnet152']) writeFileSync(join(folder, `${name}.ts`), networkFile(name))
writeFileSync(join(folder, 'vgg16.mjs'), networkFile('vgg16'))
// What needs Babel.
writeFileSync(join(folder, 'vgg16-enum.ts'), `${networkFile('vgg16')}\nexport enum Size { small, large }\n`)

const command = join(root, 'dist/cli/stridewise.js')

/** Times of the runs, and what each is compared with. */
const groups = [
  {
    base: 'node -e 0',
    times: 15,
    runs: {
      'node -e 0': ['-e', '0'],
      'stridewise --version': [command, '--version'],
      'stridewise report vgg16.mjs': [command, 'report', 'vgg16.mjs'],
      'stridewise report vgg16.ts': [command, 'report', 'vgg16.ts'],
      'stridewise report vgg16-enum.ts': [command, 'report', 'vgg16-enum.ts', '--export', 'network'],
      'stridewise report resnet152.ts': [command, 'report', 'resnet152.ts'],
      'stridewise report resnet152.ts --format html': [command, 'report', 'resnet152.ts', '--format', 'html'],
    },
  },
  {
    base: 'tsc --noEmit',
    times: 7,
    runs: {
      'tsc --noEmit': ['node_modules/typescript/bin/tsc', '--noEmit', '-p', '.'],
      'stridewise check vgg16.ts': [command, 'check', 'vgg16.ts'],
    },
  },
]

const seconds = (args) => {
  const start = performance.now()
  execFileSync(process.execPath, args, { cwd: folder, stdio: 'ignore' })
  return (performance.now() - start) / 1000
}

const medianOf = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]

for (const { base, times, runs } of groups) {
  const found = Object.fromEntries(Object.keys(runs).map((name) => [name, []]))
  for (let turn = 0; turn < times; turn += 1) for (const [name, args] of Object.entries(runs)) found[name].push(seconds(args))
  console.log(`${'medians, and the least'.padEnd(44)} of ${times} runs${' '.repeat(12)}in ${base}`)
  for (const [name, numbers] of Object.entries(found)) {
    const [median, least] = [medianOf(numbers), Math.min(...numbers)]
    const ratios = `${(median / medianOf(found[base])).toFixed(2)} (${(least / Math.min(...found[base])).toFixed(2)})`
    console.log(`${name.padEnd(44)} ${median.toFixed(2)} s (${least.toFixed(2)} s)   ${ratios}`)
  }
  console.log('')
}
rmSync(folder, { recursive: true, force: true })
