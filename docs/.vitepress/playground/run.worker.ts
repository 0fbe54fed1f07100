import * as stridewise from 'stridewise'
import { svg } from 'stridewise/drawing'
import * as keras from 'stridewise/keras'
import * as onnx from 'stridewise/onnx'
import * as pytorch from 'stridewise/pytorch'
import * as reporting from 'stridewise/report'
import * as safetensors from 'stridewise/safetensors'
import * as typescript from 'stridewise/typescript'
import * as zoo from 'stridewise/zoo'

/* Runs the code of the playground, away from the page, and answers with what its networks cost, and with files of them. */

const packages: Readonly<Record<string, object>> = {
  stridewise,
  'stridewise/report': reporting,
  'stridewise/zoo': zoo,
  'stridewise/onnx': onnx,
  'stridewise/keras': keras,
  'stridewise/pytorch': pytorch,
  'stridewise/safetensors': safetensors,
  'stridewise/typescript': typescript,
}

/** What running gave: a report and a picture for each exported network, what was printed, and what was thrown. */
export interface Outcome {
  readonly networks: readonly {
    readonly name: string
    readonly type: string
    readonly report: reporting.Report
    /** What it costs, in a few lines. */
    readonly summary: string
    /** As SVG, for the light pages and the dark ones; none where there are more layers than a picture can show. */
    readonly picture: Readonly<Record<'light' | 'dark', string>> | undefined
  }[]
  readonly printed: readonly string[]
  readonly thrown: string | undefined
}

/** What a network can be downloaded as. */
export type FileFormat = 'onnx' | 'keras' | 'pytorch' | 'svg'

/** A file of a network with what is to be known of it, or why there is none. */
export type Written =
  | { readonly file: string; readonly content: string | Uint8Array<ArrayBuffer>; readonly note: string }
  | { readonly refused: string }

/** What the page asks for: to run a script, or for a file of a network that the last script exported. */
export type Request = { readonly script: string } | { readonly network: string; readonly format: FileFormat }

const isNetwork = (value: unknown): value is stridewise.AnyNetwork =>
  typeof value === 'object' && value !== null && 'graph' in value && 'params' in value

const required = (name: string): object => {
  const found = packages[name]
  if (!found) throw new Error(`The playground has no package '${name}'; it has ${Object.keys(packages).join(', ')}.`)
  return found
}

let exported: Record<string, unknown> = {}

const run = (script: string): Outcome => {
  exported = {}
  const printed: string[] = []
  const log = (...values: unknown[]): void => {
    printed.push(
      values.map((value) => (typeof value === 'string' ? value : `${isNetwork(value) ? value : JSON.stringify(value)}`)).join(' '),
    )
  }
  let thrown: string | undefined
  try {
    new Function('require', 'exports', 'console', script)(required, exported, { log })
  } catch (error) {
    thrown = `${error}`
  }
  const networks = Object.entries(exported)
    .filter((entry): entry is [string, stridewise.AnyNetwork] => isNetwork(entry[1]))
    .map(([name, network]) => {
      const report = reporting.report(network)
      return { name, type: `${network}`, report, summary: summaryOf(report), picture: pictureOf(name, network) }
    })
  return { networks, printed, thrown }
}

/** The lines of the library's table that begin with what they are about. */
const summaryOf = (report: reporting.Report): string =>
  reporting
    .table(report)
    .split('\n')
    .filter((line) => /^(Parameters|Arithmetic|Activations|Training|Inference) /.test(line))
    .join('\n')

const pictureOf = (title: string, network: stridewise.AnyNetwork): Outcome['networks'][number]['picture'] => {
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

const write = (name: string, format: FileFormat): Written => {
  const network = exported[name]
  if (!isNetwork(network)) return { refused: `There is no network '${name}'.` }
  try {
    switch (format) {
      case 'onnx': {
        const fed = network.params > mostDrawn
        return {
          file: `${name}.onnx`,
          content: new Uint8Array(onnx.toOnnx(network, fed ? { weights: 'inputs' } : {})),
          note: fed ? 'It has no weights: there are many, so they are inputs.' : 'Its weights are drawn from a seed.',
        }
      }
      case 'keras':
        return {
          file: `${name}.json`,
          content: JSON.stringify(keras.toKeras(network), null, 2),
          note: 'It is the architecture, without weights.',
        }
      case 'pytorch':
        return { file: `${name}.py`, content: pytorch.toPyTorch(network, { name: className(name) }), note: '' }
      case 'svg':
        return {
          file: `${name}.svg`,
          content: svg(network, { title: name }),
          note: 'It is for light backgrounds; stridewise export --to svg has --theme dark and --theme print too.',
        }
    }
  } catch (error) {
    return { refused: `${error}` }
  }
}

self.addEventListener('message', ({ data }: MessageEvent<Request>) =>
  self.postMessage('script' in data ? run(data.script) : write(data.network, data.format)),
)

// The package is loaded: see run.ts.
self.postMessage('loaded')
