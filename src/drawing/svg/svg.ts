import { copied } from '../../layers/kind/value.js'
import type { AnyNetwork } from '../../network/network.js'
import type { NetworkLike } from '../../network/network-like.js'
import { requireNetwork } from '../../report/checked-input.js'
import { listOf, shown } from '../../shape/message.js'
import { isObject } from '../../shape/objects.js'
import { named } from '../../shape/printable.js'
import { anyShapeText } from '../../shape/shape.js'
import { type Theme, themeNames } from '../colours/theme.js'
import { type Style, styleNames } from '../volumes/styles.js'
import { pictureOf } from './picture.js'

export type { Style, Theme }

/** How a picture is made. */
export interface SvgOptions {
  /**
   * `'light'` for white and light backgrounds, `'dark'` for dark ones, `'print'` for paper: greys and hatches that need no colours.
   * Default `'light'`.
   */
  readonly theme?: Theme
  /** What it shows, for those who cannot see it; by default the shapes. */
  readonly title?: string
  /**
   * `'volumes'` for boxes drawn to scale; `'blocks'` for flat blocks with their text inside, for papers; `'graph'` for every layer from
   * top to bottom with the shapes beside the lines, for reviews. Default `'volumes'`.
   */
  readonly style?: Style
  /** Whether a repeated block is drawn once, in a frame that says how often: `×3`. Default `true`. */
  readonly fold?: boolean
}

/**
 * A network as a picture: an SVG file with a transparent background.
 *
 * Each layer is a box, along the chain as thick as it has channels; its height and its depth are those of the maps. Every side is
 * drawn as the square root of its size. Normalizations and activations are named under the layer that they follow.
 *
 * @param network any network, or its data: what `JSON.parse` makes of its JSON
 * @param options `theme` (`'light'`), `title`, `style` (`'volumes'`), `fold` (`true`)
 * @throws {TypeError} when it is given no network, or options that it does not have
 * @throws {FormatError} when something is wrong with the data
 * @throws {RangeError} when there is no such theme or style
 * @example
 * writeFileSync('lenet.svg', svg(lenet5()))
 * writeFileSync('lenet-for-dark-slides.svg', svg(lenet5(), { theme: 'dark', title: 'LeNet-5' }))
 */
export const svg = (network: NetworkLike, options: SvgOptions = {}): string => {
  const drawn = requireNetwork('svg', network)
  const { theme, title, style, fold } = settledOptions(options)
  return pictureOf(drawn, { theme, title: title ?? titleOf(drawn), inPage: false, folds: fold, style }).content
}

const titleOf = ({ input, output }: AnyNetwork): string => `A network from ${anyShapeText(input)} to ${anyShapeText(output)}`

const settledOptions = (options: SvgOptions): SvgOptions & { readonly theme: Theme; readonly style: Style; readonly fold: boolean } => {
  if (!isObject(options as unknown) || Array.isArray(options)) {
    throw new TypeError(`svg: the options must be an object such as { theme: 'dark' }, not ${shown(options)}.`)
  }
  const { theme = 'light', title, style = 'volumes', fold = true, ...unknown } = copied(options, 'svg')
  const [name] = Object.keys(unknown)
  if (name !== undefined)
    throw new TypeError(`svg: there is no option '${named(name)}'. The options are ${listOf(['theme', 'title', 'style', 'fold'])}.`)
  if (!themeNames.includes(theme)) throw new RangeError(`svg: theme must be one of ${themeNames.join(', ')}, not ${shown(theme)}.`)
  if (title !== undefined && typeof title !== 'string') throw new TypeError(`svg: title must be a string, not ${shown(title)}.`)
  if (!styleNames.includes(style)) throw new RangeError(`svg: style must be one of ${styleNames.join(', ')}, not ${shown(style)}.`)
  if (typeof fold !== 'boolean') throw new TypeError(`svg: fold must be true or false, not ${shown(fold)}.`)
  return { theme, style, fold, ...(title === undefined ? {} : { title }) }
}
