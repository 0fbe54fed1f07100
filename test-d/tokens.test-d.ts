import { input, type Layer, type Mistake, type Network, selectToken } from 'stridewise'
import { expectError, expectType } from 'tsd'

expectType<Network<[14, 14, 768], [196, 768], 0>>(input(14, 14, 768).toTokens())
expectType<Network<[4, 5, 6, 8], [120, 8], 0>>(input(4, 5, 6, 8).toTokens())
expectType<Network<[196, 768], [197, 768], 768>>(input(196, 768).classToken())
expectType<Network<[197, 768], [197, 768], 151296>>(input(197, 768).positionEmbedding())
expectType<Network<[197, 768], [768], 0>>(input(197, 768).selectToken())
expectType<Network<[196, 768], [768], 0>>(input(196, 768).meanTokens())
expectType<Layer<'selectToken', [0]>>(selectToken())

expectError(input(8).toTokens())
expectError(input(14, 14, 768).classToken())
expectError(input(197, 768).selectToken(197))
declare const sentenceOf: <Sentence>(method: Mistake<Sentence>) => Sentence
expectType<'classToken: needs an input of [tokens, features], not 14x14x768. Use toTokens() first: it gives 196x768.'>(
  sentenceOf(input(14, 14, 768).classToken),
)
