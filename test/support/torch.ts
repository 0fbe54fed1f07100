import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isLong } from './effort.js'

/** PyTorch as an outside judge, where the machine has it: Debian's python3-torch. */

const python = '/usr/bin/python3'

/** Looks for PyTorch without loading it, which takes seconds. */
const search = "import importlib.util, sys; sys.exit(importlib.util.find_spec('torch') is None)"

/** Whether the machine has PyTorch. */
export const canRunTorch = (): boolean => spawnSync(python, ['-c', search]).status === 0

/** Whether PyTorch judges all that is written for it: in a long run, where the machine has it. */
export const hasTorch = isLong && canRunTorch()

/** What is said in place of the tests where it does not. */
export const withoutTorch = isLong
  ? 'PyTorch is not on this machine (apt-get install python3-torch): what is written for it was not run'
  : 'npm run test:long runs it in PyTorch'

/** A module to run. */
export interface TorchCase {
  readonly id: string
  readonly source: string
  readonly name: string
  /** Sizes of what goes in, with the batch. */
  readonly input: readonly number[]
  /** Whether whole numbers go in. */
  readonly integer?: boolean
  /** Whether to run it without memory: shapes only. */
  readonly meta?: boolean
  /** Modules whose outputs are asked for. */
  readonly paths?: readonly string[]
  readonly data?: readonly number[]
  /** What goes in where there are several inputs, in the order of the parameters. The values of all outputs are asked for then. */
  readonly inputs?: readonly { readonly sizes: readonly number[]; readonly data: readonly number[] }[]
  readonly weights?: Readonly<Record<string, { readonly shape: readonly number[]; readonly data: readonly number[] }>>
  /** Whether to say how far rounding in 32 bits moves the outputs. */
  readonly rounding?: boolean
}

/** What PyTorch makes of it. */
export interface TorchAnswer {
  readonly error?: string
  readonly output: number[] | Record<string, number[]>
  readonly params: number
  readonly buffers: number
  readonly keys: string[]
  readonly shapes: Record<string, number[]>
  readonly paths: Record<string, number[]>
  /** Numbers; infinite ones as text. */
  readonly values?: (number | string)[]
  /** The numbers of each output by its name. */
  readonly named?: Readonly<Record<string, readonly number[]>>
  /** How far rounding in 32 bits moves each output beside its values, by a run in 64 bits: the main one first, then the heads by name. */
  readonly rounding?: readonly number[]
}

/** Runs all cases in one process. */
export const askTorch = (cases: readonly TorchCase[]): TorchAnswer[] => {
  const folder = mkdtempSync(join(tmpdir(), 'stridewise-torch-'))
  try {
    const [asked, answered] = [join(folder, 'cases.json'), join(folder, 'answers.json')]
    writeFileSync(asked, JSON.stringify(cases))
    execFileSync(python, [fileURLToPath(new URL('./torch_judge.py', import.meta.url)), asked, answered], { encoding: 'utf8' })
    return JSON.parse(readFileSync(answered, 'utf8'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
