import type { Drawers } from './draw.js'
import { joinDrawers } from './draw-joins.js'
import { normalizationDrawers } from './draw-normalizations.js'
import { shapeDrawers } from './draw-shapes.js'
import { valueDrawers } from './draw-values.js'
import { windowDrawers } from './draw-windows.js'

/** What draws the models of each operator. */
export const drawers: Drawers = { ...windowDrawers, ...valueDrawers, ...normalizationDrawers, ...shapeDrawers, ...joinDrawers }
