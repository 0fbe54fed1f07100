import { deflateRawSync } from 'node:zlib'

/** A zip as Python's zipfile writes it: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3. */
export const zipOf = (files: Readonly<Record<string, string | Uint8Array>>, isPacked = true): Buffer =>
  zipOfEntries(Object.entries(files), isPacked)

/** {@link zipOf} with names that may be there more than once. */
export const zipOfEntries = (files: readonly (readonly [string, string | Uint8Array])[], isPacked = true): Buffer => {
  const parts: Buffer[] = []
  const list: Buffer[] = []
  let at = 0
  for (const [name, content] of files) {
    const data = Buffer.from(content)
    const packed = isPacked ? deflateRawSync(data) : data
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(isPacked ? 8 : 0, 4)
    common.writeUInt32LE(checkSum(data), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(data.length, 18)
    common.writeUInt16LE(Buffer.byteLength(name), 22)
    const head = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, Buffer.from(name)])
    const end = Buffer.alloc(14)
    end.writeUInt32LE(at, 10)
    list.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\0', 'latin1'), common, end, Buffer.from(name)]))
    parts.push(head, packed)
    at += head.length + packed.length
  }
  const directory = Buffer.concat(list)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(list.length, 8)
  end.writeUInt16LE(list.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, directory, end])
}

const checkSum = (bytes: Uint8Array): number => {
  let sum = 0xffffffff
  for (const byte of bytes) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit += 1) sum = sum % 2 === 0 ? sum >>> 1 : 0xedb88320 ^ (sum >>> 1)
  }
  return (sum ^ 0xffffffff) >>> 0
}
