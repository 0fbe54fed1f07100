import { FormatError, ShapeError, adaptiveAvgPool, adaptiveMaxPool, add, affine, average, avgPool1d, avgPool2d, avgPool3d, batchNorm, block, branch, branchOut, chunk, classToken, concat, conv1d, conv2d, conv3d, convTranspose1d, convTranspose2d, convTranspose3d, crop, defineLayer, dense, depthwiseConv1d, depthwiseConv2d, depthwiseConv3d, dropout, elu, embedding, flatten, from, gelu, globalAvgPool, globalMaxPool, groupNorm, gru, hardSigmoid, hardSwish, identity, input, inputs, instanceNorm, keep, layerNorm, layerScale, leakyRelu, localResponseNorm, logSoftmax, lstm, matmul, maxPool1d, maxPool2d, maxPool3d, maximum, meanTokens, minimum, mish, multiHeadAttention, multiply, networkFrom, normalize, pad, parallel, patchMerging, permute, pixelShuffle, pixelUnshuffle, positionEmbedding, prelu, relu, relu6, repeat, rescale, reshape, residual, rmsNorm, selectToken, selu, separableConv1d, separableConv2d, shared, sigmoid, silu, slice, softmax, softplus, split, squeeze, stochasticDepth, subtract, tanh, toTokens, unflatten, unsqueeze, upsample, windowAttention, zeroPad } from 'stridewise'
const net = input(8, 8, 4).keep('a').conv2d(8, 1).keep('b')
const two = inputs({ left: [8, 8, 4], right: [4, 4, 4] })
const flag = (Date.now() > 5) as boolean
const k = flag ? 99 : 3
const st = flag ? 3 : 1
const many = Array(120).fill('x') as unknown as string[]
const empties = {}
const noTowers: Record<string, never> = {}
const wideTowers: Record<string, typeof net> = { a: net }
const side: { a: typeof net } = { a: net }
const typed: { a?: typeof net } = {}
;(net.branchOut((x) => x, 'name'))
;(net.branchOut((x) => x.relu(), 'name').relu())
;(shared(relu(), 'name'))
;(net.apply(shared(relu(), 'name')))
;(net.branchOut(relu(), 'name'))
;(net.branchOut((x) => x, 'name'))
;(net.branchOut((x) => x.relu(), 'name').relu())
;(net.apply(branchOut(relu(), 'name')))
;(net.apply(shared((x) => x, 'name')))
;(net.apply(shared(3, relu())))
;(net.branchOut(3, relu()))
;(net.branchOut('aux', (x) => x.relu()))
;(net.branchOut('aux', relu()).outputs('aux'))
;(net.apply(shared('s', relu())))
;(net.apply(shared(String(1), relu())))
;(net.branchOut(String(1), relu()))
;(net.apply(branchOut(String(1), relu())))
;(net.branchOut(flag ? 'x' : 'y', relu()))
;(net.apply(block(shared(relu(), 's'))))
;(net.add(shared(relu(), 's'), identity()))
;(net.apply(shared(relu, 's')))
;(net.branchOut(relu, 's'))
;(net.branchOut([relu()], 's'))
;(net.branchOut(net, 's'))
;(net.branchOut(undefined, relu()))
;(net.branchOut('', relu()))
;(net.apply(shared('', relu())))
;(net.branchOut(relu(), relu()))
;(net.branchOut(`x${'y'}`, relu()))
;(net.branchOut('a' as any, relu()))
;(net.apply(shared('a' as any, relu())))
