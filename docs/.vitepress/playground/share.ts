/* Code in an address: what stands behind the # is not sent to any server. */

const prefix = '#code='

/** Bytes through one of the browser's own streams. */
const through = async (bytes: Uint8Array<ArrayBuffer>, stream: CompressionStream | DecompressionStream): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer())

/** The part of an address that holds a text. */
export const toHash = async (text: string): Promise<string> => {
  const bytes = await through(new TextEncoder().encode(text), new CompressionStream('deflate-raw'))
  const letters = btoa(String.fromCharCode(...bytes))
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
