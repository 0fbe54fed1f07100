import { readFileSync } from 'node:fs'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'

/**
 * Compares every entry of the digit tables with ordinary arithmetic. The file is parsed rather than evaluated, so no wrong entry is
 * missed.
 */

type Entry = string | Entry[] | { [key: string]: Entry }

const parsed = (name: string): ts.SourceFile => {
  const text = readFileSync(new URL(`../../src/arithmetic/${name}`, import.meta.url), 'utf8')
  return ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true)
}

/** A type as data: literals as their text, objects and tuples as themselves, references as written. */
const read = (node: ts.TypeNode): Entry => {
  if (ts.isTypeLiteralNode(node)) return readMembers(node.members)
  if (ts.isTupleTypeNode(node)) return node.elements.map(read)
  if (ts.isUnionTypeNode(node)) return node.types.map(read)
  if (ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal)) return node.literal.text
  return node.getText()
}

const readMembers = (members: ts.NodeArray<ts.TypeElement>): { [key: string]: Entry } =>
  Object.fromEntries(
    members.filter(ts.isPropertySignature).map(({ name, type }) => [(name as ts.StringLiteral).text, read(type as ts.TypeNode)]),
  )

const tablesOf = (name: string): Map<string, Entry> => {
  const found = new Map<string, Entry>()
  for (const statement of parsed(name).statements) {
    if (ts.isTypeAliasDeclaration(statement)) found.set(statement.name.text, read(statement.type))
    if (ts.isInterfaceDeclaration(statement)) found.set(statement.name.text, readMembers(statement.members))
  }
  return found
}

/** Each interface of a file, and the one that it extends. */
const bases = (name: string): [name: string, base: string][] =>
  parsed(name).statements.flatMap((statement) =>
    ts.isInterfaceDeclaration(statement) && statement.heritageClauses
      ? [[statement.name.text, statement.heritageClauses[0]?.types[0]?.getText() ?? '']]
      : [],
  )

const tables = tablesOf('tables.ts')

const ten = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
const byDigit = (of: (digit: number) => Entry): Entry => Object.fromEntries(ten.map((digit) => [`${digit}`, of(digit)]))

describe('digit tables', () => {
  test('there are the tables that are checked here, and the three that only describe them', () => {
    const names = ['Digit', 'Step', 'PairStep', 'Successor', 'Difference0', 'Difference1', 'Times', 'DividedBy']
    expect([...tables.keys()]).toEqual(names)
  })

  test('Digit', () => expect(tables.get('Digit')).toEqual(ten.map(String)))

  test('Successor wraps at nine', () => expect(tables.get('Successor')).toEqual(byDigit((digit) => `${(digit + 1) % 10}`)))

  test.each([0, 1])('Carry%i: what a + b writes, and the carry', (carry) => {
    const adder = tablesOf('adder.ts')
    const state = (sum: number) => `Carry${sum > 9 ? 1 : 0}Writes${sum % 10}`
    const rows = byDigit((left) => byDigit((right) => state(left + right + carry))) as Record<string, Entry>
    expect(adder.get(`Carry${carry}`)).toEqual({ ...rows, carry: carry === 1 ? '1' : '' })
    for (const digit of ten) expect(adder.get(`Carry${carry}Writes${digit}`)).toEqual({ writes: `${digit}` })
    expect(bases('adder.ts').filter(([name]) => name.startsWith(`Carry${carry}W`))).toEqual(
      ten.map((digit) => [`Carry${carry}Writes${digit}`, `Carry${carry}`]),
    )
  })

  test.each([0, 1])('Difference%i: a - b and the loan', (loan) => {
    const entry = (rest: number) => ({ write: `${(rest + 10) % 10}`, next: `Difference${rest < 0 ? 1 : 0}`, left: rest < 0 ? '1' : '' })
    expect(tables.get(`Difference${loan}`)).toEqual(byDigit((left) => byDigit((right) => entry(left - right - loan))))
  })

  test('Times: a row for every factor and every carry that it can have', () => {
    const rows = ten.flatMap((factor) => ten.slice(0, Math.max(factor, 1)).map((carry) => ({ factor, carry })))
    const entry = (product: number, factor: number) => {
      const tens = Math.floor(product / 10)
      return { write: `${product % 10}`, next: `Times['${factor}+${tens}']`, left: tens === 0 ? '' : `${tens}` }
    }
    const expected = rows.map(({ factor, carry }) => [`${factor}+${carry}`, byDigit((digit) => entry(factor * digit + carry, factor))])
    expect(tables.get('Times')).toEqual(Object.fromEntries(expected))
  })

  test('DividedBy: a row for every divisor and every remainder that it can have', () => {
    const rows = ten.slice(1).flatMap((by) => ten.slice(0, by).map((before) => ({ by, before })))
    const entry = (place: number, by: number) => ({
      write: `${Math.floor(place / by)}`,
      next: `DividedBy['${by}:${place % by}']`,
      left: `${place % by}`,
    })
    const expected = rows.map(({ by, before }) => [`${by}:${before}`, byDigit((digit) => entry(10 * before + digit, by))])
    expect(tables.get('DividedBy')).toEqual(Object.fromEntries(expected))
  })
})

test('CommonProducts: every product of two common widths, from the units on', () => {
  const products = tablesOf('common-products.ts').get('CommonProducts') as Record<string, Entry>
  const widths = Object.keys(products)
  const product = (left: string, right: string) => [...`${Number(left) * Number(right)}`].reverse().join('')
  expect(widths.length).toBeGreaterThan(20)
  expect(products).toEqual(
    Object.fromEntries(widths.map((left) => [left, Object.fromEntries(widths.map((right) => [right, product(left, right)]))])),
  )
})

test('CommonProductsTimesNine: nine times every product of two common widths, from the units on', () => {
  const tables = tablesOf('common-products.ts')
  const products = Object.values(tables.get('CommonProducts') as Record<string, Record<string, Entry>>).flatMap((row) => Object.values(row))
  const number = (digits: unknown) => Number([...`${digits}`].reverse().join(''))
  const nines = Object.entries(tables.get('CommonProductsTimesNine') as Record<string, Entry>)
  expect(new Set(nines.map(([digits]) => digits))).toEqual(new Set(products))
  for (const [digits, nine] of nines) expect(number(nine)).toBe(9 * number(digits))
})

test('characters count as the last two digits of their codes', () => {
  const tables = tablesOf('character-codes.ts')
  const [tens, units] = ['Tens', 'Units'].map((name) => tables.get(name) as Record<string, string>) as [
    Record<string, string>,
    Record<string, string>,
  ]
  expect(Object.keys(tens)).toEqual(Object.keys(units))
  for (const character of 'abcxyzABCXYZ0189 ,-.:[_') expect(Object.keys(tens)).toContain(character)
  for (const [character, ten] of Object.entries(tens))
    expect(`${ten}${units[character]}`).toBe(`${(character.charCodeAt(0) % 100) + 100}`.slice(1))
})
