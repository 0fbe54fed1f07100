import { html, sectionsOf } from '../../../../src/drawing/html/html.js'
import { input } from '../../../../src/network/input.js'
import type { AnyNetwork } from '../../../../src/network/network.js'

/*
 * The page in the panel: the report's own, with what the editor and the page tell each other.
 */

/** What the page is told. */
export type ToPage =
  /** The report of another network, as HTML in which every text is escaped. */
  | { readonly kind: 'network'; readonly name: string; readonly content: string }
  /** What is wrong; the picture stays, dimmed, with the layer in red that does not fit. */
  | { readonly kind: 'mistake'; readonly sentence: string; readonly layer: string | undefined }
  /** There is no network to show. */
  | { readonly kind: 'nothing'; readonly sentence: string }
  /** The layers of the code under the cursor. */
  | { readonly kind: 'here'; readonly layers: readonly string[] }

/** What the page tells. */
export type FromPage =
  | { readonly kind: 'ready' }
  /** A layer was clicked. */
  | { readonly kind: 'layer'; readonly name: string }

/** What came from the page; undefined for anything else. */
export const fromPage = (message: unknown): FromPage | undefined => {
  if (typeof message !== 'object' || message === null || !('kind' in message)) return undefined
  if (message.kind === 'ready') return { kind: 'ready' }
  const isLayer = message.kind === 'layer' && 'name' in message && typeof message.name === 'string' && message.name.length <= 1_000
  return isLayer ? { kind: 'layer', name: (message as { name: string }).name } : undefined
}

/** The report of a network as a part of the page. */
export const contentOf = (name: string, network: AnyNetwork): string => sectionsOf([{ name, network }]).join('\n')

/** Nothing is loaded, and nothing runs but what has the nonce. Bars have their lengths in attributes. */
const policyOf = (nonce: string): string =>
  [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')

/** The page, before it is told of a network. */
export const pageWith = (nonce: string): string => {
  const page = html([{ name: 'network', network: input(1) }], { policy: policyOf(nonce), nonce, style, script })
  return page.replace(/<main\b[\s\S]*<\/main>/, '<p id="said" role="status"></p>\n<div id="shown"></div>')
}

const style = `
body{padding:0;font-size:13px}
main{display:flex;flex-direction:column;padding:16px 16px 32px}
main>*{min-width:0;order:2}
h1,.headline,.lead{order:0}
h1{font-size:20px}
.headline{font-size:15px}
.lead{margin-bottom:0;font-size:14px}
figure{order:1;margin:12px 0}
.cards b{font-size:16px}
.cards div{padding:8px 12px}
#theme,.jump{display:none}
#said{margin:0;padding:10px 16px;white-space:pre-wrap;overflow-wrap:anywhere}
#said:empty{display:none}
#said.wrong{border-left:3px solid var(--vscode-editorError-foreground,#c4314b)}
#shown.old .lines,#shown.old .heads,#shown.old .frame,#shown.old .volume:not(.wrong),#shown.old main>:not(h1,figure){opacity:.4}
.stridewise .volume.here .box{stroke:var(--vscode-focusBorder,#2266cc);stroke-width:3}
tr.here{outline:2px solid var(--vscode-focusBorder,#2266cc);outline-offset:-2px}
#shown.old .volume.wrong .box{stroke:#d11a2a;stroke-width:4}
#shown.old .volume.wrong .box path,#shown.old .volume.wrong .box circle{fill:#f0808c}
tr.wrong th,tr.wrong td{color:#d11a2a}
.cards{grid-template-columns:repeat(auto-fit,minmax(150px,1fr))}
`

const script = `
const editor = acquireVsCodeApi()
const shown = document.getElementById('shown')
const said = document.getElementById('said')
let last
const themed = () => {
  const { classList } = document.body
  const isDark = classList.contains('vscode-dark') || (classList.contains('vscode-high-contrast') && !classList.contains('vscode-high-contrast-light'))
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light'
}
themed()
new MutationObserver(themed).observe(document.body, { attributes: true, attributeFilter: ['class'] })
const mark = (name, layers, scrolls) => {
  for (const marked of shown.querySelectorAll('.' + name)) marked.classList.remove(name)
  const wanted = new Set(layers)
  const rows = [...shown.querySelectorAll('tr[data-layer]')].filter((row) => wanted.has(row.dataset.layer))
  // A layer without a box of its own is drawn as another.
  for (const row of rows) wanted.add(row.dataset.drawn)
  const volumes = [...shown.querySelectorAll('.volume[data-layer]')].filter((volume) => wanted.has(volume.dataset.layer))
  for (const each of [...rows, ...volumes]) each.classList.add(name)
  const first = volumes.find((volume) => volume.getClientRects().length > 0)
  const picture = first && first.closest('.picture')
  if (!scrolls || !picture) return
  const [at, frame] = [first.getBoundingClientRect(), picture.getBoundingClientRect()]
  if (at.left < frame.left || at.right > frame.right) picture.scrollLeft += at.left - frame.left - frame.width / 2
  if (at.top < frame.top || at.bottom > frame.bottom) picture.scrollTop += at.top - frame.top - frame.height / 2
}
addEventListener('message', ({ data }) => {
  if (data.kind === 'network') {
    shown.innerHTML = data.content
    shown.classList.remove('old')
    document.getElementById('tip').hidden = true
    if (data.name !== last) scrollTo(0, 0)
    last = data.name
  }
  if (data.kind === 'nothing') shown.replaceChildren()
  if (data.kind === 'mistake') {
    shown.classList.add('old')
    mark('wrong', data.layer === undefined ? [] : [data.layer], true)
  }
  if (data.kind !== 'here') {
    said.textContent = data.sentence ?? ''
    said.classList.toggle('wrong', data.kind === 'mistake')
  } else mark('here', data.layers, true)
})
addEventListener('click', (event) => {
  const part = event.target.closest?.('.volume[data-layer],tr[data-layer]')
  if (part && !dragged) editor.postMessage({ kind: 'layer', name: part.dataset.layer })
})
editor.postMessage({ kind: 'ready' })
`
