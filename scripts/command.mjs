// Copies next to the command jiti, which runs TypeScript files, and what draws PNG and PDF. Their licences are in dist/cli/NOTICES.txt,
// with those of the bundled packages (tsup.config.ts).
//
// jiti is copied rather than bundled, since it loads its transformer from a separate file on first use.
import { cpSync, mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { jitiFiles } from './licences-in-jiti.mjs'

const jiti = fileURLToPath(new URL('../node_modules/jiti/', import.meta.url))
const target = fileURLToPath(new URL('../dist/cli/jiti/', import.meta.url))

for (const folder of ['lib', 'dist']) mkdirSync(target + folder, { recursive: true })
for (const file of jitiFiles) cpSync(jiti + file, target + file)

// What draws PNG, and the fonts of PNG and PDF: src/cli/pictures/assets.ts.
const packages = fileURLToPath(new URL('../node_modules/', import.meta.url))
const pictures = fileURLToPath(new URL('../dist/cli/pictures/', import.meta.url))
mkdirSync(pictures, { recursive: true })
cpSync(`${packages}@resvg/resvg-wasm/index_bg.wasm`, `${pictures}resvg.wasm`)
cpSync(`${packages}@expo-google-fonts/arimo/400Regular/Arimo_400Regular.ttf`, `${pictures}Arimo-Regular.ttf`)
cpSync(`${packages}@expo-google-fonts/arimo/700Bold/Arimo_700Bold.ttf`, `${pictures}Arimo-Bold.ttf`)
