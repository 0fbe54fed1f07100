/*
 * A group of the sidebar opens by its heading, which is a button. The caret in it is another button of the theme, which keyboards and
 * screen readers do not need.
 */

const passive = (): void => {
  for (const caret of document.querySelectorAll('.VPSidebarItem > .item[role="button"] > .caret[role]')) {
    for (const name of ['role', 'tabindex', 'aria-label']) caret.removeAttribute(name)
    caret.setAttribute('aria-hidden', 'true')
  }
}

/** Makes the carets of the sidebar parts of their headings, on every page. */
export const joinCaretsWithHeadings = (): void => {
  passive()
  new MutationObserver(passive).observe(document, { childList: true, subtree: true })
}
