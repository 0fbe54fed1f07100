// What a proof found, as text of 80 columns: tables of agreed, refused and different, and the differences themselves.
import { tableOf } from './table.mjs'

/** The share of a kind that may be refused. */
const mostRefused = 0.03

/** Differences that are shown in full. */
const mostShown = 12

const shown = (count) => count.toLocaleString('en-US')
const sumOf = (counts) => Object.values(counts).reduce((sum, each) => sum + each, 0)

const addCounts = (into, counts) => {
  for (const [name, count] of Object.entries(counts)) into[name] = (into[name] ?? 0) + count
}

/** All tallies of a part as one: rows by name, and differences. */
const together = (tallies) => {
  const rows = {}
  for (const tally of tallies) {
    for (const [name, row] of Object.entries(tally.rows)) {
      rows[name] ??= { agreed: 0, impossible: 0, different: 0, refused: {}, kinds: {}, most: { time: 0, memory: 0 } }
      const into = rows[name]
      for (const verdict of ['agreed', 'impossible', 'different']) into[verdict] += row[verdict]
      addCounts(into.refused, row.refused)
      addCounts(into.kinds, row.kinds)
      for (const of of ['time', 'memory']) into.most[of] = Math.max(into.most[of], row.most[of])
    }
  }
  return { rows, differences: tallies.flatMap(({ differences }) => differences) }
}

const drawnIn = (row) => row.agreed + row.impossible + row.different + sumOf(row.refused)

const share = (part, whole) => `${((100 * part) / whole).toFixed(1)} %`

/** The rows of layers, the kinds in the order of the alphabet, and what they are together. */
const layersTable = ({ rows }, heading) => {
  const lines = Object.entries(rows)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, row]) => [name, drawnIn(row), row.agreed + row.impossible, row.impossible, sumOf(row.refused), row.different])
  const total = ['all', ...[1, 2, 3, 4, 5].map((column) => lines.reduce((sum, line) => sum + line[column], 0))]
  const cells = (lines.length > 1 ? [...lines, total] : lines).map(([name, ...counts]) => [name, ...counts.map(shown)])
  return tableOf([heading, 'drawn', 'agreed', 'impossible', 'refused', 'different'], cells)
}

/** Why layers are refused that could be: how often, and of which kind most. */
const refusedLayers = ({ rows }) => {
  const counts = {}
  for (const { refused } of Object.values(rows)) addCounts(counts, refused)
  const lines = Object.entries(counts).map(([reason, count]) => {
    const shareOf = ([, row]) => (row.refused[reason] ?? 0) / drawnIn(row)
    const [kind, row] = Object.entries(rows).reduce((most, each) => (shareOf(each) > shareOf(most) ? each : most))
    const part = row.refused[reason]
    return [`refused: ${reason}`, shown(count), kind, share(part, drawnIn(row)), isOver(part, drawnIn(row))]
  })
  return lines.length === 0 ? '' : tableOf(['', 'layers', 'most of', 'share', ''], lines)
}

/** A handful of refusals among few says nothing of the share. */
const isOver = (part, whole) => (part > mostRefused * whole && part > 2 ? '> 3 %' : '')

/** What a format refuses, by the kind of layer that it names, among the networks that have the kind. */
const refusedNetworks = (name, { refused, kinds }) => {
  const byKind = {}
  for (const [reason, count] of Object.entries(refused)) addCounts(byKind, { [reason.split(': ')[0]]: count })
  const lines = Object.entries(refused)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([reason, count]) => {
      const kind = reason.split(': ')[0]
      return [reason, shown(kinds[kind]), shown(count), share(count, kinds[kind]), isOver(byKind[kind], kinds[kind])]
    })
  return lines.length === 0 ? '' : tableOf([`refused for ${name}`, 'with it', 'refused', 'share', ''], lines)
}

const networksTable = ({ rows }) =>
  tableOf(
    ['networks', 'judged', 'agreed', 'refused', 'different'],
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

/** What the networks are made of, and who is not there to judge them. */
const networksNotes = ({ rows }) => {
  const kinds = Object.entries(rows['ONNX Runtime']?.kinds ?? {}).sort(([, one], [, other]) => one - other)
  const [rarest] = kinds
  return [
    rarest && `${kinds.length} kinds of layers are in them; the rarest, ${rarest[0]}, is in ${shown(rarest[1])}.`,
    kinds.length > 0 && !rows.PyTorch && 'PyTorch is not on this machine (apt-get install python3-torch): it judges nothing.',
  ]
    .filter(Boolean)
    .join('\n')
}

/** Text with no line beyond 80 columns, where its words let it be. */
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
 * The report of a proof, and whether nothing differs.
 *
 * @param {Record<'layers' | 'nested' | 'networks' | 'damaged', object[]>} tallies
 * @param {{ seed: number }} settings
 */
export const proofReport = (tallies, { seed }) => {
  const [layers, nested, networks, damaged] = ['layers', 'nested', 'networks', 'damaged'].map((part) => together(tallies[part]))
  const differences = [layers, nested, networks, damaged].flatMap((part) => part.differences)
  const count = [layers, nested, networks, damaged].flatMap(({ rows }) => Object.values(rows)).reduce((sum, row) => sum + row.different, 0)
  const refusals = Object.entries(networks.rows)
    // What cannot be written cannot be read again either.
    .filter(([name]) => !name.endsWith('read again'))
    .map(([name, row]) => refusedNetworks(name, row))
  const sections = [
    `Types 6.0, types 7.1, run time, report and oracle (seed ${seed}):`,
    Object.keys(layers.rows).length > 0 && layersTable(layers, 'layers'),
    refusedLayers(layers),
    Object.keys(nested.rows).length > 0 && layersTable(nested, ''),
    refusedLayers(nested),
    Object.keys(networks.rows).length > 0 && networksTable(networks),
    networksNotes(networks),
    ...refusals,
    Object.keys(damaged.rows).length > 0 && damagedTable(damaged),
    count > 0 && `${shown(count)} differ. The smallest:\n${differencesText(differences)}`,
    count === 0 && 'Nothing differs.',
  ]
  return { text: sections.filter(Boolean).join('\n\n'), isGood: count === 0 }
}
