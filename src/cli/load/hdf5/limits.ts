/*
 * Limits of the thread that reads HDF5. A file says how long its lists are, and where everything stands. One that is damaged, or made to
 * harm, may say anything: trees without end, and lists that fill the memory. Together they are 64 MB and four times the file at most.
 */

/** Bytes of a file that are read. */
export const mostBytes = 2 ** 32

/** Groups and tensors in a file. */
export const mostObjects = 100_000

/** Groups in each other. */
export const mostDepth = 160

/** Milliseconds of the processor for a file of that size, from when its bytes are in memory. */
export const mostTime = (bytes: number): number => 1_500 + bytes / 15_000

/** How often something is read of a file of that size. Files of Keras have about 20 bytes for each time. */
export const mostReads = (bytes: number): number => 50_000 + bytes / 4

/** Megabytes of objects for a file of that size. */
export const mostHeap = (bytes: number): number => 16 + Math.ceil((2 * bytes) / 2 ** 20)

/** Values of a list, and of all packed tensors together. */
export const mostValues = (bytes: number): number => 2 ** 20 + Math.floor(bytes / 4)

/** Bytes that are copied out of a file while it is read. */
export const mostCopied = (bytes: number): number => 2 ** 23 + 3 * bytes
