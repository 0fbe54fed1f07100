import { completionQuestion, completionsAt } from '../../editor/completions/completions.js'
import { type Fix, fixesFor, fixesOfKind, innermostFirst } from '../../editor/fixes/fixes.js'
import { hintAt, hintPlaces } from '../../editor/hints/hints.js'
import { asMarkdown, hoveredCall, hoverLines, hoverQuestions } from '../../editor/hover/section.js'
import { lensAt, type RunTotals } from '../../editor/lens/lens.js'
import type { Settings } from '../../editor/settings.js'
import type { Edit } from '../../editor/source/edits.js'
import { exportsOf } from '../../editor/source/exports.js'
import type { Backend } from './backend.js'
import { fields, list } from './params.js'
import type { OpenText, Position, Range } from './text.js'

/*
 * What the language server answers: the library's answers as the protocol has them.
 */

/** Kinds of the protocol. */
const typeHint = 1
const valueItem = 12
const nameItem = 18

export const inlayHints = async (backend: Backend, file: OpenText, range: Range, { hints }: Settings): Promise<readonly object[]> => {
  const places = hintPlaces(file.source, { start: file.indexOf(range.start), end: file.indexOf(range.end) }, hints)
  const answers = await backend.ask(file, places)
  return places.flatMap((place) => {
    const hint = hintAt(place, answers.get(place.position), hints)
    if (!hint) return []
    return [{ position: file.placeOf(hint.position), label: hint.label, kind: typeHint, paddingLeft: true, tooltip: hint.tooltip }]
  })
}

export const hover = async (backend: Backend, file: OpenText, position: Position, isStandalone: boolean): Promise<object | null> => {
  const at = file.indexOf(position)
  const call = hoveredCall(file.source, at)
  const [lines, own] = await Promise.all([
    call ? backend.ask(file, hoverQuestions(call)).then((answers) => hoverLines(file.source, call, answers)) : [],
    isStandalone ? backend.hover(file, at) : undefined,
  ])
  const section = asMarkdown(lines)
  // A tsserver with the plugin has it in its own hover.
  const parts = own?.includes(section) ? [own] : [own, section].filter(Boolean)
  if (parts.length === 0 || parts.join('') === '') return null
  const range = call && file.rangeOf({ start: call.nameStart, end: call.nameEnd })
  return { contents: { kind: 'markdown', value: parts.join('\n\n') }, ...(range ? { range } : {}) }
}

export const completion = async (backend: Backend, file: OpenText, position: Position, isStandalone: boolean): Promise<object> => {
  const at = file.indexOf(position)
  const asked = completionQuestion(file.source, at)
  const [answers, offers] = await Promise.all([
    asked ? backend.ask(file, [asked.question]) : new Map(),
    isStandalone ? backend.completions(file, at) : [],
  ])
  const { items, unfit } = asked ? completionsAt(file.source, asked, answers.get(asked.question.position)) : { items: [], unfit: new Set() }
  const plain = (label: string): string => label.replace(/^(['"])(.*)\1$/, '$2')
  const labels = new Set(items.map(({ label }) => plain(label)))
  const isNumber = items.some(({ label }) => /^\d/.test(label))
  const own = items.map(({ label, detail, kind, replaced }, index) => ({
    label,
    kind: kind === 'name' ? nameItem : valueItem,
    detail,
    labelDetails: { description: detail },
    sortText: `0${`${index}`.padStart(2, '0')}`,
    filterText: label,
    preselect: index === 0,
    textEdit: { range: file.rangeOf(replaced), newText: label },
  }))
  const others = offers
    .filter(({ label }) => !labels.has(plain(label)) && !(isNumber && /^\d+$/.test(label)))
    .map(({ label, sortText, item }) => ({ ...item, sortText: unfit.has(label) ? `~${sortText}` : sortText }))
  return { isIncomplete: false, items: [...own, ...others] }
}

export const codeActions = async (backend: Backend, file: OpenText, range: Range, context: unknown): Promise<readonly object[]> => {
  const { only, diagnostics: shown } = fields(context)
  if (Array.isArray(only) && !only.some((kind) => kind === 'quickfix' || kind === '')) return []
  const [start, end] = [file.indexOf(range.start), file.indexOf(range.end)]
  const all = await backend.diagnostics(file)
  const changes = (edits: readonly Edit[]) => ({
    changes: { [file.uri]: edits.map((edit) => ({ range: file.rangeOf(edit), newText: edit.text })) },
  })
  const count = new Map<string, number>()
  const fixes = innermostFirst(all).map((diagnostic) => ({ diagnostic, own: fixesFor(file.source, diagnostic) }))
  for (const { own } of fixes) for (const kind of new Set(own.map((fix) => fix.kind))) count.set(kind, (count.get(kind) ?? 0) + 1)
  const here = fixes.filter(({ diagnostic }) => diagnostic.start <= end && start <= diagnostic.end)
  const actionOf = (title: string, edits: readonly Edit[], isPreferred: boolean, mends: readonly unknown[]) => ({
    title,
    kind: 'quickfix',
    isPreferred,
    ...(mends.length > 0 ? { diagnostics: mends } : {}),
    edit: changes(edits),
  })
  const single = here.flatMap(({ diagnostic, own }) => {
    const mends = list(shown).filter((each) => {
      const { message } = fields(each)
      return typeof message === 'string' && message === diagnostic.text
    })
    const isFirst = diagnostic === here[0]?.diagnostic
    return own.map(({ title, edits, isPreferred }: Fix) => actionOf(title, edits, isPreferred && isFirst, mends))
  })
  const several = new Map(
    here.flatMap(({ own }) => own.filter(({ kind }) => (count.get(kind) ?? 0) > 1).map((fix) => [fix.kind, fix.allTitle])),
  )
  return [...single, ...[...several].map(([kind, title]) => actionOf(title, fixesOfKind(file.source, all, kind), false, []))]
}

export const codeLenses = async (backend: Backend, file: OpenText, totals: ReadonlyMap<string, RunTotals>): Promise<readonly object[]> => {
  const places = exportsOf(file.source)
  const answers = await backend.ask(file, places)
  return places.flatMap((place) => {
    const title = lensAt(answers.get(place.position), totals.get(place.name))
    return title === undefined ? [] : [{ range: file.rangeOf(place.shown), command: { title, command: '' } }]
  })
}

/** The compiler's errors as the protocol has them. */
export const diagnosticsOf = async (backend: Backend, file: OpenText): Promise<readonly object[]> =>
  (await backend.diagnostics(file)).map(({ start, end, code, text }) => ({
    range: file.rangeOf({ start, end }),
    severity: 1,
    code,
    source: 'ts',
    message: text,
  }))
