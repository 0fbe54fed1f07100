import { unknownValue } from '../source/values.js'
import { partsOf } from './shape-text.js'

/*
 * A literal type as the value that it stands for: `{ stride: 4; }`, `[3, 3]`, `"same"`.
 */

/** The value of a literal type; {@link unknownValue} for any other. */
export const valueOfType = (type: string | undefined, depth = 0): unknown => {
  if (type === undefined || depth > 8) return unknownValue
  const text = type.trim().replace(/^readonly /, '')
  // The defaults of options, `NoConvolutionOptions<2>`, stand for none given.
  if (/^(?:import\("[^"]*"\)\.)?(?:[\w$]+\.)*No\w*Options(?:<\w+>)?$/.test(text)) return {}
  if (/^-?\d+(?:\.\d+)?(?:e[+-]\d+)?$/.test(text)) return Number(text)
  if (text === 'true' || text === 'false') return text === 'true'
  if (text === 'undefined') return undefined
  // A type that is printed as it was written has the quotation marks of its file.
  if (/^(["'])[^"'\\]*\1$/.test(text)) return text.slice(1, -1)
  if (text.startsWith('[') && text.endsWith(']')) {
    const values = partsOf(text.slice(1, -1), ',')
      .filter((part) => part !== '')
      .map((part) => valueOfType(part, depth + 1))
    return values.includes(unknownValue) ? unknownValue : values
  }
  if (!text.startsWith('{') || !text.endsWith('}')) return unknownValue
  const members = partsOf(text.slice(1, -1), ';')
    .filter((part) => part !== '')
    .map((part) => {
      const [, name = '', value] = /^(?:readonly )?(\w+): ([\s\S]*)$/.exec(part) ?? []
      // A name says nothing about shapes.
      return [name, name === 'name' && value === 'string' ? 'name' : valueOfType(value, depth + 1)] as const
    })
  return members.some(([, value]) => value === unknownValue) ? unknownValue : Object.fromEntries(members)
}
