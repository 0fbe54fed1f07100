// The package's GitHub repository, as a constant. The site imports it from here. `node scripts/repository.mjs` writes it into the files
// that cannot import it; run it after each change. Without a repository these files contain no links to one.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/**
 * Owner and name, such as 'octocat/stridewise'; empty until there is a public repository.
 *
 * @type {string}
 */
export const repository = ''

const address = (/** @type {string} */ of) => `https://github.com/${of}`

/**
 * The links in the site's navigation bar.
 *
 * @param {string} of
 */
export const socialLinks = (of) => (of ? [{ icon: /** @type {const} */ ('github'), link: address(of) }] : [])

/** @param {string} of */
const packageFields = (of) =>
  of && {
    repository: { type: 'git', url: `git+${address(of)}.git` },
    homepage: `${address(of)}#readme`,
    bugs: { url: `${address(of)}/issues` },
  }

const inPackage = (/** @type {string} */ text, /** @type {string} */ of) => {
  const { repository: _, homepage: __, bugs: ___, ...rest } = JSON.parse(text)
  const entries = Object.entries(rest).flatMap((entry) =>
    entry[0] === 'license' ? [entry, ...Object.entries(packageFields(of) || {})] : [entry],
  )
  return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`
}

const chooser = (/** @type {string} */ of) => {
  const links = `contact_links:
  - name: Vulnerability
    url: ${address(of)}/security/advisories/new
    about: Report it in private.
`
  return `# Written by scripts/repository.mjs\nblank_issues_enabled: true\n${of && links}`
}

const reporting = (/** @type {string} */ of) =>
  of
    ? `Report it in private: [open an advisory](${address(of)}/security/advisories/new). Do not open an issue.`
    : `The package has no public repository yet. Until it has one, report it in private to the person who gave you the package.`

/**
 * Replaces the marked parts of a page, in order.
 *
 * @param {string} text
 * @param {readonly string[]} parts
 */
const withParts = (text, parts) => {
  let next = 0
  return text.replace(/(?<=<!-- Written by scripts\/repository\.mjs -->\n)[\s\S]*?(?=<!-- \/ -->)/g, () => `${parts[next++]}\n`)
}

const inSecurity = (/** @type {string} */ text, /** @type {string} */ of) => withParts(text, [reporting(of)])

/**
 * The address at which GitHub Pages serves a repository's site. A repository named after its owner's domain is served at the root.
 *
 * @param {string} of
 */
export const siteOf = (of) => {
  const [owner = '', name = ''] = of.toLowerCase().split('/')
  return `https://${owner}.github.io/${name === `${owner}.github.io` ? '' : `${of.split('/')[1]}/`}`
}

const pictureAlt =
  'AlexNet, drawn to scale from its types: a 227x227x3 image, five convolutions, three pools and three dense layers, with the shape after each'

/** npm shows relative addresses only of a repository that it knows, so the picture then has a whole one. */
const picture = (/** @type {string} */ of) => {
  const folder = `${of && `https://raw.githubusercontent.com/${of}/HEAD/`}docs/public`
  return `<picture>
  <source media="(prefers-color-scheme: dark)" srcset="${folder}/alexnet-dark.svg">
  <img src="${folder}/alexnet.svg" alt="${pictureAlt}">
</picture>`
}

const links = (/** @type {string} */ of) =>
  Object.entries({
    ...(of ? { Documentation: siteOf(of), Playground: `${siteOf(of)}playground.html` } : {}),
    'Get started': 'docs/guide/getting-started.md',
    ...(of ? {} : { Documentation: 'docs/README.md' }),
    Examples: 'examples/README.md',
    ...(of ? { Source: address(of) } : {}),
  })
    .map(([text, to]) => `[${text}](${to})`)
    .join(' ·\n')

const inReadme = (/** @type {string} */ text, /** @type {string} */ of) => withParts(text, [picture(of), links(of)])

/**
 * The files that contain the repository, and how to write it into their text.
 *
 * @type {Readonly<Record<string, (text: string, of: string) => string>>}
 */
export const withRepository = {
  'package.json': inPackage,
  'README.md': inReadme,
  'SECURITY.md': inSecurity,
  '.github/ISSUE_TEMPLATE/config.yml': (_, of) => chooser(of),
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (!/^([\w.-]+\/[\w.-]+)?$/.test(repository)) throw new Error(`'${repository}' is not owner/name.`)
  for (const [path, put] of Object.entries(withRepository)) {
    const file = fileURLToPath(new URL(`../${path}`, import.meta.url))
    writeFileSync(file, put(readFileSync(file, 'utf8'), repository))
  }
}
