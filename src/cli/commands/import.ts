import { basename, extname } from 'node:path'
import { Argument, Command, Option } from 'commander'
import type { InputSizesGiven } from '../../formats/input-sizes.js'
import type { ModelValue, Signature } from '../../formats/signature.js'
import { wholeInputsOf } from '../../network/element-types.js'
import { FormatError } from '../../network/format-error.js'
import { outputsOf } from '../../network/graph.js'
import type { AnyNetwork } from '../../network/network.js'
import { inputOption } from '../load/input-option.js'
import { readWholeFile } from '../load/model/bytes.js'
import { type ModelOfFile, maxFileSize, readModelFile, requireModelFile } from '../load/model/model-file.js'
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
  readonly types?: boolean
}

const run = async (path: string, options: Options): Promise<void> => {
  const { output, weights, force = false, input, types = false } = options
  const file = requireModelFile(path)
  if (weights !== undefined) requireWeightsFile(weights)
  if (types && weights !== undefined) throw new UsageError('--types writes no weights: leave out --weights.')
  if (types && output !== undefined && !output.endsWith('.d.ts'))
    throw new UsageError(`--types writes a declaration, whose name must end in .d.ts, not ${output}.`)
  for (const target of [output, weights]) {
    requireOther(target, [file])
    if (target !== undefined) requireFree(target, { force })
  }
  let files: readonly (FileContent & { readonly bytes: number })[]
  let source: string
  try {
    const model = types ? undefined : await readModelFile(file, weights !== undefined, input)
    source = model ? await sourceOf(model.network, options.name) : await declarationFor(file, input)
    files = [
      ...(weights === undefined || !model ? [] : [await weightsFile(model, weights)]),
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

/** The inputs and outputs of a model as a declaration. Those of an ONNX file are declared even where its operators are no layers. */
const declarationFor = async (file: string, input: InputSizesGiven | undefined): Promise<string> => {
  const { declarationOf } = await import('../../formats/typescript/declaration.js')
  const signature =
    extname(file) === '.onnx' ? await signatureOfOnnx(file, input) : signatureOfNetwork((await readModelFile(file, false, input)).network)
  return declarationOf(signature, basename(file))
}

const signatureOfOnnx = async (file: string, input: InputSizesGiven | undefined): Promise<Signature> => {
  const [{ decodeModel }, { signatureOf }] = await Promise.all([
    import('../../formats/onnx/wire/decode.js'),
    import('../../formats/onnx/survey/signature.js'),
  ])
  return signatureOf(decodeModel(readWholeFile(file, maxFileSize['.onnx'])), input)
}

/** The inputs and outputs of Keras and TensorFlow.js: the batch, then the sizes of a sample. */
const signatureOfNetwork = ({ graph }: AnyNetwork): Signature => {
  const shapes = new Map(graph.nodes.map(({ name, output }) => [name, output]))
  const whole = wholeInputsOf(graph)
  const modelValue = (name: string, node: string): ModelValue => ({
    name,
    type: whole.has(node) ? 'int32' : 'float32',
    dims: ['batch', ...(shapes.get(node) ?? [])],
  })
  return {
    inputs: graph.inputs.map((name) => modelValue(name, name)),
    outputs: outputsOf(graph).map(({ name, node }) => modelValue(name, node)),
  }
}

const sourceOf = async (network: AnyNetwork, name: string): Promise<string> =>
  (await import('../../formats/typescript/index.js')).toTypeScript(network, { name, shapes: true })

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
  .keras  from Keras 2.12 and newer, with weights
  .h5     from Keras 2 and 3: model.save('model.h5'), with weights

Examples:
  $ stridewise import resnet50.onnx > nets/resnet50.ts
  $ stridewise import resnet50.onnx --weights resnet50.safetensors -o net.ts
  $ stridewise import model.onnx --input 224,224,3
  $ stridewise import model.onnx --types -o model.d.ts

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
    .addOption(new Option('--types', 'write a .d.ts with the inputs and outputs of the model instead of a network'))
    .addOption(inputOption())
    .addOption(new Option('--force', 'overwrite existing files'))
    .addHelpText('after', helpText(help))
    .action(run)
