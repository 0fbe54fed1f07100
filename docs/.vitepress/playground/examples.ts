import * as classifiers from './examples/classifiers.js'
import * as graphs from './examples/graphs.js'

/** What the playground can begin with: from the lecture, then what came after, then the zoo. */
export const examples: Readonly<Record<string, string>> = {
  'A stride that does not fit': classifiers.misfit,
  'LeNet-5': classifiers.lenet,
  'AlexNet, without normalization': classifiers.alexnet,
  'VGG-16, in stages': classifiers.vgg,
  'An inception module': classifiers.inception,
  'A residual block': classifiers.residual,
  'A mobile block': classifiers.mobile,
  'A vision transformer': classifiers.vit,
  'U-Net, with kept values': graphs.unet,
  'A detector with a pyramid': graphs.detector,
  'A siamese network': graphs.siamese,
  'An image and sensors': graphs.sensors,
  'Words in sound': graphs.audio,
  'Reviews with an LSTM': graphs.lstm,
  'Video clips': graphs.video,
  'A generator of images': graphs.generator,
  'Out of the zoo': classifiers.zoo,
}
