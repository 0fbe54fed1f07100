import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { test } from 'vitest'
import { decodeModel } from '../src/onnx/decode.js'
import { beside } from './support/onnx/beside.js'

test('x', async () => {
  const lines: string[] = []
  for (const set of ['node', 'pytorch-operator', 'pytorch-converted', 'simple']) {
    const root = `/usr/share/libonnx-testdata/data/${set}`
    for (const name of readdirSync(root).sort()) {
      const file = `${root}/${name}/model.onnx`
      if (!existsSync(file)) continue
      const bytes = new Uint8Array(readFileSync(file))
      try {
        const of = decodeModel(bytes)
        const out = await beside(of, bytes)
        lines.push(`${set}/${name}: ${JSON.stringify(out)}`)
      } catch (e) {
        lines.push(`${set}/${name}: THROWN ${e}`)
      }
    }
  }
  writeFileSync(process.env['OUT'] ?? '/tmp/nodes.txt', lines.join('\n'))
})
