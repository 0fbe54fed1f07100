/** U-Net (arXiv:1505.04597) as source, in two forms: by names, and with each level around the next one. */

const widths = [64, 128, 256, 512, 1024]

/** The two convolutions of each level. */
export const unetBlocks = widths
  .map((width) => `const twice${width} = block(conv2d(${width}, 3), relu(), conv2d(${width}, 3), relu())\n`)
  .join('')

export const unetByNames = `input(572, 572, 1)
  .apply(twice64).keep('level1').maxPool2d(2)
  .apply(twice128).keep('level2').maxPool2d(2)
  .apply(twice256).keep('level3').maxPool2d(2)
  .apply(twice512).keep('level4').maxPool2d(2)
  .apply(twice1024)
  .convTranspose2d(512, 2, { stride: 2 }).concat(branch('level4', crop(4)), identity()).apply(twice512)
  .convTranspose2d(256, 2, { stride: 2 }).concat(branch('level3', crop(16)), identity()).apply(twice256)
  .convTranspose2d(128, 2, { stride: 2 }).concat(branch('level2', crop(40)), identity()).apply(twice128)
  .convTranspose2d(64, 2, { stride: 2 }).concat(branch('level1', crop(88)), identity()).apply(twice64)
  .conv2d(2, 1)`

const level = (width: number, border: number, below: string): string =>
  `twice${width}, concat(crop(${border}), block(maxPool2d(2), ${below}, convTranspose2d(${width}, 2, { stride: 2 }))), twice${width}`

export const unetNested = `input(572, 572, 1)
  .apply(block(${level(64, 88, level(128, 40, level(256, 16, level(512, 4, 'twice1024'))))}))
  .conv2d(2, 1)`

/** {@link unetByNames} as one block. */
export const unetByNamesInBlock = `input(572, 572, 1)
  .apply(block(
    twice64, keep('level1'), maxPool2d(2), twice128, keep('level2'), maxPool2d(2), twice256, keep('level3'), maxPool2d(2),
    twice512, keep('level4'), maxPool2d(2), twice1024,
    convTranspose2d(512, 2, { stride: 2 }), concat(branch('level4', crop(4)), identity()), twice512,
    convTranspose2d(256, 2, { stride: 2 }), concat(branch('level3', crop(16)), identity()), twice256,
    convTranspose2d(128, 2, { stride: 2 }), concat(branch('level2', crop(40)), identity()), twice128,
    convTranspose2d(64, 2, { stride: 2 }), concat(branch('level1', crop(88)), identity()), twice64,
  ))
  .conv2d(2, 1)`

const levelInChain = (width: number, border: number, below: string): string =>
  `.apply(twice${width}).concat(crop(${border}), (x) => x.maxPool2d(2)${below}.convTranspose2d(${width}, 2, { stride: 2 })).apply(twice${width})`

/** {@link unetNested} as a chain: a level is a function of the network so far. */
export const unetNestedInChain = `input(572, 572, 1)
  ${levelInChain(64, 88, levelInChain(128, 40, levelInChain(256, 16, levelInChain(512, 4, '.apply(twice1024)'))))}
  .conv2d(2, 1)`
