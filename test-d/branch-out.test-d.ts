import { block, branchOut, dense, globalAvgPool, input, type Layer, type Network } from 'stridewise'
import { expectError, expectType } from 'tsd'

expectType<Network<[14, 14, 512] & { kept: { aux: [10] } }, [14, 14, 512], 5130>>(
  input(14, 14, 512).branchOut('aux', (x) => x.globalAvgPool().dense(10)),
)
expectType<Network<[14, 14, 512] & { kept: { aux: [10] } }, [14, 14, 512], 5130>>(
  input(14, 14, 512).branchOut('aux', block(globalAvgPool(), dense(10))),
)
expectType<Network<[8] & { kept: { aux: [2] } }, [8], 18>>(
  input(8).branchOut('aux', (x) => {
    expectType<Network<[8], [8], 0>>(x)
    return x.dense(2)
  }),
)
expectType<Layer<'branchOut', ['aux', Layer<'dense', [10]>]>>(branchOut('aux', dense(10)))

expectError(input(14, 14, 512).branchOut('aux', dense(10)))
expectError(input(14, 14, 512).branchOut('', globalAvgPool()))
