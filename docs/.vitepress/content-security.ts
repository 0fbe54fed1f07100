import { createHash } from 'node:crypto'

/*
 * What the pages of the site may load and run: their own files, and the scripts that VitePress writes into them. Whatever gets into a
 * page in another way stays text.
 */

const directives = {
  'default-src': "'none'",
  // The runtime of ONNX is WebAssembly.
  'script-src': "'self' 'wasm-unsafe-eval'",
  // Shiki, Vue and the playground's editor write styles into the page.
  'style-src': "'self' 'unsafe-inline'",
  'img-src': "'self' data:",
  'font-src': "'self' data:",
  'connect-src': "'self'",
  'worker-src': "'self'",
  // The playground's code runs in a frame: public/playground-sandbox.html.
  'frame-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
} as const

/** The policy of a page whose own scripts are these. */
const policyFor = (scripts: readonly string[]): string => {
  const hashes = scripts.map((script) => ` 'sha256-${createHash('sha256').update(script).digest('base64')}'`)
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources}${name === 'script-src' ? [...new Set(hashes)].join('') : ''}`)
    .join('; ')
}

/** A page with its policy, which stands before everything that it is for. */
export const withPolicy = (page: string): string => {
  const scripts = [...page.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(([, script = '']) => script)
  return page.replace(
    /<meta charset="[^"]*">/i,
    (first) => `${first}<meta http-equiv="Content-Security-Policy" content="${policyFor(scripts)}">`,
  )
}
