import { readFileSync } from 'node:fs'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'

/** Every entry of the digit tables against ordinary arithmetic. The file is parsed, not evaluated: a wrong entry has no place to hide. */

type Entry = string | Entry[] | { [key: string]: Entry }

const path = new URL('../../src/arithmetic/tables.ts', import.meta.url)
const file = ts.createSourceFile('tables.ts', readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true)

/** A type as data: literals as their text, objects and tuples as themselves, references as they are written. */
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

const tables = new Map<string, Entry>()
for (const statement of file.statements) {
  if (ts.isTypeAliasDeclaration(statement)) tables.set(statement.name.text, read(statement.type))
  if (ts.isInterfaceDeclaration(statement)) tables.set(statement.name.text, readMembers(statement.members))
}

const ten = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
const byDigit = (of: (digit: number) => Entry): Entry => Object.fromEntries(ten.map((digit) => [`${digit}`, of(digit)]))

describe('digit tables', () => {
  test('there are the tables that are checked here, and the three that only describe them', () => {
    const names = ['Digit', 'Step', 'PairStep', 'Successor', 'Sum0', 'Sum1', 'Difference0', 'Difference1', 'Times', 'DividedBy']
    expect([...tables.keys()]).toEqual(names)
  })

  test('Digit', () => expect(tables.get('Digit')).toEqual(ten.map(String)))

  test('Successor wraps at nine', () => expect(tables.get('Successor')).toEqual(byDigit((digit) => `${(digit + 1) % 10}`)))

  test.each([0, 1])('Sum%i: a + b and the carry', (carry) => {
    const entry = (sum: number) => [`${sum % 10}`, `Sum${sum > 9 ? 1 : 0}`, sum > 9 ? '1' : '']
    expect(tables.get(`Sum${carry}`)).toEqual(byDigit((left) => byDigit((right) => entry(left + right + carry))))
  })

  test.each([0, 1])('Difference%i: a - b and the loan', (loan) => {
    const entry = (rest: number) => [`${(rest + 10) % 10}`, `Difference${rest < 0 ? 1 : 0}`, rest < 0 ? '1' : '']
    expect(tables.get(`Difference${loan}`)).toEqual(byDigit((left) => byDigit((right) => entry(left - right - loan))))
  })

  test('Times: a row for every factor and every carry that it can have', () => {
    const rows = ten.flatMap((factor) => ten.slice(0, Math.max(factor, 1)).map((carry) => ({ factor, carry })))
    const entry = (product: number, factor: number) => {
      const tens = Math.floor(product / 10)
      return [`${product % 10}`, `Times['${factor}+${tens}']`, tens === 0 ? '' : `${tens}`]
    }
    const expected = rows.map(({ factor, carry }) => [`${factor}+${carry}`, byDigit((digit) => entry(factor * digit + carry, factor))])
    expect(tables.get('Times')).toEqual(Object.fromEntries(expected))
  })

  test('DividedBy: a row for every divisor and every remainder that it can have', () => {
    const rows = ten.slice(1).flatMap((by) => ten.slice(0, by).map((before) => ({ by, before })))
    const entry = (place: number, by: number) => [`${Math.floor(place / by)}`, `DividedBy['${by}:${place % by}']`, `${place % by}`]
    const expected = rows.map(({ by, before }) => [`${by}:${before}`, byDigit((digit) => entry(10 * before + digit, by))])
    expect(tables.get('DividedBy')).toEqual(Object.fromEntries(expected))
  })
})
