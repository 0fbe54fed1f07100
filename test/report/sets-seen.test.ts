import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type AnyNetwork, type GraphNode, input, ShapeError } from '../../src/index.js'
import { receptiveFields } from '../../src/receptive-field/fields.js'
import { casesOf } from '../support/effort.js'
import { seed } from '../support/seed.js'
import { fieldsSeen } from '../support/sets-seen.js'

/** Receptive fields of drawn networks against sets of input cells. */

type Any = Record<string, (...given: unknown[]) => Any> & AnyNetwork
type Step = (x: Any) => Any

const call = (name: string, ...given: fc.Arbitrary<unknown>[]): fc.Arbitrary<Step> =>
  fc.tuple(...given).map((args) => (x: Any) => x[name]?.(...args) as Any)
const small = fc.integer({ min: 1, max: 4 })
const ends = fc.tuple(fc.tuple(fc.nat(3), fc.nat(3))).map((each) => [...each].map((both) => [...both]))
const padding = fc.oneof(fc.nat(3), fc.constant('same'), ends)
const options = fc.record({ stride: small, padding, dilation: fc.integer({ min: 1, max: 3 }), rounding: fc.constantFrom('floor', 'ceil') })

const layer: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: call('conv1d', fc.constant(2), small, options), weight: 4 },
  { arbitrary: call('depthwiseConv1d', small, options), weight: 1 },
  { arbitrary: call('separableConv1d', fc.constant(2), small, options), weight: 1 },
  {
    arbitrary: call('maxPool1d', small, fc.record({ stride: small, padding: fc.nat(1), rounding: fc.constantFrom('floor', 'ceil') })),
    weight: 2,
  },
  {
    arbitrary: call(
      'convTranspose1d',
      fc.constant(2),
      small,
      fc.record({ stride: fc.integer({ min: 1, max: 3 }), padding, dilation: fc.integer({ min: 1, max: 3 }) }),
    ),
    weight: 3,
  },
  { arbitrary: call('upsample', fc.integer({ min: 1, max: 3 }), fc.record({ method: fc.constantFrom('nearest', 'bilinear') })), weight: 2 },
  {
    arbitrary: call(
      'upsample',
      fc.oneof(fc.constantFrom(0.5, 0.75, 1.5, 2.3), fc.record({ size: fc.integer({ min: 1, max: 40 }) })),
      fc.oneof(
        fc.record({ method: fc.constantFrom('nearest', 'bilinear'), rounding: fc.constant('floor') }),
        fc.record({ method: fc.constant('bilinear'), rounding: fc.constant('floor'), alignCorners: fc.constant(true) }),
      ),
    ),
    weight: 2,
  },
  { arbitrary: call('adaptiveAvgPool', fc.integer({ min: 1, max: 7 })), weight: 2 },
  { arbitrary: call('zeroPad', ends), weight: 2 },
  { arbitrary: call('crop', ends), weight: 2 },
  { arbitrary: call('relu'), weight: 1 },
  { arbitrary: call('batchNorm'), weight: 1 },
  { arbitrary: call('multiHeadAttention', fc.constant(1)), weight: 1 },
  {
    arbitrary: fc.constant<Step>((x) => x['multiply']?.((y: Any) => y['globalAvgPool']?.()?.['dense']?.(x.output.at(-1))) as Any),
    weight: 1,
  },
)

/** A map cut or padded to a length, more in front than behind. */
const fitted = (x: Any, length: number): Any => {
  const beyond = ((x.output as readonly number[])[0] as number) - length
  if (beyond === 0) return x
  const behind = Math.floor(Math.abs(beyond) / 3)
  return x[beyond > 0 ? 'crop' : 'zeroPad']?.([[Math.abs(beyond) - behind, behind]]) as Any
}

const step = fc.letrec<{ any: Step }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    { arbitrary: layer, weight: 5 },
    {
      arbitrary: fc.array(tie('any'), { minLength: 1, maxLength: 4 }).map((all) => (x: Any) => all.reduce((so, each) => each(so), x)),
      weight: 4,
    },
    {
      arbitrary: fc
        .tuple(fc.constantFrom('add', 'concat'), fc.array(tie('any'), { minLength: 1, maxLength: 3 }))
        .map(([join, all]) => (x: Any) => {
          const length = ((all[0] as (x: Any) => Any)(x).output as readonly number[])[0] as number
          return x[join]?.(
            ...all.map((each) => (y: Any) => (join === 'add' ? fitted(each(y), length)?.['conv1d']?.(2, 1) : fitted(each(y), length))),
          ) as Any
        }),
      weight: 3,
    },
    {
      arbitrary: tie('any').map(
        (each) => (x: Any) =>
          x['residual']?.((y: Any) =>
            fitted(each(y), (x.output as readonly number[])[0] as number)?.['conv1d']?.((x.output as readonly number[])[1], 1),
          ) as Any,
      ),
      weight: 2,
    },
  ),
})).any

const tried = (make: Step, x: Any): Any | undefined => {
  try {
    const network = make(x)
    return network.output.length === 2 ? network : undefined
  } catch (error) {
    if (error instanceof ShapeError) return undefined
    throw error
  }
}

const joinsIn = ({ graph }: AnyNetwork): number => graph.nodes.filter(({ inputs }) => inputs.length > 1).length

const gcd = (one: number, other: number): number => (other === 0 ? one : gcd(other, one % other))

/** After how many places an upsampling is at a whole number of cells again. Factors have two decimals at most. */
const placesOfUpsample = ({ scale, alignCorners }: GraphNode['settings'], from: number, to: number): number => {
  const factor = scale === undefined ? undefined : Math.round(([scale].flat()[0] as number) * 100)
  const [places, cells] = alignCorners ? [to - 1, from - 1] : factor === undefined ? [to, from] : [factor, 100]
  return Math.max(places / (gcd(places, cells) || 1), 1)
}

/** A bound on the period of all that a network sees: beyond 256 a field is an upper bound. */
const periodOf = (network: AnyNetwork): number =>
  network.graph.nodes.reduce((product, { kind, settings, inputShapes, output }) => {
    const setting = (name: string): number => [settings[name]].flat()[0] as number
    if (kind === 'upsample') return product * placesOfUpsample(settings, inputShapes[0]?.[0] as number, output[0] as number)
    if (kind === 'convTranspose1d') return product * setting('stride')
    return kind.startsWith('adaptive') ? product * (output[0] as number) : product
  }, 1)

/** More joins than these could have branches of more than 16 different steps, which are not kept apart. */
test('drawn networks of one axis: no field is below that of the sets, and all with short periods are the same', { timeout: 0 }, () => {
  let [exact, all] = [0, 0]
  fc.assert(
    fc.property(fc.integer({ min: 5, max: 14 }), fc.array(step, { minLength: 1, maxLength: 4 }), (length, steps) => {
      const begin = input(length, 2) as unknown as Any
      const network = tried((x) => steps.reduce((so, each) => each(so), x), begin)
      if (
        !network ||
        joinsIn(network) > 2 ||
        network.graph.nodes.length > 40 ||
        network.graph.nodes.some(({ output }) => (output[0] as number) > 200)
      )
        return
      const fields = Object.fromEntries(
        [...receptiveFields(network.graph)].map(([name, { receptiveField }]) => [name, receptiveField[0] as number]),
      )
      const sets = Object.fromEntries(fieldsSeen(network.graph))
      all += 1
      if (periodOf(network) <= 256) {
        exact += 1
        expect(fields).toEqual(sets)
      }
      for (const [name, field] of Object.entries(fields)) expect(field).toBeGreaterThanOrEqual(sets[name] as number)
    }),
    { seed, numRuns: casesOf('receptive fields of drawn networks') },
  )
  expect(all).toBeGreaterThan(casesOf('receptive fields of drawn networks') / 4)
  expect(exact).toBeGreaterThan(all / 2)
})
