import base from './vitest.config.js'
const execArgv = process.env.XA ? process.env.XA.split(' ') : []
export default { ...base, test: { ...base.test, execArgv, maxWorkers: 1, setupFiles: ['/tmp/lab/gc-setup.ts'] } }
