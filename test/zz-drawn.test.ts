import { writeFileSync } from 'node:fs'
import { test } from 'vitest'
import { encodeModel } from '../src/onnx/encode.js'
import { beside } from './support/onnx/beside.js'
import { Draw } from './support/onnx/draw.js'
import { shapeDrawers } from './support/onnx/draw-shapes.js'
import { valueDrawers } from './support/onnx/draw-values.js'
import { windowDrawers } from './support/onnx/draw-windows.js'

const each = Number(process.env['EACH'] ?? 40)
test('x', async () => {
  const lines: string[] = []
  for (const [name, draw] of Object.entries({ ...windowDrawers, ...valueDrawers, ...shapeDrawers })) {
    if (process.env['ONLY'] && !name.match(process.env['ONLY'])) continue
    for (let i = 0; i < each; i += 1) {
      const of = draw(new Draw(20260117, `${name} ${i}`))
      let out
      try {
        out = await beside(of)
      } catch (e) {
        out = { is: 'threw', e: `${e}` }
      }
      const g = of.graph
      lines.push(
        JSON.stringify([
          name,
          i,
          out,
          of.opset,
          g.inputs[0]?.dims?.join(),
          g.nodes.map((n) => [n.operator, n.inputs.join(), n.outputs.join(), n.attributes]),
          g.initializers.map((t) => [t.name, t.dims]),
        ]),
      )
    }
  }
  writeFileSync(process.env['OUT'] ?? '/tmp/drawn.txt', lines.join('\n'))
})
