/** A test that needs Linux: `/proc`, sockets by name. */
export const linuxTest = process.platform === 'linux' ? test : test.skip;
