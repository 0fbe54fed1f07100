import { pageColours, pictureColours } from '../colours/page-colours.js'

/** The style of a page. */
export const sheet: string = [
  pageColours,
  pictureColours,
  '*{box-sizing:border-box}',
  'body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}',
  'main{max-width:1500px;margin:0 auto;padding:32px 24px 48px}',
  'main+main{border-top:1px solid var(--rule)}',
  'h1{margin:0;font-size:28px;line-height:1.2;letter-spacing:-.01em;overflow-wrap:anywhere}',
  '.lead{margin:4px 0 24px;color:var(--faint);font-size:17px;font-variant-numeric:tabular-nums}',
  '.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(190px,1fr));gap:12px;margin:0 0 20px}',
  '.cards div{display:flex;flex-direction:column;padding:12px 16px;border-radius:10px;background:var(--card);border:1px solid var(--rule)}',
  '.cards span,.cards small{color:var(--faint);overflow-wrap:anywhere}',
  '.cards b{font-size:21px;font-variant-numeric:tabular-nums}',
  'figure{margin:24px 0}',
  '.picture{overflow-x:auto;border:1px solid var(--rule);border-radius:10px}',
  // A wide picture shrinks with its page, as far as its text can still be read, and then scrolls.
  '.picture svg{display:block;margin:0 auto;min-width:calc(var(--width)*.72);max-width:100%;height:auto}',
  'figcaption{display:flex;flex-wrap:wrap;gap:4px 18px;margin-top:8px;color:var(--faint);font-size:13px}',
  'figcaption i,th i{display:inline-block;width:10px;height:10px;margin-right:7px;border-radius:2px}',
  '.wide{overflow-x:auto}',
  'table{width:100%;border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:14px}',
  'th,td{padding:3px 12px 3px 0;text-align:left;font-weight:400;white-space:nowrap}',
  'thead th,tfoot th,tfoot td{font-weight:600}',
  'thead th{border-bottom:1px solid var(--rule);position:sticky;top:0;background:var(--paper)}',
  'tfoot th,tfoot td{border-top:1px solid var(--rule)}',
  'td.number,th.number{text-align:right}',
  'td.bar{width:19%;min-width:200px}',
  'td.bar span{display:inline-block;width:120px;padding-right:10px;text-align:right;vertical-align:middle}',
  'td.bar div{display:inline-block;width:calc(100% - 124px);height:11px;vertical-align:middle}',
  'td.bar i{display:block;height:100%;min-width:1.5px;border-radius:2px}',
  'td.none span{color:var(--faint)}',
  'tbody tr:hover,tbody tr.lit{background:var(--card)}',
  '.stridewise .volume{cursor:default}',
  '.stridewise .volume.lit .box{stroke-width:2.4}',
  'dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 18px;margin:24px 0 0;font-size:13px;color:var(--faint)}',
  'dt{font-weight:600}dd{margin:0}',
  '#theme{position:fixed;top:14px;right:16px;z-index:2;width:34px;height:34px;border:1px solid var(--rule);border-radius:50%;background:var(--card);color:var(--ink);font-size:17px;line-height:1;cursor:pointer}',
  '#tip{position:fixed;z-index:3;max-width:360px;padding:8px 12px;border:1px solid var(--rule);border-radius:8px;background:var(--card);color:var(--ink);font-size:13px;white-space:pre-line;pointer-events:none;box-shadow:0 4px 18px #0003}',
  '@media print{#theme{display:none}.picture{overflow:visible}.picture svg{min-width:0}}',
].join('\n')

/** What the page does: a tooltip over a layer, which also marks it in the picture and in the table, and the button for the theme. */
export const script = `
const tip = document.getElementById('tip')
const show = (target, x, y) => {
  for (const lit of document.querySelectorAll('.lit')) lit.classList.remove('lit')
  tip.hidden = !target
  if (!target) return
  const all = [...target.closest('main').querySelectorAll('[data-layer]')].filter((each) => each.dataset.layer === target.dataset.layer)
  for (const each of all) each.classList.add('lit')
  tip.textContent = all.find((each) => each.dataset.tip)?.dataset.tip ?? ''
  tip.style.left = Math.max(4, Math.min(x + 14, innerWidth - tip.offsetWidth - 8)) + 'px'
  tip.style.top = (y + 18 + tip.offsetHeight > innerHeight ? y - tip.offsetHeight - 12 : y + 18) + 'px'
}
addEventListener('mousemove', (event) => show(event.target.closest?.('[data-layer]'), event.clientX, event.clientY))
document.documentElement.addEventListener('mouseleave', () => show())
document.getElementById('theme').addEventListener('click', () => {
  const root = document.documentElement
  const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
  root.dataset.theme = dark ? 'light' : 'dark'
})
`
