import type { AnyNetwork } from 'stridewise'
import * as stridewise from 'stridewise'
import { svg } from 'stridewise/drawing'
import * as keras from 'stridewise/keras'
import * as onnx from 'stridewise/onnx'
import * as pytorch from 'stridewise/pytorch'
import * as reporting from 'stridewise/report'
import * as zoo from 'stridewise/zoo'
import * as kerasZoo from 'stridewise/zoo/keras'
import { paletteOf } from '../../../src/drawing/colours/palette.js'
import { categoriesOf, pictureOf, shownBy } from '../../../src/drawing/svg/picture.js'
import { label } from '../../../src/drawing/volumes/label.js'
import { volumesOf } from '../../../src/drawing/volumes/volumes.js'
import { evaluate } from '../../../src/editor/evaluate/evaluate.js'
import { sourceOf } from '../../../src/editor/source/source.js'
import { type ReadAnswer, readAnswer } from './answer.js'

/*
 * Draws what the code of the playground answered, or what its text says, and writes files of it. It runs nothing but the package: a text
 * is worked out, not run.
 */

/** A network with what it costs. */
export interface ShownNetwork {
  readonly name: string
  readonly type: string
  readonly report: reporting.Report
  /** What it costs, in a few lines. */
  readonly summary: string
  /** For the light pages and the dark ones; none where there are more layers than a picture can show. */
  readonly picture: Readonly<Record<'light' | 'dark', ShownPicture>> | undefined
  /** For each layer the name of the box that shows it, as the picture has it. */
  readonly boxes: readonly string[]
}

/** A picture as SVG, and what its colours mean. */
export interface ShownPicture {
  readonly svg: string
  readonly colours: readonly { readonly category: string; readonly colour: string }[]
}

/** A network in which a call does not fit. */
export interface MistakenNetwork {
  readonly name: string
  /** How many layers stand before the call; undefined where it stands in no chain. */
  readonly fitting: number | undefined
  /** The network up to the call. */
  readonly soFar: ShownNetwork | undefined
}

/** What the text says, before it is compiled. */
export interface Glance {
  /** The exported networks that fit. */
  readonly networks: readonly ShownNetwork[]
  /** Those in which a call does not fit. */
  readonly mistaken: readonly MistakenNetwork[]
}

/** What running gave: a report and a picture for each exported network, what was printed, and what was thrown. */
export interface Outcome {
  readonly networks: readonly ShownNetwork[]
  /** Networks that cannot be shown, and why. */
  readonly refused: readonly { readonly name: string; readonly refused: string }[]
  readonly printed: readonly string[]
  readonly thrown: string | undefined
}

/** What a network can be downloaded as. */
export type FileFormat = 'onnx' | 'keras' | 'pytorch' | 'svg'

/** A file of a network, with what there is to say of it; or why there is none. */
export type Written =
  | { readonly file: string; readonly content: string | Uint8Array<ArrayBuffer>; readonly note: string }
  | { readonly refused: string }

/** What the page asks for: what a text says, to draw an answer, or for a file of a network in an answer. */
export type Request =
  | { readonly text: string }
  | { readonly answer: string }
  | { readonly answer: string; readonly network: string; readonly format: FileFormat }

let last: { readonly text: string; readonly answer: ReadAnswer } | undefined

/** An answer as it was read; the last one is not read again for each of its files. */
const answerIn = (text: string): ReadAnswer => {
  if (last?.text !== text) last = { text, answer: readAnswer(text) }
  return last.answer
}

const draw = (text: string): Outcome => {
  const { networks, printed, thrown } = answerIn(text)
  const sound = networks.flatMap((each) => ('network' in each ? [each] : []))
  return {
    networks: sound.map(({ name, network }) => shownOf(name, network)),
    refused: networks.flatMap((each) => ('refused' in each ? [each] : [])),
    printed,
    thrown,
  }
}

const packages = { stridewise, 'stridewise/zoo': zoo, 'stridewise/zoo/keras': kerasZoo }

const glance = (text: string): Glance => {
  const found = evaluate(sourceOf(text), packages).filter(({ isExported }) => isExported)
  return {
    networks: found.flatMap((each) => ('network' in each ? [shownOf(each.name, each.network as AnyNetwork)] : [])),
    mistaken: found.flatMap((each) => {
      if (!('message' in each)) return []
      const before = each.before?.network as AnyNetwork | undefined
      return [
        {
          name: each.name,
          fitting: before?.graph.nodes.length,
          soFar: before && shownOf(each.name, before, `${each.name}, so far`),
        },
      ]
    }),
  }
}

/** What was drawn last under each name: a network that has not changed is not drawn again. */
const drawn = new Map<string, { readonly data: string; readonly shown: ShownNetwork }>()

const shownOf = (name: string, network: AnyNetwork, key = name): ShownNetwork => {
  const data = JSON.stringify(network)
  const before = drawn.get(key)
  if (before?.data === data) return before.shown
  const report = reporting.report(network)
  const shown = {
    name,
    type: `${network}`,
    report,
    summary: summaryOf(report),
    picture: pictureWith(name, network),
    boxes: boxesOf(network),
  }
  if (drawn.size >= mostKept) drawn.clear()
  drawn.set(key, { data, shown })
  return shown
}

const mostKept = 50

/** The lines of the library's table that begin with what they are about. */
const summaryOf = (report: reporting.Report): string =>
  reporting
    .table(report)
    .split('\n')
    .filter((line) => /^(Parameters|Arithmetic|Activations|Training|Inference) /.test(line))
    .join('\n')

const pictureWith = (title: string, network: AnyNetwork): ShownNetwork['picture'] => {
  const inTheme = (theme: 'light' | 'dark'): ShownPicture => {
    const { boxes } = paletteOf(theme)
    const options = { theme, title, inPage: true, folds: true, style: 'volumes' } as const
    return {
      svg: pictureOf(network as never, options).content,
      colours: categoriesOf(volumesOf(network.graph)).map((category) => ({ category, colour: boxes[category].front })),
    }
  }
  try {
    return { light: inTheme('light'), dark: inTheme('dark') }
  } catch {
    return undefined
  }
}

const boxesOf = ({ graph }: AnyNetwork): readonly string[] => {
  try {
    const boxes = shownBy(graph)
    return graph.nodes.map(({ name }) => label(boxes.get(name) ?? name))
  } catch {
    return []
  }
}

/** More weights than these make a file too large to be drawn and downloaded without being asked for. */
const mostDrawn = 10_000_000

/** A name as Python's classes have it; what has letters of other alphabets gets a plain one. */
const className = (name: string): string => (/^[a-z]\w*$/i.test(name) ? `${name.charAt(0).toUpperCase()}${name.slice(1)}` : 'Network')

/** A name as files have it: an export can have any. */
const fileName = (name: string): string => (/^[\w$]{1,80}$/.test(name) ? name : 'network')

const write = (text: string, name: string, format: FileFormat): Written => {
  const found = answerIn(text).networks.find((each) => each.name === name)
  const network = found && 'network' in found ? found.network : undefined
  if (!network) return { refused: `There is no network '${name}'.` }
  try {
    switch (format) {
      case 'onnx': {
        const fed = network.params > mostDrawn
        return {
          file: `${fileName(name)}.onnx`,
          content: new Uint8Array(onnx.toOnnx(network, fed ? { weights: 'inputs' } : {})),
          note: fed ? 'It has no weights: there are many, so they are inputs.' : 'Its weights are drawn from a seed.',
        }
      }
      case 'keras':
        return {
          file: `${fileName(name)}.json`,
          content: JSON.stringify(keras.toKeras(network), null, 2),
          note: 'It is the architecture, without weights.',
        }
      case 'pytorch':
        return { file: `${fileName(name)}.py`, content: pytorch.toPyTorch(network, { name: className(name) }), note: '' }
      case 'svg':
        return {
          file: `${fileName(name)}.svg`,
          content: svg(network, { title: name }),
          note: 'It is for light backgrounds; stridewise export --to svg has --theme dark and --theme print too.',
        }
    }
  } catch (error) {
    return { refused: `${error}` }
  }
}

const answerTo = (request: Request): Glance | Outcome | Written => {
  if ('text' in request) return glance(request.text)
  return 'network' in request ? write(request.answer, request.network, request.format) : draw(request.answer)
}

self.addEventListener('message', ({ data }: MessageEvent<Request>) => self.postMessage(answerTo(data)))
