import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { type TLSSocket, createServer } from "node:tls";
import { cutFrames, readSyslogMessage } from "@ringfence/core/testing/read-syslog";
import { onTestFinished } from "vitest";

/** Makes a root, and certificates for a collector at 127.0.0.1 and for its client. */
export function someCertificates() {
  const folder = mkdtempSync(path.join(tmpdir(), "ringfence-syslog-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = (name: string) => path.join(folder, name);
  const openssl = (line: string) =>
    execFileSync("openssl", line.split(" "), { cwd: folder, stdio: ["ignore", "pipe", "ignore"] });
  writeFileSync(file("server.ext"), "subjectAltName=IP:127.0.0.1\n");
  writeFileSync(file("client.ext"), "extendedKeyUsage=clientAuth\n");
  const key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes";
  openssl(`req -x509 ${key} -keyout ca.key -out ca.pem -subj /CN=Root -days 2`);
  for (const name of ["server", "client"]) {
    openssl(`req -new ${key} -keyout ${name}.key -out ${name}.csr -subj /CN=${name}`);
    openssl(
      `x509 -req -in ${name}.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -out ${name}.pem -extfile ${name}.ext`,
    );
  }
  const read = (name: string) => readFileSync(file(name), "utf8");
  return { file, read };
}

type Certificates = ReturnType<typeof someCertificates>;

const toServerOptions = (read: Certificates["read"]) =>
  ({
    key: read("server.key"),
    cert: read("server.pem"),
    ca: read("ca.pem"),
    requestCert: true,
    rejectUnauthorized: true,
    minVersion: "TLSv1.2",
  }) as const;

/** A collector that reads nothing, never ends a connection, and sends a byte every 20 ms, so that it is never silent. */
export async function aDrippingCollector({ read }: Certificates) {
  const sockets = new Set<TLSSocket>();
  const server = createServer(toServerOptions(read), (socket) => {
    sockets.add(socket);
    const drip = setInterval(() => socket.write("."), 20);
    socket.on("error", () => {});
    socket.on("close", () => clearInterval(drip));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return { port: (server.address() as AddressInfo).port, countConnections: () => sockets.size };
}

/**
 * A collector of syslog messages over TLS that reads RFC 5425 and RFC 5424 strictly and wants a client certificate. A
 * connection counts only if it was read to its end.
 */
export async function aSyslogCollector({ read }: Certificates, port = 0) {
  const ids: string[] = [];
  const numbers: number[] = [];
  const faults: unknown[] = [];
  let breaksAfter = Number.POSITIVE_INFINITY;
  const sockets = new Set<TLSSocket>();
  const server = createServer(toServerOptions(read), (socket) => {
    sockets.add(socket);
    let rest: Buffer = Buffer.alloc(0);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
    socket.on("data", (chunk: Buffer) => {
      try {
        const cut = cutFrames(Buffer.concat([rest, chunk]));
        ({ rest } = cut);
        for (const message of cut.messages) {
          const { id = "", number } = readSyslogMessage(message).parameters;
          ids.push(id);
          numbers.push(Number(number));
          if (--breaksAfter === 0) socket.destroy();
        }
      } catch (error) {
        faults.push(error);
        socket.destroy();
      }
    });
    socket.on("end", () => {
      if (rest.length > 0) faults.push(new Error("the stream ended within a message"));
    });
  });
  server.on("tlsClientError", () => {});
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const stop = async () => {
    const closed = once(server, "close");
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  onTestFinished(() => (server.listening ? stop() : undefined));
  return {
    port: (server.address() as AddressInfo).port,
    /** Ids of the entries in the order of their arrival, repeated ones included. */
    ids,
    /** Their numbers, in the same order. */
    numbers,
    /** Errors about messages that break RFC 5424, and about streams that break RFC 5425. */
    faults,
    stop,
    /** Breaks the connection once so many more messages have arrived. */
    breakAfter: (messages: number) => void (breaksAfter = messages),
  };
}
