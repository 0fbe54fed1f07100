/** What stands before a module's code in its first line: the function that jiti puts it into. */
export const wrapper = '(async function (exports, require, module, __filename, __dirname, jitiImport, jitiESMResolve) { '
