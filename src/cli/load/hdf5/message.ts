/** What the command and the thread that reads HDF5 say to each other. */

/** Where the bytes of an HDF5 file stand: in a file, or in memory. */
export type Hdf5Source = { readonly file: string; readonly start: number; readonly length: number } | { readonly bytes: ArrayBuffer }

/** What to read. */
export interface Hdf5Request {
  readonly source: Hdf5Source
  /** Bytes of the file of the user, which say how much memory and time it may take: its bytes may have been packed. */
  readonly size: number
  /** Whether to list the tensors, or only to read the attributes of the file. */
  readonly wantsTensors: boolean
}

/** A tensor of a file. */
export interface Hdf5Tensor {
  /** The names of the groups that it stands in, and its own. */
  readonly path: readonly string[]
  readonly shape: readonly number[]
  /** A type of NumPy, `'<f4'`. */
  readonly type: string
  /** Where its numbers stand in the source; left out where they are packed. */
  readonly place?: { readonly offset: number; readonly length: number }
  /** Its numbers, where they were packed. */
  readonly values?: Float32Array
}

/** What a file has in it. */
export interface Hdf5Contents {
  /** The attributes of the file that are texts. */
  readonly texts: Readonly<Record<string, string>>
  readonly tensors: readonly Hdf5Tensor[]
}

/** An answer: first that the bytes are in memory, then what they are, or the sentence that says what is wrong with them. */
export type Hdf5Answer =
  | { readonly loaded: true }
  | { readonly contents: Hdf5Contents; readonly bytes: ArrayBuffer | undefined }
  | { readonly fault: string; readonly place: string }
