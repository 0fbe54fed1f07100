/*
 * The weights of each class of layers in the order in which Keras creates them, which is the order of `layer.weights`: the trainable ones
 * first. https://github.com/keras-team/keras, keras/src/layers, `build` of each class.
 */

type Config = Readonly<Record<string, unknown>>

/** Names, without those that the options leave out. */
type Names = (config: Config) => readonly string[]

const unless = (config: Config, option: string, name: string): string[] => (config[option] === false ? [] : [name])

const withBias =
  (...names: readonly string[]): Names =>
  (config) => [...names, ...unless(config, 'use_bias', 'bias')]

const affine: Names = (config) => [...unless(config, 'scale', 'gamma'), ...unless(config, 'center', 'beta')]

const ofClass: Readonly<Record<string, Names>> = {
  Dense: withBias('kernel'),
  LSTM: withBias('kernel', 'recurrent_kernel'),
  GRU: withBias('kernel', 'recurrent_kernel'),
  Embedding: () => ['embeddings'],
  PReLU: () => ['alpha'],
  BatchNormalization: (config) => [...affine(config), 'moving_mean', 'moving_variance'],
  LayerNormalization: affine,
  GroupNormalization: affine,
  RMSNormalization: () => ['scale'],
  Normalization: (config) => ((config['mean'] ?? config['variance'] ?? null) === null ? ['mean', 'variance'] : []),
}

const separable = withBias('depthwise_kernel', 'pointwise_kernel')
const depthwise = withBias('depthwise_kernel')

/** The names of a layer's weights, in the order of Keras; none for a class without weights. */
export const weightsOfLayer = (className: string, config: Config): readonly string[] => {
  if (/^SeparableConv\dD$/.test(className)) return separable(config)
  if (/^DepthwiseConv\dD$/.test(className)) return depthwise(config)
  if (/^Conv\dD(Transpose)?$/.test(className)) return withBias('kernel')(config)
  return Object.hasOwn(ofClass, className) ? (ofClass[className] as Names)(config) : []
}
