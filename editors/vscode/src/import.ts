import { unzipSync } from 'fflate'
import * as vscode from 'vscode'
import { fromKeras } from '../../../src/formats/keras/index.js'
import { layersOfKerasFile, mostJson } from '../../../src/formats/keras/read/keras-file.js'
import { parsed } from '../../../src/formats/keras/read/read.js'
import { readModel } from '../../../src/formats/onnx/read/read.js'
import { textOf } from '../../../src/formats/text.js'
import { readJsonModel } from '../../../src/formats/tfjs/read/json-model.js'
import { toTypeScript } from '../../../src/formats/typescript/index.js'
import { FormatError } from '../../../src/network/format-error.js'
import type { AnyNetwork } from '../../../src/network/network.js'

/*
 * "Open as architecture": a model of another tool as TypeScript, in a document that has no file yet.
 */

/** Bytes of a model that is read. */
const mostBytes = 2 ** 30

/** Opens a model as a document; asks for the file where none is given. */
export const openAsArchitecture = async (given?: vscode.Uri): Promise<void> => {
  const file = given instanceof vscode.Uri ? given : await chosen()
  if (!file) return
  const name = file.path.slice(file.path.lastIndexOf('/') + 1)
  try {
    const { size } = await vscode.workspace.fs.stat(file)
    if (size > mostBytes) throw new FormatError(`has ${size} bytes: more than ${mostBytes} are not read here.`, 'file', '')
    const bytes = await vscode.workspace.fs.readFile(file)
    const content = toTypeScript(networkIn(name, bytes), { name: 'network', shapes: true })
    // A document without a file: saving it asks for a name, and nothing is overwritten.
    const document = await vscode.workspace.openTextDocument({ language: 'typescript', content })
    await vscode.window.showTextDocument(document)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    await vscode.window.showErrorMessage(`${name}: ${error.message}`)
  }
}

const chosen = async (): Promise<vscode.Uri | undefined> => {
  const files = await vscode.window.showOpenDialog({
    canSelectMany: false,
    openLabel: 'Open as architecture',
    filters: { 'Models of ONNX, Keras and TensorFlow.js': ['onnx', 'keras', 'json'] },
  })
  return files?.[0]
}

/** The network in a model file. */
const networkIn = (name: string, bytes: Uint8Array): AnyNetwork => {
  // The weights are not needed, and files beside the model are not read.
  if (name.endsWith('.onnx')) return readModel(bytes, () => undefined).network
  if (name.endsWith('.json')) return readJsonModel(jsonIn(bytes), () => undefined).network
  if (name.endsWith('.keras')) return networkInKerasZip(bytes)
  throw new FormatError('cannot be imported: the name of a model must end in .onnx, .json or .keras.', 'file', '')
}

/** The network in a .keras file. Of files of one name the first is read, so that a zip of many is no work. */
const networkInKerasZip = (bytes: Uint8Array): AnyNetwork => {
  let files: Readonly<Record<string, Uint8Array>>
  const seen = new Set<string>()
  try {
    files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        const isWanted = (name === 'config.json' || name === 'metadata.json') && !seen.has(name) && originalSize <= mostJson
        seen.add(name)
        return isWanted
      },
    })
  } catch {
    throw new FormatError('is no zip, or is damaged.', 'keras', '')
  }
  return fromKeras(layersOfKerasFile((name) => files[name])).network
}

const jsonIn = (bytes: Uint8Array): unknown => {
  let text: string
  try {
    text = textOf(bytes)
  } catch {
    throw new FormatError('is not UTF-8 text.', 'keras', '')
  }
  return parsed(text)
}
