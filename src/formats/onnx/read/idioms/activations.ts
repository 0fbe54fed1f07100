import type { OnnxNode } from '../../model.js'
import { isNear, type Links } from './links.js'
import type { Found, Idioms } from './rewrite.js'

/** Activations that are written as their formulas. */

/** A layer on one value. */
const layer = (kind: string, input: string, covers: readonly OnnxNode[], settings: Readonly<Record<string, unknown>> = {}): Found => ({
  covers,
  inputs: [input],
  read: (read, node) => read.onValue(node, read.value(node), kind, settings),
})

/** A value kept between two numbers, whichever operators do it. */
const clipped = (links: Links, name: string | undefined, low: number, high: number): { of: string; covers: OnnxNode[] } | undefined => {
  const clip = links.maker(name, 'Clip')
  const at = (node: OnnxNode, index: number, attribute: string): number | undefined => {
    const found = node.attributes[attribute]
    return found && 'float' in found ? found.float : links.number(node.inputs[index])
  }
  if (clip) {
    const isSo = isNear(at(clip, 1, 'min'), low) && isNear(at(clip, 2, 'max'), high)
    return isSo ? { of: clip.inputs[0] as string, covers: [clip] } : undefined
  }
  const min = links.maker(name, 'Min')
  const inner = min && links.either(min, (input) => (isNear(links.number(input), high) ? true : undefined))
  const below = inner && (links.maker(inner.other, 'Max') ?? (low === 0 ? links.maker(inner.other, 'Relu') : undefined))
  if (!min || !below) return undefined
  const of =
    below.operator === 'Relu'
      ? below.inputs[0]
      : links.either(below, (input) => (isNear(links.number(input), low) ? true : undefined))?.other
  return of === undefined ? undefined : { of, covers: [min, below] }
}

/** relu6(x + 3), of which x. */
const gate = (links: Links, name: string | undefined): { of: string; covers: OnnxNode[] } | undefined => {
  const clip = clipped(links, name, 0, 6)
  // PyTorch writes relu6 as a relu that is clipped.
  const relu = links.maker(clip?.of, 'Relu')
  const inner = relu ? relu.inputs[0] : clip?.of
  const of = links.with(inner, 'Add', 3)
  const add = links.maker(inner, 'Add')
  return clip && add && of !== undefined ? { of, covers: [...clip.covers, ...(relu ? [relu] : []), add] } : undefined
}

/** relu6(x + 3) / 6, in any order of its factors. */
const hardSigmoid = (links: Links, node: OnnxNode): Found | undefined => {
  const whole = links.with(node.outputs[0], 'Mul', 1 / 6)
  const found = whole === undefined ? undefined : gate(links, whole)
  return found && layer('hardSigmoid', found.of, [...found.covers])
}

/** x * relu6(x + 3) / 6, in any order of its factors. */
const hardSwish = (links: Links, node: OnnxNode): Found | undefined => {
  // (x * relu6(x + 3)) / 6
  const product = links.maker(links.with(node.outputs[0], 'Mul', 1 / 6), 'Mul')
  const inner = product && links.either(product, (input) => gate(links, input))
  if (product && inner && inner.found.of === inner.other) return layer('hardSwish', inner.other, [product, ...inner.found.covers])
  if (node.operator !== 'Mul') return undefined
  // x * (relu6(x + 3) / 6), or (x / 6) * relu6(x + 3)
  const outer = links.either(node, (input) => {
    const sixth = links.with(input, 'Mul', 1 / 6)
    const found = sixth === undefined ? undefined : gate(links, sixth)
    return found && { ...found, covers: [...found.covers, links.maker(input, 'Mul', 'Div') as OnnxNode] }
  })
  if (outer && outer.found.of === outer.other) return layer('hardSwish', outer.other, outer.found.covers)
  const turned = links.either(node, (input) => gate(links, input))
  const sixth = turned && links.with(turned.other, 'Mul', 1 / 6)
  if (!turned || sixth !== turned.found.of) return undefined
  return layer('hardSwish', sixth, [...turned.found.covers, links.maker(turned.other, 'Mul', 'Div') as OnnxNode])
}

/** max(x, a x) with a from 0 to 1, or max(x, 0). */
const leakyRelu = (links: Links, node: OnnxNode): Found | undefined => {
  const zero = links.either(node, (input) => (links.number(input) === 0 ? true : undefined))
  if (zero) return layer('relu', zero.other, [])
  const scaled = links.either(node, (input) => {
    const product = links.maker(input, 'Mul')
    const slope = product && links.either(product, (factor) => links.number(factor))
    return product && slope && slope.found > 0 && slope.found < 1 ? { product, slope } : undefined
  })
  if (!scaled || scaled.found.slope.other !== scaled.other) return undefined
  return layer('leakyRelu', scaled.other, [scaled.found.product], { slope: Number(scaled.found.slope.found.toPrecision(7)) })
}

/** min(max(x, 0), 6). */
const relu6 = (links: Links, node: OnnxNode): Found | undefined => {
  const found = clipped(links, node.outputs[0], 0, 6)
  return found && layer('relu6', found.of, found.covers)
}

/** log(exp(x) + 1). */
const softplus = (links: Links, node: OnnxNode): Found | undefined => {
  const exp = links.maker(links.with(node.inputs[0], 'Add', 1), 'Exp')
  return exp && layer('softplus', exp.inputs[0] as string, [exp, links.maker(node.inputs[0], 'Add') as OnnxNode])
}

export const activationIdioms: Idioms = {
  Div: [hardSwish, hardSigmoid],
  Log: [softplus],
  Max: [leakyRelu],
  Min: [relu6],
  Mul: [hardSwish, hardSigmoid],
}
