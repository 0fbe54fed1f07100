import ts from 'typescript'
import { expect, test } from 'vitest'
import { init } from '../../../src/editor/plugin/plugin.js'

test('what is wrong in the settings of the plugin is in the log of the server, once', () => {
  const log: string[] = []
  const { create, onConfigurationChanged } = init({ typescript: ts })
  const config = { name: 'stridewise/ts-plugin', hints: { calls: 'all', name: true } }
  const info = { config, languageService: {}, project: { projectService: { logger: { info: (text: string) => log.push(text) } } } }
  // Several projects have the same settings.
  create(info as unknown as ts.server.PluginCreateInfo)
  create(info as unknown as ts.server.PluginCreateInfo)
  onConfigurationChanged?.(config)
  expect(log).toEqual([
    'stridewise: The setting hints.calls must be "every", "changes" or "none", not "all".',
    'stridewise: There is no setting hints.name. The settings are hints.calls, hints.names and hints.parameters.',
  ])
  onConfigurationChanged?.({ name: 'stridewise/ts-plugin', hints: { calls: 'changes' } })
  expect(log).toHaveLength(2)
})
