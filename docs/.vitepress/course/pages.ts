import type { ExerciseName, QuestionName } from './exercises.js'

/** A page of the course. */
export interface CoursePage {
  readonly link: string
  readonly text: string
  /** What it is about, after a colon. */
  readonly about: string
  readonly tasks: readonly (ExerciseName | QuestionName)[]
}

/** The pages of the course, in their order. */
export const coursePages: readonly CoursePage[] = [
  {
    link: '/course/a-window-that-fits',
    text: '1. A window that fits',
    about: 'filter, stride, and the one formula.',
    tasks: ['positions', 'fit'],
  },
  { link: '/course/keep-the-size', text: '2. Keep the size', about: 'what padding is for.', tasks: ['paddingOf7', 'keepTheSize'] },
  {
    link: '/course/filters-and-channels',
    text: '3. Filters and channels',
    about: 'parameters, and why 1x1.',
    tasks: ['tenFilters', 'bottleneck'],
  },
  { link: '/course/smaller-maps', text: '4. Smaller maps', about: 'pools and strides.', tasks: ['pooledSize', 'withoutPools'] },
  {
    link: '/course/receptive-field',
    text: '5. The receptive field',
    about: 'what an output sees.',
    tasks: ['receptiveField', 'smallFilters'],
  },
  {
    link: '/course/where-the-parameters-are',
    text: '6. Where the parameters are',
    about: 'and how to have fewer.',
    tasks: ['firstDense', 'smallClassifier'],
  },
  {
    link: '/course/where-the-memory-is',
    text: '7. Where the memory is',
    about: 'and how to halve it.',
    tasks: ['firstMap', 'halfTheMemory'],
  },
  { link: '/course/a-whole-network', text: '8. A whole network', about: 'all of it together.', tasks: ['alexnet', 'wholeNetwork'] },
]
