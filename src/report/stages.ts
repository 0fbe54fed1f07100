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
    stages.set(name, [...(stages.get(name) ?? []), layer])
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

const isConvolution = ({ kind }: Layer): boolean => /conv/i.test(kind)
const isDense = ({ kind }: Layer): boolean => kind === 'dense'

const madeOf = (layers: readonly Layer[]): string => mostlyOf(layers, 'macs', sums(layers).macs)

/** What a stage is counted by. */
type Quantity = 'activations' | 'params' | 'macs'

/** The kind of layer that has more than half of a quantity; `'layers'` where it is neither of those that have a word. */
const mostlyOf = (layers: readonly Layer[], what: Quantity, whole: number): string => {
  const has = (are: (layer: Layer) => boolean) => sums(layers.filter(are))[what] > whole / 2
  if (has(isConvolution)) return 'convolutions'
  return has(isDense) ? 'dense layers' : 'layers'
}

/**
 * Where the weight lies, in a sentence: `Most memory is in the early convolutions (224x224 and 112x112: 69.4 %), most ...`.
 *
 * 'Most' is more than half. It is said of the fewest neighbouring stages that have as much together, if they are not more than
 * half of the stages; otherwise nothing is said, and the sentence may be empty.
 */
export const whereItLies = (stages: readonly Stage[], layers: readonly Layer[]): string => {
  const say = (subject: string, what: Quantity): string[] => {
    const run = fewestWithMost(stages, what)
    return run.length === 0 ? [] : [`most ${subject} in the ${placeOf(run, layers, what)}`]
  }
  const all = [...say('memory is', 'activations'), ...say('parameters are', 'params'), ...say('arithmetic is', 'macs')].join(', ')
  return all && `M${all.slice(1)}.`
}

/** The fewest neighbouring stages that have more than half of a quantity together, at most half of the stages; of several the heaviest. */
const fewestWithMost = (stages: readonly Stage[], what: Quantity): readonly Stage[] => {
  for (let length = 1; length <= stages.length / 2; length += 1) {
    const runs = stages.slice(length - 1).map((_, start) => stages.slice(start, start + length))
    const heaviest = runs.reduce((best, run) => (shareOf(run, what) > shareOf(best, what) ? run : best))
    // As it is printed: 50.0 % would not look like most.
    if (Number((shareOf(heaviest, what) * 100).toFixed(1)) > 50) return heaviest
  }
  return []
}

const shareOf = (run: readonly Stage[], what: Quantity): number => run.reduce((sum, stage) => sum + stage[what], 0)

/** A run of stages as a place: `early convolutions (224x224 and 112x112: 69.4 %)`. */
const placeOf = (run: readonly Stage[], layers: readonly Layer[], what: Quantity): string => {
  const names = new Set(run.flatMap((stage) => stage.layers))
  const members = layers.filter(({ name }) => names.has(name))
  const sizes = run.map(({ name }) => name)
  const where = sizes.length < 3 ? sizes.join(' and ') : `${sizes[0]} to ${sizes.at(-1)}`
  const made = mostlyOf(members, what, sums(layers)[what])
  return `${whenOf(members, layers, what)}${made} (${where}: ${percent(shareOf(run, what))})`
}

/** Whether all that count are in the first half of the layers, or all in the second; nothing where they are in both. */
const whenOf = (members: readonly Layer[], layers: readonly Layer[], what: Quantity): string => {
  const counting = new Set(members.filter((layer) => layer[what] > 0))
  const half = layers.length / 2
  if (!layers.some((layer, index) => index >= half && counting.has(layer))) return 'early '
  return layers.some((layer, index) => index < half && counting.has(layer)) ? '' : 'late '
}
