import type { Link } from '../layers/kind/layer.js'

/**
 * Maps the links of heads to the names of their outputs; for nested heads, to the innermost.
 *
 * @param links all links, each after its inputs
 */
export const headsOf = (links: readonly Link[]): Map<Link, string> => {
  const heads = new Map<Link, string>()
  for (const [place, { kind, applied }] of links.entries()) {
    if (kind !== 'branchOut') continue
    for (const link of linksOfHead(links, place)) if (!heads.has(link)) heads.set(link, applied.settings['name'] as string)
  }
  return heads
}

/**
 * The links that lead to a head but not to the place where it branches out.
 *
 * It walks back from both at once, until no remaining link leads to the head alone. So it takes as many steps as the head has links,
 * however long the network before it is.
 */
const linksOfHead = (links: readonly Link[], place: number): Link[] => {
  const found: Link[] = []
  const [before, head] = (links[place] as Link).inputs as [Link, Link]
  /** Whether a link leads to the head alone, as far as known. Later links are decided before earlier ones. */
  const isOwn = new Map([
    [head, true],
    [before, false],
  ])
  let openCount = before === head ? 0 : 1
  for (let at = place - 1; openCount > 0; at -= 1) {
    const link = links[at] as Link
    const own = isOwn.get(link)
    if (own) {
      found.push(link)
      openCount -= 1
    }
    for (const input of own === undefined ? [] : link.inputs) {
      const known = isOwn.get(input)
      if (known === undefined ? own : known && !own) openCount += own ? 1 : -1
      if (known !== false) isOwn.set(input, own as boolean)
    }
  }
  return found
}
