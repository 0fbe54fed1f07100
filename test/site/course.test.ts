import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type ExerciseName, exercises, type QuestionName, questions } from '../../docs/.vitepress/course/exercises.js'
import { coursePages } from '../../docs/.vitepress/course/pages.js'
import { type AnyNetwork, input } from '../../src/index.js'
import { report } from '../../src/report/index.js'
import { alexnetLecture, vgg16 } from '../../src/zoo/index.js'
import { check, root } from '../support/compiler.js'

/* The course: what it begins with misses its goal, its solutions reach it, and its answers are what the package computes. */

const names = Object.keys(exercises) as ExerciseName[]

/** The network of some code, which runs as it is: it has no types in it. */
const networkOf = (code: string): AnyNetwork =>
  new Function('input', `${code.replace(/^import .*$/m, '').replace('export const network =', 'return')}`)(input)

const compiled = check(
  new Map(names.flatMap((name) => (['starter', 'solution'] as const).map((part) => [`course/${name}.${part}.ts`, exercises[name][part]]))),
)

describe('exercises', () => {
  test.each(names)('%s: the compiler takes its solution, and it reaches the goal', (name) => {
    const { solution: code, missing } = exercises[name]
    expect(compiled.get(`course/${name}.solution.ts`)?.complaints).toEqual([])
    expect(missing({ code, report: report(networkOf(code)) })).toBeUndefined()
  })

  test.each(names)('%s: the code to begin with does not', (name) => {
    const { starter: code, missing } = exercises[name]
    const complaints = compiled.get(`course/${name}.starter.ts`)?.complaints ?? []
    if (complaints.length > 0) expect(() => networkOf(code)).toThrow(complaints[0]?.text.match(/"(.+)"/)?.[1])
    else expect(missing({ code, report: report(networkOf(code)) })).toMatch(/^[A-Z].*\.$/)
  })

  test('every one stands in a page, and each page has those that it lists', () => {
    const listed = coursePages.flatMap(({ tasks }) => tasks)
    expect([...listed].sort()).toEqual([...names, ...Object.keys(questions)].sort())
    for (const { link, tasks } of coursePages) {
      const page = readFileSync(`${root}docs${link}.md`, 'utf8')
      const found = [...page.matchAll(/<(?:NumberQuestion|CodeExercise) name="(\w+)"/g)].map(([, name]) => name)
      expect(found).toEqual(tasks)
    }
  })
})

describe('questions', () => {
  const conv = (size: number, kernel: number, options: object): number => {
    const [first] = input(size, size, 1).conv2d(1, kernel, options as { stride?: number }).output as readonly number[]
    return first as number
  }
  const reported = (network: AnyNetwork, kind: string) => report(network).layers.find((layer) => layer.kind === kind)

  const computed: Readonly<Record<QuestionName, () => number | undefined>> = {
    positions: () => conv(11, 5, { stride: 3 }),
    paddingOf7: () => [0, 1, 2, 3, 4].find((padding) => conv(9, 7, { padding }) === 9),
    tenFilters: () => input(32, 32, 3).conv2d(10, 5).params,
    pooledSize: () => input(55, 55, 96).maxPool2d(3, { stride: 2 }).output[0],
    receptiveField: () => report(input(32, 32, 1).conv2d(1, 3).conv2d(1, 3).maxPool2d(2).conv2d(1, 3)).layers.at(-1)?.receptiveField?.[0],
    firstDense: () => input(7, 7, 512).flatten().dense(4096).params,
    firstMap: () => reported(vgg16(), 'conv2d')?.activations,
    alexnet: () => reported(alexnetLecture(), 'conv2d')?.output[0],
  }
  test.each(Object.entries(questions))('%s', (name, { answer }) => {
    expect(computed[name as QuestionName]()).toBe(answer)
  })
})
