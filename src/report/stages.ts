import { familyOf } from './families.js'
import type { Layer } from './report.js'
import { percent } from './units.js'

/** The layers whose outputs have the same spatial size, with their shares of the whole. */
export interface Stage {
  /** `'224x224'`, or `'vector'` for what has no spatial axes. */
  readonly name: string
  /** Names of its layers. */
  readonly layers: readonly string[]
  /** What does more than half of its arithmetic: `'convolutions'`, `'dense layers'`, or `'layers'` where it is neither. */
  readonly made: string
  /** Share of all activations, 0 to 1. */
  readonly activations: number
  /** Share of all trainable parameters, 0 to 1. */
  readonly params: number
  /** Share of all MACs, 0 to 1. */
  readonly macs: number
}

/** The stages of a network, in the order in which their sizes first appear. */
export const stagesOf = (layers: readonly Layer[]): Stage[] => {
  const stages = new Map<string, Layer[]>()
  for (const layer of layers) {
    const name = layer.output.length === 1 ? 'vector' : layer.output.slice(0, -1).join('x')
    const members = stages.get(name)
    if (members) members.push(layer)
    else stages.set(name, [layer])
  }
  const whole = sums(layers)
  return [...stages].map(([name, members]) => {
    const part = sums(members)
    return {
      name,
      layers: members.map((layer) => layer.name),
      made: madeOf(members),
      activations: share(part.activations, whole.activations),
      params: share(part.params, whole.params),
      macs: share(part.macs, whole.macs),
    }
  })
}

const sums = (layers: readonly Layer[]) => ({
  activations: layers.reduce((sum, { activations }) => sum + activations, 0),
  params: layers.reduce((sum, { params }) => sum + params, 0),
  macs: layers.reduce((sum, { macs }) => sum + macs, 0),
})

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole)

/** What a stage is counted by. */
type Quantity = 'activations' | 'params' | 'macs'

/** What does more than half of a stage's arithmetic, of the families that `made` can name. */
const madeOf = (layers: readonly Layer[]): string => {
  const most = familyWithMost(layers, 'macs')
  return most && ['convolutions', 'dense layers'].includes(most.family) ? most.family : 'layers'
}

/** The family of layers that has more than half of a quantity, and its share. */
const familyWithMost = (layers: readonly Layer[], what: Quantity): { family: string; share: number } | undefined => {
  const counts = new Map<string, number>()
  for (const layer of layers) {
    const family = familyOf(layer.kind)
    if (family) counts.set(family, (counts.get(family) ?? 0) + layer[what])
  }
  const whole = sums(layers)[what]
  for (const [family, count] of counts) if (isMost(share(count, whole))) return { family, share: share(count, whole) }
  return undefined
}

/** More than half, as it is printed: 50.0 % would not look like most. */
const isMost = (share: number): boolean => Number((share * 100).toFixed(1)) > 50

/**
 * Where most of each lies, in a sentence by stage and one by kind of layer: `By stage, most memory is in the early stages 224x224 and
 * 112x112 (69.5 %), most ... By kind, most memory is in convolutions (86.8 %), most ...`.
 *
 * 'Most' is more than half. By stage it is said of the fewest neighbouring stages that have as much together, if they are not more
 * than half of the stages. Otherwise nothing is said, and a sentence may be empty.
 */
export const whereItLies = (stages: readonly Stage[], layers: readonly Layer[]): string => {
  const byStage = (what: Quantity): string | undefined => {
    const run = fewestWithMost(stages, what)
    return run.length === 0 ? undefined : `the ${placeOf(run, layers, what)}`
  }
  const byKind = (what: Quantity): string | undefined => {
    const most = familyWithMost(layers, what)
    return most && `${most.family} (${percent(most.share)})`
  }
  return [sentence('By stage', byStage), sentence('By kind', byKind)].filter((text) => text !== '').join(' ')
}

const sentence = (by: string, placeFor: (what: Quantity) => string | undefined): string => {
  const subjects = { activations: 'memory is', params: 'parameters are', macs: 'arithmetic is' } as const
  const parts = Object.entries(subjects).flatMap(([what, subject]) => {
    const place = placeFor(what as Quantity)
    return place === undefined ? [] : [`most ${subject} in ${place}`]
  })
  return parts.length === 0 ? '' : `${by}, ${parts.join(', ')}.`
}

/** The fewest neighbouring stages that have more than half of a quantity together, at most half of the stages; of several the heaviest. */
const fewestWithMost = (stages: readonly Stage[], what: Quantity): readonly Stage[] => {
  const sumsBefore = [0]
  for (const stage of stages) sumsBefore.push((sumsBefore.at(-1) as number) + stage[what])
  const between = (start: number, end: number): number => (sumsBefore[end] as number) - (sumsBefore[start] as number)
  // Both ends only move on: a run that has most is made shorter at its beginning as far as it goes.
  let shortest = Number.POSITIVE_INFINITY
  for (let start = 0, end = 1; end <= stages.length; end += 1) {
    while (isMost(between(start, end))) {
      shortest = Math.min(shortest, end - start)
      start += 1
    }
  }
  if (shortest > stages.length / 2) return []
  let heaviest = 0
  for (let start = 1; start + shortest <= stages.length; start += 1) {
    // Beyond what sums of fractions differ by.
    if (between(start, start + shortest) > between(heaviest, heaviest + shortest) + 1e-12) heaviest = start
  }
  return stages.slice(heaviest, heaviest + shortest)
}

/** A run of stages as a place: `early stages 224x224 and 112x112 (69.5 %)`. */
const placeOf = (run: readonly Stage[], layers: readonly Layer[], what: Quantity): string => {
  const names = new Set(run.flatMap((stage) => stage.layers))
  const sizes = run.map(({ name }) => name)
  const where = sizes.length < 3 ? sizes.join(' and ') : `${sizes[0]} to ${sizes.at(-1)}`
  const part = run.reduce((sum, stage) => sum + stage[what], 0)
  return `${whenOf(names, layers, what)}${sizes.length === 1 ? 'stage' : 'stages'} ${where} (${percent(part)})`
}

/** Whether all that count are in the first half of the layers, or all in the second; nothing where they are in both. */
const whenOf = (names: ReadonlySet<string>, layers: readonly Layer[], what: Quantity): string => {
  const counts = (layer: Layer): boolean => names.has(layer.name) && layer[what] > 0
  const half = layers.length / 2
  if (!layers.some((layer, index) => index >= half && counts(layer))) return 'early '
  return layers.some((layer, index) => index < half && counts(layer)) ? '' : 'late '
}
