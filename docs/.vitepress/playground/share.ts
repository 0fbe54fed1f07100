/* Code in an address: what stands behind the # is not sent to any server. */

const prefix = '#code='

/** Bytes of a text that a link can hold. */
const most = 200_000

/**
 * Bytes through one of the browser's own streams.
 *
 * @throws {RangeError} when more comes out than a link can hold: a short link could be gigabytes
 */
const through = async (
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> => {
  const parts: Uint8Array<ArrayBuffer>[] = []
  let length = 0
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader()
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    length += read.value.length
    if (length > most) {
      await reader.cancel()
      throw new RangeError(`more than ${most} bytes`)
    }
    parts.push(read.value)
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer())
}

/**
 * The part of an address that holds a text.
 *
 * @throws {RangeError} when it is too long for a link
 */
export const toHash = async (text: string): Promise<string> => {
  const given = new TextEncoder().encode(text)
  if (given.length > most) throw new RangeError(`more than ${most} bytes`)
  const bytes = await through(given, new CompressionStream('deflate-raw'))
  const letters = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
  return prefix + letters.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** Whether an address is to hold a text. */
export const isShared = (hash: string): boolean => hash.startsWith(prefix)

/** The text that the part of an address holds; none where there is none, or where it is damaged. */
export const fromHash = async (hash: string): Promise<string | undefined> => {
  if (!isShared(hash)) return undefined
  try {
    const letters = atob(hash.slice(prefix.length).replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0))
    return new TextDecoder().decode(await through(bytes, new DecompressionStream('deflate-raw')))
  } catch {
    return undefined
  }
}
