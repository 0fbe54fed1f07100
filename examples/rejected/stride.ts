import { input } from 'stridewise'

export const network = input(7, 7, 1).conv2d(8, 3, { stride: 3 }).relu()
