import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './compiler.js'

let tarball: string | undefined

/** The package as `npm pack` writes it, once for all tests of a process. */
export const packed = (): string => {
  if (tarball !== undefined) return tarball
  const folder = mkdtempSync(join(tmpdir(), 'stridewise-packed-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  const args = ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder]
  const name = execFileSync('npm', args, { cwd: root, encoding: 'utf8' }).trim().split('\n').at(-1) as string
  tarball = join(folder, name)
  return tarball
}
