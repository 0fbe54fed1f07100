/** Names with another meaning in a network's type. */
const reserved: ReadonlySet<string> = new Set(['kept', 'shared'])

/** Valid network names for the inputs of a file. A single input is always called `input`. */
export const inputNames = (names: readonly string[]): string[] => {
  if (names.length === 1) return ['input']
  const taken = new Set(names)
  return names.map((name, index) => {
    if (name.trim() !== '' && !reserved.has(name)) return name
    let replacement = `input_${index + 1}`
    while (taken.has(replacement)) replacement = `${replacement}_`
    taken.add(replacement)
    return replacement
  })
}
