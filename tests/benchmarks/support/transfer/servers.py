"""Both ends of the transfer benchmark, as cheap as they can be, so that what is measured is who moves the file.

`servers.py file` is a model host that serves one file of any size at /file-<MiB>.mp4, with ETag and ranges.
`servers.py store` is an S3 server that keeps nothing: the kernel throws the bytes away before anybody copies them, and
signatures are not looked at. Prints one line of JSON when it listens, ends with SIGTERM.
"""

import json
import re
import socket
import struct
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

MEBIBYTE = 1024 * 1024


class FileHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    chunk = memoryview(b"beatreel" * (MEBIBYTE // 8))

    def do_GET(self):
        total = int(re.fullmatch(r"/file-(\d+)\.mp4", self.path)[1]) * MEBIBYTE
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("range", ""))
        start = int(asked[1]) if asked else 0
        end = min(int(asked[2]) if asked and asked[2] else total, total - 1)
        self.send_response(206 if asked else 200)
        self.send_header("content-type", "video/mp4")
        self.send_header("content-length", str(end - start + 1))
        self.send_header("accept-ranges", "bytes")
        self.send_header("etag", f'"{total}"')
        if asked:
            self.send_header("content-range", f"bytes {start}-{end}/{total}")
        self.end_headers()
        if self.command == "GET":
            self.send_range(start, end, total)

    do_HEAD = do_GET

    def send_range(self, start, end, total):
        # ISO 14496-12: a file type, and a box of 64-bit length that holds everything else.
        head = memoryview(struct.pack(">I4s4sI4s4s", 24, b"ftyp", b"isom", 0, b"isom", b"mp42"))
        head = memoryview(bytes(head) + struct.pack(">I4sQ", 1, b"mdat", total - 24))
        self.wfile.flush()
        left = end - start + 1
        try:
            if start < len(head):
                piece = head[start : start + left]
                self.connection.sendall(piece)
                left -= len(piece)
            while left > 0:
                piece = self.chunk[: min(left, MEBIBYTE)]
                self.connection.sendall(piece)
                left -= len(piece)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, *_):
        pass


class StoreHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    sizes = {}
    uploads = {}
    lock = threading.Lock()
    etag = '"d41d8cd98f00b204e9800998ecf8427e"'

    def discard_body(self):
        """Returns how many bytes the body itself has, without the chunk headers of a signed or summed stream."""
        left = length = int(self.headers.get("content-length", 0))
        buffer = bytearray(MEBIBYTE)
        while left > 0:
            buffered = len(self.rfile.peek(1)) if left == length else 0
            if buffered:
                left -= len(self.rfile.read(min(buffered, left)))
                continue
            # Linux: the bytes are dropped in the kernel.
            taken = self.connection.recv_into(buffer, min(left, MEBIBYTE), socket.MSG_TRUNC)
            if taken == 0:
                break
            left -= taken
        return int(self.headers.get("x-amz-decoded-content-length", length))

    def do_PUT(self):
        path, query = self.split()
        size = self.discard_body()
        with self.lock:
            if "uploadId" in query:
                self.uploads[query["uploadId"][0]][int(query["partNumber"][0])] = size
            else:
                self.sizes[path] = size
        self.answer(200, etag=self.etag)

    def do_POST(self):
        path, query = self.split()
        self.discard_body()
        with self.lock:
            if "uploads" in query:
                upload_id = f"upload-{len(self.uploads) + 1}"
                self.uploads[upload_id] = {}
                body = f"<UploadId>{upload_id}</UploadId>"
                return self.answer_xml(f"<InitiateMultipartUploadResult>{body}</InitiateMultipartUploadResult>")
            self.sizes[path] = sum(self.uploads[query["uploadId"][0]].values())
        body = f"<Key>{path}</Key><ETag>{self.etag}</ETag>"
        return self.answer_xml(f"<CompleteMultipartUploadResult>{body}</CompleteMultipartUploadResult>")

    def do_GET(self):
        self.answer_xml("<ListMultipartUploadsResult><IsTruncated>false</IsTruncated></ListMultipartUploadsResult>")

    def do_HEAD(self):
        size = self.sizes.get(self.split()[0])
        if size is None:
            return self.answer(404)
        # What a store says that sums whole objects itself.
        summed = {"x-amz-checksum-crc32": "AAAAAA==", "x-amz-checksum-type": "FULL_OBJECT"}
        modified = "Tue, 24 Nov 2026 00:00:00 GMT"
        return self.answer(200, size, **{"etag": self.etag, "last-modified": modified, **summed})

    def do_DELETE(self):
        self.answer(204)

    def split(self):
        address = urlsplit(self.path)
        return address.path, parse_qs(address.query, keep_blank_values=True)

    def answer(self, status, length=0, **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(length))
        self.end_headers()

    def answer_xml(self, text):
        body = f'<?xml version="1.0" encoding="UTF-8"?>{text}'.encode()
        self.answer(200, len(body), **{"content-type": "application/xml"})
        self.wfile.write(body)

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    handler = {"file": FileHandler, "store": StoreHandler}[sys.argv[1]]
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    print(json.dumps({"origin": f"http://127.0.0.1:{server.server_port}"}), flush=True)
    server.serve_forever()
