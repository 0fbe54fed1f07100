import { fileURLToPath } from 'node:url'
import { transformerTwoslash } from '@shikijs/vitepress-twoslash'
import { defineConfig } from 'vitepress'
import { liveBlocks } from './live-blocks.js'

/** The package's entries as they were built: `js` for the pages, `d.ts` for the compiler that reads their code. */
const packageFiles = (extension: 'js' | 'd.ts'): Record<string, string> =>
  Object.fromEntries(
    ['report', 'zoo', ''].map((entry) => [
      `stridewise${entry && `/${entry}`}`,
      fileURLToPath(new URL(`../../dist/${entry && `${entry}/`}index.${extension}`, import.meta.url)),
    ]),
  )

export default defineConfig({
  title: 'stridewise',
  description: 'Neural network architectures whose shapes are checked as you type.',
  lang: 'en',
  cleanUrls: false,
  // The table of contents for those who read the folder as it is.
  srcExclude: ['README.md'],
  themeConfig: {
    search: { provider: 'local' },
    nav: [
      { text: 'Guide', link: '/guide/getting-started' },
      { text: 'Reference', link: '/reference/' },
      { text: 'Playground', link: '/playground' },
    ],
    sidebar: [
      {
        text: 'Guide',
        items: [
          { text: 'Getting started', link: '/guide/getting-started' },
          { text: 'The arithmetic of convolution', link: '/guide/convolution' },
          { text: 'AlexNet and VGG, line by line', link: '/guide/lecture-tables' },
          { text: 'Blocks and branches', link: '/guide/blocks-and-branches' },
          { text: 'Rounding, and why it is strict', link: '/guide/rounding' },
          { text: 'Sizes that are not known', link: '/guide/unknown-sizes' },
        ],
      },
      {
        text: 'Facts',
        items: [
          { text: 'The rules of shapes', link: '/rules' },
          { text: 'What the numbers count', link: '/counting' },
          { text: 'Ready architectures', link: '/zoo' },
        ],
      },
    ],
  },
  vite: { resolve: { alias: packageFiles('js') } },
  markdown: {
    config: liveBlocks,
    codeTransformers: [
      transformerTwoslash({
        explicitTrigger: true,
        twoslashOptions: {
          compilerOptions: {
            target: 9,
            module: 99,
            moduleResolution: 100,
            lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'],
            types: [],
            strict: true,
            noErrorTruncation: true,
            paths: Object.fromEntries(Object.entries(packageFiles('d.ts')).map(([name, file]) => [name, [file]])),
          },
        },
      }),
    ],
  },
})
