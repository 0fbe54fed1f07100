/** Whether a path is of a user's file: not of Node, of a package, or of this one, which may be installed outside of `node_modules`. */
export const isUsersFile = (path: string): boolean =>
  !path.startsWith('node:') && !/[\\/]node_modules[\\/]/.test(path) && !/[\\/]dist[\\/](cli|index|chunk-|report|zoo)/.test(path)
