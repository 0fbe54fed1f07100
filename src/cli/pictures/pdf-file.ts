import { deflateSync } from 'node:zlib'

/** A PDF while it is written: its objects, each known by its number. */
export class PdfFile {
  readonly #objects: Buffer[] = []

  /** The number of the object that is added next. */
  get next(): number {
    return this.#objects.length + 1
  }

  /** Adds an object and gives its number. */
  add(content: string | Buffer): number {
    return this.#objects.push(typeof content === 'string' ? Buffer.from(content, 'latin1') : content)
  }

  /** Adds a compressed stream, with entries of its dictionary beside those that say how long it is. */
  addStream(content: Uint8Array, entries = ''): number {
    const data = deflateSync(content)
    const head = `<< /Filter /FlateDecode /Length ${data.length}${entries} >>\nstream\n`
    return this.add(Buffer.concat([Buffer.from(head, 'latin1'), data, Buffer.from('\nendstream', 'latin1')]))
  }

  /** The whole file. */
  bytes(root: number, info: number): Uint8Array {
    const parts = [Buffer.from('%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n', 'latin1')]
    const places: number[] = []
    let size = (parts[0] as Buffer).length
    for (const [index, object] of this.#objects.entries()) {
      places.push(size)
      const part = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), object, Buffer.from('\nendobj\n')])
      parts.push(part)
      size += part.length
    }
    const count = places.length + 1
    const table = places.map((place) => `${`${place}`.padStart(10, '0')} 00000 n \n`).join('')
    const end = `xref\n0 ${count}\n0000000000 65535 f \n${table}trailer\n<< /Size ${count} /Root ${root} 0 R /Info ${info} 0 R >>\nstartxref\n${size}\n%%EOF\n`
    return Buffer.concat([...parts, Buffer.from(end, 'latin1')])
  }
}

/** Text of the document's properties: UTF-16, which holds every name. */
export const propertyText = (text: string): string =>
  `<FEFF${[...Array(text.length).keys()].map((index) => text.charCodeAt(index).toString(16).padStart(4, '0')).join('')}>`
