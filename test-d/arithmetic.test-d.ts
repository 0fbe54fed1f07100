import type { Add, Compare, Divide, Multiply, Order, Subtract } from 'stridewise'
import { expectType } from 'tsd'

declare const type: <Type>() => Type

expectType<138357544>(type<Add<138344128, 13416>>())
expectType<9007199254740991>(type<Add<9007199254740990, 1>>())
expectType<number>(type<Add<9007199254740991, 1>>())
expectType<number>(type<Add<number, 1>>())

expectType<216>(type<Subtract<227, 11>>())
expectType<-2>(type<Subtract<5, 7>>())
expectType<0>(type<Subtract<7, 7>>())

expectType<25088>(type<Multiply<49, 512>>())
expectType<number>(type<Multiply<94906266, 94906266>>())

expectType<[quotient: 54, remainder: 0]>(type<Divide<216, 4>>())
expectType<[quotient: 43, remainder: 1]>(type<Divide<216, 5>>())
expectType<never>(type<Divide<216, 0>>())

expectType<'greater'>(type<Compare<11, 7>>())
expectType<'less'>(type<Compare<9, 10>>())
expectType<'equal'>(type<Compare<10, 10>>())
expectType<Order>(type<Compare<number, 10>>())
