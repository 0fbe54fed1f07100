/** The line, from 1, on which a name is exported, where that is written in the usual way; undefined where it is not. */
export const lineOf = (source: string, name: string): number | undefined => {
  const declared = new RegExp(`^export (?:const|let|var|function) ${name.replaceAll('$', '\\$')}(?![\\w$])`)
  const found = source.split('\n').findIndex((line) => declared.test(line) || (name === 'default' && line.startsWith('export default')))
  return found < 0 ? undefined : found + 1
}
