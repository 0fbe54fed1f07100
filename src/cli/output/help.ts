import { wrapped } from './wrapped.js'

/** Columns of a help text. */
const width = 80

/**
 * The part of a help text below the options, with its prose wrapped at 80 columns. Lists and examples, whose lines begin with a blank, stay
 * as they are.
 */
export const helpText = (text: string): string => {
  const lines: string[] = []
  let prose = ''
  const end = (): void => {
    if (prose !== '') lines.push(wrapped(prose, width))
    prose = ''
  }
  for (const line of text.split('\n')) {
    if (line !== '' && !line.startsWith(' ')) {
      prose += `${prose === '' ? '' : ' '}${line}`
      continue
    }
    end()
    lines.push(line)
  }
  end()
  return lines.join('\n')
}
