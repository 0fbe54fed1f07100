/** Pictures of networks. */
export { type SvgOptions, svg, type Theme } from './svg/svg.js'
