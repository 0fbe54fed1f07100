// Removes declarations that no public file imports: they describe parts that only the package's own code uses.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The declarations that a file imports, also for their effect alone. */
const importedBy = (file) =>
  [...readFileSync(file, 'utf8').matchAll(/(?:from |import |import\(|module )(['"])(\.[^'"]*)\.(c?)js\1/g)]
    .map(([, , path, letter]) => join(dirname(file), `${path}.d.${letter}ts`))
    .filter(existsSync)

/**
 * @param folder the folder of the declarations
 * @param entries the public files
 */
export const keepReached = (folder, entries) => {
  const reached = new Set(entries)
  for (const file of reached) for (const imported of importedBy(file)) reached.add(imported)
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const file = join(folder, name)
    if (/\.d\.c?ts$/.test(name) && !reached.has(file)) rmSync(file)
  }
}
