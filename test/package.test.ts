import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { endServer, patiently, runBuilt } from './support/command.js'
import { isLong } from './support/effort.js'
import { packed } from './support/packed.js'
import { inBoth, inShort as test } from './support/runs.js'
import { compilerNames, runCompiler } from './support/tsc.js'

/** The package as its users get it: packed, installed alone in a folder of its own, type-checked by every compiler, and run. */

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'stridewise-package-'))
const installed = join(folder, 'node_modules/stridewise')

const source = readFileSync(new URL('./support/user.txt', import.meta.url), 'utf8')

/** What is wrong in it: on which line, what an editor should underline there, the code and a part of the sentence. */
const mistakes = [
  { line: 19, underlined: 'stride: 3', code: 'TS2322', says: '(7 - 3 + 2*0)/3 + 1 = 2.33. Use stride 1, 2 or 4, padding 1, or rounding' },
  {
    line: 20,
    underlined: '2)',
    code: 'TS2345',
    says: 'maxPool2d: a 2x2 window with stride 2 does not fit a 7x7 input: (7 - 2 + 2*0)/2 + 1 = 3.5.',
  },
  {
    line: 21,
    underlined: '1000)',
    code: 'TS2345',
    says: 'dense: needs a vector, not 7x7x512. Flatten first: flatten() gives 25088 features.',
  },
  { line: 22, underlined: 'globalAvgPool', code: 'TS2349', says: 'globalAvgPool: needs an input with spatial axes' },
  { line: 23, underlined: '256)', code: 'TS2345', says: 'expect: the shape here is 7x7x512, not 7x7x256.' },
].map((mistake) => {
  const column = (source.split('\n')[mistake.line - 1] as string).lastIndexOf(mistake.underlined) + 1
  return { ...mistake, at: `${mistake.line},${column}` }
})

beforeAll(() => {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'user', version: '1.0.0', private: true, type: 'module' }))
  const args = ['install', '--offline', '--no-audit', '--no-fund', '--ignore-scripts', packed()]
  execFileSync('npm', args, { cwd: folder, encoding: 'utf8' })
  writeFileSync(join(folder, 'user.ts'), source)
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the tarball', () => {
  test('brings nothing along', () => {
    expect(readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['stridewise'])
    const own = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))
    expect(own.dependencies ?? {}).toEqual({})
  })

  test('holds the build and what belongs to it', () => {
    const names = readdirSync(installed).sort()
    // What README.md links to is there too.
    const pages = ['CHANGELOG.md', 'CONTRIBUTING.md', 'LICENSE', 'README.md', 'SECURITY.md', 'docs', 'examples']
    expect(names).toEqual([...pages, 'action.yml', 'dist', 'package.json', 'ts-plugin'].sort())
  })
})

test('every link of a page leads to a file of the package, and to a heading in it', () => {
  const pages = readdirSync(installed, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'))
  expect(pages).toEqual(expect.arrayContaining(['README.md', 'docs/command-line.md', 'examples/README.md']))
  const textOf = (path: string) => readFileSync(join(installed, path), 'utf8').replace(/^```[\s\S]*?^```/gm, '')
  // On GitHub a heading's anchor is its text in small letters, with hyphens for blanks.
  const anchorsIn = (path: string) =>
    [...textOf(path).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\d\- _]/gu, '')
        .replaceAll(' ', '-'),
    )
  const links = pages.flatMap((page) =>
    [...textOf(page).matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, link = '']) => link)
      .filter((link) => !/^[a-z]+:/.test(link))
      .map((link) => ({ page, link })),
  )
  expect(links.length).toBeGreaterThan(20)
  const isDead = ({ page, link }: { page: string; link: string }) => {
    const [path = '', anchor] = link.split('#')
    const target = path === '' ? page : join(dirname(page), path)
    return !existsSync(join(installed, target)) || (anchor !== undefined && !anchorsIn(target).includes(anchor))
  }
  expect(links.filter(isDead)).toEqual([])
})

const resolutions = {
  NodeNext: { module: 'NodeNext', moduleResolution: 'NodeNext' },
  Bundler: { module: 'ESNext', moduleResolution: 'Bundler' },
}

/** The declarations are the same files for both resolutions: a short run looks at them once. */
const combinations = compilerNames.flatMap((compiler) =>
  Object.keys(resolutions)
    .slice(0, isLong ? undefined : 1)
    .map((resolution) => [compiler, resolution] as const),
)

/** A compiler's errors in files of the user's folder and, unless they are left out, in the declarations. */
const compiled = (compiler: string, resolution: keyof typeof resolutions, files: readonly string[], skipLibCheck = false) => {
  const config = join(folder, `tsconfig.${compiler}.${resolution}.json`)
  const how = resolutions[resolution]
  const compilerOptions = { ...how, target: 'ES2022', lib: ['ES2022'], strict: true, noEmit: true, skipLibCheck, types: [] }
  writeFileSync(config, JSON.stringify({ compilerOptions, files }))
  const { stdout, status, signal } = runCompiler(compiler, folder, ['-p', config, '--pretty', 'false'])
  expect(signal).toBeNull()
  return { status, errors: stdout.split(/^(?=\S)/m).filter((text) => text.includes('error TS')) }
}

describe.each(combinations)('%s, %s', (compiler, resolution) => {
  inBoth('exact parameters; one error for each mistake, at its argument, and none in the declarations', () => {
    const { errors, status } = compiled(compiler, resolution as keyof typeof resolutions, ['user.ts'])
    expect(status).not.toBe(0)
    expect(errors.map((text) => /^user\.ts\((\d+,\d+)\): error (TS\d+)/.exec(text)?.slice(1))).toEqual(
      mistakes.map(({ at, code }) => [at, code]),
    )
    for (const [index, { says }] of mistakes.entries()) expect(errors[index]).toContain(says)
  })
})

describe('plain Node', () => {
  const run = (file: string, text: string): unknown => {
    writeFileSync(join(folder, file), text)
    return JSON.parse(execFileSync(process.execPath, [file], { cwd: folder, encoding: 'utf8' }))
  }

  const use = `
    const network = input(32, 32, 3).conv2d(10, 5, { padding: 2 })
    let sentence
    try { input(7, 7, 3).conv2d(8, 3, { stride: 3 }) } catch (error) {
      sentence = error instanceof ShapeError && error.message
    }
    console.log(JSON.stringify({ output: network.output, params: network.params, macs: report(network).totals.macs, sentence }))
  `
  const expected = {
    output: [32, 32, 10],
    params: 760,
    macs: 768_000,
    sentence: expect.stringContaining('(7 - 3 + 2*0)/3 + 1 = 2.33'),
  }

  test('ES modules', () => {
    const imports = "import { input, ShapeError } from 'stridewise'\nimport { report } from 'stridewise/report'"
    expect(run('use.mjs', `${imports}${use}`)).toEqual(expected)
  })

  test('CommonJS', () => {
    const requires = "const { input, ShapeError } = require('stridewise')\nconst { report } = require('stridewise/report')"
    expect(run('use.cjs', `${requires}${use}`)).toEqual(expected)
  })

  const formats = `
    const network = input(8, 8, 1).conv2d(2, 3).flatten().dense(3)
    const weights = readSafetensors(writeSafetensors(initialize(network)))
    const { network: again } = fromOnnx(toOnnx(network, { weights }))
    console.log(JSON.stringify(toTypeScript(again).split('\\n').slice(3)))
  `
  const written = ['export const network = input(8, 8, 1)', '  .conv2d(2, 3)', '  .flatten()', '  .dense(3)', '']
  const entries = [
    ['input', 'stridewise'],
    ['fromOnnx, toOnnx', 'stridewise/onnx'],
    ['initialize, readSafetensors, writeSafetensors', 'stridewise/safetensors'],
    ['toTypeScript', 'stridewise/typescript'],
  ] as const

  test('formats as ES modules', () => {
    expect(run('formats.mjs', entries.map(([names, from]) => `import { ${names} } from '${from}'`).join('\n') + formats)).toEqual(written)
  })

  test('formats as CommonJS', () => {
    expect(run('formats.cjs', entries.map(([names, from]) => `const { ${names} } = require('${from}')`).join('\n') + formats)).toEqual(
      written,
    )
  })

  test.each([
    ['picture.mjs', "import { input } from 'stridewise'\nimport { svg } from 'stridewise/drawing'\n"],
    ['picture.cjs', "const { input } = require('stridewise')\nconst { svg } = require('stridewise/drawing')\n"],
  ])('%s', (name, imports) => {
    const use = "const picture = svg(input(8, 8, 1).conv2d(2, 3), { theme: 'dark', title: 'Small' })\n"
    const found = run(name, `${imports}${use}console.log(JSON.stringify(picture.match(/<title>[^<]*/g).slice(0, 2)))`)
    expect(found).toEqual(['<title>Small', '<title>input: input\ninput -&gt; 8x8x1\n0 parameters, 0 MACs'])
  })

  test('import and require of every entry give the same values', () => {
    const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    const entries = Object.keys(exports).flatMap((entry) => (entry.endsWith('.json') ? [] : [`stridewise${entry.slice(1)}`]))
    const text = `import { createRequire } from 'node:module'
      const require = createRequire(import.meta.url)
      const found = []
      for (const entry of ${JSON.stringify(entries)}) {
        const [imported, required] = [await import(entry), require(entry)]
        const names = Object.keys(required).sort()
        found.push([entry, Object.keys(imported), names, names.filter((name) => imported[name] !== required[name])])
      }
      console.log(JSON.stringify(found))`
    const found = run('same.mjs', text) as [entry: string, imported: string[], required: string[], others: string[]][]
    expect(found.map(([entry]) => entry)).toEqual(entries)
    for (const [entry, imported, required, others] of found) {
      // Plugins are CommonJS alone: tsserver calls what it requires, and ESLint takes the default of what is imported.
      const isPlugin = entry.endsWith('-plugin')
      expect([entry, imported]).toEqual([entry, isPlugin ? expect.arrayContaining(['default']) : required])
      if (entry !== 'stridewise/ts-plugin') expect(required.length).toBeGreaterThan(0)
      // Which of them defined a kind of layers is known.
      if (!isPlugin) expect(others).toEqual(entry === 'stridewise' ? ['defineLayer'] : [])
    }
  })

  test('networks of import and of require are deeply equal', () => {
    const text = `import { deepStrictEqual } from 'node:assert'
      import { createRequire } from 'node:module'
      import { input, networkFrom, ShapeError } from 'stridewise'
      import { fromOnnx, toOnnx } from 'stridewise/onnx'
      import { lenet5 } from 'stridewise/zoo'
      const require = createRequire(import.meta.url)
      const core = require('stridewise')
      const network = input(8, 8, 3).conv2d(4, 3).relu()
      deepStrictEqual(network, core.input(8, 8, 3).conv2d(4, 3).relu())
      deepStrictEqual(core.networkFrom(JSON.parse(JSON.stringify(network))), network)
      deepStrictEqual(lenet5(), require('stridewise/zoo').lenet5())
      deepStrictEqual(fromOnnx(toOnnx(network)).network, require('stridewise/onnx').fromOnnx(toOnnx(network)).network)
      console.log(core.input(8, 8, 4).residual((x) => x.relu()) instanceof network.constructor)`
    expect(run('equal.mjs', text)).toBe(true)
  })

  test.each(['browser', 'node'] as const)('a bundle for the platform %s has the ES modules, and of them only what is used', (platform) => {
    const bundle = (contents: string) =>
      buildSync({
        stdin: { contents, resolveDir: folder },
        ...{ bundle: true, minify: true, format: 'esm', metafile: true, platform, write: false },
      })
    const { metafile, outputFiles } = bundle("export { lenet5 } from 'stridewise/zoo'")
    expect(Object.keys(metafile.inputs).filter((file) => /\.(cjs|node\.js)$/.test(file))).toEqual([])
    const all = bundle("export * from 'stridewise/zoo'").outputFiles
    expect(outputFiles[0]?.text.length).toBeLessThan((all[0]?.text.length ?? 0) - 15_000)
  })

  test('a copy without node_modules around it', () => {
    const alone = join(folder, 'alone')
    cpSync(installed, alone, { recursive: true })
    const text = "import { input } from './alone/dist/index.js'\nconsole.log(input(7).dense(2).params)"
    expect(run('alone.mjs', text)).toBe(16)
  })
})

describe.each(isLong ? ['typescript-5.9', 'typescript-7.0', 'typescript-7.1'] : ['typescript-7.0'])(
  'the command, beside %s',
  (compiler) => {
    beforeAll(() => symlinkSync(join(root, 'node_modules', compiler), join(folder, 'node_modules/typescript')))
    afterAll(async () => {
      rmSync(join(folder, 'node_modules/typescript'))
      await endServer()
    })

    const command = join(folder, 'node_modules/.bin/stridewise')
    let version = 0
    const stridewise = async (...args: string[]) => {
      version += 1
      const { code, stdout, stderr } = await runBuilt(join(installed, 'dist/cli/stridewise.js'), args, folder, {}, version)
      return { status: code, stdout, stderr }
    }
    test('has a link to it, which can be run', () => {
      expect(realpathSync(command)).toBe(realpathSync(join(installed, 'dist/cli/stridewise.js')))
      const { status, stderr } = spawnSync(command, patiently(['report', 'absent.ts']), { cwd: folder, encoding: 'utf8' })
      expect([status, stderr]).toEqual([2, 'error There is no file absent.ts.\n'])
    })

    test('reports, checks, annotates and draws', async () => {
      writeFileSync(
        join(folder, 'net.ts'),
        "import { input } from 'stridewise'\nimport { within } from 'stridewise/report'\n\nexport const net = within(\n  input(28, 28, 1)\n    .conv2d(8, 3, { padding: 1 })\n    .flatten()\n    .dense(10),\n  { params: 70_000 },\n)\n",
      )
      expect(await stridewise('report', 'net.ts', '--json')).toMatchObject({
        status: 0,
        stderr: '',
        stdout: expect.stringContaining('"params": 62810'),
      })
      expect(await stridewise('check', 'net.ts')).toMatchObject({
        status: 0,
        stderr: '',
        stdout: expect.stringContaining('types checked with TypeScript'),
      })
      expect((await stridewise('check', 'net.ts', '--max-macs', '1k')).status).toBe(1)
      expect(await stridewise('annotate', 'net.ts')).toMatchObject({ status: 0, stdout: 'annotated net.ts: 5 of 5 comments\n' })
      expect(readFileSync(join(folder, 'net.ts'), 'utf8')).toContain('.conv2d(8, 3, { padding: 1 }) // 28x28x8\n')
      expect((await stridewise('annotate', '--check', 'net.ts')).status).toBe(0)
      expect((await stridewise('diff', 'net.ts', 'net.ts')).stdout).toContain('net: unchanged')
      expect((await stridewise('export', 'net.ts', '--to', 'svg')).stdout).toMatch(/^<svg /)
      expect((await stridewise('report', 'absent.ts')).status).toBe(2)
    })

    test('exports, and imports what it exported as sources that every compiler takes', async () => {
      writeFileSync(
        join(folder, 'source.ts'),
        "import { block, conv2d, input, relu } from 'stridewise'\n\nexport const source = input(16, 16, 3)\n  .conv2d(8, 3, { padding: 1 })\n  .batchNorm()\n  .relu()\n  .residual(block(conv2d(8, 3, { padding: 1 }), relu()))\n  .maxPool2d(2)\n  .flatten()\n  .dense(10)\n",
      )
      const done = async (...args: string[]) => {
        const { status, stdout, stderr } = await stridewise(...args)
        expect([status, stderr.replace(/^note {2}\S+ written, [\d,]+ bytes\n/gm, '')]).toEqual([0, ''])
        return stdout
      }
      await done('export', 'source.ts', '--to', 'onnx', '-o', 'source.onnx', '--force')
      await done('export', 'source.ts', '--to', 'keras', '-o', 'source.json', '--force')
      expect(await done('export', 'source.ts', '--to', 'pytorch')).toMatch(/^import torch\n[\s\S]*class Source\(nn\.\w+\):/)
      await done('import', 'source.onnx', '--name', 'source', '-o', 'from-onnx.ts', '--weights', 'source.safetensors', '--force')
      await done('import', 'source.json', '--name', 'source', '-o', 'from-keras.ts', '--force')
      await done('export', 'from-onnx.ts', '--to', 'onnx', '--weights', 'source.safetensors', '-o', 'again.onnx', '--force')
      expect(readFileSync(join(folder, 'again.onnx')).equals(readFileSync(join(folder, 'source.onnx')))).toBe(true)
      writeFileSync(
        join(folder, 'same.ts'),
        `${['source', 'from-onnx', 'from-keras'].map((name, index) => `import { source as source${index} } from './${name}.js'`).join('\n')}
import type { Network } from 'stridewise'

type Same<One, Other> = (<T>() => T extends One ? 1 : 2) extends <T>() => T extends Other ? 1 : 2 ? true : false
type Said = Network<[16, 16, 3], [10], ${8 * 27 + 8 + 16 + 8 * 72 + 8 + 5130}>
export const same: [Same<typeof source0, Said>, Same<typeof source1, Said>, Same<typeof source2, Said>] = [true, true, true]
`,
      )
      const files = ['from-onnx.ts', 'from-keras.ts', 'same.ts']
      for (const each of compilerNames) expect([each, compiled(each, 'NodeNext', files, true).errors]).toEqual([each, []])
    })

    test('shape errors have the same places as the compiler gives', async () => {
      const { status, stdout } = await stridewise('check', 'user.ts')
      expect(status).toBe(1)
      for (const { at } of mistakes) expect(stdout).toContain(`user.ts:${at.replace(',', ':')}: `)
      for (const { says } of mistakes) expect(stdout).toContain(says)
    })
  },
)

describe('what is bundled has its licence with it', () => {
  const read = (path: string) => readFileSync(join(installed, path), 'utf8')

  /** The texts of a file of notices, each with the packages that it holds for, as `name version`. */
  const noticesIn = (path: string) =>
    read(path)
      .split(/\n\n-{80}\n\n/)
      .map((notice, index) => (index === 0 ? notice.replace(/^.*\n\n/, '') : notice))
      .map((notice) => {
        const [of = '', ...text] = notice.split('\n\n')
        return { of: of.split('\n').map((each) => each.replace(/^.*, from | \(.*\)$/g, '')), text: text.join('\n\n').trim() }
      })
  const namesIn = (path: string) => noticesIn(path).flatMap(({ of }) => of.map((each) => each.replace(/ \S+$/, '')))

  /** The packages whose files the bundler names in comments of what it built. */
  const bundledIn = (folder: string) => {
    const files = readdirSync(join(installed, folder), { recursive: true, encoding: 'utf8' }).filter((name) => /\.c?js$/.test(name))
    const own = files.filter((name) => !name.startsWith('cli'))
    const comments = own.flatMap((name) => [...read(join(folder, name)).matchAll(/^\/\/ (?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)/gm)])
    return [...new Set(comments.map(([, name = '']) => name))].sort()
  }

  test('the library', () => {
    expect(bundledIn('dist')).toEqual(['@dagrejs/dagre', 'markdown-table', 'pbf'])
    // The file of dagre has graphlib in it.
    expect(namesIn('dist/NOTICES.txt')).toEqual(['@dagrejs/dagre', '@dagrejs/graphlib', 'markdown-table', 'pbf'])
  })

  /** ES modules in the command, whose build merges them and has no comments, each with a word of its own. */
  const merged = { '@dagrejs/dagre': 'nestingRoot', diff: 'maxEditLength', sucrase: 'claimFreeName', tinyglobby: 'expandDirectories' }

  test('the command, with what lies in the files of its packages', () => {
    const code = readdirSync(join(installed, 'dist/cli'))
      .filter((name) => name.endsWith('.cjs'))
      .map((name) => read(join('dist/cli', name)))
      .join('\n')
    for (const word of Object.values(merged)) expect(code).toContain(word)
    const named = [...code.matchAll(/"node_modules\/((?:@[^/"]+\/)?[^/"]+)/g)].map(([, name = '']) => name)
    expect(named).toEqual(expect.arrayContaining(['commander', 'picocolors', 'picomatch']))
    const bundled = [...new Set(named), ...Object.keys(merged)]
    expect(namesIn('dist/cli/NOTICES.txt')).toEqual(
      expect.arrayContaining([...bundled, '@dagrejs/graphlib', 'fdir', 'jiti', 'jsfive', 'pako']),
    )
  })

  test('jiti: Babel, and all other packages that it is built from', () => {
    const built = read('dist/cli/jiti/dist/babel.cjs') + read('dist/cli/jiti/dist/jiti.cjs')
    // "./node_modules/.pnpm/@babel+core@7.29.0/node_modules/@babel/core/lib/index.js"
    const paths = [...built.matchAll(/"\.\/node_modules\/\.pnpm\/([^"]+?)\/node_modules\/((?:@[^/"]+\/)?[^/" ]+)/g)]
    const named = paths.map(([, stored = '', name = '']) => `${name} ${stored.slice(name.length + 1).replace(/_.*/, '')}`)
    const packages = [...new Set(named)].sort()
    expect(packages).toEqual(expect.arrayContaining(['@babel/core 7.29.0', 'json5 2.2.3', 'gensync 1.0.0-beta.2']))
    const listed = noticesIn('dist/cli/NOTICES.txt').flatMap(({ of }) => of)
    expect(packages.filter((each) => !listed.includes(each))).toEqual([])
    // acorn says its version; it and others are merged into files of jiti's own, without their names.
    const [, acorn] = /version:"([\d.]+)",defaultOptions/.exec(built) ?? []
    expect(listed).toEqual(expect.arrayContaining([`acorn ${acorn}`, 'pathe 2.0.3', 'import-meta-resolve 4.2.0']))
  })

  test('each text is that of the package, where this very version is installed here', () => {
    const notices = ['dist/NOTICES.txt', 'dist/cli/NOTICES.txt'].flatMap(noticesIn)
    // The font is under a licence of its own. The package of resvg has no file with its licence, and that of jsfive
    // has not the licence of pyfive, on which it is based.
    const others: Record<string, string> = {
      '@expo-google-fonts/arimo': join(root, 'node_modules/@expo-google-fonts/arimo/LICENSE_FONT'),
      '@resvg/resvg-wasm': join(root, 'scripts/licence-of-resvg.txt'),
      jsfive: join(root, 'scripts/licence-of-jsfive.txt'),
    }
    for (const { text } of notices) expect(text).toMatch(/permission|redistribution|licen[cs]e/i)
    const compared = notices.flatMap(({ of, text }) =>
      of.flatMap((each) => {
        const [name = '', version = ''] = each.split(' ')
        const at = join(root, 'node_modules', name)
        if (!existsSync(at) || JSON.parse(readFileSync(join(at, 'package.json'), 'utf8')).version !== version) return []
        const file = others[name] ?? join(at, readdirSync(at).find((entry) => /^licen[cs]e(\.\w+)?$/i.test(entry)) ?? 'LICENSE')
        expect([each, text.startsWith(readFileSync(file, 'utf8').replaceAll('\r\n', '\n').trim())]).toEqual([each, true])
        return [name]
      }),
    )
    expect(compared).toEqual(expect.arrayContaining(['pbf', '@dagrejs/graphlib', 'jiti', 'mlly', 'debug', 'ms', ...Object.keys(others)]))
  })
})
