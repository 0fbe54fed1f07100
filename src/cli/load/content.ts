import { closeSync, openSync } from 'node:fs'
import { readPart } from './bytes.js'

/*
 * What a file looks like, whatever its name is: by its first bytes.
 */

/** A form that files can have, and what to do with one that is given as a model. */
interface Form {
  /** Continues "looks like". */
  readonly what: string
  readonly remedy: string
}

type FormName = keyof typeof forms

/** Remedies of the two forms that are read are for files whose names say otherwise. */
export const forms = {
  onnx: { what: 'ONNX', remedy: 'Give it a name that ends in .onnx.' },
  json: { what: 'JSON', remedy: 'If it is a model of Keras, give it a name that ends in .json.' },
  keras: { what: "a zip of Keras's", remedy: 'Give it a name that ends in .keras.' },
  hdf5: {
    what: 'HDF5, which is not read',
    remedy: "Load it in Keras, keras.models.load_model('model.h5'), and save it as model.keras or write its JSON: model.to_json().",
  },
  pytorch: {
    what: 'a file of PyTorch, which holds no architecture that can be read',
    remedy: "Write ONNX in PyTorch: torch.onnx.export(model, example, 'model.onnx').",
  },
  safetensors: {
    what: 'safetensors, which is weights without their network',
    remedy: 'Import the model itself, or give these to export --to onnx --weights.',
  },
  tflite: {
    what: 'TensorFlow Lite, which is not read',
    remedy: 'Import the model that it was made of: its model.keras, or the model.json of tensorflowjs_converter.',
  },
  savedModel: {
    what: 'a SavedModel of TensorFlow, which is not read',
    remedy: 'Convert it: tensorflowjs_converter --input_format=tf_saved_model FOLDER OUT. Then import OUT/model.json.',
  },
  zip: { what: 'a zip', remedy: 'Unpack the model in it: an .onnx file, or the JSON of Keras.' },
  pointer: { what: 'a pointer of Git LFS', remedy: 'Fetch the file itself: git lfs pull.' },
} as const satisfies Readonly<Record<string, Form>>

/** The form of a file; undefined where its beginning tells nothing. */
export const formOf = (file: string): FormName | undefined => {
  const handle = openSync(file, 'r')
  try {
    return formIn(readPart(handle, 0, 512))
  } finally {
    closeSync(handle)
  }
}

const formIn = (head: Uint8Array): FormName | undefined => {
  const bytes = Buffer.from(head)
  const text = bytes.toString('latin1')
  if (text.startsWith('version https://git-lfs')) return 'pointer'
  if (text.startsWith('\x89HDF\r\n\x1a\n')) return 'hdf5'
  if (text.startsWith('PK\x03\x04')) return zipped(bytes)
  if (text.startsWith('TFL3', 4)) return 'tflite'
  // Behind eight bytes of length, a header in JSON.
  if (text.startsWith('\0\0\0{"', 5)) return 'safetensors'
  if (/^(\xef\xbb\xbf)?\s*[{[]/.test(text)) return 'json'
  if (isSavedModel(bytes)) return 'savedModel'
  const [first = 0, second = 0] = bytes
  // The opcode PROTO of a pickle, and a version of its protocol.
  if (first === 0x80 && second >= 2 && second <= 5) return 'pytorch'
  // Field 1, ir_version, which writers put first: a varint of one byte.
  return first === 0x08 && second >= 1 && second <= 32 ? 'onnx' : undefined
}

/** Field 1, the version of the schema, is 1. Field 2, a graph, is long, and begins with a field 1 that tells of it. */
const isSavedModel = (bytes: Buffer): boolean => {
  if (bytes.length < 8 || bytes.readUIntBE(0, 3) !== 0x080112) return false
  let at = 3
  while (at < 8 && (bytes[at] as number) >= 0x80) at += 1
  return at > 3 && at < 8 && bytes[at + 1] === 0x0a
}

/** By the name of the first file in it, which stands behind a head of 30 bytes. */
const zipped = (bytes: Buffer): FormName => {
  // A zip that is cut off has no name in it.
  if (bytes.length < 30) return 'zip'
  const name = bytes.subarray(30, 30 + bytes.readUInt16LE(26)).toString('latin1')
  if (/(^|\/)data\.pkl$|(^|\/)(byteorder|version|\.format_version)$/.test(name)) return 'pytorch'
  return /^(metadata|config)\.json$|^model\.weights\.h5$/.test(name) ? 'keras' : 'zip'
}
