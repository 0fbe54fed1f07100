import type { DefaultTheme } from 'vitepress'
import packageFile from '../../package.json' with { type: 'json' }
import { families, functionGroups } from '../../scripts/reference-families.mjs'
import { coursePages } from './course/pages.js'

/** What the site's bars list. */

export const nav: DefaultTheme.NavItem[] = [
  { text: 'Guide', link: '/guide/getting-started' },
  { text: 'Course', link: '/course/' },
  { text: 'Reference', link: '/reference/' },
  { text: 'Playground', link: '/playground' },
  { text: packageFile.version, link: '/changelog' },
]

const guide: DefaultTheme.SidebarItem[] = [
  {
    text: 'Guide',
    items: [
      { text: 'Getting started', link: '/guide/getting-started' },
      { text: 'The arithmetic of convolution', link: '/guide/convolution' },
      { text: 'AlexNet and VGG, line by line', link: '/guide/lecture-tables' },
      { text: 'Layers', link: '/guide/layers' },
      { text: 'Blocks and branches', link: '/guide/blocks-and-branches' },
      { text: 'Graphs', link: '/guide/graphs' },
      { text: 'Rounding, and why it is strict', link: '/guide/rounding' },
      { text: 'Dynamic sizes', link: '/guide/dynamic-sizes' },
      { text: 'Reports', link: '/guide/reports' },
      { text: 'In your editor', link: '/guide/in-your-editor' },
      { text: 'Continuous integration', link: '/guide/ci' },
      { text: 'Exporting and running', link: '/guide/running' },
      { text: 'Importing a model', link: '/guide/importing' },
      { text: 'Data and web workers', link: '/guide/web-workers' },
      { text: 'Limits and cost', link: '/guide/limits' },
    ],
  },
  {
    text: 'Reference',
    items: [
      { text: 'The rules of shapes', link: '/rules' },
      { text: 'What the numbers count', link: '/counting' },
      { text: 'Ready architectures', link: '/zoo' },
      { text: 'Formats', link: '/formats' },
      { text: 'The command line', link: '/command-line' },
      { text: 'What an editor shows', link: '/editor' },
      { text: 'What the types cost', link: '/cost' },
      { text: 'Versions', link: '/versions' },
    ],
  },
]

const reference: DefaultTheme.SidebarItem[] = [
  { text: 'Reference', link: '/reference/' },
  { text: 'Names in other libraries', link: '/reference/names' },
  ...families.map(({ title, methods }) => ({
    text: title,
    collapsed: true,
    items: methods.map((method) => ({ text: method, link: `/reference/${method}` })),
  })),
  ...functionGroups.map(({ title, names }) => ({
    text: `${title}: functions`,
    collapsed: true,
    items: names.map((name) => ({ text: name, link: `/reference/${name}` })),
  })),
]

const course: DefaultTheme.SidebarItem[] = [
  { text: 'Course', link: '/course/', items: coursePages.map(({ link, text }) => ({ link, text })) },
]

export const sidebar: DefaultTheme.SidebarMulti = { '/': guide, '/course/': course, '/reference/': reference }
