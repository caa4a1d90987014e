/** The name in our requests: some servers refuse requests without one. */
export const userAgent = 'beatreel/0.1';
