import { expect, test, vi } from 'vitest'
import { Turns } from '../../src/cli/lsp/turns.js'

/** Which question of an editor is asked next. */

const patient = { isUrgent: false }
const urgent = { isUrgent: true }

/** Questions that are answered one by one, in the order in which they are asked. */
const asking = () => {
  const asked: string[] = []
  const open: (() => void)[] = []
  const ask = (name: string) => (): Promise<string> => {
    asked.push(name)
    return new Promise((resolve) => open.push(() => resolve(name)))
  }
  const answer = async (): Promise<void> => {
    open.shift()?.()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { asked, ask, answer }
}

test('one is open at a time, and urgent ones come first', async () => {
  const turns = new Turns()
  const { asked, ask, answer } = asking()
  const all = ['a', 'b', 'c'].map((name) => turns.take(patient, ask(name)))
  all.push(turns.take(urgent, ask('hover')), turns.take(urgent, ask('completion')))
  expect(asked).toEqual(['a'])
  for (const next of ['hover', 'completion', 'b', 'c']) {
    await answer()
    expect(asked.at(-1)).toBe(next)
  }
  await answer()
  expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'hover', 'completion'])
})

test('an urgent one does not wait for a long one', async () => {
  vi.useFakeTimers()
  const turns = new Turns()
  const { asked, ask } = asking()
  void turns.take(patient, ask('long'))
  void turns.take(patient, ask('next'))
  void turns.take(urgent, ask('hover'))
  expect(asked).toEqual(['long'])
  vi.runAllTimers()
  expect(asked).toEqual(['long', 'hover'])
  vi.useRealTimers()
})

test('a cancelled question is not asked, and those behind wait for the one that is open', async () => {
  const turns = new Turns()
  const { asked, ask, answer } = asking()
  const controller = new AbortController()
  const given = ['a', 'b', 'c'].map((name) => turns.take({ ...patient, signal: controller.signal }, ask(name)))
  const later = turns.take(patient, ask('later'))
  controller.abort(new Error('The document has changed.'))
  for (const each of given) await expect(each).rejects.toThrow('The document has changed.')
  expect(asked).toEqual(['a'])
  await answer()
  expect(asked).toEqual(['a', 'later'])
  await answer()
  expect(await later).toBe('later')
  await expect(turns.take({ ...urgent, signal: controller.signal }, ask('late'))).rejects.toThrow('The document has changed.')
})

test('a question that fails gives its turn to the next', async () => {
  const turns = new Turns()
  const first = turns.take(patient, () => Promise.reject(new Error('gone')))
  const second = turns.take(patient, async () => 'second')
  await expect(first).rejects.toThrow('gone')
  expect(await second).toBe('second')
})
