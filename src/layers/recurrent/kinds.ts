export { recurrentKinds } from './recurrent.js'
