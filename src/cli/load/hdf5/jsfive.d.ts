/** What is used of jsfive, which comes without types: https://github.com/usnistgov/jsfive. */
declare module 'jsfive' {
  /** A message in the header of an object: chapter IV.A of the format. */
  type Message = ReadonlyMap<string, number>

  interface DataObjects {
    readonly msgs: readonly Message[]
  }

  /** Each text of jsfive's errors is thrown as it is. */
  interface Hdf5Object {
    readonly _dataobjects: DataObjects
    readonly attrs: Readonly<Record<string, unknown>>
  }

  export class Group implements Hdf5Object {
    readonly _dataobjects: DataObjects
    readonly attrs: Readonly<Record<string, unknown>>
    readonly keys: readonly string[]
    /** `null` for a link that leads nowhere. */
    get(name: string): Group | Dataset | null
  }

  export class File extends Group {
    constructor(bytes: ArrayBuffer, name?: string)
  }

  export class Dataset implements Hdf5Object {
    readonly _dataobjects: DataObjects
    readonly attrs: Readonly<Record<string, unknown>>
    readonly shape: readonly number[]
    /** `'<f4'`, or a list for a type that is made of others. */
    readonly dtype: string | readonly unknown[]
    readonly value: readonly unknown[]
  }

  /** What undoes each filter, by its number in the format. */
  export const Filters: Map<number, (bytes: ArrayBuffer, itemSize: number) => ArrayBuffer>
}
