import { expect, test } from 'vitest'
import { openEverywhere, versions } from './session.js'

/*
 * The parameter of a branch's function has its network's type where an editor asks for it first. An editor reads it from the parameter of
 * the method that the call has, so that must not be less than the function.
 */

const calls = [
  'apply((x) => x.relu())',
  'residual((x) => x.relu())',
  'residual((x) => x.conv2d(8, 1), (x) => x.conv2d(8, 1))',
  'residual(conv2d(8, 1), (x) => x.conv2d(8, 1))',
  "branchOut('aux', (x) => x.relu())",
  'multiply((x) => x.sigmoid())',
  'multiply((x) => x.relu(), (x) => x.sigmoid())',
  'subtract((x) => x.relu(), identity())',
  'matmul((x) => x.relu(), (x) => x.permute(0, 2, 1))',
  ...['add', 'concat', 'average', 'maximum', 'minimum'].flatMap((join) => [
    `${join}((x) => x.relu(), (x) => x.sigmoid())`,
    `${join}((x) => x.relu(), identity())`,
  ]),
]
const files = Object.fromEntries(
  calls.map((call, index) => [
    `call${index}.ts`,
    `import { conv2d, identity, input } from 'stridewise'\nexport const net = input(9, 9, 3).${call}\n`,
  ]),
)
const editors = openEverywhere(files)

test.each(versions)('%s', async (version) => {
  for (const [file, text] of Object.entries(files)) {
    for (const { index } of text.matchAll(/(?<=\()x(?=\))/g)) {
      const hover = await editors.get(version)?.hover(file, index)
      expect([text, hover?.code]).toEqual([text, '(parameter) x: Network<[9, 9, 3], [9, 9, 3], 0>'])
    }
  }
})
