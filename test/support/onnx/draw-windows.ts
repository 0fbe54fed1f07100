import type { OnnxAttribute } from '../../../src/formats/onnx/model.js'
import type { Draw, Drawers } from './draw.js'
import { float, floats, int, ints, model, op, text, wholes } from './models.js'

/** Operators that slide a window, or cut, border or enlarge spatial axes. */

const paddings = ['NOTSET', 'VALID', 'SAME_UPPER', 'SAME_LOWER'] as const

/** Strides, dilations, and a padding of any kind. */
const window = (draw: Draw, rank: number, dilated = true): Record<string, OnnxAttribute> => {
  const padding = draw.often(55) ? draw.of(paddings) : 'NOTSET'
  return {
    ...draw.some(60, { strides: () => draw.each(rank, 1, 3) }),
    ...(dilated ? draw.some(30, { dilations: () => draw.each(rank, 1, 2) }) : {}),
    ...(padding !== 'NOTSET' || draw.often(20) ? { auto_pad: text(padding) } : {}),
    ...(padding === 'NOTSET' ? draw.some(60, { pads: () => draw.each(2 * rank, 0, 1) }) : {}),
  }
}

const pool = (operator: string) => (draw: Draw) => {
  const opset = draw.of([9, 10, 11, 12, 13, 17, 18, 19, 20, 21, 22])
  const rank = draw.of([1, 2, 2, 2, 3])
  const isMean = operator === 'AveragePool'
  const dilated = isMean ? opset >= 19 : opset >= 10
  const attributes = {
    kernel_shape: draw.each(rank, 2, 3),
    ...window(draw, rank, dilated),
    ...(opset >= 10 ? draw.some(35, { ceil_mode: () => int(draw.whole(0, 1)) }) : {}),
    ...(isMean ? draw.some(60, { count_include_pad: () => int(draw.whole(0, 1)) }) : {}),
    ...(isMean ? {} : draw.some(15, { storage_order: () => int(draw.whole(0, 1)) })),
  }
  return model(draw.image(rank), [op(`${operator} x -> y${!isMean && draw.often(8) ? ' places' : ''}`, attributes)], [], opset)
}

const conv = (draw: Draw) => {
  const rank = draw.of([1, 2, 2, 2, 3])
  const groups = draw.of([1, 1, 2, 3])
  const [channels, filters] = [groups * draw.whole(1, 2), groups * draw.whole(1, 2)]
  const kernel = draw.list(rank, 1, 3)
  const attributes = {
    ...window(draw, rank),
    ...(groups > 1 || draw.often(20) ? { group: int(groups) } : {}),
    ...draw.some(30, { kernel_shape: () => ints(...kernel) }),
  }
  const bias = draw.often(60)
  return model(
    draw.image(rank, channels),
    [op(`Conv x w${bias ? ' b' : ''} -> y`, attributes)],
    [floats('w', filters, channels / groups, ...kernel), floats('b', draw.often(5) ? filters + 1 : filters)],
    draw.of([9, 11, 17, 22]),
  )
}

const convTranspose = (draw: Draw) => {
  const rank = draw.of([1, 2, 2, 2])
  const groups = draw.of([1, 1, 2])
  const [channels, share] = [groups * draw.whole(1, 2), draw.whole(1, 2)]
  const kernel = draw.list(rank, 1, 3)
  const strides = draw.list(rank, 1, 3)
  const dilations = draw.list(rank, 1, draw.often(30) ? 2 : 1)
  const padding = draw.often(25) ? draw.of(paddings) : 'NOTSET'
  const attributes = {
    strides: ints(...strides),
    ...(dilations.some((each) => each > 1) ? { dilations: ints(...dilations) } : {}),
    ...(padding === 'NOTSET' ? draw.some(50, { pads: () => draw.each(2 * rank, 0, 1) }) : { auto_pad: text(padding) }),
    ...draw.some(30, { output_padding: () => ints(...strides.map((each) => draw.whole(0, each - 1))) }),
    ...draw.some(8, { output_shape: () => draw.each(rank, 9, 14) }),
    ...(groups > 1 ? { group: int(groups) } : {}),
  }
  const bias = draw.often(50)
  return model(
    draw.image(rank, channels),
    [op(`ConvTranspose x w${bias ? ' b' : ''} -> y`, attributes)],
    [floats('w', channels, share, ...kernel), floats('b', share * groups)],
    draw.of([9, 11, 17, 22]),
  )
}

const globalPool = (operator: string) => (draw: Draw) =>
  model(draw.image(draw.of([1, 2, 3])), [op(`${operator} x -> y`)], [], draw.of([9, 17, 22]))

const pad = (draw: Draw) => {
  const opset = draw.of([9, 10, 11, 13, 17, 18, 19, 21])
  const rank = draw.of([1, 2, 2, 3])
  const border = draw.often(85) ? 0 : draw.whole(0, 1)
  const low = draw.often(20) ? -1 : 0
  const ends = (): number[] => [border > 0 && draw.often(30) ? 1 : 0, border, ...draw.list(rank, low, 2)]
  const pads = draw.often(10) ? draw.list(2 * (rank + 2), 0, 0) : [...ends(), ...ends()]
  const mode = draw.of(['constant', 'constant', 'constant', 'constant', 'reflect', 'edge', ...(opset >= 19 ? ['wrap'] : [])])
  const value = draw.of([0, 0, 0, 1.5])
  const attributes = draw.often(50) || mode !== 'constant' ? { mode: text(mode) } : {}
  const image = draw.image(rank)
  if (opset < 11)
    return model(
      image,
      [op('Pad x -> y', { ...attributes, pads: ints(...pads), ...draw.some(50, { value: () => float(value) }) })],
      [],
      opset,
    )
  const isNamed = opset >= 18 && draw.often(30)
  const tensors = [{ ...floats('v', 1), dims: [], raw: new Uint8Array(Float32Array.of(value).buffer) }]
  if (isNamed) {
    const named = [
      wholes('p', [...draw.list(rank, 0, 2), ...draw.list(rank, 0, 2)]),
      wholes(
        'a',
        Array.from({ length: rank }, (_, axis) => (draw.often(50) ? axis + 2 : axis - rank)),
      ),
    ]
    return model(image, [op('Pad x p v a -> y', attributes)], [...named, ...tensors], opset)
  }
  return model(image, [op(`Pad x p${draw.often(60) ? ' v' : ''} -> y`, attributes)], [wholes('p', pads), ...tensors], opset)
}

const slice = (draw: Draw) => {
  const opset = draw.of([9, 10, 11, 13, 17])
  const rank = draw.of([1, 2, 2, 3])
  const image = draw.image(rank)
  const count = draw.whole(1, rank)
  const all = draw.often(12)
  const axes = Array.from({ length: count }, (_, index) => (draw.often(6) ? 1 : index + 2)).map((axis) =>
    opset > 9 && draw.often(30) ? axis - rank - 2 : axis,
  )
  const starts = draw.list(count, 0, 2).map((start) => (draw.often(20) ? start - 4 : start))
  const ends = draw.list(count, 3, 9).map((end) => (draw.often(30) ? -1 : draw.often(30) ? 2 ** 31 - 1 : end))
  if (all) {
    axes.unshift(0)
    starts.unshift(0)
    ends.unshift(2 ** 31 - 1)
  }
  if (opset < 10)
    return model(
      image,
      [op('Slice x -> y', { starts: ints(...starts), ends: ints(...ends), ...(all || draw.often(90) ? { axes: ints(...axes) } : {}) })],
      [],
      opset,
    )
  const steps = axes.map(() => (draw.often(12) ? 2 : 1))
  const hasSteps = draw.often(40)
  return model(
    image,
    [op(`Slice x s e a${hasSteps ? ' t' : ''} -> y`)],
    [wholes('s', starts), wholes('e', ends), wholes('a', axes), ...(hasSteps ? [wholes('t', steps)] : [])],
    opset,
  )
}

const resize = (draw: Draw) => {
  const opset = draw.of([10, 11, 13, 17, 18, 19])
  const rank = draw.of([1, 2, 2, 2, 3])
  const image = draw.image(rank)
  const factors = draw.often(60) ? Array.from({ length: rank }, () => 2) : draw.list(rank, 1, 3)
  if (draw.often(30)) factors[0] = draw.of([1.5, 0.75, 1.3, 0.5, 2.5])
  const mode = draw.of(['nearest', 'nearest', 'linear', 'linear', 'cubic'])
  const all = [
    'half_pixel',
    'half_pixel',
    'asymmetric',
    'asymmetric',
    'pytorch_half_pixel',
    'align_corners',
    ...(opset >= 19 ? ['half_pixel_symmetric'] : []),
  ]
  const places = draw.of(all)
  const attributes = {
    ...(mode === 'nearest' && draw.often(40) ? {} : { mode: text(mode) }),
    ...(opset > 10 ? draw.some(80, { coordinate_transformation_mode: () => text(places) }) : {}),
    ...(opset > 10 && mode === 'nearest'
      ? draw.some(70, { nearest_mode: () => text(draw.of(['floor', 'floor', 'ceil', 'round_prefer_floor', 'round_prefer_ceil'])) })
      : {}),
    ...(opset > 10 && mode === 'cubic' ? draw.some(30, { cubic_coeff_a: () => float(-0.5) }) : {}),
    ...(opset > 10 && mode === 'cubic' ? draw.some(20, { exclude_outside: () => int(1) }) : {}),
    ...(opset >= 18 ? draw.some(15, { antialias: () => int(draw.whole(0, 1)) }) : {}),
    ...(opset >= 18 ? draw.some(10, { keep_aspect_ratio_policy: () => text(draw.of(['stretch', 'not_larger'])) }) : {}),
  }
  const scales = [1, 1, ...factors]
  const tensor = { ...floats('s', scales.length), raw: new Uint8Array(Float32Array.from(scales).buffer) }
  if (opset === 10) return model(image, [op('Resize x s -> y', attributes)], [tensor], opset)
  // At first the region, which only a cut and a resize together look at, had to be there.
  const [roi, region] = opset === 11 ? ['r', [floats('r', 0)]] : ['_', []]
  if (draw.often(35) && opset > 11) {
    const sizes = wholes('z', [1, image[0] as number, ...factors.map((factor, axis) => Math.ceil(factor * (image[axis + 1] as number)))])
    return model(image, [op('Resize x _ _ z -> y', attributes)], [sizes], opset, 1)
  }
  return model(image, [op(`Resize x ${roi} s -> y`, attributes)], [tensor, ...region], opset)
}

const depthToSpace = (draw: Draw) => {
  const opset = draw.of([9, 11, 13])
  const block = draw.whole(1, 3)
  const attributes = { blocksize: int(block), ...(opset > 9 ? draw.some(80, { mode: () => text(draw.of(['CRD', 'DCR'])) }) : {}) }
  return model([block * block * draw.whole(1, 3), ...draw.list(2, 2, 4)], [op('DepthToSpace x -> y', attributes)], [], opset)
}

const spaceToDepth = (draw: Draw) => {
  const block = draw.whole(1, 3)
  const sizes = draw.list(2, 1, 3).map((size) => size * (draw.often(80) ? block : 1))
  return model([draw.of([1, 1, 2, 3]), ...sizes], [op('SpaceToDepth x -> y', { blocksize: int(block) })], [], draw.of([9, 13, 17]))
}

export const windowDrawers: Drawers = {
  AveragePool: pool('AveragePool'),
  SpaceToDepth: spaceToDepth,
  MaxPool: pool('MaxPool'),
  Conv: conv,
  ConvTranspose: convTranspose,
  GlobalAveragePool: globalPool('GlobalAveragePool'),
  GlobalMaxPool: globalPool('GlobalMaxPool'),
  Pad: pad,
  Slice: slice,
  Resize: resize,
  DepthToSpace: depthToSpace,
}
