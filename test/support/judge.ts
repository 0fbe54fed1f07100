import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { isLong } from './effort.js'

/** Debian's Python with torch, torchvision and onnx: an outside judge, where the machine has it. */

const python = '/usr/bin/python3'
const script = fileURLToPath(new URL('./judge.py', import.meta.url))

const has = (modules: string): boolean => spawnSync(python, ['-c', `import ${modules}`], { encoding: 'utf8' }).status === 0

/** Why there is no judge; `undefined` where there is one. */
export const absent: string | undefined = !isLong
  ? 'Files are judged by torch, torchvision and onnx in npm run test:long.'
  : has('onnx, torch, torchvision')
    ? undefined
    : `${python} has no torch, torchvision and onnx (apt-get install python3-torch python3-torchvision python3-onnx): what they would judge is left out.`

if (isLong && absent !== undefined) console.log(absent)

/** The judge's answer to a request. */
export const ask = <Answer>(task: string, ...args: readonly unknown[]): Answer => {
  const { status, stdout, stderr } = spawnSync(python, [script], {
    input: JSON.stringify({ task, arguments: args }),
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout.trim().split('\n').at(-1) as string) as Answer
}
