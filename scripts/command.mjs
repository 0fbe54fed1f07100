// Copies jiti, which runs TypeScript files, next to the command. Its licence and those of its contents are in dist/cli/NOTICES.txt,
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
