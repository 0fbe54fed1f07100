import type { Edit } from './edits.js'
import type { Source } from './source.js'

/*
 * Comments in what a change takes out: they stay.
 */

/** A change as one or several that leave the comments alone. */
export const keepingComments = (source: Source, edit: Edit): readonly Edit[] => {
  const { text, tokens } = source
  const { start, end } = edit
  if (!/\/[/*]/.test(text.slice(start, end))) return [edit]
  const kept: { start: number; end: number }[] = []
  let at = start
  for (const token of [...tokens.filter((each) => each.end > start && each.start < end), { start: end, end }]) {
    // With what is around it: the line of a comment ends before what follows.
    const comment = /\/[/*]/.test(text.slice(at, token.start)) ? text.slice(at, token.start).trim() : ''
    if (comment !== '' && !edit.text.includes(comment)) kept.push({ start: at, end: token.start })
    at = Math.max(at, token.end)
  }
  const edits: Edit[] = []
  let from = start
  for (const gap of [...kept, { start: end, end }]) {
    if (from === start || gap.start > from) edits.push({ start: from, end: gap.start, text: from === start ? edit.text : '' })
    from = gap.end
  }
  return edits
}
