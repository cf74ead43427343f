"""A time-stamping authority of OpenSSL's own behind HTTP: outside_authority.py DIR PORTFILE.
DIR/tsa.cnf configures `openssl ts -reply`. The path says how it misbehaves: /ok, /late (after 40 s),
/huge, /html, /elsewhere (a redirect to /ok), /down (status 500)."""
import http.server, os, subprocess, sys, tempfile, time

folder, port_file = sys.argv[1:3]


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        query = self.rfile.read(int(self.headers["Content-Length"]))
        good = self.headers["Content-Type"] == "application/timestamp-query"
        if self.path == "/elsewhere":
            self.send_response(302)
            self.send_header("Location", "/ok")
            self.end_headers()
            return
        if self.path == "/late":
            time.sleep(40)
        with tempfile.NamedTemporaryFile() as file:
            file.write(query)
            file.flush()
            reply = subprocess.run(["openssl", "ts", "-reply", "-config", "tsa.cnf", "-queryfile", file.name],
                                   cwd=folder, capture_output=True).stdout
        self.send_response(200 if good and self.path != "/down" else 500)
        self.send_header("Content-Type", "text/html" if self.path == "/html" else "application/timestamp-reply")
        self.end_headers()
        self.wfile.write(reply + (b"x" * 100000 if self.path == "/huge" else b""))

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
with open(port_file + ".new", "w") as file:
    file.write(str(server.server_address[1]))
os.rename(port_file + ".new", port_file)
server.serve_forever()
