/** UTF-8 conversion. Every JavaScript runtime has it, but the ECMAScript library does not declare it. */
declare class TextDecoder {
  constructor(label: string, options: { fatal: boolean })
  decode(bytes: Uint8Array): string
}
declare class TextEncoder {
  encode(text: string): Uint8Array
}

let decoder: TextDecoder | undefined

/** Decodes bytes as UTF-8. @throws {TypeError} when they are not valid UTF-8 */
export const textOf = (bytes: Uint8Array): string => {
  // Reused, since a file may have hundreds of thousands of names.
  decoder ??= new TextDecoder('utf-8', { fatal: true })
  return decoder.decode(bytes)
}

/** Encodes text as UTF-8. */
export const bytesOfText = (text: string): Uint8Array => new TextEncoder().encode(text)
