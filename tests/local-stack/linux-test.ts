/** A test of what only Linux has: `/proc`, sockets by name. */
export const linuxTest = process.platform === 'linux' ? test : test.skip;
