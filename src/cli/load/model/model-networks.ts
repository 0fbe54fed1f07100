import { basename, extname } from 'node:path'
import type { InputSizesGiven } from '../../../formats/input-sizes.js'
import type { Survey } from '../../../formats/onnx/survey/survey.js'
import { FormatError } from '../../../network/format-error.js'
import type { AnyNetwork } from '../../../network/network.js'
import { UsageError } from '../../output/exit.js'
import { type Problem, sentenceOf } from '../../output/problem.js'
import { readWholeFile } from './bytes.js'
import { maxFileSize, readModelFile, requireModelFile } from './model-file.js'

/** Models of other tools in the place of files that export networks. */

/** A model: a network, or what can be said of its operators where they are none. */
export type ModelFound =
  | { readonly file: string; readonly name: string; readonly network: AnyNetwork }
  | { readonly file: string; readonly name: string; readonly survey: Survey; readonly why: string }

/** What a model's file has in it, its mistake, or why its path is of no use. */
export const modelAt = async (path: string, input?: InputSizesGiven): Promise<ModelFound | Problem | string> => {
  let file: string
  try {
    file = requireModelFile(path)
  } catch (error) {
    if (error instanceof UsageError) return error.message
    throw error
  }
  const name = basename(file, extname(file))
  try {
    return { file, name, network: (await readModelFile(file, false, input)).network }
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    const survey = extname(file) === '.onnx' ? await surveyAt(file, input) : undefined
    const sentence = sentenceOf(error)
    return survey ? { file, name, survey, why: sentence } : { file, message: sentence }
  }
}

/** The operators of an ONNX file, if it is one. */
const surveyAt = async (file: string, input: InputSizesGiven | undefined): Promise<Survey | undefined> => {
  const [{ decodeModel }, { survey }] = await Promise.all([
    import('../../../formats/onnx/wire/decode.js'),
    import('../../../formats/onnx/survey/survey.js'),
  ])
  try {
    return survey(decodeModel(readWholeFile(file, maxFileSize['.onnx'])), input)
  } catch (error) {
    if (error instanceof FormatError) return undefined
    throw error
  }
}
