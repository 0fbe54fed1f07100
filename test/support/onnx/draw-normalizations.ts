import type { Drawers } from './draw.js'
import { anyShape } from './draw-values.js'
import { float, floats, int, model, op, valued } from './models.js'

/** Normalizations. */

const batchNorm: Drawers[string] = (draw) => {
  const opset = draw.of([9, 14, 15])
  const shape = anyShape(draw)
  const channels = shape[0] as number
  const attributes = {
    ...draw.some(60, { epsilon: () => float(draw.of([1e-5, 1e-3, 0.01])) }),
    ...draw.some(40, { momentum: () => float(0.8) }),
    ...(opset >= 14 ? draw.some(35, { training_mode: () => int(draw.whole(0, 1)) }) : {}),
  }
  const isTraining =
    attributes['training_mode'] !== undefined && 'int' in attributes['training_mode'] && attributes['training_mode'].int === 1
  return model(
    shape,
    [op(`BatchNormalization x s b m v -> y${isTraining ? ' mean var' : ''}`, attributes)],
    [
      floats('s', channels),
      floats('b', channels),
      floats('m', channels),
      valued(
        'v',
        Array.from({ length: channels }, (_, at) => 0.5 + at / 3),
      ),
    ],
    opset,
  )
}

const instanceNorm: Drawers[string] = (draw) => {
  const shape = [draw.whole(1, 4), ...draw.list(draw.whole(1, 3), 2, 4)]
  const channels = shape[0] as number
  return model(
    shape,
    [op('InstanceNormalization x s b -> y', draw.some(60, { epsilon: () => float(draw.of([1e-5, 1e-3])) }))],
    draw.often(30)
      ? [valued('s', Array(channels).fill(1)), valued('b', Array(channels).fill(0))]
      : [floats('s', channels), floats('b', channels)],
    draw.of([9, 17, 22]),
  )
}

const layerNorm: Drawers[string] = (draw) => {
  const shape = anyShape(draw)
  const last = shape.length
  const axis = draw.often(70) ? draw.of([-1, last]) : draw.whole(1, last)
  const sizes = shape.slice(axis < 0 ? axis : axis - 1)
  const attributes = {
    ...(axis === -1 && draw.often(50) ? {} : { axis: int(axis) }),
    ...draw.some(60, { epsilon: () => float(draw.of([1e-5, 1e-3])) }),
    ...draw.some(20, { stash_type: () => int(1) }),
  }
  const [shift, mean] = [draw.often(80), draw.often(10)]
  return model(
    shape,
    [op(`LayerNormalization x s${shift ? ' b' : ''} -> y${mean ? ' mean' : ''}`, attributes)],
    [floats('s', ...sizes), floats('b', ...sizes)],
    17,
  )
}

const groupNorm: Drawers[string] = (draw) => {
  const groups = draw.whole(1, 3)
  const channels = groups * draw.whole(1, 3)
  const opset = draw.of([18, 21])
  const each = opset < 21 ? groups : channels
  return model(
    [channels, ...draw.list(2, 2, 4)],
    [op('GroupNormalization x s b -> y', { num_groups: int(groups), ...draw.some(50, { epsilon: () => float(1e-3) }) })],
    [floats('s', each), floats('b', each)],
    opset,
  )
}

const localResponseNorm: Drawers[string] = (draw) =>
  model(
    [draw.whole(1, 6), ...draw.list(2, 2, 4)],
    [
      op('LRN x -> y', {
        size: int(draw.of([1, 3, 3, 5, 2])),
        ...draw.some(60, {
          alpha: () => float(draw.of([1e-4, 0.3, 1])),
          beta: () => float(draw.of([0.5, 0.75, 1])),
          bias: () => float(draw.of([1, 2, 0.5])),
        }),
      }),
    ],
    [],
    draw.of([9, 13]),
  )

export const normalizationDrawers: Drawers = {
  BatchNormalization: batchNorm,
  InstanceNormalization: instanceNorm,
  LayerNormalization: layerNorm,
  GroupNormalization: groupNorm,
  LRN: localResponseNorm,
}
