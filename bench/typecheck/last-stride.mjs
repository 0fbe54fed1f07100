import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** VGG-16 with another last pool that fits or not: what an editor checks while a user types a stride. */
const lastPool = (folder, fixture, name, pool) => {
  const text = readFileSync(fixture, 'utf8')
  const at = text.lastIndexOf('.maxPool2d(2)')
  const network = `${text.slice(0, at)}${pool}${text.slice(at + '.maxPool2d(2)'.length)}`.replace(
    /\nexport const[\s\S]*$/,
    '\nexport { vgg16 }\n',
  )
  const file = join(folder, `${name}.ts`)
  writeFileSync(file, network)
  return file
}

/** The same network twice: a window of 4 fits 14 cells with stride 2, and leaves a remainder with stride 3. */
export const lastStrides = (folder, fixture) => [
  { name: 'vgg16-last-fits', file: lastPool(folder, fixture, 'vgg16-last-fits', '.maxPool2d(4, { stride: 2 })') },
  {
    name: 'vgg16-last-rejected',
    file: lastPool(folder, fixture, 'vgg16-last-rejected', '.maxPool2d(4, { stride: 3 })'),
    errors: 1,
    says: 'maxPool2d: a 4x4 window with stride 3 does not fit a 14x14 input',
  },
]
