import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { AnyNetwork } from '../../../src/index.js'
import { report } from '../../../src/report/index.js'
import * as zoo from '../../../src/zoo/keras/index.js'
const { models } = JSON.parse(readFileSync(new URL('published.json', import.meta.url), 'utf8'))
const makers = Object.fromEntries(Object.entries(zoo).map(([name, make]) => [name.toLowerCase(), make])) as unknown as Record<string, (o?: object) => AnyNetwork>
describe('x', () => {
  test.each(models.filter((m: any) => makers[m.model.toLowerCase()]))('$model', (m: any) => {
    const make = makers[m.model.toLowerCase()] as any
    const net = make()
    const { totals } = report(net)
    const weighted = net.graph.nodes.filter((n: any) => n.weights.length > 0)
    expect.soft([totals.params, totals.nonTrainable, weighted.length]).toEqual([m.trainable, m.nonTrainable, m.weightedLayers])
    expect.soft(make({ top: false }).output).toEqual(m.map.map((x: any) => x ?? 7))
    const names = weighted.map((n: any) => n.name)
  })
})
