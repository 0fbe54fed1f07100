// Each file of the package's declarations begins with a comment that tells the compiler to use it and not to check it. The package checks
// its declarations itself, on every compiler that it supports: a user's compiler, with `skipLibCheck: false`, need not do it again.
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const mark = '// @ts-nocheck: the package checked these declarations with every compiler that it supports\n'

/** The declarations in a folder that are modules: not the message for compilers that are too old. */
const declarationsIn = (folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.d\.c?ts$/.test(name) && !name.includes('needs-typescript'))
    .map((name) => join(folder, name))

/** Marks the declarations in a folder. */
export const leaveUnchecked = (folder) => {
  for (const file of declarationsIn(folder)) writeFileSync(file, mark + readFileSync(file, 'utf8'))
}

/** Copies a folder with declarations, and takes the marks out: for the package's own checks. */
export const copyToCheck = (folder, to) => {
  cpSync(folder, to, { recursive: true })
  for (const file of declarationsIn(to)) {
    const text = readFileSync(file, 'utf8')
    if (!text.startsWith(mark)) throw new Error(`${file} has no mark to take out.`)
    writeFileSync(file, text.slice(mark.length))
  }
}
