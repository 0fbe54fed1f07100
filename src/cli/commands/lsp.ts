import { Command, Option } from 'commander'
import { FrameError, Frames, framed } from '../lsp/frames.js'
import { Server } from '../lsp/server.js'
import { exitCodes, UsageError } from '../output/exit.js'
import { helpText } from '../output/help.js'
import { printError } from '../output/terminal.js'

/** `stridewise lsp`: the language server. */

interface Options {
  readonly stdio?: boolean
  readonly standalone?: boolean
}

const run =
  (version: string) =>
  ({ standalone = false }: Options): void => {
    if (process.stdin.isTTY)
      throw new UsageError('lsp is started by an editor, which writes to its standard input. See docs/guide/in-your-editor.md.')
    const exit = (code: number): void => {
      server.end()
      process.exit(code)
    }
    const server = new Server({ version, standalone, exit, send: (message) => process.stdout.write(framed(message)) })
    const frames = new Frames((text) => server.receive(text))
    process.stdin.on('data', (chunk: Buffer) => {
      try {
        frames.push(chunk)
      } catch (error) {
        if (!(error instanceof FrameError)) throw error
        printError(error.message)
        exit(exitCodes.failed)
      }
    })
    // The editor is gone, whether it said so or not.
    process.stdin.on('end', () => exit(exitCodes.failed))
  }

const help = `
The language server adds to TypeScript's: inlay hints with shapes, quick fixes for the messages of stridewise, completions of values
that fit, the formula of a layer in its hover, and the totals of exported networks. It uses the TypeScript of the file's project, 5.4
or newer.

An editor starts it; docs/guide/in-your-editor.md has the settings for several.

Exit codes: 0 the editor shut it down, 1 it ended otherwise, 2 usage error.
`

export const lspCommand = (version: string): Command =>
  new Command('lsp')
    .summary('run the language server for editors')
    .description('Runs the language server on standard input and output.')
    .addOption(new Option('--stdio', 'communicate over standard input and output (the default)'))
    .addOption(
      new Option(
        '--standalone',
        "also give TypeScript's own errors, hovers and completions, for an editor without another TypeScript server",
      ),
    )
    .addHelpText('after', helpText(help))
    .action(run(version))
