import type ts from 'typescript'
import { isMessage } from '../completions/completions.js'
import { hintAt, hintPlaces } from '../hints/hints.js'
import { asMarkdown, hoveredCall, hoverLines, hoverQuestions } from '../hover/section.js'
import { settingMistakes, settingsFrom } from '../settings.js'
import { detailsOf, offeredAt, withOffered } from './completions.js'
import { combinedFix, fixActions, fixedCodes } from './fixes.js'
import { type OpenFile, openFile } from './open-file.js'
import { answerRequests } from './requests.js'

/*
 * The language-service plugin for TypeScript 5.4 to 6.0: what the language service answers, with what the package knows.
 */

/** What TypeScript calls with itself to get the plugin. */
export const init = ({ typescript }: { readonly typescript: typeof ts }): ts.server.PluginModule => {
  let settings = settingsFrom(undefined)
  let log = (_: string): void => {}
  const said = new Set<string>()
  const configure = (given: unknown): void => {
    settings = settingsFrom(given)
    // Several projects have the same settings.
    for (const sentence of settingMistakes(given, { name: undefined })) if (!said.has(sentence) && said.add(sentence)) log(sentence)
  }
  return {
    create: (info) => {
      log = (text) => info.project.projectService.logger.info(`stridewise: ${text}`)
      configure(info.config)
      const service = info.languageService

      /** What the package makes of a file and the service's own answer; that answer alone where anything fails. */
      const within = <Result>(fileName: string, own: Result, use: (file: OpenFile) => Result): Result => {
        try {
          const file = openFile(typescript, service, fileName)
          return file ? use(file) : own
        } catch (error) {
          log(error instanceof Error ? `${error.stack}` : `${error}`)
          return own
        }
      }
      answerRequests(typescript, info)

      const own: Partial<ts.LanguageService> = {
        provideInlayHints: (fileName, span, preferences) => {
          const found = service.provideInlayHints(fileName, span, preferences)
          return within(fileName, found, (file) => {
            const places = hintPlaces(file.source, { start: span.start, end: span.start + span.length }, settings.hints)
            const answers = file.ask(places)
            const hints = places.flatMap((place) => hintAt(place, answers.get(place.position), settings.hints) ?? [])
            const kind = typescript.InlayHintKind.Type
            return [...found, ...hints.map(({ position, label }) => ({ position, text: label, kind, whitespaceBefore: true }))]
          })
        },

        getCodeFixesAtPosition: (fileName, start, end, codes, ...others) => {
          const found = service.getCodeFixesAtPosition(fileName, start, end, codes, ...others)
          return within(fileName, found, (file) => {
            const fixes = fixActions(fileName, file, { start, end }, codes)
            const texts = new Set(fixes.map(({ changes }) => JSON.stringify(changes)))
            return [...fixes, ...found.filter(({ changes }) => !texts.has(JSON.stringify(changes)))]
          })
        },

        getCombinedCodeFix: (scope, id, ...others) => {
          const combined = within(scope.fileName, undefined, (file) => combinedFix(scope.fileName, file, id))
          return combined ?? service.getCombinedCodeFix(scope, id, ...others)
        },

        getSupportedCodeFixes: (fileName) => [...new Set([...service.getSupportedCodeFixes(fileName), ...fixedCodes])],

        getCompletionsAtPosition: (fileName, position, ...others) => {
          const found = service.getCompletionsAtPosition(fileName, position, ...others)
          return within(fileName, found, (file) => {
            const named = found && { ...found, entries: found.entries.filter(({ name }) => !isMessage(name)) }
            const offered = offeredAt(file, position)
            return offered ? withOffered(typescript, named, offered) : named
          })
        },

        getCompletionEntryDetails: (fileName, position, name, ...others) => {
          const item = within(fileName, undefined, (file) => offeredAt(file, position)?.items.find(({ label }) => label === name))
          return item ? detailsOf(typescript, item) : service.getCompletionEntryDetails(fileName, position, name, ...others)
        },

        getQuickInfoAtPosition: (fileName, position, ...others) => {
          const found = service.getQuickInfoAtPosition(fileName, position, ...others)
          return within(fileName, found, (file) => {
            const call = found && hoveredCall(file.source, position)
            const lines = call ? hoverLines(file.source, call, file.ask(hoverQuestions(file.source, call))) : []
            if (!found || lines.length === 0) return found
            const documentation = found.documentation ?? []
            const gap = documentation.length > 0 ? '\n\n' : ''
            return { ...found, documentation: [{ text: `${asMarkdown(lines)}${gap}`, kind: 'text' }, ...documentation] }
          })
        },
      }
      return Object.assign(Object.create(service), methodsOf(service), own) as ts.LanguageService
    },
    onConfigurationChanged: configure,
  }
}

/** The methods of the language service, each called on it. */
const methodsOf = (service: ts.LanguageService): Partial<ts.LanguageService> =>
  Object.fromEntries(Object.entries(service).map(([name, method]) => [name, typeof method === 'function' ? method.bind(service) : method]))
