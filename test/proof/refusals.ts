/** Why a format refuses a network: a closed list. A sentence that is not on it counts as a difference. */

const reasons: Readonly<Record<string, readonly (readonly [RegExp, string])[]>> = {
  pytorch: [
    [/nn\.AvgPool\dd has no dilation/, 'an average pool with dilation'],
    [/up to three spatial axes/, 'more than three spatial axes'],
    [/its indices must be the input/, 'an embedding of what a layer gives'],
    [/its last window begins in the padding/, 'a window that begins in the padding'],
  ],
  onnx: [
    [/takes an odd size only/, 'an even size'],
    [/an alpha and a beta above 0 only/, 'alpha or beta up to 0'],
    [/no average pool whose padding/, 'padding as large as a window'],
    [/no average pool that hangs over/, 'a window that hangs over the edge'],
  ],
  keras: [
    [/no layer with both a stride and a dilation/, 'a stride with a dilation'],
    [/would be as many convolutions/, 'more than 1024 groups'],
    [/the same stride on all axes only/, 'strides that differ'],
    [/no notice of the dilation of a depthwise/, 'a dilation'],
    [/no depthwise convolution over three axes/, 'three axes'],
    [/the pools of Keras have no dilation/, 'a dilation'],
    [/its windows reach further over the edge/, 'a window that hangs over the edge'],
    [/its last window hangs over the edge/, 'a window that hangs over the edge'],
    [/its windows differ in size/, 'windows that differ in size'],
    [/the cells of a bilinear resize/, 'bilinear'],
    [/have no layer for .* in common/, 'no such layer'],
    [/resets the state before its product/, 'no such layer'],
    [/has it without groups/, 'groups'],
    [/has it without dilation/, 'a dilation'],
    [/the output padding is more than/, 'an output padding'],
    [/no output padding/, 'an output padding'],
    [/no slope below 0/, 'a slope below 0'],
    [/has no log_softmax/, 'no such layer'],
    [/Keras has no such layer/, 'no such layer'],
  ],
}

/** The reason in a format's sentence; `undefined` for one that is not on the list. */
export const reasonOf = (format: string, sentence: string): string | undefined =>
  reasons[format]?.find(([pattern]) => pattern.test(sentence))?.[1]
