import fc from 'fast-check'
import { Choices } from './choices.js'

/** Draws networks as source: several inputs, names, branches from names, shared layers, joins and named outputs. All of them can be. */

type Sizes = readonly number[]

/** A layer as source, and the shape that it gives. */
interface DrawnLayer {
  readonly text: string
  readonly output: Sizes
}

const same = (one: Sizes, other: Sizes): boolean => one.length === other.length && one.every((size, axis) => size === other[axis])

class Drawing {
  readonly values = new Map<string, Sizes>()
  readonly shared = new Map<string, { layer: string; weights: string; gives: (here: Sizes) => Sizes }>()
  readonly calls: string[] = []
  /** The names of values of two axes, which only attention takes. */
  readonly tokens: string[] = []
  here: Sizes | undefined
  nodes = 0
  #names = 0

  constructor(readonly choices: Choices) {
    const count = choices.below(3)
    const shapes: [string, Sizes][] = ['left', 'right', 'label'].slice(0, count + 1).map((name) => [name, this.shape()])
    if (count > 0 || choices.below(4) === 1) {
      this.calls.push(`inputs({ ${shapes.map(([name, shape]) => `${name}: [${shape.join(', ')}]`).join(', ')} })`)
      for (const [name, shape] of shapes) this.values.set(name, shape)
    } else {
      const shape = shapes[0]?.[1] as Sizes
      this.calls.push(`input(${shape.join(', ')})`)
      this.values.set('input', shape)
      this.here = shape
    }
  }

  shape(): Sizes {
    const { choices } = this
    return choices.below(2) === 0
      ? [choices.of([4, 8, 10])]
      : [
          ...choices.of([
            [8, 8],
            [4, 4],
            [6, 4],
          ]),
          choices.of([1, 3, 4]),
        ]
  }

  name(): string {
    this.#names += 1
    return `${this.choices.of(['a', 'skip', 'p', 'x'])}${this.#names}`
  }

  /** Any layer that fits. */
  layer(here: Sizes): DrawnLayer {
    const { choices } = this
    const units = choices.of([2, 4, 8])
    this.nodes += 1
    if (here.length === 1) {
      return choices.of([
        { text: `dense(${units})`, output: [units] },
        { text: `dense(${units}, { bias: false })`, output: [units] },
        { text: 'relu()', output: here },
        { text: 'batchNorm()', output: here },
      ])
    }
    const [height, width, channels] = here as [number, number, number]
    const halves = height % 2 === 0 && width % 2 === 0
    return choices.of([
      { text: `conv2d(${units}, 1)`, output: [height, width, units] },
      { text: `conv2d(${units}, 3, { padding: 1 })`, output: [height, width, units] },
      { text: 'relu()', output: here },
      { text: 'layerNorm()', output: here },
      halves ? { text: 'maxPool2d(2)', output: [height / 2, width / 2, channels] } : { text: 'sigmoid()', output: here },
      { text: 'globalAvgPool()', output: [channels] },
      { text: 'flatten()', output: [height * width * channels] },
    ])
  }

  /** A layer that gives a shape; nothing where none is simple. */
  layerTo(here: Sizes, wanted: Sizes): string | undefined {
    this.nodes += 1
    if (wanted.length === 1 && here.length === 1) return `dense(${wanted[0]})`
    if (wanted.length === 1 && here.length === 3) return `globalAvgPool(), dense(${wanted[0]})`
    return here.length === wanted.length && same(here.slice(0, -1), wanted.slice(0, -1)) ? `conv2d(${wanted.at(-1)}, 1)` : undefined
  }

  /** Any branch: a name, a branch from a name, the value here, a layer or a function on it. */
  branch(): DrawnLayer {
    const { choices, here } = this
    const [name, shape] = choices.of([...this.values])
    const drawn = choices.below(here ? 6 : 2)
    if (drawn === 0) return { text: `'${name}'`, output: shape }
    if (drawn === 1) {
      const first = this.layer(shape)
      const keeps = choices.below(3) === 0 ? `keep('${this.name()}'), ` : ''
      const second = this.layer(first.output)
      return { text: `branch('${name}', ${first.text}, ${keeps}${second.text})`, output: second.output }
    }
    if (drawn === 2 || !here) return { text: 'identity()', output: here ?? shape }
    const layer = this.layer(here)
    if (drawn === 3) return layer
    if (drawn === 4) return { text: `(x) => x.${layer.text}`, output: layer.output }
    return { text: `block(${layer.text}, keep('inside'), relu())`, output: layer.output }
  }

  /** A branch that gives a shape. */
  branchTo(wanted: Sizes, otherwise: string): string {
    const { choices } = this
    const [name, shape] = choices.of([...this.values])
    if (same(shape, wanted)) return `'${name}'`
    const layers = this.layerTo(shape, wanted)
    return layers === undefined ? otherwise : `branch('${name}', ${layers})`
  }

  /** Two matrices whose inner axes meet: a value of two axes or more, and what the other needs for that. */
  multiply(here: Sizes): void {
    const { choices } = this
    const turned = [...here.keys()].map((axis, place) => (place < here.length - 2 ? axis : 2 * here.length - 3 - place))
    const [rows, columns] = here.slice(-2) as [number, number]
    const isSquare = rows === columns
    const drawn = choices.of([
      { text: `matmul(identity(), permute(${turned.join(', ')}))`, last: rows },
      { text: `matmul(identity(), block(relu(), permute(${turned.join(', ')})))`, last: rows },
      ...(isSquare ? [{ text: 'matmul(identity(), (x) => x.relu())', last: columns }] : []),
    ])
    this.calls.push(choices.below(3) === 0 && !drawn.text.includes('=>') ? `apply(${drawn.text})` : drawn.text)
    this.here = [...here.slice(0, -1), drawn.last]
    this.nodes += 2
  }

  /** Attention to tokens that have a name, and what is left of its tokens as a vector. */
  attend(here: Sizes): void {
    const { choices, tokens } = this
    const isImage = here.length === 3
    const [positions, features] = isImage ? [(here[0] as number) * (here[1] as number), here[2] as number] : [1, here[0] as number]
    this.calls.push(isImage ? 'toTokens()' : `reshape(1, ${features})`)
    if (tokens.length === 0 || choices.below(2) === 0) {
      const name = this.name()
      this.calls.push(choices.below(3) === 0 ? `apply(keep('${name}'))` : `keep('${name}')`)
      tokens.push(name)
    }
    const units = choices.of([features, 2, 4])
    if (units !== features) this.calls.push(`dense(${units})`)
    const bias = choices.below(3) === 0 ? ', bias: false' : ''
    const layer = `multiHeadAttention(${choices.of([1, units])}, { keys: '${choices.of(tokens)}'${bias} })`
    const shared = `apply(shared('${this.name()}', ${layer}))`
    this.calls.push(choices.of([layer, `apply(${layer})`, `residual(${layer})`, `apply(repeat(2, block(${layer}, relu())))`, shared]))
    const isScores = choices.below(3) === 0
    if (isScores) this.calls.push('matmul(identity(), permute(1, 0))')
    this.calls.push('meanTokens()')
    this.here = [isScores ? positions : units]
    this.nodes += 4
  }

  join(): void {
    const { choices } = this
    const kind = choices.of(['add', 'subtract', 'average', 'maximum', 'concat', 'multiply'])
    const first = this.branch()
    const second = this.branchTo(first.output, first.text)
    const third = kind === 'subtract' || kind === 'multiply' || choices.below(2) === 0 ? [] : [this.branchTo(first.output, first.text)]
    const branches = [first.text, second, ...third]
    const joined = `${kind}(${branches.join(', ')})`
    // A function goes with a method alone.
    this.calls.push(choices.below(4) === 0 && !joined.includes('=>') ? `apply(${joined})` : joined)
    const { output } = first
    this.here = kind === 'concat' ? [...output.slice(0, -1), (output.at(-1) as number) * branches.length] : output
    this.nodes += 1
  }

  share(here: Sizes): void {
    const { choices, shared } = this
    const weightsOf = (shape: Sizes): string => (shape.length === 1 ? `${shape[0]}` : `map of ${shape.at(-1)}`)
    const known = [...shared].filter(([, { weights }]) => weights === weightsOf(here))
    this.nodes += 2
    if (known.length > 0 && choices.below(4) > 0) {
      const [name, { layer, gives }] = choices.of(known)
      this.calls.push(`apply(shared('${name}', ${layer}))`)
      this.here = gives(here)
      return
    }
    const units = choices.of([2, 4, here.at(-1) as number])
    const name = this.name()
    const layer = here.length === 1 ? `block(dense(${units}), relu())` : `conv2d(${units}, 3, { padding: 1 })`
    const gives = (shape: Sizes): Sizes => [...shape.slice(0, -1), units]
    shared.set(name, { layer, weights: weightsOf(here), gives })
    this.calls.push(`apply(shared('${name}', ${layer}))`)
    this.here = gives(here)
  }

  keep(here: Sizes): void {
    const name = this.name()
    this.calls.push(this.choices.below(3) === 0 ? `apply(keep('${name}'))` : `keep('${name}')`)
    this.values.set(name, here)
  }

  /** Layers in a block, a function or a network, with a name among them that is known behind it. */
  inner(here: Sizes): void {
    const { choices } = this
    const first = this.layer(here)
    const second = this.layer(first.output)
    const name = this.name()
    const begin = here.join(', ')
    this.calls.push(
      choices.of([
        `apply(block(${first.text}, keep('${name}'), ${second.text}))`,
        `apply((x) => x.${first.text}.keep('${name}').${second.text})`,
        `apply(input(${begin}).${first.text}.keep('${name}').${second.text})`,
        `apply(block(repeat(1, block(${first.text}, keep('${name}'))), ${second.text}))`,
      ]),
    )
    this.values.set(name, first.output)
    this.here = second.output
  }

  residual(here: Sizes): void {
    const { choices } = this
    const back = this.layerTo(here, here) as string
    const first = this.layer(here)
    const inside = same(first.output, here) ? first.text : (this.layerTo(here, here) as string)
    if (inside === undefined || back === undefined || back.includes('globalAvgPool')) return
    this.calls.push(
      choices.of([
        `residual(block(${inside}, keep('inside'), ${back}, add('inside', identity())))`,
        `residual((x) => x.apply(block(${inside}, ${back})))`,
        `apply(repeat(3, block(${back}, relu())))`,
      ]),
    )
    this.nodes += 4
  }

  head(here: Sizes): void {
    const name = this.name()
    const { text, output } = this.layer(here)
    this.calls.push(`branchOut('${name}', ${text})`)
    this.values.set(name, output)
  }

  step(): void {
    const { choices, here } = this
    const drawn = choices.below(here ? 14 : 2)
    if (drawn === 0) this.join()
    else if (drawn === 1 || !here) {
      const [name, shape] = choices.of([...this.values])
      this.calls.push(choices.below(4) === 0 ? `apply(from('${name}'))` : `from('${name}')`)
      this.here = shape
    } else if (drawn < 4) this.keep(here)
    else if (drawn < 6) this.share(here)
    else if (drawn === 6) this.inner(here)
    else if (drawn === 7) this.residual(here)
    else if (drawn === 8) this.head(here)
    else if (drawn === 9) this.join()
    else if (drawn === 10 && here.length === 3) this.multiply(here)
    else if (drawn < 12) this.attend(here)
    else {
      const { text, output } = this.layer(here)
      this.calls.push(text)
      this.here = output
    }
  }

  end(): string {
    const { choices } = this
    if (!this.here || choices.below(2) === 0) {
      const names = [...this.values.keys()]
      const chosen = names.filter(() => choices.below(3) === 0)
      this.calls.push(`outputs(${(chosen.length > 0 ? chosen : [names.at(-1)]).map((name) => `'${name}'`).join(', ')})`)
    }
    return this.calls.join('.')
  }
}

const drawUpTo = (most: number, minLength: number, maxLength: number): fc.Arbitrary<string> =>
  fc.array(fc.nat({ max: 1000 }), { minLength, maxLength, size: 'max' }).map((numbers) => {
    const drawing = new Drawing(new Choices(numbers))
    const steps = (most * 4) / 17 + drawing.choices.below((most * 14) / 17)
    for (let step = 0; step < steps && drawing.nodes < most; step += 1) drawing.step()
    return drawing.end()
  })

/** A network of at most some 20 nodes. */
export const drawGraph = drawUpTo(17, 40, 200)

/** A network of at most some 60 nodes, and some are of many. */
export const drawLargeGraph = fc.oneof({ weight: 3, arbitrary: drawGraph }, { weight: 1, arbitrary: drawUpTo(51, 200, 600) })
