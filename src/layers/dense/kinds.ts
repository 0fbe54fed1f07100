export { denseKinds } from './dense.js'
