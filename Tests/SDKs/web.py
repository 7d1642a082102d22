"""Real web servers on loopback with Postern behind them, each location one sender's."""

import http.client
import os
import pathlib
import pwd
import shutil
import signal
import socket
import subprocess
import time

from sender import ORIGIN

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
MODULES = "/usr/lib/apache2/modules"
IS_ROOT = os.geteuid() == 0
# As whom Apache runs its programs.
APACHE_USER = pwd.getpwnam("www-data") if IS_ROOT else None


class Failure(Exception):
    pass


class Program:
    """A program that was started here, with its children; nothing else is ever ended."""

    def __init__(self, words, log):
        self.log = log
        with open(log, "ab") as output:
            self.process = subprocess.Popen(
                words, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True)

    def wait_until(self, what, is_so):
        limit = time.monotonic() + 30
        while not is_so():
            if self.process.poll() is not None or time.monotonic() > limit:
                raise Failure(f"waited in vain for {what}: {self.log.read_text(errors='replace')}")
            time.sleep(0.02)

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        try:
            # What it has left behind in its own group.
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass


class Servers:
    """All of them: nginx and Apache before one Postern that serves, and Apache that starts Postern for each request."""

    def __init__(self, folder, program, senders):
        self.folder = folder
        self.senders = senders
        self.programs = []
        self.ports = {}
        self.program = folder / "postern"
        shutil.copy(program, self.program)
        self.program.chmod(0o755)
        self.workspace = folder / "workspace"
        shutil.copytree(REPOSITORY / "Tests/SDKs/workspace", self.workspace)
        for path in [self.workspace, *self.workspace.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)
        shutil.copy("/etc/nginx/fastcgi_params", folder)
        (folder / "documents").mkdir(mode=0o755)
        for name in ["nginx", "apache", "cgi"]:
            self._make_state(name)

    def _make_state(self, name):
        """Secrets and database of one of them, which belong to the user that Postern runs as."""
        state = self.folder / name
        state.mkdir(mode=0o700)
        paths = [state]
        for index, sender in enumerate(self.senders):
            path = state / f"{index}.secret"
            path.write_text(sender.secret + "\n")
            path.chmod(0o600)
            paths.append(path)
        if name == "cgi" and IS_ROOT:
            for path in paths:
                os.chown(path, APACHE_USER.pw_uid, APACHE_USER.pw_gid)

    def start(self):
        socket_path = self.folder / "postern.sock"
        mode = "0666" if IS_ROOT else "0600"
        serve = self._run([self.program, "serve", "--socket", socket_path, "--mode", mode], "postern.log")
        serve.wait_until("Postern to listen", socket_path.exists)
        self._web("nginx", lambda port: ["nginx", "-c", self._write("nginx.conf", self._nginx(port)), "-e", self.folder / "nginx.log"])
        for name in ["apache", "cgi"]:
            self._web(name, lambda port, name=name: [
                "apache2", "-f", self._write(f"{name}.conf", self._apache(name, port)), "-DFOREGROUND"])

    def stop(self):
        for program in reversed(self.programs):
            program.stop()

    def _run(self, words, log):
        program = Program([str(word) for word in words], self.folder / log)
        self.programs.append(program)
        return program

    def _web(self, name, words):
        port = free_port()
        self.ports[name] = port
        self._run(words(port), f"{name}.out").wait_until(f"{name} to listen", lambda: is_listening(port))

    def _write(self, name, text):
        path = self.folder / name
        path.write_text(text)
        return path

    def _settings(self, name, index, sender):
        return {
            "POSTERN_VERIFY": sender.verify, "POSTERN_SECRET": f"file:{self.folder}/{name}/{index}.secret",
            "POSTERN_URL": ORIGIN, "POSTERN_WORKSPACE": self.workspace, "POSTERN_QUERY": "sdks/event",
            "POSTERN_DATABASE": f"{self.folder}/{name}/events.sqlite", "POSTERN_NAME": f"sender-{index}",
        }

    def _nginx(self, port):
        blocks = ""
        for index, sender in enumerate(self.senders):
            lines = "".join(f'fastcgi_param {key} "{value}"; ' for key, value in self._settings("nginx", index, sender).items())
            blocks += f"location = {path_of(index)} {{ include {REPOSITORY}/nginx/postern_params; {lines} }}\n"
        folder = self.folder
        return f"""
            {"user root;" if IS_ROOT else ""}
            daemon off;
            pid {folder}/nginx.pid;
            events {{}}
            http {{
                access_log off;
                client_body_temp_path {folder}/body; fastcgi_temp_path {folder}/fastcgi; proxy_temp_path {folder}/proxy;
                uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
                upstream postern {{ server unix:{folder}/postern.sock; keepalive 4; }}
                server {{
                    listen 127.0.0.1:{port};
                    {blocks}
                }}
            }}
            """

    def _apache(self, name, port):
        modules = ["mpm_event", "authz_core", "env", "setenvif", "alias"]
        modules += ["proxy", "proxy_fcgi"] if name == "apache" else ["cgid"]
        lines = [f"LoadModule {module}_module {MODULES}/mod_{module}.so" for module in modules]
        lines += [
            f"ServerRoot {self.folder}", "ServerName localhost", f"PidFile {self.folder}/{name}.pid", f"Listen 127.0.0.1:{port}",
            f"ErrorLog {self.folder}/{name}.log", f"DocumentRoot {self.folder}/documents",
        ]
        if IS_ROOT:
            lines += ["User www-data", "Group www-data"]
        if name == "apache":
            lines += [
                '<LocationMatch "^/">', f'SetHandler "proxy:unix:{self.folder}/postern.sock|fcgi://postern/"', "CGIPassAuth On",
                "SetEnvIf Request_URI . proxy-sendcl=1", 'ProxyFCGISetEnvIf "true" PATH_INFO "%{REQUEST_URI}"',
                'ProxyFCGISetEnvIf "true" SCRIPT_NAME ""', "</LocationMatch>",
            ]
        else:
            lines += [
                f"ScriptSock {self.folder}/cgid.sock", f'ScriptAliasMatch "^(/.*)$" "{self.program}$1"', '<LocationMatch "^/">',
                "Require all granted", "CGIPassAuth On", "</LocationMatch>",
            ]
        for index, sender in enumerate(self.senders):
            settings = [f'SetEnv {key} "{value}"' for key, value in self._settings(name, index, sender).items()]
            lines += [f'<LocationMatch "^{path_of(index)}$">', *settings, "</LocationMatch>"]
        return "\n".join(lines) + "\n"

    def post(self, name, event):
        """The status of the answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.ports[name], timeout=60)
        try:
            connection.request("POST", event.uri, body=event.body, headers={"Host": "hooks.example.com", **event.headers})
            response = connection.getresponse()
            response.read()
            return response.status
        finally:
            connection.close()


def path_of(index):
    return f"/hooks/{index}"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_listening(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
