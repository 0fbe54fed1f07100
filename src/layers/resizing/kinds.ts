import { padKinds } from './pad.js'
import { paddingKinds } from './padding.js'
import { pixelShuffleKinds } from './pixel-shuffle.js'
import { pixelUnshuffleKinds } from './pixel-unshuffle.js'
import { resizeKinds } from './upsample.js'

/** The layers that resize a feature map without weights at run time. */
export const resizingKinds = { ...padKinds, ...paddingKinds, ...pixelShuffleKinds, ...pixelUnshuffleKinds, ...resizeKinds }
