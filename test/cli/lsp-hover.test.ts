import { expect, test } from 'vitest'
import type { Backend } from '../../src/cli/lsp/backend.js'
import { hover } from '../../src/cli/lsp/features.js'
import { OpenText } from '../../src/cli/lsp/text.js'

/** The package's section in a hover: behind the code, before the documentation, whichever compiler gives these. */

const text = "import { input } from 'stridewise'\ninput(7, 7, 3).relu()\n"
const file = new OpenText('file:///net.ts', '/net.ts', 'typescript', 1, text)
const type = 'Network<[7, 7, 3], [7, 7, 3], 0>'
const section = 'shape: `7×7×3 → 7×7×3`  \nreceptive field so far: `1×1, step 1`'
const code = '```tsx\n(property) relu: () => void\n```'

/** The hover of `relu`, where TypeScript itself says something of it. */
const hoverWith = async (own: string | undefined, isStandalone = true): Promise<string | undefined> => {
  const backend = {
    ask: async (_: OpenText, questions: readonly { position: number }[]) =>
      new Map(questions.map(({ position }) => [position, { type, receiver: type }])),
    hover: async () => own,
  } as unknown as Backend
  const { signal } = new AbortController()
  const found = (await hover({ backend, file, signal }, { line: 1, character: 17 }, isStandalone)) as { contents: { value: string } } | null
  return found?.contents.value
}

test.each([
  ['code and documentation', `${code}\nWhat it does.\n\nIn two parts.`, `${code}\n\n${section}\n\nWhat it does.\n\nIn two parts.`],
  ['code and documentation behind an empty line', `${code}\n\nWhat it does.`, `${code}\n\n${section}\n\nWhat it does.`],
  ['code alone', code, `${code}\n\n${section}`],
  [
    'documentation with code of its own',
    `${code}\nSee\n\`\`\`ts\nrelu()\n\`\`\``,
    `${code}\n\n${section}\n\nSee\n\`\`\`ts\nrelu()\n\`\`\``,
  ],
  ['documentation alone', 'What it does.', `${section}\n\nWhat it does.`],
  ['nothing', undefined, section],
  ['the section already', `${code}\n${section}\n\nWhat it does.`, `${code}\n${section}\n\nWhat it does.`],
])('%s', async (_, own, expected) => expect(await hoverWith(own)).toBe(expected))

test('beside another server only the section', async () => expect(await hoverWith(code, false)).toBe(section))
