// Copies next to the command jiti, which runs TypeScript files, and what draws PNG and PDF. Their licences are in dist/cli/NOTICES.txt,
// with those of the bundled packages (tsup.config.ts).
//
// jiti is copied rather than bundled, since it loads its transformer from a separate file on first use.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { jitiFiles } from './licences-in-jiti.mjs'
import { line } from './notices.mjs'

const jiti = fileURLToPath(new URL('../node_modules/jiti/', import.meta.url))
const target = fileURLToPath(new URL('../dist/cli/jiti/', import.meta.url))

mkdirSync(`${target}dist`, { recursive: true })
for (const file of jitiFiles) cpSync(jiti + file, target + file)

// What draws PNG, and the fonts of PNG and PDF: src/cli/pictures/assets.ts.
const packages = fileURLToPath(new URL('../node_modules/', import.meta.url))
const pictures = fileURLToPath(new URL('../dist/cli/pictures/', import.meta.url))
mkdirSync(pictures, { recursive: true })
cpSync(`${packages}@resvg/resvg-wasm/index_bg.wasm`, `${pictures}resvg.wasm`)
cpSync(`${packages}@expo-google-fonts/arimo/400Regular/Arimo_400Regular.ttf`, `${pictures}Arimo-Regular.ttf`)
cpSync(`${packages}@expo-google-fonts/arimo/700Bold/Arimo_700Bold.ttf`, `${pictures}Arimo-Bold.ttf`)

// The files that stay whole have a build of their own, and so a list of licences.
const cli = fileURLToPath(new URL('../dist/cli/', import.meta.url))
const others = `${cli}NOTICES-of-worker.txt`
const listed = readFileSync(`${cli}NOTICES.txt`, 'utf8').trimEnd()
const added = readFileSync(others, 'utf8').trim().split(line.trim())
writeFileSync(
  `${cli}NOTICES.txt`,
  `${[listed, ...added.map((notice) => notice.trim()).filter((notice) => !listed.includes(notice))].join(line)}\n`,
)
rmSync(others)

// What the command loads when it needs it is CommonJS too. `import()` would have Node read each file for its exports first.
for (const name of readdirSync(cli).filter((each) => each.endsWith('.cjs'))) {
  const code = readFileSync(cli + name, 'utf8')
  writeFileSync(cli + name, code.replace(/\bimport\('(\.\/[\w-]+\.cjs)'\)/g, "Promise.resolve().then(()=>require('$1'))"))
}
