/**
 * For aresample with `async=1`: puts silence in place of every lost packet of sound. By default aresample closes
 * holes of less than 0.1 s, and all sound after them is heard too early.
 */
export const fillsHoles = ':min_hard_comp=0.005';
