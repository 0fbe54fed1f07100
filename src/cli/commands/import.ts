import { basename, extname } from 'node:path'
import { Argument, Command, Option } from 'commander'
import { FormatError } from '../../network/format-error.js'
import type { AnyNetwork } from '../../network/network.js'
import { type ModelOfFile, readModelFile, requireModelFile } from '../load/model-file.js'
import { exitCodes, UsageError } from '../output/exit.js'
import { sentenceOf, shownPath } from '../output/problem.js'
import { inPieces, progress } from '../output/progress.js'
import { printAsIs, printError } from '../output/terminal.js'
import { type FileContent, printWritten, requireFree, requireOther, writeFiles } from '../output/write.js'
import { isAboutName, nameOption } from './options.js'

/** `stridewise import`: a model of others as a source. */

interface Options {
  readonly name: string
  readonly output?: string
  readonly weights?: string
  readonly force?: boolean
}

const run = async (path: string, options: Options): Promise<void> => {
  const { output, weights, force = false } = options
  const file = requireModelFile(path)
  if (weights !== undefined) requireWeightsFile(file, weights)
  for (const target of [output, weights]) {
    requireOther(target, [file])
    if (target !== undefined) requireFree(target, { force })
  }
  let files: readonly (FileContent & { readonly bytes: number })[]
  let source: string
  try {
    const model = await readModelFile(file, weights !== undefined)
    source = await sourceOf(model.network, options.name)
    files = [
      ...(weights === undefined ? [] : [await weightsFile(model, weights)]),
      ...(output === undefined ? [] : [{ path: output, pieces: [source], bytes: Buffer.byteLength(source) }]),
    ]
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    if (isAboutName(error)) throw new UsageError(`--name: ${sentenceOf(error)}`)
    printError(`${shownPath(file)}: ${sentenceOf(error)}`)
    process.exitCode = exitCodes.failed
    return
  }
  await writeFiles(files, { force })
  for (const written of files) printWritten(written.path, written.bytes)
  if (output === undefined) printAsIs(source)
}

const requireWeightsFile = (model: string, weights: string): void => {
  if (extname(model) !== '.onnx') throw new UsageError(`--weights is for ONNX models: ${shownPath(model)} has no weights in it.`)
  if (extname(weights) !== '.safetensors')
    throw new UsageError(`--weights names the file that the weights are written to, which must end in .safetensors, not ${weights}.`)
}

const sourceOf = async (network: AnyNetwork, name: string): Promise<string> =>
  (await import('../../typescript/index.js')).toTypeScript(network, { name })

/** @throws {FormatError} when the model does not have all weights of its network */
const weightsFile = async ({ network, weights = new Map() }: ModelOfFile, path: string) => {
  const { checkWeights } = await import('../../weights/check.js')
  const { safetensorsPieces } = await import('../../safetensors/write.js')
  if (weights.size === 0) throw new FormatError('has no weights in it: leave out --weights.', 'onnx', '')
  checkWeights(network, weights)
  const { length, pieces } = safetensorsPieces(weights)
  return { path, pieces: inPieces(pieces, progress(basename(path), length)), bytes: length }
}

const help = `
Models:
  .onnx   of any tool; weights may lie in files beside it
  .json   of Keras 2, Keras 3 and TensorFlow.js: model.to_json(), model.json

Examples:
  $ stridewise import resnet50.onnx > nets/resnet50.ts
  $ stridewise import resnet50.onnx --weights resnet50.safetensors -o resnet50.ts
  $ stridewise import model.json

What is no layer of this package is refused, and nothing is guessed.
A file that is there is replaced only with --force.
Exit codes: 0 fine, 1 the model is damaged or has something that no layer stands
for, 2 wrong use.
`

export const importCommand = (): Command =>
  new Command('import')
    .summary('a model of ONNX or Keras as a source')
    .description('Writes the network in a model file as TypeScript, with its shapes and parameters in its type.')
    .addArgument(new Argument('<model>', 'an ONNX model, or the JSON of a Keras model'))
    .addOption(nameOption('name of the constant').default('network'))
    .addOption(new Option('-o, --output <file>', 'write to a file'))
    .addOption(new Option('--weights <file>', 'also write the weights, as safetensors (.onnx)'))
    .addOption(new Option('--force', 'replace the files if they are there'))
    .addHelpText('after', help)
    .action(run)
