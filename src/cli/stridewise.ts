#!/usr/bin/env node
import { createRequire } from 'node:module'

/* The command as Node is given it. The rest is CommonJS, of which Node loads many small files in half the time. */

const { run } = createRequire(import.meta.url)('./command.cjs') as typeof import('./command.js')
await run(process.argv.slice(2))
