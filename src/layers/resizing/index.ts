export { crop, zeroPad } from './padding.js'
export { pixelShuffle } from './pixel-shuffle.js'
export type { NoUpsampleOptions, UpsampleOptions } from './upsample.js'
export { upsample } from './upsample.js'
