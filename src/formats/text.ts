/** UTF-8, which every JavaScript has but ECMAScript's own library does not name. */
declare class TextDecoder {
  constructor(label: string, options: { fatal: boolean })
  decode(bytes: Uint8Array): string
}
declare class TextEncoder {
  encode(text: string): Uint8Array
}

let decoder: TextDecoder | undefined

/** Bytes as text. @throws {TypeError} when they are no UTF-8 */
export const textOf = (bytes: Uint8Array): string => {
  // One for all: a file may have hundreds of thousands of names.
  decoder ??= new TextDecoder('utf-8', { fatal: true })
  return decoder.decode(bytes)
}

/** Text as bytes. */
export const bytesOfText = (text: string): Uint8Array => new TextEncoder().encode(text)
