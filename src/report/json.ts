import { jsonText } from '../shape/quoted.js'
import { requireReport } from './checked-input.js'
import type { Report } from './report.js'

/**
 * A report as JSON text, for machines: the same names as the object's, two spaces an indent.
 *
 * @throws {TypeError} when it is given no report
 * @example
 * writeFileSync('vgg16.json', json(report(vgg16())))
 */
export const json = (report: Report): string => {
  requireReport('json', report)
  return `${jsonText(report, 2)}\n`
}
