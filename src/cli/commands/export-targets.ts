import type { Theme } from '../../drawing/colours/theme.js'
import type { Style } from '../../drawing/volumes/styles.js'
import type { AnyNetwork } from '../../network/network.js'
import { jsonText } from '../../shape/quoted.js'
import { anyShapeText } from '../../shape/shape.js'
import type { Weights } from '../../weights/weights.js'

/** What a form can be told; each form takes what it knows. */
export interface TargetOptions {
  /** Of the constant, the class or the model. */
  readonly name: string
  /** From a seed, as inputs, or given. */
  readonly weights?: 'seed' | 'inputs' | Weights
  readonly seed?: number
  readonly opset?: number
  readonly batch?: number
  /** What a picture is shown on. */
  readonly theme?: Theme
  /** How a picture draws layers. */
  readonly style?: Style
  /** Whether a picture draws a repeated block once. */
  readonly fold?: boolean
  /** Pixels of a picture for one of its SVG. */
  readonly scale?: number
  /** Whether the weights are in a file beside the model; left to their size when it is not said. */
  readonly externalData?: boolean
  /** The file that is written; none for standard output. */
  readonly output?: string
}

/** A file beside the one that is asked for. */
export interface Beside {
  readonly path: string
  readonly bytes: number
  readonly pieces: Iterable<Uint8Array>
}

/** What is written. */
export interface Written {
  readonly content: string | Uint8Array
  readonly beside?: Beside
}

/** A form that networks can be written in. */
export interface Target {
  /** In the help. */
  readonly summary: string
  /** The options that it takes beside those of every form, by their names in {@link TargetOptions}. */
  readonly options?: readonly (keyof TargetOptions)[]
  /** Ends of the names that its files have, the usual one first. */
  readonly extensions: readonly string[]
  /** Whether it is nothing that a terminal can show. */
  readonly isBinary?: true
  /** Whether it holds only what leads to an output: then a note names what is left out. */
  readonly leavesOut?: true
  /** Ends of file names that say what it is not, with what it is. */
  readonly misnamed?: Readonly<Record<string, string>>
  /** Loads what writes it, and writes. */
  readonly write: (network: AnyNetwork, options: TargetOptions) => Promise<Written>
}

const isKerasJson =
  'the format keras is JSON of the architecture. Use a name that ends in .json; keras.models.model_from_json reads it, and save() then writes a .keras file.'
const isPython = 'the format pytorch is Python source. Use a name that ends in .py.'

/** The options of every picture. */
const pictureOptions = ['theme', 'style', 'fold'] as const

/** Every target of `stridewise export`: the one place where another is added. What writes it is loaded when it is asked for. */
export const targets: Readonly<Record<string, Target>> = {
  onnx: {
    summary: 'a model for ONNX Runtime, with weights inside or beside it',
    leavesOut: true,
    extensions: ['.onnx'],
    options: ['weights', 'seed', 'opset', 'batch', 'externalData'],
    isBinary: true,
    write: async (network, options) => (await import('./export-onnx.js')).exportOnnx(network, options),
  },
  keras: {
    summary: 'JSON for Keras 3, Keras 2 and TensorFlow.js, without weights',
    leavesOut: true,
    extensions: ['.json'],
    options: ['name'],
    misnamed: Object.fromEntries(['.keras', '.h5', '.hdf5'].map((extension) => [extension, isKerasJson])),
    write: async (network, { name }) => {
      const { toKeras } = await import('../../formats/keras/index.js')
      return { content: `${jsonText(toKeras(network, { name }), 2)}\n` }
    },
  },
  pytorch: {
    summary: 'Python source of an nn.Module',
    extensions: ['.py'],
    options: ['name'],
    misnamed: Object.fromEntries(['.pt', '.pth', '.bin'].map((extension) => [extension, isPython])),
    write: async (network, { name }) => ({
      content: (await import('../../formats/pytorch/index.js')).toPyTorch(network, { name: className(name) }),
    }),
  },
  typescript: {
    summary: 'TypeScript source of the network',
    extensions: ['.ts', '.mts', '.cts', '.tsx', '.js', '.mjs'],
    options: ['name'],
    write: async (network, { name }) => ({ content: (await import('../../formats/typescript/index.js')).toTypeScript(network, { name }) }),
  },
  mermaid: {
    summary: 'a flowchart for Markdown pages',
    extensions: ['.mmd', '.mermaid', '.md'],
    write: async (network) => ({ content: (await import('../../drawing/graphs/mermaid.js')).mermaid(network) }),
  },
  dot: {
    summary: 'a graph for Graphviz',
    extensions: ['.dot', '.gv'],
    write: async (network) => ({ content: (await import('../../drawing/graphs/dot.js')).dot(network) }),
  },
  svg: {
    summary: 'a picture: volumes, flat blocks or a graph',
    extensions: ['.svg'],
    options: pictureOptions,
    write: async (network, options) => ({ content: await pictureOf(network, options) }),
  },
  png: {
    summary: 'the same picture in pixels, twice the size of the SVG',
    extensions: ['.png'],
    options: [...pictureOptions, 'scale'],
    isBinary: true,
    write: async (network, options) => {
      const { png } = await import('../pictures/png.js')
      return { content: await png(await pictureOf(network, options), options.scale ?? 2) }
    },
  },
  pdf: {
    summary: 'the same picture as a page, with its fonts',
    extensions: ['.pdf'],
    options: pictureOptions,
    isBinary: true,
    write: async (network, options) => {
      const { pdf } = await import('../pictures/pdf.js')
      return { content: pdf(await pictureOf(network, options), pictureTitle(options.name, network)) }
    },
  },
  tikz: {
    summary: 'the same picture for LaTeX, to include with \\input',
    extensions: ['.tex', '.tikz'],
    options: pictureOptions,
    write: async (network, options) => {
      const { tikz } = await import('../../drawing/tikz/tikz.js')
      return { content: tikz(await pictureOf(network, options)) }
    },
  },
}

/** A network as SVG, which the other pictures are made of. */
const pictureOf = async (
  network: AnyNetwork,
  { name, theme = 'light', style = 'volumes', fold = true }: TargetOptions,
): Promise<string> => {
  const { svg } = await import('../../drawing/svg/svg.js')
  return svg(network, { theme, style, fold, title: pictureTitle(name, network) })
}

/** What those who cannot see a picture are told that it shows. */
export const pictureTitle = (name: string, { input, output }: AnyNetwork): string =>
  `${name === 'default' ? 'network' : name}: a network from ${anyShapeText(input)} to ${anyShapeText(output)}`

/** Classes of Python begin with a capital letter. */
const className = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1)
