import { isLong } from './effort.js'

/**
 * The seed of every property test: the same each time, so that a failure can be run again; `SEED=...` draws other values. A long run has
 * one of its own, so that what it draws is added to what a short one drew.
 */
export const seed = Number(process.env['SEED'] ?? (isLong ? 20_260_121 : 20_260_117))

/** The seed of what golden files hold. */
export const goldenSeed = Number(process.env['SEED'] ?? 20_260_117)
