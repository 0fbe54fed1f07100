import type { Report } from 'stridewise/report'

/*
 * The exercises of the course. Each has code to begin with, a goal that a program can check, and a solution. The test
 * test/site/course.test.ts runs both: the code to begin with misses the goal, the solution reaches it.
 */

/** A network that a reader wrote: what its report says, and the code that it is made of. */
export interface Attempt {
  readonly code: string
  readonly report: Report
}

/** An exercise in code. */
export interface Exercise {
  /** The code to begin with. */
  readonly starter: string
  /** What is still missing, in a sentence; nothing when the goal is reached. */
  readonly missing: (attempt: Attempt) => string | undefined
  readonly solution: string
  /** Why the solution works, and what else does. */
  readonly why: string
}

const inputOf = ({ layers }: Report): string => sizeOf(layers[0]?.output)
const outputOf = ({ layers }: Report): string => sizeOf(layers.at(-1)?.output)
/** The receptive field of the output. */
const seenBy = ({ layers }: Report): string => sizeOf(layers.at(-1)?.receptiveField ?? [])
const sizeOf = (shape: readonly number[] | undefined): string => (shape ?? []).join('x')
const count = ({ layers }: Report, kind: RegExp): number => layers.filter((layer) => kind.test(layer.kind)).length
const grouped = (value: number): string => value.toLocaleString('en')

/** The first sentence that holds. */
const first = (...sentences: readonly (string | false)[]): string | undefined =>
  sentences.find((sentence) => sentence !== false) || undefined

/** The input and the output that an exercise asks for. */
const shapes = (report: Report, input: string, output: string): (string | false)[] => [
  inputOf(report) !== input && `The input is ${inputOf(report)}. Leave it at ${input}.`,
  outputOf(report) !== output && `The output is ${outputOf(report)}. It should be ${output}.`,
]

const fewer = ({ totals }: Report, most: number): string | false =>
  totals.params > most && `It has ${grouped(totals.params)} parameters. At most ${grouped(most)} are allowed.`

export const exercises = {
  fit: {
    starter: `import { input } from 'stridewise'

export const network = input(7, 7, 1).conv2d(8, 3, { stride: 3 })
`,
    missing: ({ code, report }) =>
      first(
        !/\bconv2d\(\s*8\s*,\s*3\b/.test(code) && 'Leave the layer a convolution with 8 filters of 3x3.',
        !/\bstride:\s*3\b/.test(code) && 'Leave the stride at 3.',
        inputOf(report) !== '7x7x1' && 'Leave the input at 7x7x1.',
      ),
    solution: `import { input } from 'stridewise'

export const network = input(7, 7, 1).conv2d(8, 3, { stride: 3, padding: 1 })
`,
    why: "With one zero on each side the input has 9 cells, and (9 - 3)/3 + 1 = 3 is a whole number. rounding: 'floor' is right too: it leaves out the last cell, and gives 2x2.",
  },
  keepTheSize: {
    starter: `import { input } from 'stridewise'

export const network = input(32, 32, 3)
  .conv2d(16, 5).relu()
  .conv2d(16, 5).relu()
  .conv2d(16, 5)
`,
    missing: ({ code, report }) =>
      first(
        (code.match(/\bconv2d\(\s*16\s*,\s*5\b/g) ?? []).length !== 3 && 'Leave the layers three convolutions with 16 filters of 5x5.',
        ...shapes(report, '32x32x3', '32x32x16'),
      ),
    solution: `import { input } from 'stridewise'

export const network = input(32, 32, 3)
  .conv2d(16, 5, { padding: 2 }).relu()
  .conv2d(16, 5, { padding: 2 }).relu()
  .conv2d(16, 5, { padding: 2 })
`,
    why: "At stride 1, padding (F - 1)/2 keeps the size: (5 - 1)/2 = 2. padding: 'same' means the same here.",
  },
  bottleneck: {
    starter: `import { input } from 'stridewise'

export const network = input(56, 56, 256)
  .conv2d(256, 3, { padding: 1 })
`,
    missing: ({ code, report }) =>
      first(
        ...shapes(report, '56x56x256', '56x56x256'),
        !/\bconv2d\(\s*\d+\s*,\s*3\b/.test(code) && 'Keep one convolution with 3x3 filters, which sees the neighbours of a cell.',
        fewer(report, 80_000),
      ),
    solution: `import { input } from 'stridewise'

export const network = input(56, 56, 256)
  .conv2d(64, 1).relu()
  .conv2d(64, 3, { padding: 1 }).relu()
  .conv2d(256, 1)
`,
    why: 'The 1x1 filters reduce 256 channels to 64, so that the 3x3 filters see fewer. ResNet-50 is built of such bottlenecks. Here they have 70,016 parameters instead of 590,080.',
  },
  withoutPools: {
    starter: `import { input } from 'stridewise'

export const network = input(32, 32, 3)
  .conv2d(16, 3, { padding: 1 }).relu()
  .maxPool2d(2)
  .conv2d(32, 3, { padding: 1 }).relu()
  .maxPool2d(2)
`,
    missing: ({ report }) =>
      first(
        ...shapes(report, '32x32x3', '8x8x32'),
        count(report, /Pool/) > 0 && 'There is still a pool. Let the convolutions take larger steps instead.',
      ),
    solution: `import { input } from 'stridewise'

export const network = input(32, 32, 3)
  .conv2d(16, 4, { stride: 2, padding: 1 }).relu()
  .conv2d(32, 4, { stride: 2, padding: 1 }).relu()
`,
    why: "A 3x3 filter with stride 2 and padding 1 does not fit 32: (32 - 3 + 2)/2 + 1 = 16.5. A 4x4 filter does. A 2x2 filter without padding works too, and so does padding: 'same'.",
  },
  smallFilters: {
    starter: `import { input } from 'stridewise'

export const network = input(56, 56, 64)
  .conv2d(64, 7, { padding: 3 })
`,
    missing: ({ code, report }) =>
      first(
        ...shapes(report, '56x56x64', '56x56x64'),
        /\bconv2d\(\s*\d+\s*,\s*(?:[4-9]|\d\d)/.test(code) && 'Use filters of 3x3 at most.',
        seenBy(report) !== '7x7' && `Each output sees ${seenBy(report)} cells. It should see 7x7.`,
        fewer(report, 150_000),
      ),
    solution: `import { input } from 'stridewise'

export const network = input(56, 56, 64)
  .conv2d(64, 3, { padding: 1 }).relu()
  .conv2d(64, 3, { padding: 1 }).relu()
  .conv2d(64, 3, { padding: 1 })
`,
    why: 'Each 3x3 filter at stride 1 adds two cells: 3, 5, 7. The three layers have 110,784 parameters, the one with 7x7 filters has 200,768. And there is a non-linearity between them.',
  },
  smallClassifier: {
    starter: `import { input } from 'stridewise'

export const network = input(7, 7, 512)
  .flatten()
  .dense(4096).relu()
  .dense(1000)
`,
    missing: ({ report }) => first(...shapes(report, '7x7x512', '1000'), fewer(report, 1_000_000)),
    solution: `import { input } from 'stridewise'

export const network = input(7, 7, 512)
  .globalAvgPool()
  .dense(1000)
`,
    why: 'The average of each channel over its 49 cells is a vector of 512. The layer after it has 512 * 1000 + 1000 = 513,000 parameters. GoogLeNet and ResNet end like this.',
  },
  halfTheMemory: {
    starter: `import { input } from 'stridewise'

export const network = input(224, 224, 3)
  .conv2d(64, 3, { padding: 1 }).relu()
  .conv2d(64, 3, { padding: 1 }).relu()
  .maxPool2d(2)
`,
    missing: ({ report }) =>
      first(
        ...shapes(report, '224x224x3', '112x112x64'),
        count(report, /conv/i) < 2 && 'Keep at least two convolutions.',
        report.totals.activations > 3_687_936 &&
          `Its activations have ${grouped(report.totals.activations)} values. At most half of 7,375,872 are allowed: 3,687,936.`,
      ),
    solution: `import { input } from 'stridewise'

export const network = input(224, 224, 3)
  .conv2d(64, 4, { stride: 2, padding: 1 }).relu()
  .conv2d(64, 3, { padding: 1 }).relu()
`,
    why: 'The first layer already takes steps of 2, so that no map is larger than 112x112. Almost every later network begins like this. The price is less detail in the first layer.',
  },
  wholeNetwork: {
    starter: `import { input } from 'stridewise'

export const network = input(32, 32, 3)
  .conv2d(32, 3, { padding: 1 }).relu()
  .flatten()
  .dense(10)
`,
    missing: ({ report }) =>
      first(...shapes(report, '32x32x3', '10'), count(report, /conv/i) < 3 && 'Use at least three convolutions.', fewer(report, 100_000)),
    solution: `import { input } from 'stridewise'

export const network = input(32, 32, 3)
  .conv2d(32, 3, { padding: 1 }).relu().maxPool2d(2)
  .conv2d(64, 3, { padding: 1 }).relu().maxPool2d(2)
  .conv2d(64, 3, { padding: 1 }).relu().maxPool2d(2)
  .flatten()
  .dense(10)
`,
    why: 'Three stages of convolution and pool reduce 32x32 to 4x4. The network has 66,570 parameters: 56,320 in the convolutions, 10,250 in the last layer.',
  },
} as const satisfies Readonly<Record<string, Exercise>>

export type ExerciseName = keyof typeof exercises

/** Questions whose answer is a number. `test/site/course.test.ts` computes each with the package. */
export const questions = {
  positions: {
    question: 'A filter of 5 cells moves along 11 cells with stride 3. How many positions does it have?',
    answer: 3,
    why: '(11 - 5)/3 + 1 = 3.',
  },
  paddingOf7: { question: 'How much padding keeps the size under a 7x7 filter with stride 1?', answer: 3, why: '(7 - 1)/2 = 3.' },
  tenFilters: {
    question: 'How many parameters do ten 5x5 filters have on a 32x32x3 image, biases included?',
    answer: 760,
    why: '10 * (5 * 5 * 3) weights and 10 biases.',
  },
  pooledSize: { question: 'A 3x3 pool with stride 2 on a 55x55 map: how wide is its output?', answer: 27, why: '(55 - 3)/2 + 1 = 27.' },
  receptiveField: {
    question:
      'Two 3x3 convolutions, a 2x2 pool with stride 2, one more 3x3 convolution: how many cells of the input does an output see on each axis?',
    answer: 10,
    why: '3, then 5, then 6 after the pool. From here on each step is two cells wide, so the last filter adds 2 * 2.',
  },
  firstDense: {
    question: 'How many parameters does a fully-connected layer of 4096 have on a flattened 7x7x512 volume, biases included?',
    answer: 102_764_544,
    why: '25,088 * 4096 + 4096: three quarters of all of VGG-16.',
  },
  firstMap: {
    question: "How many values does VGG-16's first convolution write, for one image of 224x224?",
    answer: 3_211_264,
    why: '224 * 224 * 64. At 4 bytes each that is 12.8 MB.',
  },
  alexnet: {
    question: "AlexNet's first layer: 96 filters of 11x11 with stride 4 on 227x227. How wide is its output?",
    answer: 55,
    why: '(227 - 11)/4 + 1 = 55.',
  },
} as const

export type QuestionName = keyof typeof questions
