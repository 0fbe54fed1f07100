/** The line, from 1, that exports a name, if the export has a common form; otherwise undefined. */
export const lineOf = (source: string, name: string): number | undefined => {
  const declared = new RegExp(`^export (?:const|let|var|function) ${name.replaceAll('$', '\\$')}(?![\\w$])`)
  const found = source.split('\n').findIndex((line) => declared.test(line) || (name === 'default' && line.startsWith('export default')))
  return found < 0 ? undefined : found + 1
}
