/** How many of a property test's draws are made: all with STRIDEWISE_LONG=1, else a tenth. */
export const isLong = (process.env['STRIDEWISE_LONG'] ?? '') !== ''

export const share = (all: number): number => (isLong ? all : Math.ceil(all / 10))
