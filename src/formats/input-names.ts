/** Names that mean something else in the type of a network. */
const unusable: ReadonlySet<string> = new Set(['kept', 'shared'])

/** Names of the inputs of a file as a network can have them: the single input is always called so. */
export const inputNames = (names: readonly string[]): string[] => {
  if (names.length === 1) return ['input']
  const taken = new Set(names)
  return names.map((name, index) => {
    if (name.trim() !== '' && !unusable.has(name)) return name
    let other = `input_${index + 1}`
    while (taken.has(other)) other = `${other}_`
    taken.add(other)
    return other
  })
}
