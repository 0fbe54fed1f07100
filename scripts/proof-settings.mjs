// Parses the options of `npm run proof`.
import { parseArgs } from 'node:util'

export const help = `npm run proof -- [options]

Draws layers and networks, and compares what the types of TypeScript 6.0 and
7.1, the run time and the report make of them with formulas of papers and of the
documentation of frameworks; runs networks in PyTorch, ONNX Runtime and
TensorFlow.js on the same weights, and reads their files again; does both with
graphs of several inputs and outputs; and reads damaged files. Prints how many
agree, are refused, and differ, with the smallest failing layer or network that
it finds. Exit codes: 0 nothing differs, and of each kind at most 3 % is
refused, except kinds that a format does not have at all (docs/formats.md);
1 otherwise; 2 usage error.

  --layers <n>    layers to draw (100000)
  --networks <n>  networks for the types, and as many for frameworks (5000)
  --graphs <n>    graphs for the types and the frameworks (3000)
  --damaged <n>   damaged files (50000)
  --seed <n>      draws others (20260117)
  --resume        goes on where a run of the same seed and sources stopped
  --jobs <n>      processes at a time (2)
  --help          this text

What is done is kept in logs/proof/, by seed.`

const whole = (name, text) => {
  const value = Number(text)
  if (text.trim() === '' || !Number.isSafeInteger(value) || value < 0)
    throw new Error(`--${name} must be a whole number of at least 0, not ${JSON.stringify(text)}.`)
  return value
}

/** Parses a command line. Invalid options are errors. */
export const settingsOf = (args) => {
  const { values } = parseArgs({
    args,
    options: {
      layers: { type: 'string', default: '100000' },
      networks: { type: 'string', default: '5000' },
      graphs: { type: 'string', default: '3000' },
      damaged: { type: 'string', default: '50000' },
      seed: { type: 'string', default: '20260117' },
      jobs: { type: 'string', default: '2' },
      resume: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  const numbers = Object.fromEntries(
    ['layers', 'networks', 'graphs', 'damaged', 'seed', 'jobs'].map((name) => [name, whole(name, values[name])]),
  )
  if (numbers.jobs === 0) throw new Error('--jobs must be at least 1.')
  return { ...numbers, resume: values.resume, help: values.help }
}
