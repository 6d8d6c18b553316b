import { isIP } from "node:net";
import { connect } from "node:tls";
import { frameSyslogMessages } from "@ringfence/core/platform/audit";

/** Where messages go. Certificates and the key are texts in PEM. */
export type SyslogCollector = {
  host: string;
  port: number;
  /** Who vouches for the collector; if missing, the roots that Node trusts. */
  ca?: string | undefined;
  certificate?: string | undefined;
  key?: string | undefined;
};

/** Longest silence of a collector. */
const PATIENCE_MS = 20_000;

/**
 * Sends messages over a TLS connection of their own (RFC 5425), and returns once the collector has closed it. The protocol
 * confirms nothing else: a collector reads everything before it answers the end of the stream with its own. If it closes
 * earlier, or the connection breaks, this throws, and the caller sends the messages again.
 */
export function sendSyslog(
  { host, port, ca, certificate, key }: SyslogCollector,
  messages: readonly string[],
  { patienceMs = PATIENCE_MS } = {},
): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port,
      ...(isIP(host) === 0 && { servername: host }),
      ...(ca !== undefined && { ca }),
      ...(certificate !== undefined && { cert: certificate }),
      ...(key !== undefined && { key }),
      minVersion: "TLSv1.2",
      rejectUnauthorized: true,
    });
    let isSent = false;
    let hasClosedAfterUs = false;
    socket.setTimeout(patienceMs, () => socket.destroy(new SyslogFault("ETIMEDOUT")));
    socket.once("secureConnect", () => {
      socket.end(frameSyslogMessages(messages), () => (isSent = true));
    });
    socket.once("end", () => {
      hasClosedAfterUs = isSent;
      socket.destroy();
    });
    socket.once("error", reject);
    socket.once("close", () => {
      if (hasClosedAfterUs) resolve();
      else reject(new SyslogFault("ECONNRESET"));
    });
    socket.resume();
  });
}

class SyslogFault extends Error {
  readonly code: string;
  constructor(code: string) {
    super(`the collector did not confirm the messages: ${code}`);
    this.code = code;
  }
}
