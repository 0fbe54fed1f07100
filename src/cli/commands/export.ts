import { basename, extname } from 'node:path'
import { Command, InvalidArgumentError, Option } from 'commander'
import { themeNames } from '../../drawing/colours/theme.js'
import { styleNames } from '../../drawing/volumes/styles.js'
import { FormatError } from '../../network/format-error.js'
import { listOf } from '../../shape/message.js'
import { named } from '../../shape/printable.js'
import { readWeightsFile, requireWeightsFile } from '../load/model/weights-file.js'
import { expanded } from '../load/patterns.js'
import { exitCodes, UsageError } from '../output/exit.js'
import { helpText } from '../output/help.js'
import { sentenceOf, shownPath } from '../output/problem.js'
import { inPieces, progress } from '../output/progress.js'
import { printAsIs, printError } from '../output/terminal.js'
import { noteUnreached } from '../output/unreached.js'
import { printWritten, requireFree, requireNoLink, requireOther, writeFiles } from '../output/write.js'
import { isFolder, makeFolder, type Planned, plannedOutputs } from './export-outputs.js'
import { type Target, type TargetOptions, targets, type Written } from './export-targets.js'
import { type NetworkOfFile, networksOf, printMistakes } from './networks.js'
import { exportOption, filesArgument, isAboutName, nameOption, positiveWhole, type RunOptions, timeoutOption, whole } from './options.js'

/** `stridewise export`: a network in another form. */

interface Options extends RunOptions, Omit<TargetOptions, 'name' | 'weights'> {
  readonly weights?: 'seed' | 'inputs' | WeightsFile
  readonly to: string
  readonly name?: string
  readonly force?: boolean
}

/** A safetensors file, by its absolute path. */
interface WeightsFile {
  readonly file: string
}

const run = async (files: readonly string[], options: Options): Promise<void> => {
  const target = targets[options.to] as Target
  requireOptionsOf(target, options)
  const paths = await expanded(files)
  const { output, weights, force = false } = options
  // Before the work, which may take long.
  const inputs = [...paths, ...(typeof weights === 'object' ? [weights.file] : [])]
  if (output !== undefined && !isFolder(output)) {
    requireOther(output, inputs)
    requireFree(output, { force })
  }
  const { networks, problems, misuses } = await networksOf(paths, options)
  if (networks.length > 0) {
    const planned = plannedOutputs(networks, output, target.extensions[0] as string)
    requireOneFor(planned, options)
    for (const { output: file } of planned) {
      requireOther(file, inputs)
      if (file === undefined) continue
      if (file !== output) requireNoLink(file)
      requireFree(file, { force })
    }
    makeFolder(output)
    for (const each of planned) await exportOne(target, each, options).catch(toldAmong(planned))
    if (target.leavesOut && process.exitCode === undefined) noteUnreached(networks)
  }
  printMistakes(problems, misuses)
}

/** @throws {UsageError} for an option that is about one network where there are several */
const requireOneFor = (planned: readonly Planned[], { name, weights }: Options): void => {
  if (planned.length < 2) return
  const flag = name !== undefined ? '--name' : typeof weights === 'object' ? '--weights FILE' : undefined
  if (flag !== undefined) throw new UsageError(`${flag} is for one network, and there are ${planned.length}. Choose it with --export.`)
}

/** Tells what is wrong with one of several networks, so that the others are written. */
const toldAmong =
  (planned: readonly Planned[]) =>
  (error: unknown): void => {
    if (!(error instanceof UsageError) || planned.length < 2) throw error
    printError(error.message)
    process.exitCode = exitCodes.usage
  }

const exportOne = async (target: Target, { network, output }: Planned, options: Options): Promise<void> => {
  const { weights } = options
  const ownWeights =
    typeof weights === 'object' ? await orTold(shownPath(weights.file), () => readWeightsFile(weights.file, network.network)) : weights
  if (weights !== undefined && ownWeights === undefined) return
  const own = { ...options, ...(output === undefined ? {} : { output }), isDerived: output !== options.output }
  await orTold(`${shownPath(network.file)}: ${named(network.name)} cannot be written as ${options.to}`, async () =>
    put(await written(target, network, { ...own, weights: ownWeights }), own),
  )
}

/** What a part of the work gives; where the format has something against it, that is told. */
const orTold = async <Result>(subject: string, work: () => Promise<Result>): Promise<Result | undefined> => {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    printError(`${subject}: ${sentenceOf(error)}`)
    process.exitCode = exitCodes.failed
    return undefined
  }
}

const written = async (
  target: Target,
  { name, network }: NetworkOfFile,
  { weights, ...options }: Omit<Options, 'weights'> & { readonly weights: TargetOptions['weights'] | undefined },
): Promise<Written> => {
  try {
    return await target.write(network, {
      ...options,
      ...(weights === undefined ? {} : { weights }),
      name: options.name ?? (name === 'default' ? 'network' : name),
    })
  } catch (error) {
    if (error instanceof FormatError && options.name !== undefined && isAboutName(error))
      throw new UsageError(`--name: ${sentenceOf(error)}`)
    if (error instanceof FormatError || error instanceof UsageError) throw error
    // A picture that would be too large, for one.
    throw new UsageError(`${named(name)} cannot be written as ${options.to}: ${(error as Error).message}`)
  }
}

const put = async (
  { content, beside }: Written,
  { output, force = false, isDerived }: Options & { readonly isDerived: boolean },
): Promise<void> => {
  if (output === undefined) {
    printAsIs(content)
    return
  }
  const bytes = Buffer.byteLength(content)
  const pieces = typeof content === 'string' ? [content] : inPieces([content], progress(basename(output), bytes))
  const files = [...(beside ? [{ ...beside, isDerived: true }] : []), { path: output, pieces, isDerived }]
  await writeFiles(files, { force })
  for (const [path, size] of [[output, bytes] as const, ...(beside ? [[beside.path, beside.bytes] as const] : [])]) printWritten(path, size)
}

/** Options that only some forms take, as they are written on the command line. */
const flags = {
  name: '--name',
  weights: '--weights',
  seed: '--seed',
  opset: '--opset',
  batch: '--batch',
  theme: '--theme',
  style: '--style',
  fold: '--no-fold',
  scale: '--scale',
  externalData: '--external-data',
} as const

/** Ends of the names of pictures that no form is. */
const pictures = ['.jpg', '.jpeg', '.gif', '.webp']

/** @throws {UsageError} for an option that the form does not take, as nothing is passed over */
const requireOptionsOf = (target: Target, options: Options): void => {
  const known: readonly string[] = target.options ?? []
  for (const [option, flag] of Object.entries(flags)) {
    const value = options[option as keyof typeof flags]
    // --no-fold makes it false; it is true where nothing is said.
    const isGiven = option === 'fold' ? value === false : value !== undefined
    if (!isGiven || known.includes(option)) continue
    const forms = Object.keys(targets).filter((form) => (targets[form] as Target).options?.includes(option as keyof typeof flags))
    throw new UsageError(`${flag} is for --to ${listOf(forms)}, not for ${options.to}.`)
  }
  if (options.weights === 'inputs' && (options.seed !== undefined || options.externalData))
    throw new UsageError('--weights inputs writes no weights. Leave out --seed and --external-data.')
  if (typeof options.weights === 'object' && options.seed !== undefined)
    throw new UsageError('--seed is for random initial weights. Leave it out with a file of weights.')
  if (options.output !== undefined && isFolder(options.output)) return
  const wrong = Object.keys(target.misnamed ?? {}).find((extension) => options.output?.endsWith(extension))
  if (wrong !== undefined) throw new UsageError(`${options.output} has the wrong extension: ${target.misnamed?.[wrong]}`)
  const extension = extname(options.output ?? '').toLowerCase()
  const others = [
    ...pictures,
    ...Object.values(targets).flatMap(({ extensions, misnamed }) => [...extensions, ...Object.keys(misnamed ?? {})]),
  ]
  if (!target.extensions.includes(extension) && others.includes(extension)) {
    const [usual] = target.extensions
    throw new UsageError(
      `${options.output} has the wrong extension: the format ${options.to} is ${target.summary}. Use a name that ends in ${usual}.`,
    )
  }
  requireNoTerminal(target, options)
}

/** @throws {UsageError} for bytes that would go to a terminal */
const requireNoTerminal = (target: Target, options: Options): void => {
  if (target.isBinary && options.output === undefined && process.stdout.isTTY)
    throw new UsageError(`${options.to} is binary and cannot be shown in a terminal. Write it to a file: --output network.${options.to}.`)
}

const form = (text: string): string => {
  if (Object.hasOwn(targets, text)) return text
  throw new InvalidArgumentError(
    text === 'tfjs'
      ? "A tf.LayersModel is made in code: toTfjs(tf, network) of 'stridewise/tfjs'; its save() writes files. TensorFlow.js also loads the JSON of --to keras."
      : `Allowed choices are ${Object.keys(targets).join(', ')}.`,
  )
}

const weights = (text: string): Options['weights'] => (text === 'seed' || text === 'inputs' ? text : { file: requireWeightsFile(text) })

const factor = (text: string): number => {
  const value = Number(text)
  if (!/^\d+(\.\d+)?$/.test(text) || value < 0.1 || value > 10) throw new InvalidArgumentError('It must be a number from 0.1 to 10.')
  return value
}

const opset = (text: string): number => {
  const version = whole(text)
  if (version < 17 || version > 22) throw new InvalidArgumentError('It must be a version from 17 to 22.')
  return version
}

const help = `
Formats:
${Object.entries(targets)
  .map(([name, { summary }]) => `  ${name.padEnd(12)}${summary}`)
  .join('\n')}

Examples:
  $ stridewise export nets/lenet.ts --to mermaid
  $ stridewise export nets/vgg.ts --export vgg16 --to svg --output vgg16.svg
  $ stridewise export nets/vgg.ts -e vgg16 --to svg --theme dark -o dark.svg
  $ stridewise export nets/resnet.ts --to pdf --style blocks -o resnet.pdf
  $ stridewise export nets/vgg.ts --export vgg16 --to onnx --output vgg16.onnx
  $ stridewise export nets/vgg.ts --to onnx --weights vgg.safetensors
  $ stridewise export nets/lenet.ts --to pytorch --name LeNet > lenet.py
  $ stridewise export "nets/*.ts" --to svg --output pictures/

In a folder, a file has the name of the export: pictures/vgg16.svg. A default
export has the name of its source file. If networks of several files have the
same name, the name of the source file comes first: pictures/vgg-net.svg.

Weights of more than 128 MiB go into a second file beside the model, named like
it with .data at the end.

Exit codes: 0 success, 1 the file has an error or the format cannot represent the
network, 2 usage error.
`

export const exportCommand = (): Command =>
  new Command('export')
    .summary(`write networks as ${Object.keys(targets).join(', ')}`)
    .description('Writes exported networks in another format.')
    .addArgument(filesArgument())
    .addOption(new Option('-t, --to <format>', 'output format; see the list below').argParser(form).makeOptionMandatory())
    .addOption(exportOption())
    .addOption(new Option('-o, --output <path>', 'write to this file, or every network into this folder, such as pictures/'))
    .addOption(new Option('--force', 'overwrite an existing file'))
    .addOption(nameOption('name of the class, constant or model (default: the name of the export)'))
    .addOption(new Option('--theme <theme>', 'theme of the picture (svg, png, pdf, tikz; default: light)').choices(themeNames))
    .addOption(new Option('--style <style>', 'volumes, blocks or graph (svg, png, pdf, tikz; default: volumes)').choices(styleNames))
    .addOption(new Option('--no-fold', 'draw every copy of a repeated block (svg, png, pdf, tikz)'))
    .addOption(new Option('--scale <factor>', 'pixels for one of the SVG, 0.1 to 10 (png; default: 2)').argParser(factor))
    .addOption(
      new Option(
        '--weights <how>',
        'seed: random initial weights; inputs: fed at every run; or a .safetensors file (onnx; default: seed)',
      ).argParser(weights),
    )
    .addOption(new Option('--seed <number>', 'seed of the random initial weights (onnx; default: 0)').argParser(whole))
    .addOption(
      new Option('--opset <version>', 'ONNX opset version, 17 to 22 (onnx; default: 17, or later if an operator needs it)').argParser(
        opset,
      ),
    )
    .addOption(new Option('--batch <size>', 'fixed batch size (onnx; default: any)').argParser(positiveWhole))
    .addOption(new Option('--external-data', 'always write weights into a file beside the model (onnx)'))
    .addOption(new Option('--no-external-data', 'always write weights into the model (onnx)'))
    .addOption(timeoutOption())
    .addHelpText('after', helpText(help))
    .action(run)
