import * as stridewise from 'stridewise'
import * as drawing from 'stridewise/drawing'
import * as keras from 'stridewise/keras'
import * as onnx from 'stridewise/onnx'
import * as pytorch from 'stridewise/pytorch'
import * as reporting from 'stridewise/report'
import * as safetensors from 'stridewise/safetensors'
import * as typescript from 'stridewise/typescript'
import * as zoo from 'stridewise/zoo'
import * as kerasZoo from 'stridewise/zoo/keras'
import { type Answer, cut, most } from './answer.js'

/*
 * Runs the code of the playground, in a frame of its own (sandbox.ts), and answers once, with a text. The code can do here what it
 * likes, and can send anything in place of that text: answer.ts reads it as such.
 */

const packages: Readonly<Record<string, object>> = {
  stridewise,
  'stridewise/drawing': drawing,
  'stridewise/report': reporting,
  'stridewise/zoo': zoo,
  'stridewise/zoo/keras': kerasZoo,
  'stridewise/onnx': onnx,
  'stridewise/keras': keras,
  'stridewise/pytorch': pytorch,
  'stridewise/safetensors': safetensors,
  'stridewise/typescript': typescript,
}

const isNetwork = (value: unknown): value is stridewise.AnyNetwork =>
  typeof value === 'object' && value !== null && 'graph' in value && 'params' in value

const required = (name: string): object => {
  const found = packages[name]
  if (!found) throw new Error(`The playground has no package '${name}'; it has ${Object.keys(packages).join(', ')}.`)
  return found
}

const run = (script: string): Answer => {
  const exported: Record<string, unknown> = {}
  const printed: string[] = []
  const log = (...values: unknown[]): void => {
    if (printed.length > most.lines) return
    const line = values
      .map((value) => (typeof value === 'string' ? value : `${isNetwork(value) ? value : JSON.stringify(value)}`))
      .join(' ')
    printed.push(printed.length < most.lines ? cut(line) : 'More was printed, and is not shown.')
  }
  let thrown: string | undefined
  try {
    new Function('require', 'exports', 'console', script)(required, exported, { log })
  } catch (error) {
    thrown = textOf(error)
  }
  const networks = Object.entries(exported)
    .filter(([, value]) => isNetwork(value))
    .map(([name, data]) => ({ name, data }))
  return { networks, printed, thrown }
}

const textOf = (error: unknown): string => {
  try {
    return cut(`${error}`)
  } catch {
    return 'Something was thrown that has no text.'
  }
}

self.addEventListener('message', ({ data }: MessageEvent<string>) => self.postMessage(JSON.stringify(run(data))), { once: true })

// The package is loaded: see sandbox.ts.
self.postMessage('loaded')
