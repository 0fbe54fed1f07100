import 'monaco-editor/features/codeAction/register'
import 'monaco-editor/features/inlayHints/register'
import { editor, languages, Range } from 'monaco-editor/editor'
import { completionQuestion, completionsAt, plainLabel } from '../../../src/editor/completions/completions.js'
import { actionsAt } from '../../../src/editor/fixes/actions.js'
import { reachOf } from '../../../src/editor/fixes/reach.js'
import { hintAt, hintPlaces } from '../../../src/editor/hints/hints.js'
import { asMarkdown, hoveredCall, hoverLines, hoverQuestions } from '../../../src/editor/hover/section.js'
import { type Source, sourceOf } from '../../../src/editor/source/source.js'
import type { Answer, Answers, Question } from '../../../src/editor/types/answer.js'
import { answerOfHover } from '../../../src/editor/types/hover-text.js'
import { answersOfHovers } from '../../../src/editor/types/hovers.js'

/* Shapes between the lines, quick fixes, values that fit and formulas in the playground's editor: those of every other editor. */

type Model = editor.ITextModel

/** The code of TypeScript's hover at an index of the text; undefined where there is none. */
export type HoverAt = (index: number) => Promise<string | undefined>

/** What is known of a version of the text. */
interface Known {
  readonly version: number
  readonly source: Source
  readonly answers: Map<number, Promise<Answer>>
}

/** With more mistakes than these, only those at the cursor have fixes. */
const mostMistakes = 1000

/** Adds the features to the editors of TypeScript in this page. */
export const showShapes = (hoverAt: HoverAt): void => {
  let known: Known | undefined

  const knownOf = (model: Model): Known => {
    const version = model.getVersionId()
    if (known?.version !== version) known = { version, source: sourceOf(model.getValue()), answers: new Map() }
    return known
  }

  const ask = ({ source, answers }: Known, questions: readonly Question[]): Promise<Answers> =>
    answersOfHovers(source, questions, (position, kind) => {
      const answer = answers.get(position) ?? hoverAt(position).then((code) => answerOfHover(code, kind))
      answers.set(position, answer)
      return answer
    })

  languages.registerInlayHintsProvider('typescript', {
    provideInlayHints: async (model, range) => {
      const own = knownOf(model)
      const span = { start: model.getOffsetAt(range.getStartPosition()), end: model.getOffsetAt(range.getEndPosition()) }
      const places = hintPlaces(own.source, span)
      const answers = await ask(own, places)
      const hints = places.flatMap((place) => {
        const hint = hintAt(place, answers.get(place.position))
        return hint ? [{ position: model.getPositionAt(hint.position), label: hint.label, tooltip: hint.tooltip, paddingLeft: true }] : []
      })
      return { hints, dispose: () => {} }
    },
  })

  languages.registerHoverProvider('typescript', {
    provideHover: async (model, position) => {
      const own = knownOf(model)
      const call = hoveredCall(own.source, model.getOffsetAt(position))
      const lines = call ? hoverLines(own.source, call, await ask(own, hoverQuestions(own.source, call))) : []
      return lines.length === 0 ? null : { contents: [{ value: asMarkdown(lines) }] }
    },
  })

  languages.registerCompletionItemProvider('typescript', {
    triggerCharacters: [':', '(', '[', ',', ' ', "'", '"'],
    provideCompletionItems: async (model, position) => {
      const own = knownOf(model)
      const asked = completionQuestion(own.source, model.getOffsetAt(position))
      if (!asked || asked.place.kind === 'method') return { suggestions: [] }
      const { items } = completionsAt(asked, (await ask(own, [asked.question])).get(asked.question.position))
      const kinds = languages.CompletionItemKind
      const suggestions = items.map(({ label, detail, kind, replaced }, index) => ({
        label: { label, description: detail },
        kind: kind === 'name' ? kinds.Reference : kinds.Value,
        detail,
        sortText: `\0${`${index}`.padStart(2, '0')}`,
        filterText: kind === 'name' ? plainLabel(label) : label,
        preselect: index === 0,
        insertText: label,
        range: rangeIn(model, replaced),
      }))
      return { suggestions }
    },
  })

  languages.registerCodeActionProvider('typescript', {
    provideCodeActions: (model, range) => {
      const { source, version } = knownOf(model)
      const found = mistakesIn(model)
      // A text can have as many mistakes as letters; fixes for all of a kind are of texts that people write.
      const all =
        found.length > mostMistakes
          ? found
              .filter((mistake) => Range.areIntersectingOrTouching(rangeIn(model, reachOf(source, mistake)), range))
              .slice(0, mostMistakes)
          : found
      const isHere = (mistake: { readonly start: number; readonly end: number }): boolean =>
        Range.areIntersectingOrTouching(rangeIn(model, reachOf(source, mistake)), range)
      const actions = actionsAt(source, all, isHere).map(({ title, edits, isPreferred, mistake }) => ({
        title,
        kind: 'quickfix',
        isPreferred,
        diagnostics: mistake ? [mistake.marker] : [],
        edit: {
          edits: edits.map((edit) => ({
            resource: model.uri,
            textEdit: { range: rangeIn(model, edit), text: edit.text },
            versionId: version,
          })),
        },
      }))
      return { actions, dispose: () => {} }
    },
  })
}

const rangeIn = (model: Model, { start, end }: { readonly start: number; readonly end: number }): Range =>
  Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end))

/** The compiler's errors in the text. */
const mistakesIn = (model: Model) =>
  editor.getModelMarkers({ resource: model.uri }).map((marker) => ({
    start: model.getOffsetAt({ lineNumber: marker.startLineNumber, column: marker.startColumn }),
    end: model.getOffsetAt({ lineNumber: marker.endLineNumber, column: marker.endColumn }),
    text: marker.message,
    marker,
  }))
