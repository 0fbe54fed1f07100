import { dropout, elu, input, type Layer, leakyRelu, type Network, prelu, relu6, stochasticDepth } from 'stridewise'
import { expectError, expectType } from 'tsd'

const net = input(28, 28, 64)

expectType<Network<[28, 28, 64], [28, 28, 64], 0>>(net.relu6().leakyRelu(0.1).leakyRelu().elu(0.5).selu().softplus())
expectType<Network<[28, 28, 64], [28, 28, 64], 0>>(net.sigmoid().hardSigmoid().tanh().logSoftmax())
expectType<Network<[28, 28, 64], [28, 28, 64], 0>>(net.silu().hardSwish().gelu().mish().stochasticDepth(0.2))
expectType<Network<[28, 28, 64], [28, 28, 64], 64>>(net.prelu())
expectType<Network<[28, 28, 64], [28, 28, 64], 1>>(net.prelu({ shared: true }))
expectType<Network<[28, 28, 64], [28, 28, 64], number>>(net.prelu({ shared: Boolean(1) }))

expectType<Layer<'relu6', []>>(relu6())
expectType<Layer<'leakyRelu', [0.1]>>(leakyRelu(0.1))
expectType<Layer<'leakyRelu', [0.01]>>(leakyRelu())
expectType<Layer<'elu', [1]>>(elu())
expectType<Layer<'prelu', []>>(prelu())
expectType<Layer<'prelu', [{ shared: true }]>>(prelu({ shared: true }))
expectType<Layer<'stochasticDepth', [0.2]>>(stochasticDepth(0.2))

expectError(net.stochasticDepth(1))
expectError(net.dropout(-0.1))
expectError(net.apply(dropout(2)))
expectError(net.prelu({ share: true }))
expectError(net.relu6(6))
