// The results of a proof as text with 80 columns: tables of agreements, refusals and differences, and the differences themselves.
import { readFileSync } from 'node:fs'
import { lackingIn } from './proof-lacking.mjs'
import { tableOf } from './table.mjs'

const formats = readFileSync(new URL('../docs/formats.md', import.meta.url), 'utf8')

/** The maximum share of refusals for a kind that the format supports. */
const mostRefused = 0.03

/** The maximum number of differences that are shown in full. */
const mostShown = 12

const shown = (count) => count.toLocaleString('en-US')
const sumOf = (counts) => Object.values(counts).reduce((sum, each) => sum + each, 0)

const addCounts = (into, counts) => {
  for (const [name, count] of Object.entries(counts)) into[name] = (into[name] ?? 0) + count
}

/** Merges all tallies of a part: rows by name, and differences. */
const together = (tallies) => {
  const rows = {}
  for (const tally of tallies) {
    for (const [name, row] of Object.entries(tally.rows)) {
      rows[name] ??= { agreed: 0, impossible: 0, different: 0, magnified: 0, refused: {}, kinds: {}, most: { time: 0, memory: 0 } }
      const into = rows[name]
      for (const verdict of ['agreed', 'impossible', 'different', 'magnified']) into[verdict] += row[verdict]
      addCounts(into.refused, row.refused)
      addCounts(into.kinds, row.kinds)
      for (const of of ['time', 'memory']) into.most[of] = Math.max(into.most[of], row.most[of])
    }
  }
  return { rows, differences: tallies.flatMap(({ differences }) => differences) }
}

const drawnIn = (row) => row.agreed + row.impossible + row.different + sumOf(row.refused)

const share = (part, whole) => `${((100 * part) / whole).toFixed(1)} %`

/** The rows of layers, with the kinds in alphabetical order, and their total. */
const layersTable = ({ rows }, heading) => {
  const lines = Object.entries(rows)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, row]) => [name, drawnIn(row), row.agreed + row.impossible, row.impossible, sumOf(row.refused), row.different])
  const total = ['all', ...[1, 2, 3, 4, 5].map((column) => lines.reduce((sum, line) => sum + line[column], 0))]
  const cells = (lines.length > 1 ? [...lines, total] : lines).map(([name, ...counts]) => [name, ...counts.map(shown)])
  return tableOf([heading, 'drawn', 'agreed', 'impossible', 'refused', 'different'], cells)
}

/** The reasons for refusing layers that the format supports: how often, and for which kind most. */
const refusedLayers = ({ rows }) => {
  const counts = {}
  for (const { refused } of Object.values(rows)) addCounts(counts, refused)
  const lines = Object.entries(counts).map(([reason, count]) => {
    const shareOf = ([, row]) => (row.refused[reason] ?? 0) / drawnIn(row)
    const [kind, row] = Object.entries(rows).reduce((most, each) => (shareOf(each) > shareOf(most) ? each : most))
    const part = row.refused[reason]
    return [`refused: ${reason}`, shown(count), kind, share(part, drawnIn(row)), isOver(part, drawnIn(row)) ? '> 3 %' : '']
  })
  return lines.length === 0 ? '' : tableOf(['', 'layers', 'most of', 'share', ''], lines)
}

/** The rows of layers with too many refusals. */
const layersOver = ({ rows }) => Object.entries(rows).flatMap(([kind, row]) => (isOver(sumOf(row.refused), drawnIn(row)) ? [kind] : []))

/** One or two refusals are too few to judge a share. */
const isOver = (part, whole) => part > mostRefused * whole && part > 2

/** The kind of layer that a reason names. */
const kindOf = (reason) => reason.split(': ')[0]

/** A format's refusals by kind of layer, among the networks that contain the kind. */
const refusedNetworks = ([name, { refused, kinds }]) => {
  const lacking = lackingIn(formats, name)
  const [none, others] = [true, false].map((isLacking) =>
    Object.entries(refused)
      .filter(([reason]) => lacking.includes(kindOf(reason)) === isLacking)
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  )
  const over = overIn([name, { refused, kinds }])
  const line = ([reason, count]) => {
    const kind = kindOf(reason)
    return [reason, shown(kinds[kind]), shown(count), share(count, kinds[kind]), over.includes(`${name}: ${kind}`) ? '> 3 %' : '']
  }
  return [
    none.length > 0 &&
      tableOf(
        [`no such layer for ${name}`, 'with it', 'refused'],
        none.map(line).map((cells) => cells.slice(0, 3)),
      ),
    others.length > 0 && tableOf([`refused for ${name}`, 'with it', 'refused', 'share', ''], others.map(line)),
  ]
    .filter(Boolean)
    .join('\n\n')
}

/** The kinds of layers that a format supports but refuses too often. */
const overIn = ([name, { refused, kinds }]) => {
  const lacking = lackingIn(formats, name)
  const byKind = {}
  for (const [reason, count] of Object.entries(refused)) addCounts(byKind, { [kindOf(reason)]: count })
  return Object.entries(byKind).flatMap(([kind, count]) =>
    isOver(count, kinds[kind]) && !lacking.includes(kind) ? [`${name}: ${kind}`] : [],
  )
}

const networksTable = (heading, { rows }) =>
  tableOf(
    [heading, 'judged', 'agreed', 'refused', 'different'],
    Object.entries(rows).map(([name, row]) => [name, ...[drawnIn(row), row.agreed, sumOf(row.refused), row.different].map(shown)]),
  )

const damagedTable = ({ rows }) =>
  tableOf(
    ['damaged files', 'files', 'read', 'refused', 'different', 'slowest', 'largest'],
    Object.entries(rows).map(([name, row]) => [
      name,
      ...[drawnIn(row), row.agreed, row.impossible, row.different].map(shown),
      `${row.most.time.toFixed(0)} ms`,
      `${(row.most.memory / 1e6).toFixed(1)} MB`,
    ]),
  )

const magnifiedText =
  'their values are more than 1e-4 apart, and less than 8 times as far as those of PyTorch in 64 bits move when all is off by 2^-24.'

/** What the networks consist of, and which judges are missing. */
const networksNotes = ({ rows }) => {
  const kinds = Object.entries(rows['ONNX Runtime']?.kinds ?? {}).sort(([, one], [, other]) => one - other)
  const [rarest] = kinds
  const magnified = Math.max(0, ...Object.values(rows).map((row) => row.magnified))
  return [
    rarest && `${kinds.length} kinds of layers are in them; the rarest, ${rarest[0]}, is in ${shown(rarest[1])}.`,
    magnified > 0 && wrapped(`${shown(magnified)} of them magnify rounding: ${magnifiedText}`, ''),
    kinds.length > 0 && !rows.PyTorch && 'PyTorch is not on this machine (apt-get install python3-torch): it judges nothing.',
  ]
    .filter(Boolean)
    .join('\n')
}

/** Wraps text to 80 columns, as far as its words allow. */
const wrapped = (text, indent) => {
  const lines = ['']
  for (const word of text.split(' ')) {
    if (indent.length + lines.at(-1).length + word.length + 1 > 80 && lines.at(-1) !== '') lines.push(word)
    else lines[lines.length - 1] += `${lines.at(-1) === '' ? '' : ' '}${word}`
  }
  return lines.map((line) => indent + line).join('\n')
}

const differencesText = (differences) =>
  [...differences]
    .sort((one, other) => one.source.length - other.source.length)
    .slice(0, mostShown)
    .map(({ row, source, says }) => [`${row}:`, wrapped(source, '  '), ...says.map((each) => wrapped(each, '    '))].join('\n'))
    .join('\n')

/**
 * The report of a proof, and whether there are no differences and few refusals.
 *
 * @param {Record<'layers' | 'nested' | 'networks' | 'graphs' | 'damaged', object[]>} tallies
 * @param {{ seed: number }} settings
 */
export const proofReport = (tallies, { seed }) => {
  const parts = ['layers', 'nested', 'networks', 'graphs', 'damaged'].map((part) => together(tallies[part]))
  const [layers, nested, networks, graphs, damaged] = parts
  const differences = parts.flatMap((part) => part.differences)
  const count = parts.flatMap(({ rows }) => Object.values(rows)).reduce((sum, row) => sum + row.different, 0)
  // A network that cannot be written cannot be read again either.
  const formatRows = Object.entries(networks.rows).filter(([name]) => !name.endsWith('read again'))
  const over = [...layersOver(layers), ...layersOver(nested), ...formatRows.flatMap(overIn)]
  const sections = [
    `Types 6.0, types 7.1, run time, report and oracle (seed ${seed}):`,
    Object.keys(layers.rows).length > 0 && layersTable(layers, 'layers'),
    refusedLayers(layers),
    Object.keys(nested.rows).length > 0 && layersTable(nested, ''),
    refusedLayers(nested),
    Object.keys(networks.rows).length > 0 && networksTable('networks', networks),
    networksNotes(networks),
    ...formatRows.map(refusedNetworks),
    Object.keys(graphs.rows).length > 0 && networksTable('graphs', graphs),
    Object.keys(damaged.rows).length > 0 && damagedTable(damaged),
    count > 0 && `${shown(count)} differ. The smallest:\n${differencesText(differences)}`,
    over.length > 0 && wrapped(`More than 3 % are refused of ${over.join(', ')}.`, ''),
    count === 0 && 'Nothing differs.',
  ]
  return { text: sections.filter(Boolean).join('\n\n'), isGood: count === 0 && over.length === 0 }
}
