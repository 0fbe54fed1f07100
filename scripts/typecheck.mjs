// Type-checks the sources, the command, the tests, the examples and the site, one after the other in one process: a compiler that has
// run is several times as fast as one that has just started.
import process from 'node:process'
import ts from 'typescript'

const projects = ['.', 'tsconfig.cli.json', 'test', 'examples', 'docs/.vitepress']

class Exit {
  /** @param {number | undefined} status */
  constructor(status) {
    this.status = status ?? 0
  }
}

/** What `tsc -p` does, and its exit code. */
const check = (project) => {
  const exit = (status) => {
    throw new Exit(status)
  }
  try {
    ts.executeCommandLine({ ...ts.sys, exit }, () => {}, ['-p', project])
  } catch (error) {
    if (error instanceof Exit) return error.status
    throw error
  }
  return 0
}

for (const project of projects) {
  process.exitCode = check(project)
  // Those behind one that fails may fail for the same reason.
  if (process.exitCode !== 0) break
}
