"""An HTTP server that does what a path says. Prints its port, then serves until its standard input ends.

    server.py [--address ADDRESS] [--tls CERTIFICATE KEY] [--client-authority CERTIFICATE]
"""
import argparse, gzip, http.server, json, os, socket, ssl, sys, threading, urllib.parse

parser = argparse.ArgumentParser()
parser.add_argument("--address", default="127.0.0.1")
parser.add_argument("--tls", nargs=2)
parser.add_argument("--client-authority")
options = parser.parse_args()


class Server(http.server.ThreadingHTTPServer):
    address_family = socket.AF_INET6 if ":" in options.address else socket.AF_INET
    daemon_threads = True
    connections = 0

    def get_request(self):
        Server.connections += 1
        return super().get_request()

    def handle_error(self, request, address):
        pass


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *words):
        pass

    def answer(self, status, body=b"", headers=()):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def echo(self):
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        told = {
            "method": self.command, "path": self.path, "body": body.decode("latin-1"),
            "headers": [[name.lower(), value] for name, value in self.headers.items()],
            "connections": Server.connections,
        }
        self.answer(200, json.dumps(told).encode(), [("Content-Type", "application/json"), ("X-Twice", "1"), ("X-Twice", "2")])

    def handle_any(self):
        parts = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(parts.query))
        what = parts.path.split("/")[1]
        if what == "status":
            self.answer(int(parts.path.split("/")[2]), b"said so")
        elif what == "redirect":
            length = int(self.headers.get("Content-Length") or 0)
            self.rfile.read(length)
            self.answer(int(query.get("status", "302")), b"elsewhere", [("Location", query["to"])])
        elif what == "loop":
            self.answer(302, b"", [("Location", "/loop")])
        elif what == "large":
            self.answer(200, b"x" * int(query["bytes"]))
        elif what == "endless":
            self.send_response(200)
            self.end_headers()
            try:
                while True:
                    self.wfile.write(b"x" * 65536)
            except OSError:
                pass
            self.close_connection = True
        elif what == "headers":
            self.send_response(200)
            for number in range(int(query["count"])):
                self.send_header("X-Filler-%d" % number, "x" * 1000)
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif what == "bomb":
            self.answer(200, gzip.compress(b"0" * int(query["bytes"])), [("Content-Encoding", "gzip")])
        elif what == "silent":
            # Until the client goes.
            self.connection.recv(1)
            self.close_connection = True
        elif what == "interim":
            self.wfile.write(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n")
            self.echo()
        elif what == "cookie":
            self.answer(200, b"", [("Set-Cookie", "a=b; Path=/")])
        else:
            self.echo()

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = handle_any


server = Server((options.address, 0), Handler)
if options.tls:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*options.tls)
    if options.client_authority:
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(options.client_authority)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
print(server.server_port, flush=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
sys.stdin.read()
