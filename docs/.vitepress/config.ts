import { fileURLToPath } from 'node:url'
import { transformerTwoslash } from '@shikijs/vitepress-twoslash'
import { slug } from 'github-slugger'
import { defineConfig, type MarkdownOptions, type UserConfig } from 'vitepress'
import manifest from '../../package.json' with { type: 'json' }
import { names, pageWords } from '../../scripts/reference-names.mjs'
import { repository, socialLinks } from '../../scripts/repository.mjs'
import { colourSheet, coloursAsClasses } from './colours.js'
import { withPolicy } from './content-security.js'
import { liveBlocks } from './live-blocks.js'
import { blockCompiler } from './live-compiler.js'
import { nav, sidebar } from './navigation.js'
import { popupsAsText } from './popups.js'
import { tables } from './tables.js'

/** The package's entries as they were built: `js` for the pages, `d.ts` for the compiler that reads their code. The core is last: its name begins the others'. */
const packageFiles = (extension: 'js' | 'd.ts'): Record<string, string> => {
  const entries = Object.entries(manifest.exports).flatMap(([entry, ways]) =>
    typeof ways === 'string' || !('import' in ways) ? [] : [[`stridewise${entry.slice(1)}`, ways.import.default] as const],
  )
  return Object.fromEntries(
    entries
      .map(([name, file]) => [name, fileURLToPath(new URL(`../../${file.replace(/js$/, extension)}`, import.meta.url))] as const)
      .reverse(),
  )
}

/** Draws what the compiler says into the pages' code. */
const live = liveBlocks(blockCompiler(Object.fromEntries(Object.entries(packageFiles('d.ts')).map(([name, file]) => [name, [file]]))))

/** What only a browser loads, and loads late: the build of the pages' text does without, which spares it thousands of modules. */
const inBrowsersOnly: NonNullable<NonNullable<UserConfig['vite']>['plugins']>[number] = {
  name: 'in-browsers-only',
  enforce: 'pre',
  resolveId: (id, _, { ssr }) => (ssr && /^onnxruntime-web|\/editor\.js$/.test(id) ? '\0in-browsers-only' : undefined),
  load: (id) => (id === '\0in-browsers-only' ? 'export {}' : undefined),
}

/** Where the site will stand on its server, such as /stridewise/: as it stands in the folder by default. */
const base = process.env['SITE_BASE'] ?? '/'

/** What other libraries call a page's subject, which the search then finds. */
const otherWords = (page: string): string => {
  const method = /^reference\/(\w+)\.md$/.exec(page)?.[1] ?? ''
  const { pytorch = '', keras = '', onnx = '', words = [] } = (names as Readonly<Record<string, OtherNames>>)[method] ?? {}
  const all = [pytorch, keras, onnx, ...words, ...((pageWords as Readonly<Record<string, readonly string[]>>)[page] ?? [])]
  return `<p>${all.filter(Boolean).join(', ').replaceAll('<', '&lt;')}</p>`
}

interface OtherNames {
  readonly pytorch?: string
  readonly keras?: string
  readonly onnx?: string
  readonly words?: readonly string[]
}

export default defineConfig({
  base,
  title: 'stridewise',
  description: 'Neural network architectures whose shapes are checked as you type.',
  lang: 'en',
  head: [
    ['link', { rel: 'icon', href: `${base}favicon.svg`, type: 'image/svg+xml' }],
    ['style', {}, colourSheet],
  ],
  transformHtml: withPolicy,
  cleanUrls: false,
  // The table of contents for those who read the folder as it is.
  srcExclude: ['README.md'],
  themeConfig: {
    search: {
      provider: 'local',
      options: {
        _render: (source, env, md) => {
          const page = { ...env, isForSearch: true }
          const html = md.render(source, page)
          return page.frontmatter?.['search'] === false ? '' : html.replace('</h1>', `</h1>\n${otherWords(env.relativePath)}`)
        },
      },
    },
    nav,
    sidebar,
    socialLinks: socialLinks(repository),
    footer: { message: 'MIT licence' },
  },
  vite: {
    plugins: [inBrowsersOnly],
    // What is left out of the editor's thousand modules is nothing, and looking for it takes a minute.
    build: { rollupOptions: { treeshake: false } },
    resolve: { alias: packageFiles('js') },
    // The compiler's worker is one file of nine megabytes in which nothing can be left out, and looking for it takes half a minute.
    worker: { format: 'es', rollupOptions: { treeshake: false } },
  },
  markdown: {
    // Links to headings work on the site as they do where the pages are read as Markdown.
    anchor: { slugify: slug },
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    config: (md) => {
      live.rule(md)
      tables(md)
    },
    // VitePress has a shiki of its own, with other names for the same types.
    codeTransformers: [
      transformerTwoslash({ explicitTrigger: true, queryRendering: 'line', twoslasher: live.answerTo as never }),
      coloursAsClasses,
      popupsAsText,
    ] as unknown as NonNullable<MarkdownOptions['codeTransformers']>,
  },
})
