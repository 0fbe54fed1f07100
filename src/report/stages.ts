import type { Layer } from './report.js'

/** The layers whose outputs have the same spatial size, with their shares of the whole. */
export interface Stage {
  /** `'224x224'`, or `'vector'` for what has no spatial axes. */
  readonly name: string
  /** Names of its layers. */
  readonly layers: readonly string[]
  /** What most of its arithmetic is done by: `'convolutions'`, `'dense layers'`, or `'layers'`. */
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

const madeOf = (layers: readonly Layer[]): string => {
  const convolutions = sums(layers.filter(({ kind }) => /conv/i.test(kind))).macs
  const dense = sums(layers.filter(({ kind }) => kind === 'dense')).macs
  if (convolutions === 0 && dense === 0) return 'layers'
  return convolutions >= dense ? 'convolutions' : 'dense layers'
}

/** Where the weight lies, in a sentence: `Most memory is in the early convolutions (224x224: 43 %), most ...`. */
export const whereItLies = (stages: readonly Stage[]): string => {
  const say = (what: 'activations' | 'params' | 'macs') => {
    const index = stages.reduce((best, stage, at) => (stage[what] > (stages[best]?.[what] ?? 0) ? at : best), 0)
    const stage = stages[index]
    if (!stage || stage[what] === 0) return 'nowhere'
    return `in the ${place(index, stages.length)}${stage.made} (${stage.name}: ${(stage[what] * 100).toFixed(1)} %)`
  }
  return `Most memory is ${say('activations')}, most parameters are ${say('params')}, most arithmetic is ${say('macs')}.`
}

const place = (index: number, count: number): string => {
  if (count === 1) return ''
  if (index < count / 3) return 'early '
  return index >= (2 * count) / 3 ? 'late ' : 'middle '
}
