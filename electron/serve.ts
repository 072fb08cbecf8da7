/** The studio in a browser: `takeboard serve` as an entry of its own, with the same options. */
process.argv.splice(2, 0, 'serve')
await import('./cli.ts')
