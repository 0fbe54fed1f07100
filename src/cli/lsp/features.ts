import { completionQuestion, completionsAt, isMessage, plainLabel } from '../../editor/completions/completions.js'
import { actionsAt } from '../../editor/fixes/actions.js'
import { reachOf } from '../../editor/fixes/reach.js'
import { hintAt, hintPlaces } from '../../editor/hints/hints.js'
import { asMarkdown, hoveredCall, hoverLines, hoverQuestions } from '../../editor/hover/section.js'
import { lensAt, type RunTotals } from '../../editor/lens/lens.js'
import type { Settings } from '../../editor/settings.js'
import { exportsOf } from '../../editor/source/exports.js'
import type { Span } from '../../editor/source/source.js'
import type { Backend } from './backend.js'
import { fields, list } from './params.js'
import type { OpenText, Position, Range } from './text.js'
import type { Work } from './turns.js'

/*
 * What the language server answers: the library's answers as the protocol has them.
 */

/** What a request is about. */
export interface Asked {
  readonly backend: Backend
  readonly file: OpenText
  /** Ends the request. */
  readonly signal: AbortSignal
}

/** What a user waits for. */
const urgent = (signal: AbortSignal): Work => ({ isUrgent: true, signal })
/** What is shown whenever it comes. */
const patient = (signal: AbortSignal): Work => ({ isUrgent: false, signal })

/** Kinds of the protocol. */
const typeHint = 1
const valueItem = 12
const nameItem = 18

export const inlayHints = async ({ backend, file, signal }: Asked, range: Range, { hints }: Settings): Promise<readonly object[]> => {
  const places = hintPlaces(file.source, { start: file.indexOf(range.start), end: file.indexOf(range.end) }, hints)
  const answers = await backend.ask(file, places, patient(signal))
  return places.flatMap((place) => {
    const hint = hintAt(place, answers.get(place.position), hints)
    if (!hint) return []
    return [{ position: file.placeOf(hint.position), label: hint.label, kind: typeHint, paddingLeft: true, tooltip: hint.tooltip }]
  })
}

export const hover = async ({ backend, file, signal }: Asked, position: Position, isStandalone: boolean): Promise<object | null> => {
  const work = urgent(signal)
  const at = file.indexOf(position)
  const call = hoveredCall(file.source, at)
  const [lines, own] = await Promise.all([
    call ? backend.ask(file, hoverQuestions(file.source, call), work).then((answers) => hoverLines(file.source, call, answers)) : [],
    isStandalone ? backend.hover(file, at, work) : undefined,
  ])
  const section = asMarkdown(lines)
  // A tsserver with the plugin has it in its own hover.
  const value = own?.includes(section) ? own : behindCode(own ?? '', section)
  if (value === '') return null
  const range = call && file.rangeOf({ start: call.nameStart, end: call.nameEnd })
  return { contents: { kind: 'markdown', value }, ...(range ? { range } : {}) }
}

/** TypeScript's hover with a section between its code and its documentation, where the plugin puts it. */
const behindCode = (hover: string, section: string): string => {
  const code = /^```[^\n]*\n[\s\S]*?\n```(?=\n|$)/.exec(hover)?.[0] ?? ''
  return [code, section, hover.slice(code.length).replace(/^\n+/, '')].filter((part) => part !== '').join('\n\n')
}

export const completion = async ({ backend, file, signal }: Asked, position: Position, isStandalone: boolean): Promise<object> => {
  const work = urgent(signal)
  const at = file.indexOf(position)
  const asked = completionQuestion(file.source, at)
  const [answers, offers] = await Promise.all([
    asked ? backend.ask(file, [asked.question], work) : new Map(),
    isStandalone ? backend.completions(file, at, work) : [],
  ])
  const found = asked && completionsAt(asked, answers.get(asked.question.position))
  const own = (found?.items ?? []).map(({ label, detail, kind, replaced }, index) => ({
    label,
    kind: kind === 'name' ? nameItem : valueItem,
    detail,
    labelDetails: { description: detail },
    sortText: `0${`${index}`.padStart(2, '0')}`,
    filterText: kind === 'name' ? plainLabel(label) : label,
    preselect: index === 0,
    textEdit: { range: file.rangeOf(replaced), newText: label },
  }))
  const others = offers
    .filter(({ label }) => !(found?.isLeftOut ?? isMessage)(label))
    .map(({ label, sortText, item }) => ({ ...item, sortText: found?.unfit.has(label) ? `~${sortText}` : sortText }))
  return { isIncomplete: false, items: [...own, ...others] }
}

export const codeActions = async ({ backend, file, signal }: Asked, range: Range, context: unknown): Promise<readonly object[]> => {
  const { only, diagnostics: shown } = fields(context)
  if (Array.isArray(only) && !only.some((kind) => kind === 'quickfix' || kind === '')) return []
  const [start, end] = [file.indexOf(range.start), file.indexOf(range.end)]
  const all = await backend.diagnostics(file, patient(signal))
  const isShown = (each: unknown, text: string | undefined): boolean => {
    const { message } = fields(each)
    return typeof message === 'string' && message === text
  }
  const isHere = (mistake: Span): boolean => {
    const reach = reachOf(file.source, mistake)
    return reach.start <= end && start <= reach.end
  }
  return actionsAt(file.source, all, isHere).map(({ title, edits, isPreferred, mistake }) => {
    const mends = list(shown).filter((each) => isShown(each, mistake?.text))
    const changes = { [file.uri]: edits.map((edit) => ({ range: file.rangeOf(edit), newText: edit.text })) }
    return { title, kind: 'quickfix', isPreferred, ...(mends.length > 0 ? { diagnostics: mends } : {}), edit: { changes } }
  })
}

export const codeLenses = async ({ backend, file, signal }: Asked, totals: ReadonlyMap<string, RunTotals>): Promise<readonly object[]> => {
  const places = exportsOf(file.source)
  const answers = await backend.ask(file, places, patient(signal))
  return places.flatMap((place) => {
    const title = lensAt(answers.get(place.position), totals.get(place.name))
    return title === undefined ? [] : [{ range: file.rangeOf(place.shown), command: { title, command: '' } }]
  })
}

/** The compiler's errors as the protocol has them. */
export const diagnosticsOf = async ({ backend, file, signal }: Asked): Promise<readonly object[]> =>
  (await backend.diagnostics(file, patient(signal))).map(({ start, end, code, text }) => ({
    range: file.rangeOf({ start, end }),
    severity: 1,
    code,
    source: 'ts',
    message: text,
  }))
