import { markdownTable } from 'markdown-table'
import { markdownText, oneLine } from '../../report/names.js'
import { plain } from '../../report/table.js'
import { decimalBytes, decimalCount, grouped } from '../../report/units.js'
import { named } from '../../shape/printable.js'
import { printedPath } from '../output/problem.js'
import type { Change, Cost, FileDiff, LayerState, NetworkDiff } from './changes.js'

/*
 * A diff as text.
 */

/** What is compared of two networks. */
const costs: readonly (readonly [string, (cost: Cost) => number, (value: number) => string])[] = [
  ['layers', ({ layers }) => layers, grouped],
  ['parameters', ({ params }) => params, grouped],
  ['MACs', ({ macs }) => macs, decimalCount],
  ['activations', ({ bytes }) => bytes.activations, decimalBytes],
  ['inference memory', ({ bytes }) => bytes.inference, decimalBytes],
  ['training memory', ({ bytes }) => bytes.training, decimalBytes],
]

const headings = ['', 'before', 'after', 'change']

/** What differs, or all of it. */
const costRows = ({ before, after }: NetworkDiff, all: boolean): string[][] =>
  costs
    .filter(([, of]) => all || !before || !after || of(before) !== of(after))
    .map(([heading, of, text]) => [
      heading,
      before ? text(of(before)) : '-',
      after ? text(of(after)) : '-',
      before && after ? difference(of(before), of(after)) : '',
    ])

/** `+12.5 %`; nothing where nothing changed. */
const difference = (before: number, after: number): string => {
  if (before === after) return 'the same'
  if (before === 0) return 'new'
  const share = ((after - before) / before) * 100
  const text = Math.abs(share) < 0.05 ? '< 0.1' : Math.abs(share).toFixed(1)
  return `${after > before ? '+' : '-'}${text} %`
}

const marks = { added: '+', removed: '-', changed: '~' } as const

/** What became of a layer: `filters: 64 -> 96; output 28x28x64 -> 28x28x96; params 1,792 -> 2,688`. */
const changeText = ({ before, after, settings, wiring = [] }: Change): string => {
  if (!before || !after) return stateText((before ?? after) as LayerState)
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

/** What to say where a network is only on one side, or as it was. */
const verdict = ({ before, after, changes, base, baseProblem }: FileDiff): string => {
  if (!before) return baseProblem === undefined ? 'added' : `added, as its file had a mistake in it at ${named(base)}`
  if (!after) return 'removed'
  if (changes.length === 0) return 'unchanged'
  const count = (what: Change['what']) => changes.filter((change) => change.what === what).length
  return (['added', 'removed', 'changed'] as const)
    .filter((what) => count(what) > 0)
    .map((what) => `${count(what)} ${what}`)
    .join(', ')
}

/** A network's name, with its file where there are several. */
const subject = ({ name, file }: FileDiff, { files }: TextOptions): string =>
  files ? `${named(name)} in ${printedPath(file)}` : named(name)

/** Whether its layers are listed: those of a network that is only on one side are all of it. */
const lists = ({ before, after, changes }: NetworkDiff): boolean => before !== undefined && after !== undefined && changes.length > 0

/** What to say in place of a table that has nothing to show: nothing of a network that is unchanged. */
const sameCosts = ({ changes }: NetworkDiff): string[] => (changes.length === 0 ? [] : ['', 'The cost is the same.'])

/** What a text shows. */
export interface TextOptions {
  /** All costs, or those that differ. */
  readonly all: boolean
  /** Whether the titles name the files. */
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
        coloured(change.what, `${marks[change.what]} ${oneLine(change.name).padEnd(width)}  ${changeText(change)}`),
      )
      const rows = costRows(diff, options.all)
      const costs = rows.length === 0 ? sameCosts(diff) : ['', plain([headings, ...rows], ['l', 'r', 'r', 'r'])]
      return [`${subject(diff, options)}: ${verdict(diff)}`, ...(lists(diff) ? ['', ...lines] : []), ...costs].join('\n')
    })
    .join('\n\n')

/** A diff for a pull request. */
export const diffMarkdown = (diffs: readonly FileDiff[], options: TextOptions): string =>
  diffs
    .map((diff) => {
      const rows = diff.changes.map((change) => [marks[change.what], markdownText(change.name), markdownText(changeText(change))])
      const costs = costRows(diff, options.all)
      return [
        `### ${markdownText(`${subject(diff, options)}: ${verdict(diff)}`)}`,
        ...(costs.length === 0 ? sameCosts(diff) : ['', markdownTable([headings, ...costs], { align: ['l', 'r', 'r', 'r'] })]),
        ...(lists(diff) ? ['', markdownTable([['', 'layer', 'what changed'], ...rows])] : []),
        '',
      ].join('\n')
    })
    .join('\n')
