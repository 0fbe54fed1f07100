/** What is wrong with an HDF5 file, and with which of its objects. */
export class Hdf5Fault extends Error {
  constructor(
    message: string,
    readonly place = '',
  ) {
    super(message)
  }
}
