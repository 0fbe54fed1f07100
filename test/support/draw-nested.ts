import fc from 'fast-check'
import { Choices } from './choices.js'

/**
 * Draws networks inside networks as source: side by side in `parallel`, applied to values by their names, shared, and in branches, each with
 * one input or several, and one output or several. Some are refused: a name may be taken.
 */

type Sizes = readonly number[]
type Values = ReadonlyMap<string, Sizes>

interface Drawn {
  readonly text: string
  /** The shape of its input, or those of several by name. */
  readonly input: Sizes | Values
  readonly output: Sizes | Values
  /** The values that have names behind it. */
  readonly names: Values
}

const isOne = (sizes: Sizes | Values): sizes is Sizes => Array.isArray(sizes)

const sameSizes = (one: Sizes, other: Sizes): boolean => one.join() === other.join()

const record = (values: Values): string =>
  `{ ${[...values].map(([name, sizes]) => `${/^\w+$/.test(name) ? name : `'${name}'`}: [${sizes.join(', ')}]`).join(', ')} }`

/** A network while it is drawn: calls, the current value if there is one, and the named values. */
class Growing {
  here: Sizes | undefined
  readonly values: Map<string, Sizes>

  constructor(
    readonly input: Sizes | Values,
    public text: string,
    output: Sizes | Values = input,
    values: Values = isOne(input) ? new Map([['input', input]]) : input,
  ) {
    this.values = new Map(values)
    if (isOne(output)) this.here = output
  }

  call(text: string, here: Sizes | undefined = this.here): void {
    this.text += `.${text}`
    this.here = here
  }
}

class Nesting {
  #names = 0
  #shared = 0

  constructor(readonly choices: Choices) {}

  sizes(): Sizes {
    return this.choices.of([[4], [6], [4, 4, 2], [2, 3, 4]])
  }

  /** A name of a value; now and then one that may be taken. */
  name(): string {
    this.#names += 1
    return this.choices.below(12) === 0 ? this.choices.of(['a', 'left', 'x1']) : `${this.choices.of(['a', 'x', 'p'])}${this.#names}`
  }

  drawn(depth: number): Drawn {
    const growing = depth === 0 ? this.begin() : this.choices.below(2) === 0 ? this.beside(depth) : this.applied(depth)
    for (let step = 1 + this.choices.below(4); step > 0; step -= 1) this.step(growing, depth)
    return this.end(growing)
  }

  begin(): Growing {
    const count = this.choices.below(4)
    if (count < 2) {
      const sizes = this.sizes()
      return new Growing(sizes, `input(${sizes.join(', ')})`)
    }
    const values = new Map(['left', 'right', 'x'].slice(0, count).map((name): [string, Sizes] => [name, this.sizes()]))
    return new Growing(values, `inputs(${record(values)})`)
  }

  /** Networks side by side. */
  beside(depth: number): Growing {
    const names = this.choices.of([['a'], ['a', 'b'], ['left', 'right'], ['a', 'b', 'x']])
    const towers = names.map((name): [string, Drawn] => [name, this.drawn(this.choices.below(depth))])
    const under = (pick: (tower: Drawn) => Sizes | Values): Map<string, Sizes> =>
      new Map(
        towers.flatMap(([name, tower]): [string, Sizes][] => {
          const values = pick(tower)
          return isOne(values) ? [[name, values]] : [...values].map(([own, sizes]) => [`${name}.${own}`, sizes])
        }),
      )
    const input = under((tower) => tower.input)
    const output = under((tower) => tower.output)
    // A tower's inputs are known under their names, unless these stand for what it gives.
    const kept = under(({ names, input }) => new Map([...names].filter(([name]) => !(isOne(input) ? name === 'input' : input.has(name)))))
    const text = `parallel({ ${towers.map(([name, tower]) => `${name}: ${tower.text}`).join(', ')} })`
    // The name of a tower with several outputs is that of no value.
    const ofSeveral = new Set(towers.filter(([, tower]) => isOne(tower.input) && !isOne(tower.output)).map(([name]) => name))
    const known = [...input].filter(([name]) => !ofSeveral.has(name))
    return new Growing(input, text, output, new Map([...known, ...kept, ...output]))
  }

  /** A network applied to values of its inputs' names. */
  applied(depth: number): Growing {
    const inner = this.drawn(this.choices.below(depth))
    const host = this.hostOf(inner.input)
    const how = this.choices.below(4)
    const single = isOne(inner.input) && isOne(inner.output)
    if (how === 0 && single)
      host.call(`concat((x) => x.apply(${inner.text}), (x) => x.apply(${inner.text}))`, doubled(inner.output as Sizes))
    else {
      this.#shared += 1
      host.call(how === 1 ? `apply(shared('s${this.#shared}', ${inner.text}))` : `apply(${inner.text})`)
      host.here = isOne(inner.output) ? inner.output : undefined
      const isInput = (name: string): boolean => (isOne(inner.input) ? name === 'input' : inner.input.has(name))
      for (const [name, sizes] of inner.names) if (!isInput(name)) host.values.set(name, sizes)
    }
    return host
  }

  /** A network with values for the inputs of another. */
  hostOf(input: Sizes | Values): Growing {
    const { choices } = this
    if (isOne(input)) {
      const host = new Growing(input, `input(${input.join(', ')})`)
      if (choices.below(2) === 0) host.call('relu()')
      return host
    }
    const more = new Map<string, Sizes>(choices.below(3) === 0 ? [['more', this.sizes()]] : [])
    if (choices.below(2) === 0 || input.has('input')) {
      const all = new Map([...input, ...more])
      return new Growing(all, `inputs(${record(all)})`)
    }
    // Values that are kept on the way.
    const begin = new Map<string, Sizes>([...input].map(([name, sizes]) => [`in ${name}`, sizes]))
    const host = new Growing(begin, `inputs(${record(begin)})`)
    for (const [name, sizes] of input) {
      host.call(`from('in ${name}').relu().keep('${name}')`, sizes)
      host.values.set(name, sizes)
    }
    return host
  }

  step(growing: Growing, depth: number): void {
    const { choices } = this
    const { here, values } = growing
    const [name, sizes] = choices.of([...values])
    const drawn = here ? choices.below(8) : choices.below(2)
    if (drawn === 0 || (!here && drawn === 1 && values.size < 2)) growing.call(`from('${name}')`, sizes)
    else if (drawn === 1) {
      const alike = [...values].filter(([other, each]) => other !== name && sameSizes(each, sizes))
      const [other] = alike.length > 0 ? choices.of(alike) : [undefined]
      if (other === undefined) growing.call(`from('${name}')`, sizes)
      else if (choices.below(3) === 0) growing.call(`concat('${name}', '${other}')`, doubled(sizes))
      else growing.call(`${choices.of(['add', 'subtract', 'average', 'multiply'])}('${name}', '${other}')`, sizes)
    } else if (here && drawn === 2) {
      const own = this.name()
      growing.call(`keep('${own}')`)
      growing.values.set(own, here)
    } else if (here && drawn === 3 && depth > 0) {
      // The same shared layer wherever its input fits.
      growing.call(here.length === 1 ? `apply(shared('wide${here[0]}', dense(4)))` : `apply(shared('wide', conv2d(${here.at(-1)}, 1)))`)
      growing.here = here.length === 1 ? [4] : here
    } else if (here && drawn === 4 && here.length === 3) growing.call('globalAvgPool()', [here[2] as number])
    else if (here && drawn === 5) this.part(growing, here)
    else if (here) growing.call(here.length === 1 ? 'dense(4)' : 'conv2d(4, 1)', [...here.slice(0, -1), 4])
  }

  /** Names for parts of the features. */
  part(growing: Growing, here: Sizes): void {
    const features = here.at(-1) as number
    const isEven = features % 2 === 0 && this.choices.below(2) === 0
    const sizes = isEven ? [features / 2, features / 2] : [1, features - 1]
    const names = sizes.map(() => this.name())
    const list = names.map((name) => `'${name}'`).join(', ')
    growing.call(isEven ? `chunk(${list})` : `split([${sizes.join(', ')}], ${list})`)
    for (const [index, name] of names.entries()) growing.values.set(name, [...here.slice(0, -1), sizes[index] as number])
  }

  end({ text, input, here, values }: Growing): Drawn {
    const { choices } = this
    if (here && choices.below(3) > 0) return { text, input, output: here, names: values }
    const chosen = [...values].filter(() => choices.below(3) === 0)
    const outputs = new Map(chosen.length > 0 ? chosen : [choices.of([...values])])
    const names = [...outputs.keys()].map((name) => `'${name}'`).join(', ')
    return { text: `${text}.outputs(${names})`, input, output: outputs, names: values }
  }
}

const doubled = (sizes: Sizes): Sizes => [...sizes.slice(0, -1), 2 * (sizes.at(-1) as number)]

/** A network with others inside, up to three levels deep. */
export const drawNested: fc.Arbitrary<string> = fc
  .array(fc.nat({ max: 1000 }), { minLength: 60, maxLength: 300, size: 'max' })
  .map((numbers) => new Nesting(new Choices(numbers)).drawn(3).text)
