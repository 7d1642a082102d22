"""Official SDKs against Postern: what they sign is let in, what `postern sign` makes they verify.

    main.py POSTERN [SENDER …]
"""

import contextlib
import copy
import importlib.metadata
import io
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import traceback

import messaging
import payments
import services
import tokens
from sender import Sender
from web import Servers, path_of

SERVERS = ["nginx", "apache", "cgi"]


class Mismatch(Exception):
    pass


def all_senders(names):
    """Each class that says what its location has in POSTERN_VERIFY."""
    found = []
    for module in [payments, messaging, tokens, services]:
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, Sender) and value.__module__ == module.__name__:
                found.append(value())
    return [sender for sender in found if not names or sender.verify.split()[0] in names]


def is_genuine(sender, event):
    try:
        # Some say what they think of a signature on standard output.
        with contextlib.redirect_stdout(io.StringIO()):
            return sender.accepts(event) is not False
    except Exception:
        return False


def signed_by_postern(program, folder, sender, event, now):
    """What `postern sign` makes of an event."""
    secret = folder / "signing.secret"
    secret.touch(mode=0o600)
    secret.write_text((sender.signing_secret or sender.secret) + "\n")
    words = [program, "sign", "--verify", sender.verify, "--secret", f"file:{secret}", "--url", event.url, "--at", now, "--id", "msg_1"]
    for name, value in event.headers.items():
        words += ["--header", f"{name}: {value}"]
    result = run(words, event.body)
    signed = copy.deepcopy(event)
    for line in result.stdout.decode().splitlines():
        name, value = line.split(": ", 1)
        signed.headers[name] = value
    for line in result.stderr.decode().splitlines():
        if line.startswith("POST /"):
            signed.uri = line.removeprefix("POST ")
    signed.body = run(words + ["--print", "body"], event.body).stdout
    return signed


def run(words, body):
    result = subprocess.run([str(word) for word in words], input=body, capture_output=True)
    if result.returncode != 0:
        raise Mismatch("postern sign: " + result.stderr.decode().strip())
    return result


def check_incoming(servers, sender, event):
    """What the SDK has signed passes through each server, and not once it is changed."""
    if not is_genuine(sender, event):
        raise Mismatch("the SDK refuses what it has signed itself")
    changed = sender.change(event)
    if changed == event or is_genuine(sender, changed):
        raise Mismatch("the SDK takes what was changed")
    for server in SERVERS:
        for what, request, wanted in [("what the SDK signed", event, 200), ("what was changed", changed, 401)]:
            status = servers.post(server, request)
            if status != wanted:
                raise Mismatch(f"{server} answers {status} to {what}, not {wanted}")


def check_outgoing(program, folder, sender, event, now):
    """What `postern sign` makes the SDK takes, and not once it is changed."""
    signed = signed_by_postern(program, folder, sender, event, now)
    if not is_genuine(sender, signed):
        raise Mismatch("the SDK refuses what postern sign made")
    if is_genuine(sender, sender.change(signed)):
        raise Mismatch("the SDK takes what postern sign made and somebody changed")


def judge(servers, program, folder, index, sender):
    """The problems with a sender, none if all holds."""
    problems = []
    event = sender.event(path_of(index))
    for check in ["incoming", "outgoing"]:
        now = int(time.time())
        try:
            if check == "incoming":
                signed = copy.deepcopy(event)
                sender.sign(signed, now)
                check_incoming(servers, sender, signed)
            else:
                check_outgoing(program, folder, sender, event, now)
        except Mismatch as problem:
            problems.append(str(problem))
        except Exception:
            problems.append(traceback.format_exc())
    return problems


def log_of(folder, index):
    """What Postern said of one location."""
    lines = (folder / "postern.log").read_text(errors="replace").splitlines()
    return "\n".join("    " + line for line in lines if f" sender-{index}:" in line)


def main():
    program, names = sys.argv[1], sys.argv[2:]
    senders = all_senders(names)
    failed = []
    with tempfile.TemporaryDirectory(prefix="postern-sdks-") as path:
        folder = pathlib.Path(path)
        folder.chmod(0o755)
        servers = Servers(folder, program, senders)
        try:
            servers.start()
            print(f"{'sender':34} {'SDK':32} {'signed by':18} {'let in, changed refused':25} postern sign")
            for index, sender in enumerate(senders):
                problems = judge(servers, program, folder, index, sender)
                version = f"{sender.sdk} {importlib.metadata.version(sender.sdk)}"
                verdict = f"{' '.join(SERVERS):25} verified" if not problems else "WRONG"
                print(f"{sender.name:34} {version:32} {sender.signed_by:18} {verdict}", flush=True)
                for problem in problems:
                    print("    " + problem.replace("\n", "\n    "))
                if problems:
                    failed.append(sender.name)
                    print(log_of(folder, index))
        finally:
            servers.stop()
    print(f"{len(senders) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed or not senders else 0


def stop(*_):
    raise SystemExit(130)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    sys.exit(main())
