import { test } from 'vitest'
import { isLong } from './effort.js'

/** In files that a long run adds to, it leaves to the short one what it has nothing to add to. `.ci/run` runs both. */

/** A test that is the same in both runs: only the short one runs it. */
export const inShort = test.skipIf(isLong)

/** A test that only a long run runs. */
export const inLong = test.runIf(isLong)

/** A test whose cases, compilers or sizes are others in a long run. */
export const inBoth = test
