// Writes the types of arguments and options as a reader would: `number | [number, number]` in place of an alias.

/** Aliases that are written in another way than what they stand for, with the number of axes of the method. */
const perAxis = (value, rank) => (rank > 1 ? `${value} | [${Array.from({ length: rank }, () => value).join(', ')}]` : value)
const spelled = {
  Positive: () => 'number',
  Natural: () => 'number',
  PerAxis: (rank) => perAxis('number', rank),
  Padding: (rank) => `number | 'same' | 'valid' | [${Array.from({ length: rank }, () => 'number | [number, number]').join(', ')}]`,
  AxisPadding: () => 'number | [number, number]',
  EachSpatial: () => 'number | number[]',
  EachChannel: () => 'number | number[]',
  AtEnds: () => 'number | (number | [number, number])[]',
  Shape: () => 'number[]',
  AnyNetwork: () => 'Network',
  NetworkLike: () => 'Network',
  Weights: () => 'Weights',
  EachAxis: (rank) => `[${Array.from({ length: rank }, () => 'number').join(', ')}]`,
}

/**
 * The text of a type.
 *
 * @param rank the number of spatial axes of the method
 * @param aliases what the package's type aliases stand for, by name
 */
export const typeText = (type, rank, aliases) => {
  const text = (inner) => typeText(inner, rank, aliases)
  if (!type) return ''
  if (type.type === 'intrinsic') return type.name
  if (type.type === 'literal') return typeof type.value === 'string' ? `'${type.value}'` : `${type.value}`
  if (type.type === 'union') {
    const all = [...new Set(type.types.map(text).filter((part) => part !== 'undefined' && part !== ''))]
    const both = all.includes('true') && all.includes('false')
    return [...all.filter((part) => !both || !['true', 'false'].includes(part)), ...(both ? ['boolean'] : [])].join(' | ')
  }
  if (type.type === 'array') return /[ |]/.test(text(type.elementType)) ? `(${text(type.elementType)})[]` : `${text(type.elementType)}[]`
  if (type.type === 'tuple') return `[${type.elements.map(text).join(', ')}]`
  if (type.type === 'indexedAccess') return text(type.objectType)
  if (type.type === 'reflection') return type.declaration?.signatures ? 'function' : 'object'
  if (type.type === 'typeOperator') return text(type.target)
  if (type.type === 'intersection') return text(type.types[0])
  if (type.type === 'reference') {
    // A name of a kept value, or a type that exists only to hold a message.
    if (type.refersToTypeParameter || type.name === 'NoName') return ''
    if (type.name in spelled) return spelled[type.name](rank)
    const alias = aliases.get(type.name)
    return alias ? text(alias) : type.name
  }
  return ''
}
