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
  '.headline{margin:6px 0 0;font-size:19px;font-variant-numeric:tabular-nums}',
  '.lead{margin:4px 0 24px;color:var(--faint);font-size:17px;font-variant-numeric:tabular-nums}',
  '.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(190px,1fr));gap:12px;margin:0 0 20px}',
  '.cards div{display:flex;flex-direction:column;padding:12px 16px;border-radius:10px;background:var(--card);border:1px solid var(--rule)}',
  '.cards span,.cards small{color:var(--faint);overflow-wrap:anywhere}',
  '.cards b{font-size:21px;font-variant-numeric:tabular-nums}',
  'figure{margin:24px 0}',
  '.tools{display:flex;gap:6px;margin-bottom:8px}',
  'button,.search{font:inherit;font-size:13px;padding:3px 10px;border:1px solid var(--rule);border-radius:6px;background:var(--card);color:var(--ink);cursor:pointer}',
  'button[aria-pressed=true]{background:var(--ink);color:var(--paper)}',
  'th button{padding:0;border:0;background:none;font-weight:600;font-size:14px}',
  'th[aria-sort=descending] button::after{content:" ↓"}th[aria-sort=ascending] button::after{content:" ↑"}',
  '.search{width:260px;margin:8px 0;cursor:text}',
  'summary{cursor:pointer;font-weight:600}',
  '.picture{overflow:auto;max-height:85vh;border:1px solid var(--rule);border-radius:10px}',
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
  '.contents,.jump{display:flex;flex-wrap:wrap;gap:4px 16px}.contents{padding:16px 64px 0 24px}.jump{margin:0 0 16px}',
  'a{color:inherit}main,figure,details,dl{scroll-margin-top:12px}',
  'tr.block th button{padding:0;border:0;background:none;font-weight:600;font-size:14px;text-align:left}',
  'tr.block th button::before{content:"▾ ";display:inline-block;width:17px}tr.block th button[aria-expanded=false]::before{content:"▸ "}',
  'tr.block td{color:var(--faint)}tr[data-block] th{padding-left:17px}.flat tr[data-block] th{padding-left:0}',
  'tr.folded,.flat tr.block{display:none}.flat tr.folded{display:table-row}',
  'tbody tr:hover,tbody tr.lit{background:var(--card)}',
  '.stridewise .volume{cursor:pointer}.stridewise .frame path{stroke:var(--line)}.stridewise .frame{cursor:zoom-in}',
  '.stridewise .volume.lit .box{stroke-width:2.4}',
  'dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 18px;margin:24px 0 0;font-size:13px;color:var(--faint)}',
  'dt{font-weight:600}dd{margin:0}',
  '#theme{position:fixed;top:14px;right:16px;z-index:2;width:34px;height:34px;border:1px solid var(--rule);border-radius:50%;background:var(--card);color:var(--ink);font-size:17px;line-height:1;cursor:pointer}',
  '#tip{position:fixed;z-index:3;max-width:360px;padding:8px 12px;border:1px solid var(--rule);border-radius:8px;background:var(--card);color:var(--ink);font-size:13px;white-space:pre-line;pointer-events:none;box-shadow:0 4px 18px #0003}',
  '@page{size:A4 landscape;margin:12mm}',
  '@media print{#theme,.tools,.search,.jump,.contents,[data-do=fold-all],#tip{display:none}main{padding:0}main+main{break-before:page}.picture{overflow:visible;max-height:none;border:0}.picture svg{min-width:0;max-width:100%;width:auto!important}.wide{overflow:visible}table{font-size:9px}td.bar{min-width:0}td.bar span{width:auto}td.bar div{display:none}tr{break-inside:avoid}thead{display:table-header-group}thead th{position:static}}',
].join('\n')

/**
 * What the page does: a tooltip over a layer, which also marks it in the picture and in the table; a click on one of the two goes to the
 * other; zoom; the picture of every layer; search and sorting; and the button for the theme.
 */
export const script = `
const tip = document.getElementById('tip')
const partsOf = (target) => {
  const { layer, drawn } = target.dataset
  const wanted = new Set([layer, drawn])
  const isPart = (each) => each === target || wanted.has(each.dataset.layer) || (drawn === undefined && each.dataset.drawn === layer)
  return [...target.closest('main').querySelectorAll('[data-layer]')].filter(isPart)
}
const show = (target, x, y) => {
  for (const lit of document.querySelectorAll('.lit')) lit.classList.remove('lit')
  tip.hidden = !target
  if (!target) return
  const all = partsOf(target)
  for (const each of all) each.classList.add('lit')
  tip.textContent = all.find((each) => each.dataset.tip)?.dataset.tip ?? ''
  tip.style.left = Math.max(4, Math.min(x + 14, innerWidth - tip.offsetWidth - 8)) + 'px'
  tip.style.top = (y + 18 + tip.offsetHeight > innerHeight ? y - tip.offsetHeight - 12 : y + 18) + 'px'
}
addEventListener('mousemove', (event) => show(event.target.closest?.('[data-layer]'), event.clientX, event.clientY))
document.documentElement.addEventListener('mouseleave', () => show())
const zoom = (figure, by) => {
  for (const svg of figure.querySelectorAll('svg')) {
    if (by === undefined) svg.style.cssText = ''
    else if (svg.clientWidth > 0) {
      svg.style.width = Math.min(20000, Math.max(200, svg.clientWidth * by)) + 'px'
      svg.style.maxWidth = svg.style.minWidth = 'none'
    }
  }
}
const showWhole = (figure, isWhole) => {
  const button = figure.querySelector('[data-do=whole]')
  if (!button) return
  button.setAttribute('aria-pressed', isWhole)
  const [folded, whole] = figure.querySelectorAll('.picture')
  folded.hidden = isWhole
  whole.hidden = !isWhole
}
const fold = (row, isFolded) => {
  row.querySelector('button').setAttribute('aria-expanded', !isFolded)
  for (const each of row.parentNode.querySelectorAll('[data-block="' + row.id + '"]')) each.classList.toggle('folded', isFolded)
}
const foldAll = (button, isFolded) => {
  button.setAttribute('aria-pressed', isFolded)
  for (const row of button.closest('details').querySelectorAll('tr.block')) fold(row, isFolded)
}
const showFlat = (table) => {
  const search = table.closest('details').querySelector('.search')
  table.classList.toggle('flat', search.value.trim() !== '' || (table.dataset.sorted ?? 'none') !== 'none')
}
for (const button of document.querySelectorAll('[data-do=fold-all]'))
  if (button.closest('details').querySelectorAll('tbody tr').length > 100) foldAll(button, true)
const sortBy = (button) => {
  const heading = button.closest('th')
  const column = [...heading.parentNode.children].indexOf(heading)
  const before = heading.getAttribute('aria-sort')
  const next = before === 'descending' ? 'ascending' : before === 'ascending' ? 'none' : 'descending'
  for (const each of heading.parentNode.children) each.removeAttribute('aria-sort')
  if (next !== 'none') heading.setAttribute('aria-sort', next)
  const body = heading.closest('table').tBodies[0]
  const rows = [...body.rows]
  for (const [index, row] of rows.entries()) row.dataset.place ??= index
  const valueOf = (row) => row.cells[column].dataset.value ?? row.cells[column].textContent
  const compare = (a, b) => isNaN(valueOf(a)) || isNaN(valueOf(b)) ? valueOf(b).localeCompare(valueOf(a)) : valueOf(b) - valueOf(a)
  const sign = next === 'ascending' ? -1 : 1
  button.closest('table').dataset.sorted = next
  showFlat(button.closest('table'))
  rows.sort((a, b) => (next === 'none' ? 0 : sign * compare(a, b)) || a.dataset.place - b.dataset.place)
  body.append(...rows)
}
addEventListener('click', (event) => {
  const button = event.target.closest?.('button[data-do]')
  const figure = event.target.closest?.('figure')
  if (button) {
    const { do: what } = button.dataset
    if (what === 'sort') sortBy(button)
    if (what === 'fold') fold(button.closest('tr'), button.getAttribute('aria-expanded') === 'true')
    if (what === 'fold-all') foldAll(button, button.getAttribute('aria-pressed') !== 'true')
    if (what === 'fit') zoom(figure)
    if (what === 'in' || what === 'out') zoom(figure, what === 'in' ? 1.25 : 0.8)
    if (what === 'whole') showWhole(figure, button.getAttribute('aria-pressed') !== 'true')
    return
  }
  const volume = event.target.closest?.('.volume,tr[data-layer]')
  if (volume && !dragged) {
    const isRow = volume.matches('tr')
    const parts = partsOf(volume).filter((each) => each.matches(isRow ? '.volume' : 'tr'))
    const hidden = parts.find((each) => each.matches('.folded'))
    if (hidden) fold(document.getElementById(hidden.dataset.block), false)
    const other = parts.find((each) => each.getClientRects().length > 0)
    other?.scrollIntoView({ block: 'center', inline: 'center', behavior: 'smooth' })
  } else if (event.target.closest?.('.frame')) showWhole(figure, true)
})
addEventListener('input', (event) => {
  if (!event.target.matches?.('.search')) return
  const wanted = event.target.value.trim().toLowerCase()
  showFlat(event.target.closest('details').querySelector('table'))
  for (const row of event.target.closest('details').querySelectorAll('tbody tr')) row.hidden = !row.textContent.toLowerCase().includes(wanted)
})
let held
let dragged = false
addEventListener('pointerdown', (event) => {
  const picture = event.target.closest?.('.picture')
  dragged = false
  held = picture && event.pointerType === 'mouse' ? { picture, x: event.clientX + picture.scrollLeft, y: event.clientY + picture.scrollTop } : undefined
})
addEventListener('pointermove', (event) => {
  if (!held) return
  const [left, top] = [held.x - event.clientX, held.y - event.clientY]
  if (Math.abs(left - held.picture.scrollLeft) + Math.abs(top - held.picture.scrollTop) > 4) dragged = true
  held.picture.scrollLeft = left
  held.picture.scrollTop = top
})
addEventListener('pointerup', () => { held = undefined })
addEventListener('wheel', (event) => {
  const figure = event.target.closest?.('.picture') && event.target.closest('figure')
  if (!figure || !event.ctrlKey) return
  event.preventDefault()
  zoom(figure, event.deltaY < 0 ? 1.1 : 0.91)
}, { passive: false })
document.getElementById('theme').addEventListener('click', () => {
  const root = document.documentElement
  const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
  root.dataset.theme = dark ? 'light' : 'dark'
})
`
