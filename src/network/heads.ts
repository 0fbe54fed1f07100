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
    const headLinks = linksOfHead(before, head, links, positions)
    for (const link of headLinks) if (!heads.has(link)) heads.set(link, applied.settings['name'] as string)
  }
  return heads
}

/**
 * The links that lead to a head but not to the place where it branches out.
 *
 * It walks back from both at once, the latest link first, until no remaining link leads to the head alone. So it takes as many steps as
 * there are links from there on, however long the network before them is.
 */
const linksOfHead = (before: Link, head: Link, links: readonly Link[], positions: ReadonlyMap<Link, number>): Link[] => {
  const found: Link[] = []
  /** Whether a link leads to the head alone, as far as known. Later links are decided before earlier ones. */
  const isOwn = new Map<Link, boolean>()
  let openCount = 0
  const visit = (link: Link, own: boolean): void => {
    const known = isOwn.get(link)
    if (known === undefined) {
      isOwn.set(link, own)
      if (own) openCount += 1
    } else if (known && !own) {
      isOwn.set(link, false)
      openCount -= 1
    }
  }
  visit(before, false)
  visit(head, true)
  for (let at = Math.max(positions.get(before) as number, positions.get(head) as number); openCount > 0; at -= 1) {
    const link = links[at] as Link
    const own = isOwn.get(link)
    if (own) {
      found.push(link)
      openCount -= 1
    }
    if (own !== undefined) for (const input of link.inputs) visit(input, own)
  }
  return found
}
