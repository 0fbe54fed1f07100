// Runs the tasks that scripts/proof.mjs sends, one after the other, and sends back the counts. It runs the TypeScript of the tests
// directly.
import { createJiti } from 'jiti'

// Each worker uses one thread, since there is a worker per core.
process.env.OMP_NUM_THREADS = '1'

const { work } = await createJiti(import.meta.url).import('../test/proof/work.ts')

process.on('message', async (task) => {
  try {
    process.send({ tally: await work(task), memory: process.memoryUsage.rss() })
  } catch (error) {
    process.send({ error: error?.stack ?? String(error), memory: process.memoryUsage.rss() })
  }
})
process.send({ ready: true })
