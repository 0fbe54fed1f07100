// Measures how long a report takes from a cold start, compared with Node alone: `npm run build && npm run bench:command`.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'stridewise-bench-'))
mkdirSync(join(folder, 'node_modules'))
symlinkSync(root, join(folder, 'node_modules/stridewise'))
const networkFile = (name) => `import { ${name} } from 'stridewise/zoo'\n\nexport const network = ${name}()\n`
for (const name of ['vgg16', 'resnet152']) writeFileSync(join(folder, `${name}.ts`), networkFile(name))

const command = join(root, 'dist/cli/stridewise.js')
const runs = {
  'node -e 0': ['-e', '0'],
  'stridewise --version': [command, '--version'],
  'stridewise report vgg16.ts': [command, 'report', 'vgg16.ts'],
  'stridewise report resnet152.ts': [command, 'report', 'resnet152.ts'],
  'stridewise report resnet152.ts --format html': [command, 'report', 'resnet152.ts', '--format', 'html'],
}

const times = 7
for (const [name, args] of Object.entries(runs)) {
  const seconds = Array.from({ length: times }, () => {
    const start = performance.now()
    execFileSync(process.execPath, args, { cwd: folder, stdio: 'ignore' })
    return (performance.now() - start) / 1000
  }).sort((a, b) => a - b)
  const [least, median] = [seconds[0], seconds[Math.floor(times / 2)]]
  console.log(`${name.padEnd(46)} ${median.toFixed(2)} s   (least ${least.toFixed(2)} s of ${times} runs)`)
}
rmSync(folder, { recursive: true, force: true })
