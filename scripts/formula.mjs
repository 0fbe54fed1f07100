// Typesets a formula as MathML, which browsers show without a library. The notation: names, numbers and operators as in code,
// x_i for an index, x^2 for a power, frac(a, b), sqrt(a), floor(a), ceil(a), and words in quotes for text.

const greek = { alpha: 'α', beta: 'β', gamma: 'γ', epsilon: 'ε', mu: 'μ', sigma: 'σ', Phi: 'Φ', pi: 'π', lambda: 'λ', tau: 'τ' }
const operators = { '*': '·', '-': '−', '<=': '≤', '>=': '≥', odot: '⊙', sum: '∑', in: '∈' }
const brackets = { floor: ['⌊', '⌋'], ceil: ['⌈', '⌉'] }

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const row = (parts) => (parts.length === 1 ? parts[0] : `<mrow>${parts.join('')}</mrow>`)
const fence = (before, inside, after) => `<mrow><mo>${before}</mo>${inside}<mo>${after}</mo></mrow>`

/** The words of a formula: names, numbers, quoted text, operators of one or two signs. */
const wordsOf = (formula) => {
  const words = formula.match(/'[^']*'|[A-Za-z]+|\d+(?:\.\d+)?(?:e-?\d+)?|<=|>=|\S/g) ?? []
  return words
}

/**
 * A formula as a `math` element.
 *
 * @throws {Error} for a bracket that is not closed, or a sign that the notation does not have
 */
export const mathOf = (formula) => {
  const words = wordsOf(formula)
  let at = 0
  const fail = (why) => {
    throw new Error(`The formula "${formula}": ${why}.`)
  }
  const take = (word) => (words[at] === word ? words[at++] : fail(`expected ${word}, found ${words[at] ?? 'its end'}`))

  /** Everything up to a closing bracket, a comma or the end. */
  const sequence = () => {
    const parts = []
    while (at < words.length && ![')', ',', ']', '}'].includes(words[at])) parts.push(scripted())
    return parts.length > 0 ? row(parts) : fail('a part is empty')
  }
  /** Arguments in parentheses. */
  const inParentheses = (count) => {
    take('(')
    const found = []
    for (let index = 0; index < count; index++) {
      if (index > 0) take(',')
      found.push(sequence())
    }
    take(')')
    return found
  }
  /** Something with its index and its power. */
  const scripted = () => {
    const base = atom()
    let index
    let power
    while (words[at] === '_' || words[at] === '^') {
      if (words[at++] === '_') index = group()
      else power = group()
    }
    if (index && power) return `<msubsup>${base}${index}${power}</msubsup>`
    return index ? `<msub>${base}${index}</msub>` : power ? `<msup>${base}${power}</msup>` : base
  }
  /** What an index or a power is: one word, or a sequence in braces. */
  const group = () => {
    if (words[at] !== '{') return atom()
    at++
    const inside = sequence()
    take('}')
    return inside
  }
  const atom = () => {
    const word = words[at++] ?? fail('it ends too early')
    if (word === 'frac') return `<mfrac displaystyle="true">${inParentheses(2).join('')}</mfrac>`
    if (word === 'sqrt') return `<msqrt>${inParentheses(1)}</msqrt>`
    if (word in brackets) return fence(brackets[word][0], inParentheses(1), brackets[word][1])
    if (word === '(') {
      const parts = [sequence()]
      while (words[at] === ',') {
        at++
        parts.push('<mo separator="true">,</mo>', sequence())
      }
      take(')')
      return fence('(', parts.join(''), ')')
    }
    if (word === '[') {
      const inside = sequence()
      take(']')
      return fence('[', inside, ']')
    }
    if (word.startsWith("'")) return `<mtext>${escaped(word.slice(1, -1))}</mtext>`
    if (/^\d/.test(word)) return `<mn>${word}</mn>`
    if (word in operators) return `<mo>${escaped(operators[word])}</mo>`
    if (/^[A-Za-z]/.test(word)) return `<mi>${greek[word] ?? word}</mi>`
    return /[+/=|·]/.test(word) ? `<mo>${word}</mo>` : fail(`the sign ${word} is unknown`)
  }

  const body = sequence()
  if (at < words.length) fail(`${words[at]} closes nothing`)
  return `<math display="inline">${body}</math>`
}
