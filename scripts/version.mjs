// Runs after `changeset version`, which raises the version in package.json and puts the new section right under the title of
// CHANGELOG.md. This script writes the version into the lock file too, and moves the section to its place, with the date.
import { readFileSync, writeFileSync } from 'node:fs'

const title = '# Changelog\n\n'
const unreleased = '## [Unreleased]\n'

/**
 * Moves the newest section below "Unreleased". Lines under "Unreleased" that were written by hand move to the new version. The commit
 * hash at the start of each entry is removed, since it means nothing to users.
 *
 * @param {string} changelog
 * @param {string} date
 */
export const withSectionInPlace = (changelog, date) => {
  const begin = title.length
  const end = changelog.indexOf('\nAll notable changes ')
  const [written, version = '', changes = ''] = /^## (\S+)\n([\s\S]*)$/.exec(changelog.slice(begin, end)) ?? []
  if (!changelog.startsWith(title) || !written) throw new Error('CHANGELOG.md has no new section under its title.')
  const entries = changes
    .replaceAll(/^- [0-9a-f]{7,}: /gm, '- ')
    .replaceAll(/ +$/gm, '')
    .trim()
  const section = `## ${version} - ${date}\n\n${entries}\n`
  const rest = title + changelog.slice(end + 1)
  if (!rest.includes(unreleased)) throw new Error('CHANGELOG.md has no "## [Unreleased]".')
  return rest.replace(unreleased, () => `${unreleased}\n${section}`)
}

/**
 * Sets the version of the package in the lock file.
 *
 * @param {string} lock
 * @param {string} version
 */
export const lockedAt = (lock, version) => {
  const { packages, ...rest } = JSON.parse(lock)
  return `${JSON.stringify({ ...rest, version, packages: { ...packages, '': { ...packages[''], version } } }, null, 2)}\n`
}

if (process.argv[1]?.endsWith('version.mjs')) {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
  const today = new Date().toISOString().slice(0, 10)
  writeFileSync('CHANGELOG.md', withSectionInPlace(readFileSync('CHANGELOG.md', 'utf8'), today))
  writeFileSync('package-lock.json', lockedAt(readFileSync('package-lock.json', 'utf8'), version))
}
