import { type Call, isCall } from './call.js'

/** A name for the function that gives a block, by the layers in it. */
export const functionName = (body: Call): string => {
  const layers = callsIn(body)
  const has = (pattern: RegExp): boolean => layers.some(({ name }) => pattern.test(name))
  const kernels = layers.filter(({ name }) => /^conv\dd$/.test(name)).map(({ args }) => args[1])
  const isResidual = has(/^residual$|^add$/)
  if (has(/Attention$/)) return 'encoderBlock'
  if (body.name === 'concat' && kernels.length > 2) return 'inception'
  if (has(/^concat$/)) return 'denseBlock'
  if (has(/^depthwise/)) return isResidual ? 'invertedResidual' : 'depthwiseBlock'
  if (has(/^multiply$/) && !isResidual) return 'squeezeAndExcite'
  if (layers.some(({ name, args }) => name === 'residual' && args.length > 1)) return 'projectionBlock'
  if (kernels[0] === 1 && kernels[2] === 1) return isResidual ? 'bottleneckBlock' : 'bottleneck'
  if (isResidual) return 'residualBlock'
  if (has(/^convTranspose/)) return 'upBlock'
  if (kernels.length > 0) return 'convBlock'
  return has(/^dense$/) ? 'denseLayers' : 'layers'
}

const callsIn = (call: Call): Call[] => [call, ...call.args.flatMap((arg) => (isCall(arg) ? callsIn(arg) : []))]
