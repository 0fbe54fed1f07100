import type { Report } from './report.js'

/**
 * A report as JSON text, for machines: the same names as the object's, two spaces an indent.
 *
 * @example
 * writeFileSync('vgg16.json', json(report(vgg16)))
 */
export const json = (report: Report): string => `${JSON.stringify(report, null, 2)}\n`
