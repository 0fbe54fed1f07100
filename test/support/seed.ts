/** The seed of every property test: the same each time, so that a failure can be run again; `SEED=...` draws other values. */
export const seed = Number(process.env['SEED'] ?? 20_260_117)
