import { captionOf } from '../captions/caption.js'
import { lineHeight, widthOfText } from '../captions/text.js'
import type { Box } from '../volumes/scale.js'
import type { Volume } from '../volumes/volumes.js'

/** Pixels around the text of a flat block. */
const padding = { side: 10, end: 7 }

/** A flat block that holds its text. */
export const flatBox = (volume: Volume): Box => {
  const lines = captionOf(volume)
  const width = Math.max(...lines.map(({ text, look }) => widthOfText(text, look === 'strong')))
  return { thickness: Math.max(44, width + 2 * padding.side), height: lines.length * lineHeight + 2 * padding.end, depth: 0 }
}
