/** Pictures of networks. */
export { type Style, type SvgOptions, svg, type Theme } from './svg/svg.js'
