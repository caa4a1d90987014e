/** Answers every request, and prints its address as the stand-in does. */
import { createServer } from 'node:http';

const server = createServer((_request, response) => response.end(process.env.STAND_IN_TOKEN));
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ baseUrl: `http://127.0.0.1:${server.address().port}/` })}\n`);
});
