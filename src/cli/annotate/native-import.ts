/** Imports an ES module. The build leaves this file as it is; in the others `import()` loads CommonJS (tsup.config.ts). */
export const nativeImport = (url: string): Promise<unknown> => import(url)
