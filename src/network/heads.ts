import type { Link } from '../layers/kind/layer.js'

/**
 * Maps the links of heads to the names of their outputs; for nested heads, to the innermost.
 *
 * @param links all links, each after its inputs
 * @param branchOuts the links where a head branches out
 */
export const headsOf = (links: readonly Link[], branchOuts: readonly Link[]): Map<Link, string> => {
  const heads = new Map<Link, string>()
  const positions = new Map(branchOuts.length === 0 ? [] : links.map((link, place) => [link, place]))
  for (const { inputs, applied } of branchOuts) {
    const [before, head] = inputs as [Link, Link]
    const headLinks = linksOfHead(before, head, positions)
    for (const link of headLinks) if (!heads.has(link)) heads.set(link, applied.settings['name'] as string)
  }
  return heads
}

/**
 * The links that lead to a head but not to the place where it branches out.
 *
 * It walks back from both at once, the latest link first, until no remaining link leads to the head alone. So it takes as many steps as
 * the head has links, however long the network before it is.
 */
const linksOfHead = (before: Link, head: Link, positions: ReadonlyMap<Link, number>): Link[] => {
  const found: Link[] = []
  /** Whether a link leads to the head alone, as far as known. Later links are decided before earlier ones. */
  const isOwn = new Map<Link, boolean>()
  const queue = new LatestFirst(positions)
  let openCount = 0
  const visit = (link: Link, own: boolean): void => {
    const known = isOwn.get(link)
    if (known === undefined) {
      queue.add(link)
      isOwn.set(link, own)
      if (own) openCount += 1
    } else if (known && !own) {
      isOwn.set(link, false)
      openCount -= 1
    }
  }
  visit(before, false)
  visit(head, true)
  while (openCount > 0) {
    const link = queue.take()
    const own = isOwn.get(link) as boolean
    if (own) {
      found.push(link)
      openCount -= 1
    }
    for (const input of link.inputs) visit(input, own)
  }
  return found
}

/** A priority queue of links (a heap) that returns the latest link first. */
class LatestFirst {
  readonly #links: Link[] = []

  constructor(readonly positions: ReadonlyMap<Link, number>) {}

  #place(index: number): number {
    const link = this.#links[index]
    return link === undefined ? -1 : (this.positions.get(link) as number)
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
