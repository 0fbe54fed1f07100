import type { BlockClass, Classes } from './classes.js'
import type { Entry } from './entries.js'
import { entryNames, entryText, sequentialLines, type Values } from './sequential.js'

/** The attributes of a class for the branches: `body` and `shortcut`, `gate`, `branch_1`. */
export const branchNames = (kind: string, count: number): readonly string[] => {
  if (kind === 'multiply') return ['main', 'gate']
  return kind === 'add' && count === 2 ? ['body', 'shortcut'] : Array.from({ length: count }, (_, index) => `branch_${index + 1}`)
}

const titles: Readonly<Record<string, string>> = {
  add: 'The sum of its branches.',
  subtract: 'The first branch less the second.',
  average: 'The mean of its branches.',
  maximum: 'The largest of its branches, value by value.',
  minimum: 'The smallest of its branches, value by value.',
  concat: 'Its branches, joined by their channels.',
  multiply: 'Its input, scaled by a gate.',
  matmul: 'The product of its branches as matrices.',
}

/** The source of a class for branches. */
export const blockText = ({ name, parameters, example, values, uses }: BlockClass, classes: Classes): string => {
  const { node, branches, expression } = example
  const names = branchNames(node.kind, branches.length)
  let at = 0
  const next: Values = () => values[at++] as string
  const attributes = branches.flatMap((branch, index) => assigned(names[index] as string, branch, classes, uses === 1, next))
  const holes = branches.map((branch, index) => (branch.length === 0 ? 'x' : `self.${names[index]}(x)`))
  const signature = ['self', ...parameters.map((parameter) => `${parameter.name}: ${parameter.type}`)].join(', ')
  return [
    `class ${name}(nn.Module):`,
    `    """${titles[node.kind]}"""`,
    '',
    ...(attributes.length === 0 ? [] : [`    def __init__(${signature}) -> None:`, '        super().__init__()', ...attributes, '']),
    '    def forward(self, x: torch.Tensor) -> torch.Tensor:',
    `        return ${expression.replace(/\{(\d+)\}/g, (_, index: string) => holes[Number(index)] as string)}`,
  ].join('\n')
}

/** The source lines that assign entries to an attribute. */
export const assigned = (name: string, entries: readonly Entry[], classes: Classes, mayBeNamed: boolean, values?: Values): string[] => {
  const indent = '        '
  if (entries.length === 0) return []
  if (entries.length === 1) return [`${indent}self.${name} = ${entryText(entries[0] as Entry, classes, indent, values)}`]
  const lines = sequentialLines(entries, entryNames(entries, mayBeNamed), classes, `${indent}    `, values)
  return [`${indent}self.${name} = nn.Sequential(`, ...lines, `${indent})`]
}
