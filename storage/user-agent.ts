/** What we call ourselves: some servers refuse whoever does not say. */
export const userAgent = 'beatreel/0.1';
