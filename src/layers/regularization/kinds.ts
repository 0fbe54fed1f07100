export { stochasticDepthKinds as regularizationKinds } from './stochastic-depth.js'
