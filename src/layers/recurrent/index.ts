export { gru, lstm } from './recurrent.js'
export type { NoRecurrentOptions, RecurrentOptions } from './rule.js'
