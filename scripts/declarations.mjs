// Gives the CommonJS half of the package its declarations: TypeScript wants `.d.cts` files that name `.cjs` modules.
//
// Declarations are not bundled into one file: the families' `declare module '../network/network.js'` adds their methods to
// `Network`, and that needs the modules to stay apart.
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const dist = fileURLToPath(new URL('../dist', import.meta.url))
for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
  if (!entry.name.endsWith('.d.ts')) continue
  const file = join(entry.parentPath, entry.name)
  const text = readFileSync(file, 'utf8').replace(/(from |import |import\(|module )(['"])(\.[^'"]*)\.js\2/g, '$1$2$3.cjs$2')
  writeFileSync(file.replace(/\.d\.ts$/, '.d.cts'), text)
}

// What is bundled brings its licence along.
copyFileSync(fileURLToPath(new URL('../node_modules/pbf/LICENSE', import.meta.url)), join(dist, 'onnx/LICENSE-pbf'))

// What TypeScript below 5.4 finds in place of all declarations, by `types@<5.4` and `typesVersions` in package.json: a file that
// is no module. The compiler then says of each import that this file is none, and nothing else; its name is the message.
const older = `// stridewise needs TypeScript 5.4 or newer: npm install --save-dev typescript@latest
`
for (const extension of ['ts', 'cts']) writeFileSync(join(dist, `stridewise-needs-typescript-5.4-or-newer.d.${extension}`), older)
