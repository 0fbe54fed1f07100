import { readFileSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { isOfSystem, systemSentence } from './load/found.js'
import { exitCodes, UsageError } from './output/exit.js'
import { helpText } from './output/help.js'
import { printError, printHint } from './output/terminal.js'

/*
 * The command line. Each command is a file of `commands/`; this one puts them together and turns errors into exit codes.
 */

/** The commands by name, in the order of the help. Only the one that runs is loaded: they share little. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  report: async () => (await import('./commands/report.js')).reportCommand(),
  check: async () => (await import('./commands/check.js')).checkCommand(),
  diff: async () => (await import('./commands/diff.js')).diffCommand(),
  annotate: async () => (await import('./commands/annotate.js')).annotateCommand(),
  export: async () => (await import('./commands/export.js')).exportCommand(),
  import: async () => (await import('./commands/import.js')).importCommand(),
  lsp: async () => (await import('./commands/lsp.js')).lspCommand(version),
}

/** The commands that the arguments may be about: the one that they begin with; else all, for the help and for misspelt names. */
const commandsFor = ([first = '']: readonly string[]): Promise<Command[]> => {
  if (first === '--version' || first === '-v') return Promise.resolve([])
  const one = Object.hasOwn(commands, first) ? commands[first] : undefined
  return Promise.all((one ? [one] : Object.values(commands)).map((load) => load()))
}

/** A command that does not exist, alone: its help is asked for, and commander would print the help of all. */
const unknownIn = ([first = '', second = '']: readonly string[]): string[] | undefined => {
  const asked = first === 'help' ? second : first
  return asked === '' || asked.startsWith('-') || asked === 'help' || Object.hasOwn(commands, asked) ? undefined : [asked]
}

/** The version of the package. */
const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }

const help = `
Examples:
  $ stridewise report nets/vgg.ts          parameters, MACs and memory by layer
  $ stridewise check nets/*.ts             types, shapes and budgets, for CI
  $ stridewise diff nets/vgg.ts --base main
  $ stridewise annotate nets/*.ts          write output shapes as comments
  $ stridewise report nets/vgg.ts --format html --output vgg.html
  $ stridewise export nets/vgg.ts --to svg --output vgg.svg
  $ stridewise import resnet50.onnx --output nets/resnet50.ts

Exit codes: 0 success, 1 a check failed or a file has an error, 2 usage error.
Run 'stridewise help report' for the options of a command.
`

/** Commander's message about the arguments, with its hint if it has one, or else where the arguments are explained. */
const printMisuse = (text: string, command: string): void => {
  const [, sentence = text, hint] = /^([\s\S]*)\n(\(Did you mean [^\n]*\))$/.exec(text) ?? []
  printError(sentence)
  printHint(hint ?? (command === 'stridewise' ? "('stridewise help' lists the commands)" : `('stridewise help ${command}' explains it)`))
}

/**
 * Runs the command line. It ends with an exit code, and throws nothing.
 *
 * @param args the arguments, without those of Node
 */
export const main = async (args: readonly string[]): Promise<void> => {
  const program = new Command('stridewise')
    .description('Checks, reports on and converts neural network architectures in TypeScript and JavaScript files.')
    .version(version, '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .showSuggestionAfterError()
    .addHelpText('after', helpText(help))

  for (const command of await commandsFor(args)) program.addCommand(command.helpOption('-h, --help', 'print this help'))
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({ outputError: (text) => printMisuse(text.replace(/^error: /, '').trimEnd(), command.name()) })
  }

  // A pipe that is closed early, as by `| head`, is no mistake.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(exitCodes.fine)
    printError(`standard output cannot be written: ${error.message}`)
    process.exit(exitCodes.failed)
  })

  // There is no other place to tell it; the exit code still says how the command ended.
  process.stderr.on('error', () => {})

  try {
    await program.parseAsync(unknownIn(args) ?? args, { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? exitCodes.fine : exitCodes.usage
    } else if (error instanceof UsageError) {
      for (const sentence of error.sentences) printError(sentence)
      process.exitCode = exitCodes.usage
    } else if (isOfSystem(error)) {
      printError(systemSentence(error))
      process.exitCode = exitCodes.usage
    } else {
      const { stack = '' } = error instanceof Error ? error : new Error(`${error}`)
      printError(
        `stridewise broke down, which is a mistake in it: ${stack
          .split('\n')
          .slice(0, 3)
          .map((line) => line.trim())
          .join(' ')}`,
      )
      process.exitCode = exitCodes.failed
    }
  }
}
