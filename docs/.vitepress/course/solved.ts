import { reactive } from 'vue'
import { exercises, questions } from './exercises.js'

/* What a reader has solved, kept in the reader's own browser from one visit to the next. */

const key = 'stridewise-course'

/** The tasks that are solved, by their names. Empty until {@link restore} is called: the site's build knows no reader. */
export const solved: Set<string> = reactive(new Set<string>())

const isTask = (name: unknown): name is string => typeof name === 'string' && (name in exercises || name in questions)

/** Reads what was solved at earlier visits. Whatever else stands there is passed over. */
export const restore = (): void => {
  try {
    const names: unknown = JSON.parse(localStorage.getItem(key) ?? '[]')
    if (Array.isArray(names)) for (const name of names) if (isTask(name)) solved.add(name)
  } catch {
    // Storage can be damaged, or not allowed.
  }
}

/** Notes that a task is solved. */
export const note = (name: string): void => {
  solved.add(name)
  try {
    localStorage.setItem(key, JSON.stringify([...solved]))
  } catch {
    // It is known until the page is left.
  }
}
