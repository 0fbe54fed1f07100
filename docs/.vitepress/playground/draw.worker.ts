import type { AnyNetwork } from 'stridewise'
import { svg } from 'stridewise/drawing'
import * as keras from 'stridewise/keras'
import * as onnx from 'stridewise/onnx'
import * as pytorch from 'stridewise/pytorch'
import * as reporting from 'stridewise/report'
import { type ReadAnswer, readAnswer } from './answer.js'

/* Draws what the code of the playground answered, and writes files of it. It runs nothing but the package. */

/** A network with what it costs. */
export interface ShownNetwork {
  readonly name: string
  readonly type: string
  readonly report: reporting.Report
  /** What it costs, in a few lines. */
  readonly summary: string
  /** As SVG, for the light pages and the dark ones; none where there are more layers than a picture can show. */
  readonly picture: Readonly<Record<'light' | 'dark', string>> | undefined
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

/** What the page asks for: to draw an answer, or for a file of a network in it. */
export interface Request {
  readonly answer: string
  readonly network?: string
  readonly format?: FileFormat
}

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
    networks: sound.map(({ name, network }) => {
      const report = reporting.report(network)
      return { name, type: `${network}`, report, summary: summaryOf(report), picture: pictureOf(name, network) }
    }),
    refused: networks.flatMap((each) => ('refused' in each ? [each] : [])),
    printed,
    thrown,
  }
}

/** The lines of the library's table that begin with what they are about. */
const summaryOf = (report: reporting.Report): string =>
  reporting
    .table(report)
    .split('\n')
    .filter((line) => /^(Parameters|Arithmetic|Activations|Training|Inference) /.test(line))
    .join('\n')

const pictureOf = (title: string, network: AnyNetwork): ShownNetwork['picture'] => {
  try {
    return { light: svg(network, { theme: 'light', title }), dark: svg(network, { theme: 'dark', title }) }
  } catch {
    return undefined
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

self.addEventListener('message', ({ data }: MessageEvent<Request>) =>
  self.postMessage(data.network !== undefined && data.format ? write(data.answer, data.network, data.format) : draw(data.answer)),
)
