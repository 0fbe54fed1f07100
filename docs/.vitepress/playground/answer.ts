import { networkFrom } from 'stridewise'

/*
 * What the code in the playground answers, which may be code of a stranger: a text, of which nothing is believed.
 */

/** How much of an answer is shown. */
export const most = { networks: 50, layers: 20_000, lines: 500, lineLetters: 2000, nameLetters: 200 } as const

/** What a script gave: data of the networks that it exported, what it printed, and what it threw. */
export interface Answer {
  readonly networks: readonly { readonly name: string; readonly data: unknown }[]
  readonly printed: readonly string[]
  readonly thrown?: string | undefined
}

/** A network that passed all rules again, under the name of its export; or why it did not. */
export type ReadNetwork =
  | { readonly name: string; readonly network: ReturnType<typeof networkFrom> }
  | { readonly name: string; readonly refused: string }

/** An answer whose networks are known to be networks. */
export interface ReadAnswer {
  readonly networks: readonly ReadNetwork[]
  readonly printed: readonly string[]
  readonly thrown: string | undefined
}

/** A text as far as it is shown. */
export const cut = (text: string, letters: number = most.lineLetters): string =>
  text.length > letters ? `${text.slice(0, letters)}...` : text

/** What is said of an answer that is none. */
const forged = 'The code sent a message of its own in place of its networks. Nothing of it is shown.'

/**
 * Reads an answer. Its networks are built anew of their layers, so that shapes, counts and names are what the package says.
 *
 * @param text what came out of the worker
 */
export const readAnswer = (text: string): ReadAnswer => {
  const answer = parsed(text)
  if (!answer) return { networks: [], printed: [], thrown: forged }
  const { networks, printed, thrown } = answer
  let layers = 0
  return {
    // With the line that says that there is more.
    printed: printed.slice(0, most.lines + 1).map((line) => cut(line)),
    thrown: thrown === undefined ? undefined : cut(thrown),
    networks: networks.slice(0, most.networks).map(({ name, data }): ReadNetwork => {
      layers += layersOf(data)
      if (layers > most.layers)
        return { name, refused: `There are more than ${most.layers.toLocaleString('en')} layers, so it is not shown.` }
      try {
        return { name, network: networkFrom(data) }
      } catch (error) {
        return { name, refused: cut(error instanceof Error ? error.message : `${error}`) }
      }
    }),
  }
}

const parsed = (text: string): Answer | undefined => {
  let answer: unknown
  try {
    answer = JSON.parse(text)
  } catch {
    return undefined
  }
  return isAnswer(answer) ? answer : undefined
}

const isAnswer = (value: unknown): value is Answer => {
  if (!isRecord(value)) return false
  const { networks, printed, thrown } = value
  if (!Array.isArray(printed) || !printed.every((line) => typeof line === 'string')) return false
  if (thrown !== undefined && typeof thrown !== 'string') return false
  if (!Array.isArray(networks) || !networks.every(isNamed)) return false
  return new Set(networks.map(({ name }) => name)).size === networks.length
}

const isNamed = (value: unknown): value is Answer['networks'][number] =>
  isRecord(value) && typeof value['name'] === 'string' && value['name'] !== '' && value['name'].length <= most.nameLetters

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** How many layers some data claims to have, in either form that is read. */
const layersOf = (data: unknown): number => {
  if (!isRecord(data)) return 0
  const graph = isRecord(data['graph']) ? data['graph']['nodes'] : undefined
  return [data['layers'], graph].reduce((sum: number, list) => sum + (Array.isArray(list) ? list.length : 0), 0)
}
