import { markdownTable } from 'markdown-table'
import { markdownText, oneLine } from '../../report/names.js'
import { plain } from '../../report/table.js'
import { decimalBytes, decimalCount, grouped } from '../../report/units.js'
import { named } from '../../shape/printable.js'
import { printedPath } from '../output/problem.js'
import type { Change, Cost, FileDiff, LayerState, NetworkDiff } from './changes.js'

/* Formats a diff as text. */

/** The costs that a diff compares. */
const costs: readonly (readonly [string, (cost: Cost) => number, (value: number) => string])[] = [
  ['layers', ({ layers }) => layers, grouped],
  ['parameters', ({ params }) => params, grouped],
  ['MACs', ({ macs }) => macs, decimalCount],
  ['activations', ({ bytes }) => bytes.activations, decimalBytes],
  ['inference memory', ({ bytes }) => bytes.inference, decimalBytes],
  ['training memory', ({ bytes }) => bytes.training, decimalBytes],
]

const headings = ['', 'before', 'after', 'change']

/** The rows of costs: those that differ, or all. */
const costRows = ({ before, after }: NetworkDiff, all: boolean): string[][] =>
  costs
    .filter(([, costOf]) => all || !before || !after || costOf(before) !== costOf(after))
    .map(([heading, of, text]) => [
      heading,
      before ? text(of(before)) : '-',
      after ? text(of(after)) : '-',
      before && after ? difference(of(before), of(after)) : '',
    ])

/** A change such as `+12.5 %`. */
const difference = (before: number, after: number): string => {
  if (before === after) return 'the same'
  if (before === 0) return 'new'
  const share = ((after - before) / before) * 100
  const text = Math.abs(share) < 0.05 ? '< 0.1' : Math.abs(share).toFixed(1)
  return `${after > before ? '+' : '-'}${text} %`
}

const symbols = { added: '+', removed: '-', changed: '~' } as const

/** A layer's change: `filters: 64 -> 96; output 28x28x64 -> 28x28x96; params 1,792 -> 2,688`. */
const changeText = ({ before, after, settings, wiring = [] }: Change): string => {
  if (!before || !after) return [stateText((before ?? after) as LayerState), ...wiring.map(named)].join('; ')
  const parts = [
    ...[...settings, ...wiring].map(named),
    ...(`${before.output}` === `${after.output}` ? [] : [`output ${before.output.join('x')} -> ${after.output.join('x')}`]),
    ...(before.params === after.params ? [] : [`params ${grouped(before.params)} -> ${grouped(after.params)}`]),
    ...(before.macs === after.macs ? [] : [`MACs ${decimalCount(before.macs)} -> ${decimalCount(after.macs)}`]),
  ]
  return parts.join('; ')
}

const stateText = ({ title, output, params, macs }: LayerState): string =>
  [title, output.join('x'), ...(params > 0 ? [`${grouped(params)} params`] : []), ...(macs > 0 ? [`${decimalCount(macs)} MACs`] : [])].join(
    ', ',
  )

/** A summary, also for a network that is unchanged or only on one side. */
const summary = ({ before, after, changes, base, baseProblem }: FileDiff): string => {
  if (!before) return baseProblem === undefined ? 'added' : `added, as its file had a mistake in it at ${named(base)}`
  if (!after) return 'removed'
  if (changes.length === 0) return 'unchanged'
  const count = (what: Change['what']) => changes.filter((change) => change.what === what).length
  return (['added', 'removed', 'changed'] as const)
    .filter((what) => count(what) > 0)
    .map((what) => `${count(what)} ${what}`)
    .join(', ')
}

/** A network's name, with its file if there are several. */
const titleOf = ({ name, file }: FileDiff, { files }: TextOptions): string =>
  files ? `${named(name)} in ${printedPath(file)}` : named(name)

/** Whether to list the layers. Not for a network that is only on one side, where all of them would be listed. */
const hasLayerList = ({ before, after, changes }: NetworkDiff): boolean => before !== undefined && after !== undefined && changes.length > 0

/** Replaces an empty table of costs; nothing for an unchanged network. */
const sameCosts = ({ changes }: NetworkDiff): string[] => (changes.length === 0 ? [] : ['', 'The cost is the same.'])

/** Options of the texts. */
export interface TextOptions {
  /** Whether to show all costs, or only those that differ. */
  readonly all: boolean
  /** Whether the titles include the files. */
  readonly files: boolean
}

/** A diff for a terminal. */
export const diffText = (
  diffs: readonly FileDiff[],
  options: TextOptions,
  coloured: (change: Change['what'], line: string) => string,
): string =>
  diffs
    .map((diff) => {
      const width = diff.changes.reduce((most, { name }) => Math.max(most, oneLine(name).length), 0)
      const lines = diff.changes.map((change) =>
        coloured(change.what, `${symbols[change.what]} ${oneLine(change.name).padEnd(width)}  ${changeText(change)}`),
      )
      const rows = costRows(diff, options.all)
      const costs = rows.length === 0 ? sameCosts(diff) : ['', plain([headings, ...rows], ['l', 'r', 'r', 'r'])]
      return [`${titleOf(diff, options)}: ${summary(diff)}`, ...(hasLayerList(diff) ? ['', ...lines] : []), ...costs].join('\n')
    })
    .join('\n\n')

/** A diff as Markdown, for a pull request. */
export const diffMarkdown = (diffs: readonly FileDiff[], options: TextOptions): string =>
  diffs
    .map((diff) => {
      const rows = diff.changes.map((change) => [symbols[change.what], markdownText(change.name), markdownText(changeText(change))])
      const costs = costRows(diff, options.all)
      return [
        `### ${markdownText(`${titleOf(diff, options)}: ${summary(diff)}`)}`,
        ...(costs.length === 0 ? sameCosts(diff) : ['', markdownTable([headings, ...costs], { align: ['l', 'r', 'r', 'r'] })]),
        ...(hasLayerList(diff) ? ['', markdownTable([['', 'layer', 'what changed'], ...rows])] : []),
        '',
      ].join('\n')
    })
    .join('\n')
