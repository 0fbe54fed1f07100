import type { Rule } from 'eslint'
import type ts from 'typescript'
import { importsPackage, mistakesIn } from './mistakes.js'

/*
 * The rule `shapes`: what the types say of a file, as problems of ESLint, with the fixes as suggestions.
 */

/** What typescript-eslint's parser offers to rules. */
interface TypedServices {
  readonly program?: ts.Program | null
  readonly esTreeNodeToTSNodeMap?: { readonly get: (node: unknown) => ts.Node }
}

const withoutTypes =
  'stridewise/shapes needs the types of your code. Use the parser of typescript-eslint with parserOptions: { projectService: true }.'

export const shapes: Rule.RuleModule = {
  meta: {
    type: 'problem',
    docs: { description: 'Shapes of stridewise networks that do not fit, with what makes them fit as suggestions' },
    hasSuggestions: true,
    schema: [],
    messages: { mistake: '{{text}}', fix: '{{title}}' },
  },
  create: (context) => {
    const { sourceCode } = context
    if (!importsPackage(sourceCode.text)) return {}
    const { program, esTreeNodeToTSNodeMap } = sourceCode.parserServices as TypedServices
    if (!program || !esTreeNodeToTSNodeMap) throw new Error(withoutTypes)
    return {
      'Program:exit': (node) => {
        const file = esTreeNodeToTSNodeMap.get(node) as ts.SourceFile
        for (const { start, end, text, fixes } of mistakesIn(program, file)) {
          context.report({
            messageId: 'mistake',
            data: { text },
            loc: { start: sourceCode.getLocFromIndex(start), end: sourceCode.getLocFromIndex(end) },
            suggest: fixes.map(({ title, edits }) => ({
              messageId: 'fix',
              data: { title },
              fix: (fixer) => edits.map((edit) => fixer.replaceTextRange([edit.start, edit.end], edit.text)),
            })),
          })
        }
      },
    }
  },
}
