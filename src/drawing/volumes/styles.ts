/** How layers are drawn: as volumes to scale, as flat blocks with their text inside, or as a graph of every layer from top to bottom. */
export const styleNames = ['volumes', 'blocks', 'graph'] as const

/** How layers are drawn. */
export type Style = (typeof styleNames)[number]
