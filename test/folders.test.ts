import { describe, expect, test } from 'vitest'
import { faultsOf } from '../scripts/lint-folders.mjs'

/** The messages of `npm run lint` about imports between folders. */

const faults = (files: Record<string, string>): string[] => faultsOf(Object.entries(files))

describe('folders', () => {
  test('a family must not import another, not even its types', () => {
    expect(faults({ 'layers/dense/dense.ts': "import type { FlatSize } from '../reshaping/flatten.js'" })).toEqual([
      'src/layers/dense/dense.ts: layers/dense must not import types of layers/reshaping.',
    ])
    expect(faults({ 'layers/dense/dense.ts': "import { layerFunction } from '../kind/value.js'" })).toEqual([])
  })

  test('a family may import types of the network, and no values', () => {
    expect(faults({ 'layers/dense/methods.ts': "import type { Network } from '../../network/network.js'" })).toEqual([])
    expect(faults({ 'layers/dense/dense.ts': "import { kindOf } from '../../network/kinds.js'" })).toEqual([
      'src/layers/dense/dense.ts: layers/dense must not import values of network.',
    ])
  })

  test('reports, drawings, formats and the zoo do not import each other; drawings may read reports', () => {
    expect(faults({ 'report/report.ts': "export { resnet50 } from '../zoo/resnet.js'" })).toEqual([
      'src/report/report.ts: report must not import values of zoo.',
    ])
    expect(faults({ 'drawing/html/html.ts': "import { report } from '../../report/report.js'" })).toEqual([])
    expect(faults({ 'drawing/html/html.ts': "import { resnet50 } from '../../zoo/resnet.js'" })).toEqual([
      'src/drawing/html/html.ts: drawing/html must not import values of zoo.',
    ])
    expect(faults({ 'formats/onnx/index.ts': "import { svg } from '../../drawing/svg/svg.js'" })).toEqual([
      'src/formats/onnx/index.ts: formats/onnx must not import values of drawing/svg.',
    ])
  })

  test('the folders of a drawing may import each other, but not in a circle', () => {
    const files = { 'drawing/svg/svg.ts': "import { layout } from '../layout/layout.js'" }
    expect(faults(files)).toEqual([])
    expect(faults({ ...files, 'drawing/layout/layout.ts': "import { svg } from '../svg/svg.js'" })).toEqual([
      'Folders import each other in a circle: drawing/svg -> drawing/layout -> drawing/svg.',
    ])
  })

  test('a circle of folders is named, in order', () => {
    const files = {
      'shape/shape.ts': "import { tables } from '../arithmetic/tables.js'",
      'arithmetic/tables.ts': "import { input } from '../network/input.js'",
      'network/input.ts': "import { sameShape } from '../shape/shape.js'",
    }
    expect(faults(files)).toEqual(['Folders import each other in a circle: shape -> arithmetic -> network -> shape.'])
    expect(faults({ ...files, 'shape/shape.ts': "import type { Sum } from '../arithmetic/tables.js'" })).toEqual([])
  })
})
