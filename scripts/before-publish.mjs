// Checks the preconditions of `npm publish`. npm runs it automatically, as prepublishOnly.
import { readdirSync, readFileSync } from 'node:fs'
import { repository } from './repository.mjs'

/**
 * The reasons not to publish a version, one sentence each.
 *
 * @param {{ version: string, tag: string | undefined, changelog: string, changesets: readonly string[], repository: string }} state
 *   `tag` is the tag that started the workflow, `changesets` are the files in .changeset
 */
export const obstacles = ({ version, tag, changelog, changesets, repository: of }) => {
  const waiting = changesets.filter((name) => name.endsWith('.md') && name !== 'README.md')
  const heading = new RegExp(`^## ${version.replaceAll('.', '\\.')} - \\d{4}-\\d{2}-\\d{2}$`, 'm')
  return [
    ...(of === '' ? ['scripts/repository.mjs has no repository, which the provenance statement of npm needs.'] : []),
    ...(tag !== undefined && tag !== `v${version}` ? [`The tag is ${tag}, and package.json has version ${version}.`] : []),
    ...(heading.test(changelog) ? [] : [`CHANGELOG.md has no heading "## ${version} - date".`]),
    ...(waiting.length > 0 ? [`Changesets are waiting, ${waiting.join(', ')}: npm run release:version`] : []),
  ]
}

if (process.argv[1]?.endsWith('before-publish.mjs')) {
  const found = obstacles({
    version: JSON.parse(readFileSync('package.json', 'utf8')).version,
    tag: process.env['GITHUB_REF_TYPE'] === 'tag' ? process.env['GITHUB_REF_NAME'] : undefined,
    changelog: readFileSync('CHANGELOG.md', 'utf8'),
    changesets: readdirSync('.changeset'),
    repository,
  })
  for (const obstacle of found) console.error(obstacle)
  if (found.length > 0) process.exitCode = 1
}
