// What the command line needs beside its own files: a copy of jiti, which runs TypeScript files. Its licence, and those of what is in
// it, are in dist/cli/NOTICES.txt with those of the bundled packages (tsup.config.ts).
//
// jiti loads its transformer from a file of its own when it is first needed, so it is copied as it is rather than bundled.
import { cpSync, mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { jitiFiles } from './licences-in-jiti.mjs'

const jiti = fileURLToPath(new URL('../node_modules/jiti/', import.meta.url))
const target = fileURLToPath(new URL('../dist/cli/jiti/', import.meta.url))

for (const folder of ['lib', 'dist']) mkdirSync(target + folder, { recursive: true })
for (const file of jitiFiles) cpSync(jiti + file, target + file)
