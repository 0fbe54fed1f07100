export { adaptiveAvgPool, adaptiveMaxPool } from './adaptive.js'
export { globalAvgPool, globalMaxPool } from './global.js'
export type { AvgPoolOptions, NoAvgPoolOptions, NoPoolingOptions, PoolingOptions } from './pooling.js'
export { avgPool1d, avgPool2d, avgPool3d, maxPool1d, maxPool2d, maxPool3d } from './pooling.js'
