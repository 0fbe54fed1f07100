// Writes the licences of the bundled packages. The list comes from the bundler, so a newly imported package brings its licence along,
// and a package without a licence fails the build.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const innermost = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/

/**
 * The folder of a package that is inlined in a file of another, given its path in the source map of that file.
 *
 * @param {string} host the folder of the other package
 * @param {string} source a path in the source map
 */
const folderInside = (host, source) => {
  const [, name = ''] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source) ?? []
  const folder = [`${host}/node_modules/${name}`, `node_modules/${name}`].find((each) => existsSync(each))
  if (!folder) throw new Error(`${host} contains ${name}, which is not installed, so its licence is unknown.`)
  return folder
}

/**
 * The folders of the packages in a bundle, including packages inlined in their files.
 *
 * @param {{ outputs: Record<string, { inputs: object }> }} metafile esbuild's metafile
 * @returns {string[]}
 */
export const packagesIn = ({ outputs }) => {
  const files = Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs))
  const folders = files.flatMap((file) => {
    const [host] = innermost.exec(file) ?? []
    if (!host) return []
    /** @type {string[]} */
    const sources = existsSync(`${file}.map`) ? JSON.parse(readFileSync(`${file}.map`, 'utf8')).sources : []
    return [host, ...sources.filter((source) => innermost.test(source)).map((source) => folderInside(host, source))]
  })
  return [...new Set(folders)].sort()
}

/**
 * The text of a package's licence.
 *
 * @param {string} folder
 * @returns {string | undefined}
 */
export const licenceIn = (folder) => {
  const file = readdirSync(folder).find((name) => /^licen[cs]e(\.\w+)?$/i.test(name))
  return file && readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim()
}

/**
 * Licences of packages that name one and ship no file with it, and of one whose file names another package without its licence.
 *
 * @type {Readonly<Record<string, string>>}
 */
const collected = { '@resvg/resvg-wasm': 'scripts/licence-of-resvg.txt', jsfive: 'scripts/licence-of-jsfive.txt' }

/** @param {string} folder */
const notice = (folder) => {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const text = collected[name] ? readFileSync(collected[name], 'utf8').trim() : licenceIn(folder)
  if (!text) throw new Error(`${name} is bundled and has no file with its licence.`)
  return `${name} ${version} (${license})\n\n${text}`
}

/** The notice of the fonts that lie beside the command. */
export const noticesOfFonts = () => {
  const folder = 'node_modules/@expo-google-fonts/arimo'
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return [
    `Arimo, from @expo-google-fonts/arimo ${version} (OFL-1.1)\n\n${readFileSync(join(folder, 'LICENSE_FONT'), 'utf8').replaceAll('\r\n', '\n').trim()}`,
  ]
}

/** The line between two notices. */
export const line = `\n\n${'-'.repeat(80)}\n\n`

/**
 * An esbuild plugin that writes the licences of the bundled packages to a file.
 *
 * @param {string} file
 * @param {string} heading
 * @param {() => string[]} others the notices of code outside of the bundle
 * @returns {NonNullable<import('tsup').Options['esbuildPlugins']>[number]}
 */
export const notices = (file, heading, others = () => []) => ({
  name: 'notices',
  setup(build) {
    build.onEnd(({ metafile }) => {
      if (!metafile) throw new Error('Without a metafile it is unknown what is bundled.')
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, `${heading}\n\n${[...packagesIn(metafile).map(notice), ...others()].join(line)}\n`)
    })
  },
})
