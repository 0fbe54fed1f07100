import ts from 'typescript'
import type { Found } from './lines.js'

/** Applies the suggestions of a message to the line, as a user would. */

/** The lines that result from a diagnostic's suggestions; `undefined` if the message suggests nothing. */
export const suggested = (line: string, found: Found): readonly string[] | undefined => {
  const text = found.text.split('\n').at(-1) as string
  const didYouMean = /Did you mean (?:to write )?'(.*?)'\?/.exec(text)?.[1]
  if (didYouMean !== undefined) return [meant(line, found, didYouMean)]
  const sentence = /assignable to (?:parameter of )?type '"(.*)"'|Mistake<"(.*)">/.exec(text)?.slice(1).find(Boolean)
  if (sentence === undefined) return undefined
  const call = () => callOf(line, found, sentence)
  const fixes = /Use ([^"]*)\.$/.exec(sentence)?.[1]
  const options = /The options are (.*)\.$/.exec(sentence)?.[1]
  const before = /(?:Flatten first: |Use )(\w+)\(\)(?: gives| first)/.exec(sentence)?.[1]
  const nearest = /The nearest that fit: (\d+) or (\d+)\.$/.exec(sentence)?.slice(1)
  const cut = /Cut at most (\d+) of its/.exec(sentence)?.[1]
  const ofBranches = /Use ((?:padding: 'same' in |a shortcut of ).*|.* at the end of branch \d+)\.$/.exec(sentence)?.[1]
  const sizes = /Use input (.*)\.$/.exec(sentence)?.[1]
  if (sizes) return sizes.split(/, | or /).map((size) => line.replace(/input: \d+/, `input: ${size}`))
  if (before) return [withBefore(line, call(), before)]
  if (ofBranches) return ofBranches.split(/, or (?=a shortcut|\w+\(.* at the end)/).map((advice) => withBranches(line, call, advice))
  if (nearest) return nearest.map((channels) => line.replace(/input\((.*?)\d+\)/, `input($1${channels})`))
  if (cut) return [withArgument(line, call(), 0, `[[${cut}, 0], [0, ${cut}]]`)]
  if (options) return options.split(/, | and /).flatMap((name) => withOtherOption(line, call(), found, name))
  if (fixes) return fixesIn(fixes).map(({ name, value }) => withFix(line, call(), name, value))
  return undefined
}

/** A join, or the sum of a residual connection, whose branches are made to fit each other. */
const withBranches = (line: string, call: () => ts.CallExpression, advice: string): string => {
  const shortcut = /a shortcut of (.*)$/.exec(advice)?.[1]
  const [, layers, position] = /^(.*) at the end of branch (\d+)$/.exec(advice) ?? []
  if (layers) return withLayersBehind(line, call().arguments[Number(position) - 1] as ts.Expression, layers)
  // Later positions first, so that earlier ones stay valid.
  const after = shortcut ? withArgument(line, call(), 1, shortcut) : line
  const padded = /padding: 'same' in (?:the body|branch(?:es 1 and)? (\d+))/.exec(advice)
  if (!padded) return after
  const last = Number(padded[1] ?? 1) - 1
  const branches = advice.includes('branches') ? [last, 0] : [last]
  return branches.reduce((so, at) => withPadding(so, call().arguments[at] as ts.Expression), after)
}

const withLayersBehind = (line: string, branch: ts.Expression, layers: string): string => {
  const [end, after] = ts.isArrowFunction(branch) ? [branch.end, `.apply(${layers})`] : [branch.end, `, ${layers})`]
  const before = ts.isArrowFunction(branch) ? '' : 'block('
  return `${line.slice(0, branch.getStart())}${before}${line.slice(branch.getStart(), end)}${after}${line.slice(end)}`
}

/** Padding `'same'` in every window inside, from the last to the first. */
const withPadding = (line: string, inside: ts.Expression): string => {
  const windows: ts.CallExpression[] = []
  const visit = (node: ts.Node): void => {
    node.forEachChild(visit)
    if (ts.isCallExpression(node) && /^(?:conv|depthwiseConv|separableConv|maxPool|avgPool)\dd$/.test(nameOf(node))) windows.push(node)
  }
  visit(inside)
  return windows.sort((a, b) => b.end - a.end).reduce((so, call) => withOption(so, call, 'padding', "'same'"), line)
}

/** `stride 1, 2 or 4, padding 1, or rounding: 'floor'` one by one. */
const fixesIn = (fixes: string): { name: string; value: string }[] => {
  let name = ''
  return fixes.split(/,? or |, (?![\d, ]*\])/).map((fix) => {
    const [, named, value] = /^(?:(\w+):? )?(.*)$/.exec(fix) as unknown as [string, string | undefined, string]
    name = named ?? name
    return { name, value }
  })
}

/** Names of arguments that are no options, by their places. */
const places: Readonly<Record<string, (operation: string) => number | undefined>> = {
  kernel: (operation) => (/^(conv|separable)/.test(operation) ? 1 : 0),
  heads: () => 0,
  axis: () => 0,
  groups: (operation) => (operation === 'groupNorm' ? 0 : undefined),
  scale: () => 0,
}

const withFix = (line: string, call: ts.CallExpression, name: string, value: string): string => {
  const place = places[name]?.(nameOf(call))
  return place === undefined ? withOption(line, call, name, value) : withArgument(line, call, place, value)
}

/** A value for each option that a message names. */
const valueFor: Readonly<Record<string, string>> = {
  ...{ stride: '1', padding: '0', outputPadding: '0', dilation: '1', groups: '1', multiplier: '1', rounding: "'floor'" },
  ...{ bias: 'true', affine: 'true', shared: 'true', returnSequences: 'true', epsilon: '1e-5', name: "'own'" },
  ...{ scale: 'true', shift: 'true', bidirectional: "'concat'", countIncludePad: 'false', alignCorners: 'false' },
}

/** The unknown option that is underlined, with another name; none where that one is given already. */
const withOtherOption = (line: string, call: ts.CallExpression, found: Found, name: string): readonly string[] => {
  const given = call.arguments.find(ts.isObjectLiteralExpression)?.properties.filter(ts.isPropertyAssignment) ?? []
  if (given.some((property) => property.name.getText() === name)) return []
  const unknown = given.find((property) => property.name.getStart() === found.column || !(property.name.getText() in valueFor))
  if (!unknown) throw new Error(`No unknown option in ${line}.`)
  const value = valueFor[name]
  if (value === undefined) throw new Error(`There is no value for the option ${name}.`)
  return [replaced(line, unknown, `${name}: ${value}`)]
}

const withOption = (line: string, call: ts.CallExpression, name: string, value: string): string => {
  const own = call.arguments.length === 0 ? undefined : call.arguments.find((argument) => !isPlain(argument))
  if (!own) return `${line.slice(0, call.end - 1)}, { ${name}: ${value} }${line.slice(call.end - 1)}`
  if (!ts.isObjectLiteralExpression(own)) return replaced(line, own, `{ ${name}: ${value} }`)
  const given = own.properties.find((property) => property.name?.getText() === name)
  return given ? replaced(line, given, `${name}: ${value}`) : `${line.slice(0, own.end - 2)}, ${name}: ${value} }${line.slice(own.end)}`
}

/** A number or a list: no options. */
const isPlain = (argument: ts.Expression): boolean => !ts.isObjectLiteralExpression(argument) && !ts.isConditionalExpression(argument)

const withArgument = (line: string, call: ts.CallExpression, place: number, value: string): string => {
  const given = call.arguments[place]
  return given ? replaced(line, given, value) : `${line.slice(0, call.end - 1)}, ${value}${line.slice(call.end - 1)}`
}

/** A method before a method, a layer value before a layer value. */
const withBefore = (line: string, call: ts.CallExpression, first: string): string =>
  ts.isPropertyAccessExpression(call.expression)
    ? `${line.slice(0, call.expression.expression.end)}.${first}()${line.slice(call.expression.expression.end)}`
    : replaced(line, call, `block(${first}(), ${call.getText()})`)

/** TypeScript's own suggestion: another name, or another word for an option. */
const meant = (line: string, found: Found, name: string): string => {
  const end = found.column + found.underlined.length
  if (name.startsWith('"')) return line.slice(0, end) + line.slice(end).replace(/'.*?'/, name)
  return line.slice(0, found.column) + name + line.slice(end)
}

const replaced = (line: string, node: ts.Node, text: string): string => line.slice(0, node.getStart()) + text + line.slice(node.end)

/** The call that a sentence is about: the innermost of that name around what is underlined, else the first inside of it. */
const callOf = (line: string, found: Found, sentence: string): ts.CallExpression => {
  const source = ts.createSourceFile('line.ts', line, ts.ScriptTarget.ES2022, true)
  const calls: ts.CallExpression[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) calls.push(node)
    node.forEachChild(visit)
  }
  visit(source)
  const named = calls.filter((call) => nameOf(call) === operationOf(sentence))
  const [from, to] = [found.column, found.column + found.underlined.length]
  const around = named.filter((call) => nameStart(call) <= from && to <= call.end)
  const call =
    around.sort((a, b) => b.getStart() - a.getStart() || a.end - b.end)[0] ??
    named.find((each) => from <= nameStart(each) && each.end <= to)
  if (!call) throw new Error(`No call in ${line} that is meant by: ${sentence}`)
  return call
}

/** The method that refused, behind what says where it stands: `concat, branch 2: residual: the body gives ...`. */
const operationOf = (sentence: string): string | undefined => {
  const parts = sentence.split(': ')
  const end = parts.findIndex((part) => !/^(\w+|\w+, .*|layer \d+ of \d+|time \d+ of \d+)$/.test(part))
  return parts[end - 1]?.split(', ')[0]
}

const nameOf = ({ expression }: ts.CallExpression): string =>
  ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText()

const nameStart = ({ expression }: ts.CallExpression): number =>
  ts.isPropertyAccessExpression(expression) ? expression.name.getStart() : expression.getStart()
