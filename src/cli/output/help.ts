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
    if (prose !== '') lines.push(...wrapped(prose))
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

const wrapped = (text: string): string[] => {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`
    if (lines.length > 0 && longer.length <= width) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines
}
