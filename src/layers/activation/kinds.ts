import { activationKinds as own } from './activation.js'
import { gatedActivationKinds } from './gated.js'
import { preluKinds } from './prelu.js'
import { rectifierKinds } from './rectifiers.js'
import { sigmoidKinds } from './sigmoids.js'

/** The activations at run time. */
export const activationKinds = { ...own, ...gatedActivationKinds, ...preluKinds, ...rectifierKinds, ...sigmoidKinds }
