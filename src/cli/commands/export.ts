import { Argument, Command, Option } from 'commander'
import { listOf } from '../../shape/message.js'
import { exitCodes, UsageError } from '../output/exit.js'
import { problemText, shownPath } from '../output/problem.js'
import { print, printError, printNote } from '../output/terminal.js'
import { writeWhole } from '../output/write.js'
import { targets } from './export-targets.js'
import { type NetworkOfFile, networksOf } from './networks.js'
import { exportOption, type RunOptions, timeoutOption } from './options.js'

/** `stridewise export`: a network in another form. */

interface Options extends RunOptions {
  readonly to: string
  readonly output?: string
  readonly force?: boolean
}

const run = async (file: string, options: Options): Promise<void> => {
  const { networks, problems } = await networksOf([file], options)
  for (const problem of problems) printError(problemText(problem))
  if (problems.length > 0) {
    process.exitCode = exitCodes.failed
    return
  }
  const content = await written(only(networks), options.to)
  if (options.output !== undefined) {
    writeWhole(options.output, content, { force: options.force === true })
    printNote(`${shownPath(options.output)} written, ${content.length.toLocaleString('en-US')} bytes`)
  } else if (typeof content === 'string') print(content)
  else if (process.stdout.isTTY)
    throw new UsageError(`${options.to} is no text for a terminal. Give a file: --output network.${options.to}.`)
  else process.stdout.write(content)
}

const written = async ({ name, network }: NetworkOfFile, to: string): Promise<string | Uint8Array> => {
  try {
    return await (targets[to] as (typeof targets)[string]).write(network)
  } catch (error) {
    // What a form cannot hold is said by its writer.
    throw new UsageError(`${name} cannot be written as ${to}: ${(error as Error).message}`)
  }
}

const only = (networks: readonly NetworkOfFile[]): NetworkOfFile => {
  const [network, ...others] = networks as [NetworkOfFile, ...NetworkOfFile[]]
  if (others.length === 0) return network
  throw new UsageError(`The file exports ${listOf(networks.map(({ name }) => name))}. Say which one: --export ${network.name}.`)
}

const help = `
Forms:
${Object.entries(targets)
  .map(([name, { summary }]) => `  ${name.padEnd(12)}${summary}`)
  .join('\n')}

Examples:
  $ stridewise export nets/lenet.ts --to mermaid
  $ stridewise export nets/vgg.ts --export vgg16 --to svg --output vgg16.svg

A file that is there is replaced only with --force.
Exit codes: 0 fine, 1 the file has a mistake in it, 2 wrong use.
`

export const exportCommand = (): Command =>
  new Command('export')
    .summary(`a network as ${Object.keys(targets).join(', ')}`)
    .description('Writes the network that a file exports in another form.')
    .addArgument(new Argument('<file>', 'a TypeScript or JavaScript file that exports a network'))
    .addOption(new Option('-t, --to <form>', 'the form').choices(Object.keys(targets)).makeOptionMandatory())
    .addOption(exportOption())
    .addOption(new Option('-o, --output <file>', 'write to a file'))
    .addOption(new Option('--force', 'replace the file if it is there'))
    .addOption(timeoutOption())
    .addHelpText('after', help)
    .action(run)
