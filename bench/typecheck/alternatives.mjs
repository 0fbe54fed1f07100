import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * VGG-16 in other libraries. Each is counted on top of its own import.
 *
 * Two libraries do arithmetic with digits in types but have no layers. With each of them, the same small chain computes the window
 * formula of one axis, the flattening and the parameters, and checks nothing. TensorFlow.js has the layers but no shapes in its types,
 * which makes it the lower bound. It takes 308 MB, so it is measured only if it was installed by hand:
 *
 *     npm install --prefix <folder> @tensorflow/tfjs@4.22.0
 *     node bench/typecheck/run.mjs --tfjs <folder>
 */

const root = fileURLToPath(new URL('../..', import.meta.url))

const arithmetic = {
  hotscript: `import type { Call, Numbers } from 'hotscript'

type Add<A extends number, B extends number> = Call<Numbers.Add<A, B>>
type Subtract<A extends number, B extends number> = Call<Numbers.Sub<A, B>>
type Multiply<A extends number, B extends number> = Call<Numbers.Mul<A, B>>
type Divide<A extends number, B extends number> = Call<Numbers.Div<A, B>>
`,
  'ts-arithmetic': "import type { Add, Divide, Multiply, Subtract } from 'ts-arithmetic'\n",
}

const chain = `
type N<Value> = Value extends number ? Value : never
type Window<Size, Kernel, Stride, Padding> = N<Add<N<Divide<N<Add<N<Subtract<N<Size>, N<Kernel>>>, N<Multiply<2, N<Padding>>>>>, N<Stride>>>, 1>>

interface Image<Size extends number, Channels extends number, Params extends number> {
  readonly output: [Size, Size, Channels]
  readonly params: Params
  conv2d<Filters extends number>(
    filters: Filters,
  ): Image<Window<Size, 3, 1, 1>, Filters, N<Add<Params, N<Multiply<N<Add<N<Multiply<9, Channels>>, 1>>, Filters>>>>>
  relu(): Image<Size, Channels, Params>
  maxPool2d(): Image<Window<Size, 2, 2, 0>, Channels, Params>
  flatten(): Vector<N<Multiply<N<Multiply<Size, Size>>, Channels>>, Params>
}

interface Vector<Features extends number, Params extends number> {
  readonly output: [Features]
  readonly params: Params
  dense<Units extends number>(units: Units): Vector<Units, N<Add<Params, N<Multiply<N<Add<Features, 1>>, Units>>>>>
  relu(): Vector<Features, Params>
}

declare const input: Image<224, 3, 0>
`

const stages = [
  [64, 2],
  [128, 2],
  [256, 3],
  [512, 3],
  [512, 3],
]
const convolutions = stages.map(([filters, times]) => `${`.conv2d(${filters}).relu()`.repeat(times)}.maxPool2d()`).join('\n  ')

const vgg16 = `
const vgg16 = input
  ${convolutions}
  .flatten().dense(4096).relu().dense(4096).relu().dense(1000)

export const output: [1000] = vgg16.output
export const params: 138357544 = vgg16.params
`

const tensorflowConvolution = (filters, options = '') =>
  `tf.layers.conv2d({ ${options}filters: ${filters}, kernelSize: 3, padding: 'same' }), tf.layers.reLU(),`

const layers = stages.map(([filters, times], stage) => {
  const first = tensorflowConvolution(filters, stage === 0 ? 'inputShape: [224, 224, 3], ' : '')
  return `${first} ${`${tensorflowConvolution(filters)} `.repeat(times - 1)}tf.layers.maxPooling2d({ poolSize: 2 }),`
})

const tensorflow = `import * as tf from '@tensorflow/tfjs'

export const vgg16 = tf.sequential({
  layers: [
    ${layers.join('\n    ')}
    tf.layers.flatten(),
    tf.layers.dense({ units: 4096 }), tf.layers.reLU(), tf.layers.dense({ units: 4096 }), tf.layers.reLU(), tf.layers.dense({ units: 1000 }),
  ],
})
`

/** What to measure: the file with only the import, and the network. */
const subjects = (tfjs) => [
  ...Object.entries(arithmetic).map(([name, imports]) => ({
    name: `vgg16 on ${name}`,
    importOnly: `${imports}${chain}\nexport { input }\n`,
    network: `${imports}${chain}${vgg16}`,
    paths: { [name]: [join(root, 'node_modules', name)] },
  })),
  ...(tfjs
    ? [
        {
          name: 'vgg16 in tfjs',
          importOnly: "import * as tf from '@tensorflow/tfjs'\n\nexport { tf }\n",
          network: tensorflow,
          paths: { '@tensorflow/*': [join(resolve(tfjs), 'node_modules/@tensorflow/*')] },
        },
      ]
    : []),
]

/** The note that TensorFlow.js is not measured; empty if it is. */
export const missing = (tfjs) => {
  const install = 'npm install --prefix <folder> @tensorflow/tfjs@4.22.0, then --tfjs <folder>'
  if (!tfjs) return `TensorFlow.js is not measured: ${install}.`
  if (!existsSync(join(tfjs, 'node_modules/@tensorflow/tfjs/package.json')))
    throw new Error(`There is no TensorFlow.js in ${tfjs}: ${install}.`)
  return ''
}

/** The cost of each library on a compiler, as returned by `measure`: its name, the counts on top of its import, the time and the memory. */
export const alternatives = (measure, compiler, folder, tfjs) =>
  subjects(tfjs).map(({ name, importOnly, network, paths }) => {
    const at = join(folder, compiler, name.replaceAll(' ', '-'))
    const [before, after] = [importOnly, network].map((text, index) => {
      mkdirSync(at, { recursive: true })
      const file = join(at, ['import.ts', 'network.ts'][index])
      writeFileSync(file, text)
      return measure(compiler, file, at, { paths })
    })
    const failure = before.failure ?? after.failure
    if (failure) return { name, failure }
    return {
      name,
      ...after,
      instantiations: after.instantiations - before.instantiations,
      types: after.types - before.types,
    }
  })
