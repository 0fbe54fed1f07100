export { stochasticDepth } from './stochastic-depth.js'
