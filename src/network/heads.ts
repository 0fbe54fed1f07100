import type { Link } from '../layers/kind/layer.js'

/**
 * The links of heads, each with the name of its output; of heads in heads it is the innermost.
 *
 * @param links all of them, each after its inputs
 * @param exits those of them where a head branches out
 */
export const headsOf = (links: readonly Link[], exits: readonly Link[]): Map<Link, string> => {
  const heads = new Map<Link, string>()
  const places = new Map(exits.length === 0 ? [] : links.map((link, place) => [link, place]))
  for (const { inputs, applied } of exits) {
    const [before, head] = inputs as [Link, Link]
    const own = behind(before, head, places)
    for (const link of own) if (!heads.has(link)) heads.set(link, applied.settings['name'] as string)
  }
  return heads
}

/**
 * The links that lead to a head, and not to the place where it branches out.
 *
 * Both are followed back at once, the later link first, until none is left that leads to the head alone: so it takes as many steps as the head
 * has links, however long the network is before it.
 */
const behind = (before: Link, head: Link, places: ReadonlyMap<Link, number>): Link[] => {
  const found: Link[] = []
  /** Whether a link leads to the head alone, as far as it is known; a later link is known before an earlier one. */
  const isOwn = new Map<Link, boolean>()
  const waiting = new Latest(places)
  let open = 0
  const reach = (link: Link, own: boolean): void => {
    const known = isOwn.get(link)
    if (known === undefined) {
      waiting.add(link)
      isOwn.set(link, own)
      if (own) open += 1
    } else if (known && !own) {
      isOwn.set(link, false)
      open -= 1
    }
  }
  reach(before, false)
  reach(head, true)
  while (open > 0) {
    const link = waiting.take()
    const own = isOwn.get(link) as boolean
    if (own) {
      found.push(link)
      open -= 1
    }
    for (const each of link.inputs) reach(each, own)
  }
  return found
}

/** Links that wait, of which the latest comes first: a heap. */
class Latest {
  readonly #links: Link[] = []

  constructor(readonly places: ReadonlyMap<Link, number>) {}

  #place(index: number): number {
    const link = this.#links[index]
    return link === undefined ? -1 : (this.places.get(link) as number)
  }

  #swap(one: number, other: number): void {
    const links = this.#links as Link[]
    ;[links[one], links[other]] = [links[other] as Link, links[one] as Link]
  }

  add(link: Link): void {
    let at = this.#links.push(link) - 1
    for (let above = (at - 1) >> 1; at > 0 && this.#place(above) < this.#place(at); above = (at - 1) >> 1) {
      this.#swap(at, above)
      at = above
    }
  }

  take(): Link {
    this.#swap(0, this.#links.length - 1)
    const link = this.#links.pop() as Link
    for (let at = 0; ; ) {
      const [left, right] = [2 * at + 1, 2 * at + 2]
      const below = this.#place(right) > this.#place(left) ? right : left
      if (this.#place(below) <= this.#place(at)) return link
      this.#swap(at, below)
      at = below
    }
  }
}
