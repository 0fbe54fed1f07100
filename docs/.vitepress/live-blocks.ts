import type { MarkdownRenderer } from 'vitepress'

/**
 * Makes every TypeScript block of a page a live one: the compiler's own hovers and errors are drawn into it when the site is built.
 *
 * The pages are also read as plain Markdown, so their blocks carry no directives: what the compiler needs is added here, out of
 * sight; `errors-only` leaves the hovers of each word out. That the errors are those that the comments of a page state is what `test/readme.test.ts` checks.
 */
export const liveBlocks = (md: MarkdownRenderer): void => {
  md.core.ruler.push('live-blocks', ({ tokens }) => {
    let imports = ''
    for (const token of tokens) {
      const [language, only] = token.info.trim().split(' ')
      if (token.type !== 'fence' || language !== 'ts' || (only !== undefined && only !== 'errors-only')) continue
      const own = token.content.split('\n').filter((line) => line.startsWith('import '))
      if (own.length > 0) imports = own.join('\n')
      const hidden = own.length > 0 ? '' : `${imports}\n// ---cut---\n`
      token.info = 'ts twoslash'
      token.content = `// @noErrorValidation\n${only ? '// @noStaticSemanticInfo\n' : ''}${hidden}${withoutErrors(token.content).replace(/(\/\/ +\^\?).*/g, '$1')}`
    }
  })
}

/** A block without the comments that state its errors: the errors themselves stand there. */
const withoutErrors = (block: string): string => {
  const lines = block.split('\n')
  let inError = false
  return lines
    .filter((line) => {
      inError = line.trimStart().startsWith('// error TS') || (inError && /^\s*\/\/ {3}\S/.test(line))
      return !inError
    })
    .join('\n')
}
