"""Servers for the tests of `deploy`, on the loopback only. They end when their standard input does.

Prints a line: the port, and where keys are asked for, the key that is known. An object storage
that is there already, as beside tests/ceph, is named by XIANFENG_STORAGE: its port and key."""

import datetime
import os
import re
import ssl
import subprocess
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def opened(port, id, secret):
    """The storage there, with a bucket `tong` that is open to all: the tests look on without a key."""
    import boto3
    import botocore.config

    plain = botocore.config.Config(s3={"addressing_style": "path"}, read_timeout=120)
    client = boto3.client(
        "s3",
        endpoint_url=f"http://127.0.0.1:{port}",
        region_name="us-east-1",
        aws_access_key_id=id,
        aws_secret_access_key=secret,
        config=plain,
    )
    client.create_bucket(Bucket="tong")
    places = '["arn:aws:s3:::tong", "arn:aws:s3:::tong/*"]'
    statement = '{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":' + places + "}"
    client.put_bucket_policy(
        Bucket="tong", Policy='{"Version":"2012-10-17","Statement":[' + statement + "]}"
    )
    return port, id, secret


def storage(asks_for_keys):
    """An object storage with the bucket `tong`."""
    if not asks_for_keys and os.environ.get("XIANFENG_STORAGE"):
        return opened(*os.environ["XIANFENG_STORAGE"].split())
    if asks_for_keys:
        # What comes before: the bucket, the user, the key, what it may do.
        os.environ["INITIAL_NO_AUTH_ACTION_COUNT"] = "4"
    import logging

    import boto3
    from moto.moto_server.threaded_moto_server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.CRITICAL)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    port = server.get_host_and_port()[1]
    any_key = dict(
        endpoint_url=f"http://127.0.0.1:{port}",
        region_name="us-east-1",
        aws_access_key_id="any",
        aws_secret_access_key="any",
    )
    boto3.client("s3", **any_key).create_bucket(Bucket="tong")
    if not asks_for_keys:
        return port, "any", "any"
    iam = boto3.client("iam", **any_key)
    iam.create_user(UserName="wang")
    key = iam.create_access_key(UserName="wang")["AccessKey"]
    policy = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}'
    iam.put_user_policy(UserName="wang", PolicyName="all", PolicyDocument=policy)
    return port, key["AccessKeyId"], key["SecretAccessKey"]


def expired():
    """A server whose certificate has expired."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    day = datetime.datetime(2020, 1, 1)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(day)
        .not_valid_after(day + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), False)
        .sign(key, hashes.SHA256())
    )
    folder = tempfile.mkdtemp()
    path = os.path.join(folder, "both.pem")
    with open(path, "wb") as file:
        file.write(certificate.public_bytes(serialization.Encoding.PEM))
        file.write(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_address[1], path, ""


def rclone(what, folder, *more):
    """A server of rclone's, from PyPI, for a folder."""
    program = os.path.join(os.path.dirname(sys.executable), "rclone")
    # It takes a port that is free, and says which.
    arguments = ["serve", what, folder, "--addr", "127.0.0.1:0", "--config", os.devnull]
    # The tests look at the folder, and change it, without asking the server. If it may remember
    # nothing it goes in circles; no test is as fast as this.
    arguments += ["--dir-cache-time", "1ms", *more]
    quiet = dict(stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    server = subprocess.Popen([program, *arguments], text=True, **quiet)
    started.append(server)
    for line in server.stderr:
        if port := re.search(r"127\.0\.0\.1:(\d+)", line):
            # What it says later must not fill the pipe.
            threading.Thread(target=server.stderr.read, daemon=True).start()
            return port[1], "", ""
    sys.exit("it has not started")


started = []
what, *rest = sys.argv[1:]
if what == "expired":
    told = expired()
elif what in ("webdav", "sftp"):
    told = rclone(what, *rest)
else:
    told = storage(what == "keys")
print(*told, flush=True)
sys.stdin.read()
for process in started:
    process.kill()
os._exit(0)
