import { isIP } from "node:net";
import { connect } from "node:tls";
import { frameSyslogMessages } from "@ringfence/core/platform/audit";

/** Where messages go. Certificates and the key are texts in PEM. */
export type SyslogCollector = {
  host: string;
  port: number;
  /** Roots that the collector's certificate has to lead to. Without them, those that Node trusts count. */
  ca?: string | undefined;
  certificate?: string | undefined;
  key?: string | undefined;
};

/** Milliseconds for a whole delivery, fewer than those of the transaction that waits for it. */
const DEADLINE_MS = 45_000;

type Limits = { deadlineMs?: number; signal?: AbortSignal };

/**
 * Sends messages over a TLS connection of their own (RFC 5425), and returns once the collector has closed it. The
 * protocol confirms nothing else: a collector reads everything before it answers the end of the stream with its own. If
 * it closes earlier, the connection breaks, the deadline passes or the signal aborts, this throws, and the caller sends
 * the messages again. Node does not tell the end of a TLS stream from that of the TCP connection below it, so whoever
 * can forge packets on the way can confirm in the collector's place.
 */
export function sendSyslog(
  { host, port, ca, certificate, key }: SyslogCollector,
  messages: readonly string[],
  { deadlineMs = DEADLINE_MS, signal }: Limits = {},
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
    const deadline = setTimeout(() => socket.destroy(new SyslogFault("ETIMEDOUT")), deadlineMs);
    const abort = () => socket.destroy(new SyslogFault("ECANCELED"));
    if (signal?.aborted) abort();
    signal?.addEventListener("abort", abort);
    socket.once("secureConnect", () => {
      socket.end(frameSyslogMessages(messages), () => (isSent = true));
    });
    socket.once("end", () => {
      hasClosedAfterUs = isSent;
      socket.destroy();
    });
    socket.once("error", reject);
    socket.once("close", () => {
      clearTimeout(deadline);
      signal?.removeEventListener("abort", abort);
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
