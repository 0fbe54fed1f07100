// Runs modules one after the other, and prints as JSON what each of them printed, or that it has to run alone.

import process from 'node:process'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'

const write = process.stdout.write.bind(process.stdout)

/** What a module prints, on both streams. */
const printed = async (path) => {
  const texts = { stdout: '', stderr: '' }
  for (const name of Object.keys(texts)) {
    process[name].write = (text) => {
      texts[name] += text
      return true
    }
  }
  try {
    await import(pathToFileURL(path).href)
    return texts.stdout + texts.stderr
  } catch {
    return undefined
  }
}

for await (const path of createInterface(process.stdin)) write(`${JSON.stringify({ path, text: await printed(path) })}\n`)
