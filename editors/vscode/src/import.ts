import { unzipSync } from 'fflate'
import * as vscode from 'vscode'
import { fromKeras } from '../../../src/formats/keras/index.js'
import { readModel } from '../../../src/formats/onnx/read/read.js'
import { textOf } from '../../../src/formats/text.js'
import { readTfjs } from '../../../src/formats/tfjs/read/read.js'
import { toTypeScript } from '../../../src/formats/typescript/index.js'
import { FormatError } from '../../../src/network/format-error.js'
import type { AnyNetwork } from '../../../src/network/network.js'

/*
 * "Open as architecture": a model of another tool as TypeScript, in a document that has no file yet.
 */

/** Bytes of a model that is read. */
const mostBytes = 2 ** 30

/** Bytes of the JSON in a .keras file. */
const mostJson = 2 ** 22

/** Opens a model as a document; asks for the file where none is given. */
export const openAsArchitecture = async (given?: vscode.Uri): Promise<void> => {
  const file = given instanceof vscode.Uri ? given : await chosen()
  if (!file) return
  const name = file.path.slice(file.path.lastIndexOf('/') + 1)
  try {
    const { size } = await vscode.workspace.fs.stat(file)
    if (size > mostBytes) throw new FormatError(`has ${size} bytes: more than ${mostBytes} are not read here.`, 'file', '')
    const bytes = await vscode.workspace.fs.readFile(file)
    const content = toTypeScript(networkIn(name, bytes), { name: 'network' })
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
  if (name.endsWith('.json')) return networkInJson(jsonIn(bytes, 'the file'))
  if (name.endsWith('.keras')) return networkInKerasZip(bytes)
  throw new FormatError('cannot be imported: the name of a model must end in .onnx, .json or .keras.', 'file', '')
}

const networkInJson = (json: unknown): AnyNetwork => {
  const { modelTopology, weightsManifest } = members(json)
  const isTfjs = typeof modelTopology === 'object' && modelTopology !== null && weightsManifest !== undefined
  return isTfjs ? readTfjs(json, () => undefined, undefined).network : fromKeras(json).network
}

/** A .keras file: a zip with the layers in config.json, and the version in metadata.json. */
const networkInKerasZip = (bytes: Uint8Array): AnyNetwork => {
  let files: Readonly<Record<string, Uint8Array>>
  try {
    files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => (name === 'config.json' || name === 'metadata.json') && originalSize <= mostJson,
    })
  } catch {
    throw new FormatError('is no zip, or is damaged.', 'keras', '')
  }
  const { 'config.json': config, 'metadata.json': metadata } = files
  if (!config) throw new FormatError('is a zip without a config.json that is read, in which Keras writes the layers.', 'keras', '')
  const json = jsonIn(config, 'config.json')
  const { keras_version: version } = metadata ? members(jsonIn(metadata, 'metadata.json')) : {}
  return fromKeras(typeof version === 'string' ? { keras_version: version, ...members(json) } : json).network
}

const members = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}

const jsonIn = (bytes: Uint8Array, name: string): unknown => {
  try {
    return JSON.parse(textOf(bytes))
  } catch {
    throw new FormatError(`${name} is not JSON.`, 'keras', '')
  }
}
