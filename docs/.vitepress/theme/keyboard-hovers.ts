/*
 * Types by keyboard: a block of code is one stop of the Tab key, and the arrow keys go through its names. Each shows its type, as it does
 * under the pointer.
 */

/** The names of a block whose type can be shown. */
const namesOf = (block: Element): HTMLElement[] => [...block.querySelectorAll<HTMLElement>('.twoslash-hover')]

const steps: Readonly<Record<string, (index: number, count: number) => number>> = {
  ArrowRight: (index, count) => Math.min(index + 1, count - 1),
  ArrowLeft: (index) => Math.max(index - 1, 0),
  Home: () => 0,
  End: (_, count) => count - 1,
}

/** What opens and closes a type: the events of a pointer, which the popup listens to. */
const point = (name: HTMLElement, type: 'mouseenter' | 'mouseleave'): void => {
  for (const target of [name, ...name.querySelectorAll('span')]) target.dispatchEvent(new MouseEvent(type))
}

const onKey = (event: KeyboardEvent): void => {
  const step = steps[event.key]
  if (!step || event.altKey || event.ctrlKey || event.metaKey || !(event.target instanceof Element)) return
  const block = event.target.closest('pre.twoslash')
  if (!block) return
  const names = namesOf(block)
  if (names.length === 0) return
  const current = names.indexOf(event.target as HTMLElement)
  const next = names[step(current, names.length)]
  if (!next) return
  event.preventDefault()
  next.tabIndex = -1
  next.focus()
}

/** Starts it for the whole site. */
export const reachHoversByKeys = (): void => {
  document.addEventListener('keydown', onKey)
  const during = (type: 'mouseenter' | 'mouseleave') => (event: FocusEvent) => {
    const { target } = event
    if (target instanceof HTMLElement && target.classList.contains('twoslash-hover')) point(target, type)
  }
  document.addEventListener('focusin', during('mouseenter'))
  document.addEventListener('focusout', during('mouseleave'))
}
