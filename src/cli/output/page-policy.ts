import { createHash } from 'node:crypto'
import { script } from '../../drawing/html/page.js'

/*
 * A page of a report loads nothing, sends nothing and runs only its own script: whatever gets into it in another way stays text.
 */

/** A page with its content security policy, which stands before everything that it is for. */
export const withPolicy = (page: string): string => {
  const own = createHash('sha256').update(script).digest('base64')
  // Bars and pictures have their sizes in attributes, which no hash can allow.
  const policy = `default-src 'none'; script-src 'sha256-${own}'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'`
  return page.replace('<meta charset="utf-8">', `$&\n<meta http-equiv="Content-Security-Policy" content="${policy}">`)
}
