// minimal pass-through: N workers, range GET body as PUT body, no checks
import { Agent, request } from 'undici';
const [, , src, dst, sizeMiB, n, mode] = process.argv;
const part = 8 * 1048576, total = Number(sizeMiB) * 1048576;
const get = new Agent({ connections: 8, pipelining: 1 }), put = new Agent({ connections: 16, pipelining: 1 });
let r = await request(`${dst}/bench/k?uploads`, { method: 'POST' });
const id = /<UploadId>(.*?)</.exec(await r.body.text())[1];
let next = 0; const count = Math.ceil(total / part);
const c0 = process.cpuUsage(), t0 = performance.now();
async function work() {
  while (next < count) {
    const i = next++; const start = i * part, end = Math.min(total, start + part) - 1;
    const a = await request(`${src}/file-${sizeMiB}.mp4`, { dispatcher: get, headers: { range: `bytes=${start}-${end}` } });
    let body = a.body;
    if (mode === 'gen') body = (async function* () { for await (const c of a.body) yield c; })();
    const b = await request(`${dst}/bench/k?uploadId=${id}&partNumber=${i + 1}`, { method: 'PUT', dispatcher: put, headers: { 'content-length': String(end - start + 1) }, body });
    await b.body.dump();
  }
}
await Promise.all(Array.from({ length: Number(n) }, work));
const c = process.cpuUsage(c0), s = (performance.now() - t0) / 1000;
console.log(mode, n, (Number(sizeMiB) / s).toFixed(0), 'MiB/s cpu', ((c.user + c.system) / 1e6).toFixed(2));
process.exit(0);
