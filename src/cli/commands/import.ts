import { basename, extname } from 'node:path'
import { Argument, Command, Option } from 'commander'
import type { InputSizesGiven } from '../../formats/input-sizes.js'
import { FormatError } from '../../network/format-error.js'
import type { AnyNetwork } from '../../network/network.js'
import { inputOption } from '../load/input-option.js'
import { type ModelOfFile, readModelFile, requireModelFile } from '../load/model-file.js'
import { exitCodes, UsageError } from '../output/exit.js'
import { helpText } from '../output/help.js'
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
  readonly input?: InputSizesGiven
}

const run = async (path: string, options: Options): Promise<void> => {
  const { output, weights, force = false, input } = options
  const file = requireModelFile(path)
  if (weights !== undefined) requireWeightsFile(weights)
  for (const target of [output, weights]) {
    requireOther(target, [file])
    if (target !== undefined) requireFree(target, { force })
  }
  let files: readonly (FileContent & { readonly bytes: number })[]
  let source: string
  try {
    const model = await readModelFile(file, weights !== undefined, input)
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

const requireWeightsFile = (weights: string): void => {
  if (extname(weights) !== '.safetensors')
    throw new UsageError(`--weights names the file that the weights are written to, which must end in .safetensors, not ${weights}.`)
}

const sourceOf = async (network: AnyNetwork, name: string): Promise<string> =>
  (await import('../../formats/typescript/index.js')).toTypeScript(network, { name })

/** @throws {FormatError} when the model does not have all weights of its network */
const weightsFile = async ({ network, weights = new Map() }: ModelOfFile, path: string) => {
  const { checkWeights } = await import('../../weights/check.js')
  const { safetensorsPieces } = await import('../../formats/safetensors/write.js')
  if (weights.size === 0) throw new FormatError('contains no weights: leave out --weights.', 'onnx', '')
  checkWeights(network, weights)
  const { length, pieces } = safetensorsPieces(weights)
  return { path, pieces: inPieces(pieces, progress(basename(path), length)), bytes: length }
}

const help = `
Models:
  .onnx   from any tool; weights may be in files beside it
  .json   from TensorFlow.js: a model.json, graph or layers, weights beside it;
          from Keras 2 and 3: model.to_json(), without weights
  .keras  from Keras 2.12 and newer: its layers, without weights

Examples:
  $ stridewise import resnet50.onnx > nets/resnet50.ts
  $ stridewise import resnet50.onnx --weights resnet50.safetensors -o net.ts
  $ stridewise import model.onnx --input 224,224,3

import refuses an operator that no layer of this package matches. It does not
guess.

Exit codes: 0 success, 1 the model is damaged or has an operator without a
matching layer, 2 usage error.
`

export const importCommand = (): Command =>
  new Command('import')
    .summary('convert a model of ONNX, Keras or TensorFlow.js to TypeScript')
    .description('Converts a model file to TypeScript source, with its shapes and parameters in the type.')
    .addArgument(new Argument('<model>', 'a model of ONNX, Keras or TensorFlow.js'))
    .addOption(nameOption('name of the constant').default('network'))
    .addOption(new Option('-o, --output <file>', 'write the source to this file'))
    .addOption(new Option('--weights <file>', 'also write the weights to this .safetensors file'))
    .addOption(inputOption())
    .addOption(new Option('--force', 'overwrite existing files'))
    .addHelpText('after', helpText(help))
    .action(run)
