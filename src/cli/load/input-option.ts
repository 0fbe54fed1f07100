import { InvalidArgumentError, Option } from 'commander'
import type { InputSizesGiven } from '../../formats/input-sizes.js'
import type { Shape } from '../../shape/shape.js'

/** The option `--input`, which says sizes that a model leaves open: `224,224,3`, or `name=224,224,3` for each of several inputs. */
export const inputOption = () =>
  new Option('--input <sizes>', 'input sizes that the model leaves open: 224,224,3, or name=224,224,3 for each input').argParser(withSizes)

const withSizes = (text: string, before?: InputSizesGiven): InputSizesGiven => {
  const at = text.lastIndexOf('=')
  const shape = sizesIn(text.slice(at + 1))
  if (at < 0 && before === undefined) return shape
  if (at < 0 || Array.isArray(before)) throw new InvalidArgumentError('With several inputs each needs a name: --input image=224,224,3.')
  const name = text.slice(0, at)
  const known = before as Readonly<Record<string, Shape>> | undefined
  if (known && Object.hasOwn(known, name)) throw new InvalidArgumentError('It can be given only once for each input.')
  // Names come from files: one may be __proto__.
  return Object.fromEntries([...Object.entries(known ?? {}), [name, shape]])
}

const sizesIn = (text: string): Shape => {
  const sizes = text.split(/[,x]/).map((size) => (/^\d{1,9}$/.test(size.trim()) ? Number(size) : 0))
  if (sizes.length > 8 || sizes.some((size) => size === 0))
    throw new InvalidArgumentError('It must be whole numbers from 1, such as 224,224,3: sizes of one sample, channels last.')
  return sizes
}
