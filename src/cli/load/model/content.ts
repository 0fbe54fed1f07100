import { closeSync, openSync } from 'node:fs'
import { readPart } from './bytes.js'

/* Detects a file's format by its first bytes, whatever its name. */

/** A file format, and what to do if a file of that format is passed as a model. */
interface FileFormat {
  /** Follows "looks like" in a message. */
  readonly description: string
  readonly remedy: string
}

type FormName = keyof typeof forms

/** The formats that can be imported also have a remedy, for files with the wrong extension. */
export const forms = {
  onnx: { description: 'ONNX', remedy: 'Give it a name that ends in .onnx.' },
  json: { description: 'JSON', remedy: 'If it is a model of Keras, give it a name that ends in .json.' },
  keras: { description: "a zip of Keras's", remedy: 'Give it a name that ends in .keras.' },
  hdf5: { description: 'HDF5', remedy: 'If it is a model of Keras, give it a name that ends in .h5.' },
  pytorch: {
    description: 'a file of PyTorch, which holds no architecture that can be read',
    remedy: "Write ONNX in PyTorch: torch.onnx.export(model, example, 'model.onnx').",
  },
  safetensors: {
    description: 'safetensors, which is weights without their network',
    remedy: 'Import the model itself, or give these to export --to onnx --weights.',
  },
  tflite: {
    description: 'TensorFlow Lite, which is not read',
    remedy: 'Import the model that it was made of: its model.keras, or the model.json of tensorflowjs_converter.',
  },
  savedModel: {
    description: 'a SavedModel of TensorFlow, which is not read',
    remedy: 'Convert it: tensorflowjs_converter --input_format=tf_saved_model FOLDER OUT. Then import OUT/model.json.',
  },
  zip: { description: 'a zip', remedy: 'Unpack the model in it: an .onnx file, or the JSON of Keras.' },
  pointer: { description: 'a pointer of Git LFS', remedy: 'Fetch the file itself: git lfs pull.' },
} as const satisfies Readonly<Record<string, FileFormat>>

/** The formats that are read, by the ends of their names. */
export const formsRead: Readonly<Record<string, FormName>> = {
  '.onnx': 'onnx',
  '.json': 'json',
  '.keras': 'keras',
  '.h5': 'hdf5',
  '.hdf5': 'hdf5',
}

/** The format of a file; undefined if its first bytes do not show it. */
export const formOf = (file: string): FormName | undefined => {
  const handle = openSync(file, 'r')
  try {
    return formatOfBytes(readPart(handle, 0, 512))
  } finally {
    closeSync(handle)
  }
}

const formatOfBytes = (head: Uint8Array): FormName | undefined => {
  const bytes = Buffer.from(head)
  const text = bytes.toString('latin1')
  if (text.startsWith('version https://git-lfs')) return 'pointer'
  if (text.startsWith('\x89HDF\r\n\x1a\n')) return 'hdf5'
  if (text.startsWith('PK\x03\x04')) return zipFormat(bytes)
  if (text.startsWith('TFL3', 4)) return 'tflite'
  // A JSON header after eight bytes with its length.
  if (text.startsWith('\0\0\0{"', 5)) return 'safetensors'
  if (/^(\xef\xbb\xbf)?\s*[{[]/.test(text)) return 'json'
  if (isSavedModel(bytes)) return 'savedModel'
  const [first = 0, second = 0] = bytes
  // A pickle starts with the opcode PROTO and the protocol version.
  if (first === 0x80 && second >= 2 && second <= 5) return 'pytorch'
  // Writers put field 1, ir_version, first: a varint of one byte.
  return first === 0x08 && second >= 1 && second <= 32 ? 'onnx' : undefined
}

/** Field 1, the version of the schema, is 1. Field 2, a graph, is long, and begins with a field 1 that tells of it. */
const isSavedModel = (bytes: Buffer): boolean => {
  if (bytes.length < 8 || bytes.readUIntBE(0, 3) !== 0x080112) return false
  let at = 3
  while (at < 8 && (bytes[at] as number) >= 0x80) at += 1
  return at > 3 && at < 8 && bytes[at + 1] === 0x0a
}

/** The format of a zip, by the name of its first file, which follows a header of 30 bytes. */
const zipFormat = (bytes: Buffer): FormName => {
  // A truncated zip contains no name.
  if (bytes.length < 30) return 'zip'
  const name = bytes.subarray(30, 30 + bytes.readUInt16LE(26)).toString('latin1')
  if (/(^|\/)data\.pkl$|(^|\/)(byteorder|version|\.format_version)$/.test(name)) return 'pytorch'
  return /^(metadata|config)\.json$|^model\.weights\.h5$/.test(name) ? 'keras' : 'zip'
}
