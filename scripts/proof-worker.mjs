// Does the pieces of work that scripts/proof.mjs sends, one after the other, and sends back what was counted. The tests' own TypeScript is
// run as it stands.
import { createJiti } from 'jiti'

// Frameworks would take a thread for each core, and there is a worker for each.
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
