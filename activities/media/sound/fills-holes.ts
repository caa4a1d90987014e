/**
 * For aresample with `async=1`: silence in place of every packet of sound that is lost. As it comes, aresample closes
 * holes of less than 0.1 s, and all that follows is heard too early.
 */
export const fillsHoles = ':min_hard_comp=0.005';
