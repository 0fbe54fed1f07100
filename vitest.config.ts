import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { roomForCompilers } from './scripts/compilers.mjs'
import { isLong } from './test/support/effort.js'
import { allFiles, longFiles } from './test/support/long-files.js'

/** The files of a long run that take longest, the longest first: from a quarter of a minute to two. */
const slowest = [
  'formats/onnx/torchvision/torchvision',
  'site/pages',
  'site/hostile-link',
  'editor/ways/ways',
  'cli/matrix',
  'formats/onnx/zoo',
  'formats/onnx/damaged',
  'zoo/sizes',
  'formats/onnx/read',
  'outside/declarations',
  'mirror',
  'site/playground',
  'declarations',
  'formats/onnx/run',
  'mirror-values',
  'cli/annotate',
  'proof/proof',
  'gradual-kinds',
  'mirror-graphs',
  'site/course-page',
  'formats/growth-of-networks',
  'formats/typescript/graphs',
  'site/layout',
  'network/cost',
  'editor/suggestions',
  'editor/docs',
  'package',
].map((name) => `/test/${name}.test.ts`)

/** Begins with the files that take longest, so that none of them is left to one core at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rankOf = ({ moduleId }: TestSpecification): number => {
      const rank = slowest.findIndex((name) => moduleId.endsWith(name))
      return rank < 0 ? slowest.length : rank
    }
    // What has the same rank stays in the order of Vitest.
    return (await super.sort(files)).sort((one, other) => rankOf(one) - rankOf(other))
  }
}

/** What a long run has nothing to add to is left to the short one. */
const include = isLong ? longFiles() : allFiles()

export default defineConfig({
  // The extension runs in VS Code, which gives it this module.
  resolve: { alias: { vscode: fileURLToPath(new URL('test/support/vscode.ts', import.meta.url)) } },
  test: {
    include,
    // Files of a process share what they import: the compiler above all, and the files that it has read. So each kind of layers that a
    // test defines needs a name of its own.
    isolate: false,
    // No verdict is a matter of time: these end what hangs, however busy the machine is.
    testTimeout: 1_800_000,
    hookTimeout: 1_800_000,
    execArgv: roomForCompilers,
    // Each worker has a core of its own, and so have the processes that it starts.
    env: { OMP_NUM_THREADS: '1' },
    // Every core: many tests wait for a compiler or a browser, and one is left idle by default. One worker more makes all of them slower.
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
    coverage: { provider: 'v8', include: ['src/**/*.ts'], reporter: ['text-summary'] },
  },
})
