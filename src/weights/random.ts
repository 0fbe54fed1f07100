/**
 * Random numbers from a seed and a name: the same on every machine, and different for every tensor (sfc32, Chris Doty-Humphrey's small
 * fast counter, seeded with the FNV-1a hash of both).
 */
export class Random {
  #a: number
  #b: number
  #c: number
  #counter = 1
  #spare: number | undefined

  constructor(seed: number, name: string) {
    let hash = 0x811c9dc5
    for (const letter of `${seed}:${name}`) hash = Math.imul(hash ^ (letter.codePointAt(0) as number), 0x01000193)
    this.#a = hash
    this.#b = seed | 0
    this.#c = name.length
    for (let round = 0; round < 12; round += 1) this.uniform()
  }

  /** A uniform number in [0, 1). */
  uniform(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0
    this.#counter = (this.#counter + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0
    return (sum >>> 0) / 2 ** 32
  }

  /** A normally distributed number with mean 0 and standard deviation 1 (Box and Muller 1958). */
  normal(): number {
    if (this.#spare !== undefined) {
      const spare = this.#spare
      this.#spare = undefined
      return spare
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()))
    const angle = 2 * Math.PI * this.uniform()
    this.#spare = radius * Math.sin(angle)
    return radius * Math.cos(angle)
  }
}
